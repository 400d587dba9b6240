// SPDX-License-Identifier: BSL-1.0
// error: /the_formula_does_not_contain_the_variable<.*"speed"/
#include <tapeless/tapeless.hpp>

constexpr tl::variable<"x"> x;
constexpr tl::variable<"speed"> speed;
#ifdef CONTROL
constexpr auto f = x * exp(speed);
#else
constexpr auto f = x * exp(x);
#endif
[[maybe_unused]] constexpr auto v = f(x = 1.0, speed = 2.0);
