// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <tapeless/op/power.hpp>

namespace tapeless::op {
using trigonometric = list<struct sin, struct cos, struct tan, struct asin, struct acos, struct atan, struct atan2>;
using hyperbolic = list<struct sinh, struct cosh, struct tanh, struct asinh, struct acosh, struct atanh, struct sech>;
}  // namespace tapeless::op

namespace tapeless {
// clang-format off
template <Operand X> constexpr auto sin(X x) { return apply<op::sin>(x); }
template <Operand X> constexpr auto cos(X x) { return apply<op::cos>(x); }
/// (sin(x), cos(x)), which every derivative computes together anyway.
template <Operand X> constexpr auto sincos(X x) { return std::pair(apply<op::sin>(x), apply<op::cos>(x)); }
template <Operand X> constexpr auto tan(X x) { return apply<op::tan>(x); }
/// The angle in [-pi/2, pi/2] whose sine is x; NaN for |x| > 1.
template <Operand X> constexpr auto asin(X x) { return apply<op::asin>(x); }
/// The angle in [0, pi] whose cosine is x; NaN for |x| > 1.
template <Operand X> constexpr auto acos(X x) { return apply<op::acos>(x); }
/// The angle in (-pi/2, pi/2) whose tangent is x.
template <Operand X> constexpr auto atan(X x) { return apply<op::atan>(x); }
/// The angle in [-pi, pi] of the point (x, y).
template <Operand Y, Operand X> constexpr auto atan2(Y y, X x) { return apply<op::atan2>(y, x); }

template <Operand X> constexpr auto sinh(X x) { return apply<op::sinh>(x); }
template <Operand X> constexpr auto cosh(X x) { return apply<op::cosh>(x); }
template <Operand X> constexpr auto tanh(X x) { return apply<op::tanh>(x); }
/// The x whose hyperbolic sine is given.
template <Operand X> constexpr auto asinh(X x) { return apply<op::asinh>(x); }
/// The x >= 0 whose hyperbolic cosine is given; NaN below 1.
template <Operand X> constexpr auto acosh(X x) { return apply<op::acosh>(x); }
template <Operand X> constexpr auto sech(X x) { return apply<op::sech>(x); }
/// The x whose hyperbolic tangent is given; +-inf at +-1, NaN beyond.
template <Operand X> constexpr auto atanh(X x) { return apply<op::atanh>(x); }
}  // namespace tapeless

namespace tapeless::op {
struct sin : unary<"sin"> {
  static constexpr auto value(auto x) { return math::sin(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::cos(x); }
};

struct cos : unary<"cos"> {
  static constexpr auto value(auto x) { return math::cos(x); }
  static constexpr auto partial(auto x, auto) { return -tapeless::sin(x); }
};

struct tan : unary<"tan"> {
  static constexpr auto kink(auto x) { return tapeless::cos(x); }
  static constexpr auto value(auto x) { return math::tan(x); }
  static constexpr auto partial(auto, auto y) { return one + y * y; }
};

struct asin : unary<"asin"> {
  static constexpr region domain{{-1, 1}};
  static constexpr convention conventions[] = {{{-1}, {infinity}}, {{1}, {infinity}}};
  static constexpr auto value(auto x) { return math::asin(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::rsqrt((one - x) * (one + x)); }
};

struct acos : unary<"acos"> {
  static constexpr region domain{{-1, 1}};
  static constexpr convention conventions[] = {{{-1}, {-infinity}}, {{1}, {-infinity}}};
  static constexpr auto value(auto x) { return math::acos(x); }
  static constexpr auto partial(auto x, auto) { return -tapeless::rsqrt((one - x) * (one + x)); }
};

struct atan : unary<"atan"> {
  static constexpr auto value(auto x) { return math::atan(x); }
  static constexpr auto partial(auto x, auto) { return one / (one + x * x); }
};

struct atan2 : binary<"atan2"> {
  static constexpr convention conventions[] = {{{0, 0}, {undefined, undefined}}};
  static constexpr auto kink(auto y, auto x) { return tapeless::hypot(x, y); }
  static constexpr auto value(auto y, auto x) { return math::atan2(y, x); }
  static constexpr auto partial(arg<0>, auto y, auto x, auto) { const auto r = tapeless::hypot(x, y); return x / r / r; }
  static constexpr auto partial(arg<1>, auto y, auto x, auto) { const auto r = tapeless::hypot(x, y); return -(y / r / r); }
};

struct sinh : unary<"sinh"> {
  static constexpr region domain{{-700, 700}};
  static constexpr auto value(auto x) { return math::sinh(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::cosh(x); }
};

struct cosh : unary<"cosh"> {
  static constexpr region domain{{-700, 700}};
  static constexpr auto value(auto x) { return math::cosh(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::sinh(x); }
};

struct tanh : unary<"tanh"> {
  static constexpr auto value(auto x) { return math::tanh(x); }
  static constexpr auto partial(auto, auto y) { return one - y * y; }
};

struct asinh : unary<"asinh"> {
  static constexpr auto value(auto x) { return math::asinh(x); }
  static constexpr auto partial(auto x, auto) { return one / tapeless::hypot(x, decltype(x)(1)); }
};

/// 1 / cosh(x): the envelope of solitons and of mode-locked laser pulses.
struct sech : composed<"sech", 1> {
  static constexpr auto value(auto x) { return math::div(decltype(x)(1), math::cosh(x)); }
  static constexpr auto partial(auto x, auto y) { return -(y * tapeless::tanh(x)); }
};

struct acosh : unary<"acosh"> {
  static constexpr region domain{above(1)};
  static constexpr convention conventions[] = {{{1}, {infinity}}};
  static constexpr auto value(auto x) { return math::acosh(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::rsqrt(x - one) * tapeless::rsqrt(x + one); }
};

struct atanh : unary<"atanh"> {
  static constexpr region domain{{-1, 1}};
  static constexpr convention conventions[] = {{{-1}, {infinity}}, {{1}, {infinity}}};
  static constexpr auto value(auto x) { return math::atanh(x); }
  static constexpr auto partial(auto x, auto) { return one / ((one - x) * (one + x)); }
};
// clang-format on
}  // namespace tapeless::op
