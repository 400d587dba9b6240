// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function cannot be recorded in a constant expression; pass run-time numbers as arguments
#include <tapeless/tapeless.hpp>

double slope(double x, double start) {
  static double rate = start;
#ifdef CONTROL
  return tl::gradient([](auto y, auto k) { return k * y * y; }, tl::wrt<0>)(x, rate);
#else
  return tl::gradient([](auto y) { return rate * y * y; })(x);
#endif
}
