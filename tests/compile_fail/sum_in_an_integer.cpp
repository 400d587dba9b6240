// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded real number does not become an integer; use tl::trunc, tl::floor or tl::round
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto n, auto x) {
#ifdef CONTROL
  auto sum = 1.0 * n;
#else
  auto sum = n;
#endif
  for (int i = 0; i < 3; ++i) sum += x * i;
  return sum * x;
};
double slope(int n, double x) { return tl::gradient(f)(n, x); }
