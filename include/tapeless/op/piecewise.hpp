// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/math.hpp>
#include <tapeless/op/comparison.hpp>

namespace tapeless::op {
using piecewise = list<struct abs, struct sign, struct min, struct max, struct clamp, struct fdim, struct copysign>;
using rounding = list<struct floor, struct ceil, struct trunc, struct round, struct fmod, struct remainder>;
}  // namespace tapeless::op

namespace tapeless {
// clang-format off
/// |x|.
template <Operand X> constexpr auto abs(X x) { return apply<op::abs>(x); }
/// -1, 0 or 1 with the sign of x; zeros and NaN are returned as they are.
template <Operand X> constexpr auto sign(X x) { return apply<op::sign>(x); }
/// The smaller of two numbers; the first if they are equal.
template <Operand X, Operand Y> constexpr auto min(X x, Y y) { return apply<op::min>(x, y); }
/// The larger of two numbers; the first if they are equal.
template <Operand X, Operand Y> constexpr auto max(X x, Y y) { return apply<op::max>(x, y); }
/// x, but at least `low` and at most `high`; low <= high.
template <Operand X, Operand L, Operand H> constexpr auto clamp(X x, L low, H high) { return apply<op::clamp>(x, low, high); }
/// The positive part of x - y.
template <Operand X, Operand Y> constexpr auto fdim(X x, Y y) { return apply<op::fdim>(x, y); }
/// |x| with the sign of y, be it that of a zero.
template <Operand X, Operand Y> constexpr auto copysign(X x, Y y) { return apply<op::copysign>(x, y); }

/// The largest integer not above x.
template <Operand X> constexpr auto floor(X x) { return apply<op::floor>(x); }
/// The smallest integer not below x.
template <Operand X> constexpr auto ceil(X x) { return apply<op::ceil>(x); }
/// The integer part of x.
template <Operand X> constexpr auto trunc(X x) { return apply<op::trunc>(x); }
/// The nearest integer, halves away from zero.
template <Operand X> constexpr auto round(X x) { return apply<op::round>(x); }
/// x - y trunc(x / y), exactly; it has the sign of x.
template <Operand X, Operand Y> constexpr auto fmod(X x, Y y) { return apply<op::fmod>(x, y); }
/// x - n y for the integer n nearest to x / y, halves to even, exactly.
template <Operand X, Operand Y> constexpr auto remainder(X x, Y y) { return apply<op::remainder>(x, y); }
}  // namespace tapeless

namespace tapeless::op {
struct abs : inlined<"abs", 1> {
  static constexpr bool never_negative_zero = true;
  static constexpr convention conventions[] = {{{0}, {0}}};
  static constexpr auto kink(auto x) { return x; }
  static constexpr auto value(auto x) { return math::abs(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::sign(x); }
};

struct sign : inlined<"sign", 1> {
  static constexpr convention conventions[] = {{{0}, {0}}};
  static constexpr auto kink(auto x) { return x; }
  static constexpr auto value(auto x) { return x > 0 ? decltype(x)(1) : x < 0 ? decltype(x)(-1) : x; }
  static constexpr auto partial(auto, auto) { return zero; }
};

struct min : inlined<"min", 2> {
  static constexpr bool on_integers = true;
  static constexpr convention conventions[] = {{{1, 1}, {1, 0}}};
  static constexpr auto kink(auto x, auto y) { return x - y; }
  static constexpr auto value(auto x, auto y) { return y < x ? y : x; }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(y < x, X(zero), X(one)); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(y < x, X(one), X(zero)); }
};

struct max : inlined<"max", 2> {
  static constexpr bool on_integers = true;
  static constexpr convention conventions[] = {{{1, 1}, {1, 0}}};
  static constexpr auto kink(auto x, auto y) { return x - y; }
  static constexpr auto value(auto x, auto y) { return x < y ? y : x; }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(x < y, X(zero), X(one)); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(x < y, X(one), X(zero)); }
};

struct clamp : inlined<"clamp", 3> {
  static constexpr bool on_integers = true;
  static constexpr convention conventions[] = {{{0, 0, 1}, {1, 0, 0}}, {{1, 0, 1}, {1, 0, 0}}};
  static constexpr auto kink(auto x, auto low, auto high) { return (x - low) * (x - high); }
  static constexpr auto value(auto x, auto low, auto high) { return x < low ? low : high < x ? high : x; }
  static constexpr auto partial(arg<0>, auto x, auto low, auto high, auto) { using X = decltype(x); return tapeless::select(x < low || high < x, X(zero), X(one)); }
  static constexpr auto partial(arg<1>, auto x, auto low, auto, auto) { using X = decltype(x); return tapeless::select(x < low, X(one), X(zero)); }
  static constexpr auto partial(arg<2>, auto x, auto low, auto high, auto) { using X = decltype(x); return tapeless::select(high < x && low <= x, X(one), X(zero)); }
};

struct fdim : inlined<"fdim", 2> {
  static constexpr convention conventions[] = {{{1, 1}, {0, 0}}};
  static constexpr auto formula(auto x, auto y) { return tapeless::max(x - y, decltype(x - y)(zero)); }
  static constexpr auto kink(auto x, auto y) { return x - y; }
  static constexpr auto value(auto x, auto y) { return math::fdim(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(y < x, X(one), X(zero)); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(y < x, X(-1), X(zero)); }
};

struct copysign : inlined<"copysign", 2> {
  static constexpr convention conventions[] = {{{0, 1}, {1, 0}}, {{0, -1}, {-1, 0}}};
  static constexpr auto kink(auto x, auto y) { return x * y; }
  static constexpr auto value(auto x, auto y) { return math::copysign(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) {  // a zero takes part with its sign
    using X = decltype(x);
    return tapeless::copysign(X(1), x) * tapeless::copysign(X(1), y);
  }
  static constexpr auto partial(arg<1>, auto, auto, auto) { return zero; }
};

struct floor : unary<"floor"> {
  static constexpr convention conventions[] = {{{1}, {0}}};
  static constexpr auto kink(auto x) { return tapeless::remainder(x, decltype(x)(1)); }
  static constexpr auto value(auto x) { return math::floor(x); }
  static constexpr auto partial(auto, auto) { return zero; }
};

struct ceil : unary<"ceil"> {
  static constexpr convention conventions[] = {{{1}, {0}}};
  static constexpr auto kink(auto x) { return tapeless::remainder(x, decltype(x)(1)); }
  static constexpr auto value(auto x) { return math::ceil(x); }
  static constexpr auto partial(auto, auto) { return zero; }
};

struct trunc : unary<"trunc"> {
  static constexpr convention conventions[] = {{{1}, {0}}};
  static constexpr auto kink(auto x) { return tapeless::remainder(x, decltype(x)(1)); }
  static constexpr auto value(auto x) { return math::trunc(x); }
  static constexpr auto partial(auto, auto) { return zero; }
};

struct round : unary<"round"> {
  static constexpr convention conventions[] = {{{0.5}, {0}}};
  static constexpr auto kink(auto x) { return tapeless::remainder(x - literal(0.5L), decltype(x)(1)); }
  static constexpr auto value(auto x) { return math::round(x); }
  static constexpr auto partial(auto, auto) { return zero; }
};

struct fmod : binary<"fmod"> {
  static constexpr region domain{{}, {0.5, 20}};
  static constexpr convention conventions[] = {{{4, 2}, {1, -2}}};
  static constexpr auto kink(auto x, auto y) { return tapeless::remainder(x, y); }
  static constexpr auto value(auto x, auto y) { return math::fmod(x, y); }
  static constexpr auto partial(arg<0>, auto, auto, auto) { return one; }
  static constexpr auto partial(arg<1>, auto x, auto y, auto r) { return tapeless::round((r - x) / y); }
};

struct remainder : binary<"remainder"> {
  static constexpr region domain{{}, {0.5, 20}};
  static constexpr convention conventions[] = {{{3, 2}, {1, -2}}};
  static constexpr auto kink(auto x, auto y) { return tapeless::remainder(x - literal(0.5L) * y, y); }
  static constexpr auto value(auto x, auto y) { return math::remainder(x, y); }
  static constexpr auto partial(arg<0>, auto, auto, auto) { return one; }
  static constexpr auto partial(arg<1>, auto x, auto y, auto r) { return tapeless::round((r - x) / y); }
};
// clang-format on
}  // namespace tapeless::op
