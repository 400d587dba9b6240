// SPDX-License-Identifier: BSL-1.0
// error: /the_call_gives_two_values_for_the_variable<.*"x"/
#include <tapeless/tapeless.hpp>

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;
constexpr auto f = tl::gradient(x * sin(y));
#ifdef CONTROL
[[maybe_unused]] constexpr auto g = f(x = 1.0, y = 2.0);
#else
[[maybe_unused]] constexpr auto g = f(x = 1.0, y = 2.0, x = 3.0);
#endif
