// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/activation.hpp>
#include <tapeless/op/trigonometric.hpp>

namespace tapeless::op {

/// Every operation of the library, family by family.
using all = decltype(arithmetic{} + exponential{} + trigonometric{} + hyperbolic{} + special{} + relational{} +
                     piecewise{} + activation{});

}  // namespace tapeless::op
