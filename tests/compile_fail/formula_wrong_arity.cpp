// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a formula takes one argument for each of its variables, in the order of their appearance
#include <tapeless/tapeless.hpp>

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;
constexpr auto f = x * sin(y);
#ifdef CONTROL
constexpr double v = f(1.0, 2.0);
#else
constexpr double v = f(1.0);
#endif
