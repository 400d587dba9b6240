// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an operation has a static function `value` of as many numbers as it takes
#include <tapeless/tapeless.hpp>

struct product : tl::op::binary<"product"> {
#ifdef CONTROL
  static constexpr auto value(auto x, auto y) { return x * y; }
#else
  static constexpr auto value(auto x) { return x * x; }
#endif
  static constexpr auto partial(tl::arg<0>, auto, auto y, auto) { return y; }
  static constexpr auto partial(tl::arg<1>, auto x, auto, auto) { return x; }
};
constexpr auto f = [](auto x) { return tl::apply<product>(x, x); };
double slope(double x) { return tl::gradient(f)(x); }
