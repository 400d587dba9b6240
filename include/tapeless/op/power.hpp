// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/exponential.hpp>

namespace tapeless {

namespace op {
using powers = list<struct pow, struct powi, struct square, struct inv, struct sqrt, struct rsqrt, struct cbrt,
                    struct hypot, struct hypot3, struct fma, struct lerp>;
}  // namespace op

namespace detail {
/// Types of whole numbers: integers, and what stands for them.
template <class X>
inline constexpr bool is_whole = std::is_integral_v<X>;
template <class X>
requires requires { typename X::value_type; }
inline constexpr bool is_whole<X> = is_whole<typename X::value_type>;
}  // namespace detail

// clang-format off
/// x^n for a whole number n, by multiplication; n may be data.
template <Operand X, Operand N> requires detail::is_whole<N>
constexpr auto powi(X x, N n) { return apply<op::powi>(x, n); }
template <int N, Operand X>
constexpr auto powi(X x) {
  if constexpr (std::is_arithmetic_v<X>) return apply<op::powi>(x, N);
  else return apply<op::powi>(x, std::integral_constant<int, N>{});  // known by its type, which a formula keeps
}
/// x^y: for an exponent of integer type by multiplication, otherwise as exp(y log x), with pow(x, 0) = pow(1, y) = 1.
/// NaN for negative x and fractional y.
template <Operand X, Operand Y>
constexpr auto pow(X x, Y y) { return apply<std::conditional_t<detail::is_whole<Y>, op::powi, op::pow>>(x, y); }
/// x^2.
template <Operand X> constexpr auto square(X x) { return apply<op::square>(x); }
/// 1 / x.
template <Operand X> constexpr auto inv(X x) { return apply<op::inv>(x); }
/// The square root of x >= 0.
template <Operand X> constexpr auto sqrt(X x) { return apply<op::sqrt>(x); }
/// 1 / sqrt(x).
template <Operand X> constexpr auto rsqrt(X x) { return apply<op::rsqrt>(x); }
/// The cube root of x, of either sign.
template <Operand X> constexpr auto cbrt(X x) { return apply<op::cbrt>(x); }
/// sqrt(x^2 + y^2) without overflow or underflow on the way.
template <Operand X, Operand Y> constexpr auto hypot(X x, Y y) { return apply<op::hypot>(x, y); }
/// sqrt(x^2 + y^2 + z^2) without overflow or underflow on the way.
template <Operand X, Operand Y, Operand Z> constexpr auto hypot(X x, Y y, Z z) { return apply<op::hypot3>(x, y, z); }
/// x y + z, rounded once.
template <Operand X, Operand Y, Operand Z> constexpr auto fma(X x, Y y, Z z) { return apply<op::fma>(x, y, z); }
/// a + t (b - a), exact at t = 0 and t = 1.
template <Operand A, Operand B, Operand T> constexpr auto lerp(A a, B b, T t) { return apply<op::lerp>(a, b, t); }
}  // namespace tapeless

namespace tapeless::op {
struct pow : binary<"pow"> {
  static constexpr region domain{{0, 100}, {-20, 20}};
  static constexpr convention conventions[] = {{{0, 2}, {0, 0}}, {{0, 1}, {1, 0}}, {{0, 0.5}, {infinity, 0}}, {{0, 0}, {0, 0}}};
  static constexpr auto value(auto x, auto y) { return math::pow(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { return tapeless::select(y == literal(0), zero, y * tapeless::pow(x, y - one)); }
  static constexpr auto partial(arg<1>, auto x, auto, auto r) { return tapeless::select(x == literal(0), zero, tapeless::log(x) * r); }
};

struct powi : inlined<"powi", 2> {
  static constexpr argument takes(std::size_t i) { return i == 1 ? argument::whole : argument::number; }
  static constexpr region domain{{}, {-6, 9}};
  static constexpr convention conventions[] = {{{0, 2}, {0}}, {{0, 1}, {1}}, {{0, 0}, {0}}};
  static constexpr auto kink(auto x, auto) { return x; }
  template <class X> static constexpr auto value(X x, long long n) {
    return n == static_cast<int>(n) ? math::powi(x, static_cast<int>(n)) : math::pow(x, static_cast<X>(n));
  }
  static constexpr auto partial(arg<0>, auto x, auto n, auto) {
    using X = decltype(x);
    return tapeless::select(n == decltype(n)(0), X(zero), X(apply<as_real>(n)) * apply<powi>(x, n - decltype(n)(1)));
  }
  static constexpr auto partial(arg<1>, auto, auto, auto) { return zero; }
};

struct square : inlined<"square", 1> {
  static constexpr bool never_negative_zero = true;
  static constexpr auto formula(auto x) { return x * x; }
  static constexpr auto value(auto x) { return math::mul(x, x); }
  static constexpr auto partial(auto x, auto) { return literal(2) * x; }
};

struct inv : inlined<"inv", 1> {
  static constexpr convention conventions[] = {{{0}, {-infinity}}};
  static constexpr auto formula(auto x) { return one / x; }
  static constexpr auto kink(auto x) { return x; }
  static constexpr auto value(auto x) { return math::div(decltype(x)(1), x); }
  static constexpr auto partial(auto, auto y) { return -(y * y); }
};

struct sqrt : inlined<"sqrt", 1> {
  static constexpr region domain{above(0)};
  static constexpr convention conventions[] = {{{0}, {infinity}}};
  static constexpr auto value(auto x) { return math::sqrt(x); }
  static constexpr auto partial(auto, auto y) { return literal(0.5L) / y; }
  static constexpr auto pullback(arg<0>, auto g, auto, auto y) { return literal(0.5L) * g / y; }
};

struct rsqrt : inlined<"rsqrt", 1> {
  static constexpr region domain{above(0)};
  static constexpr convention conventions[] = {{{0}, {-infinity}}};
  static constexpr auto formula(auto x) { return one / tapeless::sqrt(x); }
  static constexpr auto value(auto x) { return math::rsqrt(x); }
  static constexpr auto partial(auto x, auto y) { return literal(-0.5L) * y / x; }
};

struct cbrt : unary<"cbrt"> {
  static constexpr convention conventions[] = {{{0}, {infinity}}};
  static constexpr auto kink(auto x) { return x; }
  static constexpr auto value(auto x) { return math::cbrt(x); }
  static constexpr auto partial(auto, auto y) { return one / (literal(3) * (y * y)); }
};

struct hypot : binary<"hypot"> {
  static constexpr bool commutative = true;
  static constexpr convention conventions[] = {{{0, 0}, {0, 0}}};
  static constexpr auto value(auto x, auto y) { return math::hypot(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto, auto r) { return tapeless::select(r == literal(0), zero, x / r); }
  static constexpr auto partial(arg<1>, auto, auto y, auto r) { return tapeless::select(r == literal(0), zero, y / r); }
};

struct hypot3 : ternary<"hypot"> {
  static constexpr convention conventions[] = {{{0, 0, 0}, {0, 0, 0}}};
  static constexpr auto value(auto x, auto y, auto z) { return math::hypot(x, y, z); }
  static constexpr auto partial(arg<0>, auto x, auto, auto, auto r) { return tapeless::select(r == literal(0), zero, x / r); }
  static constexpr auto partial(arg<1>, auto, auto y, auto, auto r) { return tapeless::select(r == literal(0), zero, y / r); }
  static constexpr auto partial(arg<2>, auto, auto, auto z, auto r) { return tapeless::select(r == literal(0), zero, z / r); }
};

struct fma : inlined<"fma", 3> {
  static constexpr auto value(auto x, auto y, auto z) { return math::fma(x, y, z); }
  static constexpr auto partial(arg<0>, auto, auto y, auto, auto) { return y; }
  static constexpr auto partial(arg<1>, auto x, auto, auto, auto) { return x; }
  static constexpr auto partial(arg<2>, auto, auto, auto, auto) { return one; }
};

struct lerp : inlined<"lerp", 3> {
  static constexpr bool rounds_often = true;
  static constexpr auto formula(auto a, auto b, auto t) { return a + t * (b - a); }
  static constexpr auto value(auto a, auto b, auto t) { return math::lerp(a, b, t); }
  static constexpr auto partial(arg<0>, auto, auto, auto t, auto) { return one - t; }
  static constexpr auto partial(arg<1>, auto, auto, auto t, auto) { return t; }
  static constexpr auto partial(arg<2>, auto a, auto b, auto, auto) { return b - a; }
};
// clang-format on
}  // namespace tapeless::op
