// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <tapeless/tapeless.hpp>

struct fixed_point {
  long long bits = 0;
  friend fixed_point operator*(fixed_point a, fixed_point b) { return {a.bits * b.bits >> 16}; }
  double to_double() const { return static_cast<double>(bits) / 65536; }
};
constexpr auto f = [](auto x) { return x * x; };

#ifdef CONTROL
double slope(fixed_point x) { return tl::gradient(f)(x.to_double()); }
#else
double slope(fixed_point x) { return tl::gradient(f)(x).to_double(); }
#endif
