// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/special.hpp>

namespace tapeless::op {
using activation = list<struct sigmoid, struct log_sigmoid, struct softplus, struct relu, struct leaky_relu, struct elu,
                        struct gelu, struct silu, struct softsign>;
using smooth = list<struct logaddexp, struct smooth_abs, struct smooth_max>;
}  // namespace tapeless::op

namespace tapeless {
namespace detail {
/// A default parameter: in the type of a plain number, which it must not widen; elsewhere a literal.
template <class X>
constexpr auto parameter(double number) {
  if constexpr (std::is_floating_point_v<X>) return static_cast<X>(number);
  else return number;
}
}  // namespace detail

// clang-format off
/// 1 / (1 + exp(-x)), without overflow and with full relative accuracy in the left tail.
template <Operand X> constexpr auto sigmoid(X x) { return apply<op::sigmoid>(x); }
/// log(sigmoid(x)), without overflow or cancellation in either tail.
template <Operand X> constexpr auto log_sigmoid(X x) { return apply<op::log_sigmoid>(x); }
/// log(1 + exp(x)), without overflow.
template <Operand X> constexpr auto softplus(X x) { return apply<op::softplus>(x); }
/// max(x, 0).
template <Operand X> constexpr auto relu(X x) { return apply<op::relu>(x); }
/// x where positive, a x elsewhere; by default a = 0.01.
template <Operand X, Operand A> constexpr auto leaky_relu(X x, A a) { return apply<op::leaky_relu>(x, a); }
template <Operand X> constexpr auto leaky_relu(X x) { return apply<op::leaky_relu>(x, detail::parameter<X>(0.01)); }
/// x where positive, a (exp(x) - 1) elsewhere; by default a = 1 (Clevert, Unterthiner and Hochreiter, 2015).
template <Operand X, Operand A> constexpr auto elu(X x, A a) { return apply<op::elu>(x, a); }
template <Operand X> constexpr auto elu(X x) { return apply<op::elu>(x, detail::parameter<X>(1)); }
/// x times the normal distribution function of x (Hendrycks and Gimpel, 2016); nothing cancels in the left tail.
template <Operand X> constexpr auto gelu(X x) { return apply<op::gelu>(x); }
/// x sigmoid(x).
template <Operand X> constexpr auto silu(X x) { return apply<op::silu>(x); }
/// x / (1 + |x|).
template <Operand X> constexpr auto softsign(X x) { return apply<op::softsign>(x); }
/// log(exp(x) + exp(y)), without overflow.
template <Operand X, Operand Y> constexpr auto logaddexp(X x, Y y) { return apply<op::logaddexp>(x, y); }
/// sqrt(x^2 + w^2): |x|, rounded off over a width of w > 0; by default w = 0.001.
template <Operand X, Operand W> constexpr auto smooth_abs(X x, W w) { return apply<op::smooth_abs>(x, w); }
template <Operand X> constexpr auto smooth_abs(X x) { return apply<op::smooth_abs>(x, detail::parameter<X>(0.001)); }
/// (x + y + smooth_abs(x - y, w)) / 2: the maximum, rounded off over a width of w > 0; by default w = 0.001.
template <Operand X, Operand Y, Operand W> constexpr auto smooth_max(X x, Y y, W w) { return apply<op::smooth_max>(x, y, w); }
template <Operand X, Operand Y> constexpr auto smooth_max(X x, Y y) { return apply<op::smooth_max>(x, y, detail::parameter<decltype(apply<op::add>(x, y))>(0.001)); }
}  // namespace tapeless

namespace tapeless::op {
struct sigmoid : composed<"sigmoid", 1> {
  static constexpr bool never_negative_zero = true;
  static constexpr auto formula(auto x) { return one / (one + tapeless::exp(-x)); }
  static constexpr auto value(auto x) {  // exp of a negative number only, so that neither tail overflows
    const auto e = math::exp(-math::abs(x));
    return (x < 0 ? e : decltype(x)(1)) / (1 + e);
  }
  static constexpr auto partial(auto, auto y) { return y * (one - y); }
};

struct log_sigmoid : composed<"log_sigmoid", 1> {
  static constexpr auto formula(auto x) { return -tapeless::log1p(tapeless::exp(-x)); }
  static constexpr auto value(auto x) { return (x < 0 ? x : decltype(x)(0)) - math::log1p(math::exp(-math::abs(x))); }
  static constexpr auto partial(auto x, auto) { return tapeless::sigmoid(-x); }
};

struct softplus : composed<"softplus", 1> {
  static constexpr bool never_negative_zero = true;
  static constexpr auto formula(auto x) { return tapeless::log1p(tapeless::exp(x)); }
  static constexpr auto value(auto x) { return (x > 0 ? x : decltype(x)(0)) + math::log1p(math::exp(-math::abs(x))); }
  static constexpr auto partial(auto x, auto) { return tapeless::sigmoid(x); }
};

struct relu : inlined<"relu", 1> {
  static constexpr convention conventions[] = {{{0}, {0}}};
  static constexpr auto formula(auto x) { return tapeless::max(x, decltype(x)(zero)); }
  static constexpr auto kink(auto x) { return x; }
  static constexpr auto value(auto x) { return x < 0 ? decltype(x)(0) : x; }
  static constexpr auto partial(auto, auto y) { using X = decltype(y); return tapeless::select(y > literal(0), X(one), X(zero)); }
};

struct leaky_relu : inlined<"leaky_relu", 2> {
  static constexpr convention conventions[] = {{{0, 0.25}, {0.25, 0}}};
  static constexpr auto formula(auto x, auto a) { return tapeless::select(x > literal(0), x, a * x); }
  static constexpr auto kink(auto x, auto) { return x; }
  static constexpr auto value(auto x, auto a) { return x > 0 ? x : math::mul(a, x); }
  static constexpr auto partial(arg<0>, auto x, auto a, auto) { return tapeless::select(x > literal(0), one, a); }
  static constexpr auto partial(arg<1>, auto x, auto, auto) { return tapeless::select(x > literal(0), zero, x); }
};

struct elu : composed<"elu", 2> {
  static constexpr convention conventions[] = {{{0, 0.25}, {0.25, 0}}};
  static constexpr auto formula(auto x, auto a) { return tapeless::select(x > literal(0), x, a * tapeless::expm1(x)); }
  static constexpr auto kink(auto x, auto) { return x; }
  static constexpr auto value(auto x, auto a) { return x > 0 ? x : math::mul(a, math::expm1(x)); }
  static constexpr auto partial(arg<0>, auto x, auto a, auto y) { return tapeless::select(x > literal(0), one, y + a); }
  static constexpr auto partial(arg<1>, auto x, auto, auto) { return tapeless::select(x > literal(0), zero, tapeless::expm1(x)); }
};

struct gelu : unary<"gelu"> {
  static constexpr literal root_half{0.707106781186547524400844362104849039L};
  static constexpr literal density_at_0{0.398942280401432677939946059934381868L};
  static constexpr auto formula(auto x) { return literal(0.5L) * x * tapeless::erfc(-root_half * x); }
  static constexpr auto value(auto x) { return math::gelu(x); }
  static constexpr auto partial(auto x, auto) {
    return literal(0.5L) * tapeless::erfc(-root_half * x) + density_at_0 * x * tapeless::exp(literal(-0.5L) * (x * x));
  }
};

struct silu : composed<"silu", 1> {
  static constexpr auto formula(auto x) { return x * tapeless::sigmoid(x); }
  static constexpr auto value(auto x) { return math::mul(x, sigmoid::value(x)); }
  static constexpr auto partial(auto x, auto y) { const auto s = tapeless::sigmoid(x); return s + y * (one - s); }
};

struct softsign : inlined<"softsign", 1> {
  static constexpr bool rounds_often = true;
  static constexpr auto formula(auto x) { return x / (one + tapeless::abs(x)); }
  static constexpr auto kink(auto x) { return x; }
  static constexpr auto value(auto x) { return math::div(x, 1 + math::abs(x)); }
  static constexpr auto partial(auto x, auto) { const auto r = tapeless::inv(one + tapeless::abs(x)); return r * r; }
};

struct logaddexp : composed<"logaddexp", 2> {
  static constexpr bool commutative = true;
  static constexpr auto formula(auto x, auto y) { return tapeless::max(x, y) + tapeless::log1p(tapeless::exp(-tapeless::abs(x - y))); }
  static constexpr auto value(auto x, auto y) { return math::logaddexp(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { return tapeless::sigmoid(x - y); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto) { return tapeless::sigmoid(y - x); }
};

struct smooth_abs : binary<"smooth_abs"> {
  static constexpr bool never_negative_zero = true;
  static constexpr convention conventions[] = {{{0, 0}, {0, 0}}};
  static constexpr auto formula(auto x, auto w) { return tapeless::sqrt(x * x + w * w); }
  static constexpr auto value(auto x, auto w) { return math::hypot(x, w); }
  static constexpr auto partial(arg<0>, auto x, auto, auto r) { return tapeless::select(r == literal(0), zero, x / r); }
  static constexpr auto partial(arg<1>, auto, auto w, auto r) { return tapeless::select(r == literal(0), zero, w / r); }
};

struct smooth_max : composed<"smooth_max", 3> {
  static constexpr region domain{{}, {}, above(0)};
  static constexpr auto formula(auto x, auto y, auto w) { return literal(0.5L) * (x + y + tapeless::smooth_abs(x - y, w)); }
  static constexpr auto value(auto x, auto y, auto w) {  // max(x, y) and what is above it, so that nothing cancels
    const auto d = math::abs(math::sub(x, y)), s = math::hypot(d, w);
    return (x < y ? y : x) + (w == 0 ? w : w / 2 * (w / (s + d)));
  }
  /// (1 + d / s) / 2 with s = smooth_abs(d, w), where d < 0 by way of s - d, so that nothing cancels.
  static constexpr auto share(auto d, auto w) {
    const auto s = tapeless::smooth_abs(d, w), rest = literal(0.5L) * (w / s) * (w / (s + tapeless::abs(d)));
    return tapeless::select(d < literal(0), rest, one - rest);
  }
  static constexpr auto partial(arg<0>, auto x, auto y, auto w, auto) { return share(x - y, w); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto w, auto) { return share(y - x, w); }
  static constexpr auto partial(arg<2>, auto x, auto y, auto w, auto) { return literal(0.5L) * w / tapeless::smooth_abs(x - y, w); }
};
// clang-format on
}  // namespace tapeless::op
