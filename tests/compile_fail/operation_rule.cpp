// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an operation's rules must be constexpr, and templates that hold for every type
#include <tapeless/tapeless.hpp>

struct cube : tl::op::unary<"cube"> {
  static constexpr auto value(auto x) { return x * x * x; }
#ifdef CONTROL
  static constexpr auto partial(auto x, auto) { return 3 * x * x; }
#else
  static auto partial(auto x, auto) { return 3 * x * x; }
#endif
};
constexpr auto f = [](auto x) { return tl::apply<cube>(x); };
double slope(double x) { return tl::gradient(f)(x); }
