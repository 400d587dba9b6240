// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/activation.hpp>
#include <tapeless/op/derivative.hpp>
#include <tapeless/op/trigonometric.hpp>

namespace tapeless::op {

/// Every operation of the library, family by family.
using all = decltype(arithmetic{} + comparisons{} + connectives{} + selection{} + piecewise{} + rounding{} +
                     exponential{} + powers{} + trigonometric{} + hyperbolic{} + special{} + activation{} + smooth{} +
                     definitions{});

}  // namespace tapeless::op
