// SPDX-License-Identifier: BSL-1.0
// error: tapeless: beside a number with tangents stand plain numbers and numbers of the type that it is made of
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) {
#ifdef CONTROL
  const auto d = tl::dual<decltype(x)>::variable(x);
#else
  const auto d = tl::dual<double>::variable(2.0);
#endif
  return (d * x).tangent[0];
};
double slope(double x) { return tl::gradient(f)(x); }
