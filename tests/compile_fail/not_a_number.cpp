// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <tapeless/tapeless.hpp>

struct point {
  double x = 1;
};
constexpr auto f = [](auto p) { return p; };

#ifdef CONTROL
[[maybe_unused]] constexpr auto slope = tl::gradient(f)(point{}.x);
#else
[[maybe_unused]] constexpr auto slope = tl::gradient(f)(point{});
#endif
