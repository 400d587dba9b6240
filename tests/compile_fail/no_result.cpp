// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function must return a number, or an array, tuple or Hana struct of numbers
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return x * x; };
#else
constexpr auto f = [](auto x) { x *= x; };
#endif
[[maybe_unused]] constexpr auto g = tl::gradient(f)(3.0);
