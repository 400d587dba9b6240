// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/piecewise.hpp>

namespace tapeless::op {
using exponential = list<struct exp, struct exp2, struct exp10, struct expm1, struct log, struct log2, struct log10,
                         struct log1p, struct xlogx>;
}  // namespace tapeless::op

namespace tapeless {
// clang-format off
/// e^x.
template <Operand X> constexpr auto exp(X x) { return apply<op::exp>(x); }
/// 2^x.
template <Operand X> constexpr auto exp2(X x) { return apply<op::exp2>(x); }
/// 10^x.
template <Operand X> constexpr auto exp10(X x) { return apply<op::exp10>(x); }
/// e^x - 1, accurate near 0.
template <Operand X> constexpr auto expm1(X x) { return apply<op::expm1>(x); }
/// The natural logarithm; -inf at 0, NaN for negative x.
template <Operand X> constexpr auto log(X x) { return apply<op::log>(x); }
/// The logarithm to base 2.
template <Operand X> constexpr auto log2(X x) { return apply<op::log2>(x); }
/// The logarithm to base 10.
template <Operand X> constexpr auto log10(X x) { return apply<op::log10>(x); }
/// log(1 + x), accurate near 0.
template <Operand X> constexpr auto log1p(X x) { return apply<op::log1p>(x); }
/// x log(x), continued by 0 at 0: a term of an entropy.
template <Operand X> constexpr auto xlogx(X x) { return apply<op::xlogx>(x); }
}  // namespace tapeless

namespace tapeless::op {
inline constexpr literal log_of_2{0.693147180559945309417232121458176568L};
inline constexpr literal log_of_10{2.30258509299404568401799145468436421L};

struct exp : unary<"exp"> {
  static constexpr bool never_negative_zero = true;
  static constexpr region domain{{-700, 700}};
  static constexpr auto value(auto x) { return math::exp(x); }
  static constexpr auto partial(auto, auto y) { return y; }
};

struct exp2 : unary<"exp2"> {
  static constexpr bool never_negative_zero = true;
  static constexpr region domain{{-1000, 1000}};
  static constexpr auto value(auto x) { return math::exp2(x); }
  static constexpr auto partial(auto, auto y) { return log_of_2 * y; }
};

struct exp10 : unary<"exp10"> {
  static constexpr bool never_negative_zero = true;
  static constexpr region domain{{-300, 300}};
  static constexpr auto value(auto x) { return math::exp10(x); }
  static constexpr auto partial(auto, auto y) { return log_of_10 * y; }
};

struct expm1 : unary<"expm1"> {
  static constexpr region domain{{-infinity, 700}};
  static constexpr auto value(auto x) { return math::expm1(x); }
  static constexpr auto partial(auto, auto y) { return y + one; }
};

struct log : unary<"log"> {
  static constexpr region domain{above(0)};
  static constexpr convention conventions[] = {{{0}, {infinity}}};
  static constexpr auto value(auto x) { return math::log(x); }
  static constexpr auto partial(auto x, auto) { return one / x; }
  static constexpr auto pullback(arg<0>, auto g, auto x, auto) { return g / x; }
};

struct log2 : unary<"log2"> {
  static constexpr region domain{above(0)};
  static constexpr convention conventions[] = {{{0}, {infinity}}};
  static constexpr auto value(auto x) { return math::log2(x); }
  static constexpr auto partial(auto x, auto) { return literal(1.44269504088896340735992468100189214L) / x; }
};

struct log10 : unary<"log10"> {
  static constexpr region domain{above(0)};
  static constexpr convention conventions[] = {{{0}, {infinity}}};
  static constexpr auto value(auto x) { return math::log10(x); }
  static constexpr auto partial(auto x, auto) { return literal(0.434294481903251827651128918916605082L) / x; }
};

struct log1p : unary<"log1p"> {
  static constexpr region domain{above(-1)};
  static constexpr convention conventions[] = {{{-1}, {infinity}}};
  static constexpr auto value(auto x) { return math::log1p(x); }
  static constexpr auto partial(auto x, auto) { return one / (one + x); }
};

struct xlogx : composed<"xlogx", 1> {
  static constexpr region domain{above(0)};
  static constexpr convention conventions[] = {{{0}, {-infinity}}};
  static constexpr auto formula(auto x) { return x * tapeless::log(x); }
  static constexpr auto value(auto x) { return x == 0 ? decltype(x)(0) : math::mul(x, math::log(x)); }
  static constexpr auto partial(auto x, auto) { return tapeless::log(x) + one; }
};
// clang-format on
}  // namespace tapeless::op
