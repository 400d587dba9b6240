// SPDX-License-Identifier: BSL-1.0
// error: /tapeless: (a pointer or a std::function hides|a function that captures must be a generic lambda)/
#include <functional>

#include <tapeless/tapeless.hpp>

constexpr auto cube = [](auto x) { return x * x * x; };

#ifdef CONTROL
double slope(double x) { return tl::gradient(cube)(x); }
#else
double slope(double x) {
  const std::function<double(double)> f = cube;
  return tl::gradient(f)(x);
}
#endif
