// SPDX-License-Identifier: BSL-1.0
// error: /the_formula_does_not_contain_the_variable<.*"y"/
#include <tapeless/tapeless.hpp>

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;
#ifdef CONTROL
constexpr auto f = x * y;
#else
constexpr auto f = x * x;
#endif
[[maybe_unused]] constexpr auto d = tl::derivative(f, y);
