// SPDX-License-Identifier: BSL-1.0
// error: tapeless: tl::taylor takes a function that returns one number
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) {
#ifdef CONTROL
  return sin(x);
#else
  return std::array{sin(x), cos(x)};
#endif
};
auto series(double x) { return tl::taylor<3>(f)(x); }
