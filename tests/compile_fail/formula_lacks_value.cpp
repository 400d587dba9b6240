// SPDX-License-Identifier: BSL-1.0
// error: /the_call_gives_no_value_for_the_variable<.*"y"/
#include <tapeless/tapeless.hpp>

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;
constexpr auto f = x * sin(y);
#ifdef CONTROL
constexpr double v = f(x = 1.0, y = 2.0);
#else
constexpr double v = f(x = 1.0);
#endif
