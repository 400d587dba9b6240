// SPDX-License-Identifier: BSL-1.0
// error: the_function_is_given_the_variable_twice
#include <tapeless/tapeless.hpp>

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;

#ifdef CONTROL
constexpr auto f = tl::function(x * y, y, x);
#else
constexpr auto f = tl::function(x * y, x, y, x);
#endif
[[maybe_unused]] constexpr double value = f(1.0, 2.0);
