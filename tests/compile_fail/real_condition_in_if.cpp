// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded condition cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) {
#ifdef CONTROL
  return tl::select(x, sin(x) / x, 1.0);
#else
  if (x) return sin(x) / x;
  return x + 1;
#endif
};
double slope(double x) { return tl::gradient(f)(x); }
