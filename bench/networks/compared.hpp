// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is measured, each in a file of its own.
namespace bench {

void compare_tanh_networks();
void compare_relu_networks();
void compare_mixtures();

}  // namespace bench
