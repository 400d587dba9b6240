// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an operation is derived from tl::op::unary, tl::op::binary or tl::op::ternary
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
struct cube : tl::op::unary<"cube"> {
#else
struct cube {
#endif
  static constexpr auto value(auto x) { return x * x * x; }
  static constexpr auto partial(auto x, auto) { return 3 * x * x; }
};
constexpr auto f = [](auto x) { return tl::apply<cube>(x); };
double slope(double x) { return tl::gradient(f)(x); }
