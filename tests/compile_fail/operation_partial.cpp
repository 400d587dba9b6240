// SPDX-License-Identifier: BSL-1.0
// error: partial(tl::arg<i>{}, x..., y)
#include <tapeless/tapeless.hpp>

struct product : tl::op::binary<"product"> {
  static constexpr auto value(auto x, auto y) { return x * y; }
#ifdef CONTROL
  static constexpr auto partial(tl::arg<0>, auto, auto y, auto) { return y; }
  static constexpr auto partial(tl::arg<1>, auto x, auto, auto) { return x; }
#else
  static constexpr auto partial(auto, auto y) { return y; }
#endif
};
constexpr auto f = [](auto x) { return tl::apply<product>(x, x); };
double slope(double x) { return tl::gradient(f)(x); }
