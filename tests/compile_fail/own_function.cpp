// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
template <class T>
constexpr T cube(T x) {
  return x * x * x;
}
#else
double cube(double x) { return x * x * x; }
#endif
constexpr auto f = [](auto x) { return cube(x) * x; };
double slope(double x) { return tl::gradient(f)(x); }
