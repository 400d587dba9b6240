// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a pointer or a std::function hides what it calls; pass a generic lambda, [](auto x) { return f(x); }
#include <tapeless/tapeless.hpp>

template <class T>
constexpr T cube(T x) {
  return x * x * x;
}

#ifdef CONTROL
double slope(double x) {
  return tl::gradient([](auto y) { return cube(y); })(x);
}
#else
double slope(double x) { return tl::gradient(&cube<double>)(x); }
#endif
