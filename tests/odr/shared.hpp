// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tapeless.hpp>

namespace odr {

inline constexpr auto f = [](auto x, auto y) { return x * sin(y) + exp(x * y); };

using result = decltype(tl::value_and_gradient(f)(0.0, 0.0));
result elsewhere(double x, double y);

}  // namespace odr
