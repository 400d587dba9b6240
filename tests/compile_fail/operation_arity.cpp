// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an operation takes at most three numbers; pass the others through operations of their own
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr std::size_t arity = 3;
#else
constexpr std::size_t arity = 4;
#endif
struct product : tl::op::operation<"product", arity> {
  static constexpr auto value(auto x, auto... y) { return (x * ... * y); }
  static constexpr auto partial(tl::arg<0>, auto, auto y, auto z, auto...) { return y * z; }
  static constexpr auto partial(tl::arg<1>, auto x, auto, auto z, auto...) { return x * z; }
  static constexpr auto partial(tl::arg<2>, auto x, auto y, auto, auto...) { return x * y; }
};
constexpr auto f = [](auto x) {
#ifdef CONTROL
  return tl::apply<product>(x, x, x);
#else
  return tl::apply<product>(x, x, x, x);
#endif
};
double slope(double x) { return tl::gradient(f)(x); }
