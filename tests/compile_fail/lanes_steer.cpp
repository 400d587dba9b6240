// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a condition on lanes cannot steer
#include <array>
#include <span>
#include <vector>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) { return x * x; };
double first(tl::lanes<double, 4> x) {
#ifdef CONTROL
  return f(tl::select(x < 0, -x, x))[0];
#else
  return x < 0 ? f(-x)[0] : f(x)[0];
#endif
}
