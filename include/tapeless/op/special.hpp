// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/power.hpp>

namespace tapeless::op {
using special = list<struct erf, struct erfc, struct tgamma, struct lgamma, struct digamma, struct polygamma>;
}  // namespace tapeless::op

namespace tapeless {
// clang-format off
/// The error function: 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x.
template <Operand X> constexpr auto erf(X x) { return apply<op::erf>(x); }
/// 1 - erf(x), accurate in its right tail.
template <Operand X> constexpr auto erfc(X x) { return apply<op::erfc>(x); }
/// The gamma function: (x - 1)! for whole x.
template <Operand X> constexpr auto tgamma(X x) { return apply<op::tgamma>(x); }
/// log |tgamma(x)|.
template <Operand X> constexpr auto lgamma(X x) { return apply<op::lgamma>(x); }
/// The derivative of lgamma.
template <Operand X> constexpr auto digamma(X x) { return apply<op::digamma>(x); }
/// The n-th derivative of digamma; n a whole number.
template <Operand N, Operand X> requires detail::is_whole<N>
constexpr auto polygamma(N n, X x) { return apply<op::polygamma>(n, x); }
}  // namespace tapeless

namespace tapeless::op {
inline constexpr literal two_over_root_pi{1.128379167095512573896158903121545172L};

struct erf : unary<"erf"> {
  static constexpr auto value(auto x) { return math::erf(x); }
  static constexpr auto partial(auto x, auto) { return two_over_root_pi * tapeless::exp(-(x * x)); }
};

struct erfc : unary<"erfc"> {
  static constexpr auto value(auto x) { return math::erfc(x); }
  static constexpr auto partial(auto x, auto) { return -two_over_root_pi * tapeless::exp(-(x * x)); }
};

struct tgamma : unary<"tgamma"> {
  static constexpr region domain{{0, 170}};
  static constexpr auto value(auto x) { return math::tgamma(x); }
  static constexpr auto partial(auto x, auto y) { return y * tapeless::digamma(x); }
};

struct lgamma : unary<"lgamma"> {
  static constexpr region domain{above(0)};
  static constexpr auto value(auto x) { return math::lgamma(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::digamma(x); }
};

struct digamma : unary<"digamma"> {
  static constexpr region domain{above(0)};
  static constexpr auto value(auto x) { return math::digamma(x); }
  static constexpr auto partial(auto x, auto) { return apply<polygamma>(1, x); }
};

struct polygamma : binary<"polygamma"> {
  static constexpr argument takes(std::size_t i) { return i == 0 ? argument::whole : argument::number; }
  static constexpr region domain{{0, 4}, above(0)};
  static constexpr auto value(long long n, auto x) { return math::polygamma(n == static_cast<int>(n) ? static_cast<int>(n) : n < 0 ? -1 : 1 << 30, x); }
  static constexpr auto partial(arg<0>, auto, auto, auto) { return zero; }
  static constexpr auto partial(arg<1>, auto n, auto x, auto) { return apply<polygamma>(n + decltype(n)(1), x); }
};
// clang-format on
}  // namespace tapeless::op
