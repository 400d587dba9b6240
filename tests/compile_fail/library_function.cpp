// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified
#include <tapeless/tapeless.hpp>

extern "C" double j0(double);
extern "C" double j1(double);

struct bessel : tl::op::unary<"bessel"> {
  static double value(double x) { return j0(x); }
  static constexpr auto partial(auto x, auto);
};
struct bessel_1 : tl::op::unary<"bessel_1"> {
  static double value(double x) { return j1(x); }
};
constexpr auto bessel::partial(auto x, auto) { return -tl::apply<bessel_1>(x); }

#ifdef CONTROL
constexpr auto f = [](auto x) { return tl::apply<bessel>(x) * x; };
#else
constexpr auto f = [](auto x) { return j0(x) * x; };
#endif
double slope(double x) { return tl::gradient(f)(x); }
