// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/math/math.hpp>
#include <tapeless/op/arithmetic.hpp>

namespace tapeless {
namespace op {
struct less;
struct less_equal;
struct equal;
struct not_equal;
struct logical_and;
struct logical_or;
struct logical_not;
struct select;
struct abs;
struct min;
struct max;
struct stop_gradient;
}  // namespace op

/// `x` where the condition holds, `y` elsewhere, without a branch in the recorded program.
///
///     d select(c, x, y) = select(c, dx, dy)
///
/// The derivative that is not selected is a strong zero: `select(x > 0, sqrt(x), 0.0)` has derivative 0, not NaN, at x
/// = -1.
template <Operand C, class X, class Y>
constexpr auto select(C c, X x, Y y) {
  if constexpr (!NonStructural<X>) {
    return tapeless::select(c, Y(x), y);
  } else if constexpr (!NonStructural<Y>) {
    return tapeless::select(c, x, X(y));
  } else if constexpr (std::same_as<C, bool>) {
    return c ? std::common_type_t<X, Y>(x) : std::common_type_t<X, Y>(y);
  } else {
    return apply<op::select>(c, x, y);
  }
}

template <Operand X>
constexpr auto abs(X x) {
  return apply<op::abs>(x);
}
template <Operand X, Operand Y>
constexpr auto min(X x, Y y) {
  return apply<op::min>(x, y);
}
template <Operand X, Operand Y>
constexpr auto max(X x, Y y) {
  return apply<op::max>(x, y);
}

/// The value of `x`, with derivative zero.
template <Operand X>
constexpr auto stop_gradient(X x) {
  return apply<op::stop_gradient>(x);
}
}  // namespace tapeless

namespace tapeless::op {
// clang-format off
struct less       : comparison<"<">  { static constexpr bool value(auto x, auto y) { return x < y; } };
struct less_equal : comparison<"<="> { static constexpr bool value(auto x, auto y) { return x <= y; } };
struct equal      : comparison<"=="> { static constexpr bool commutative = true;
                                       static constexpr bool value(auto x, auto y) { return x == y; } };
struct not_equal  : comparison<"!="> { static constexpr bool commutative = true;
                                       static constexpr bool value(auto x, auto y) { return x != y; } };
struct logical_and : comparison<"&&"> { static constexpr bool value(bool x, bool y) { return x && y; } };
struct logical_or  : comparison<"||"> { static constexpr bool value(bool x, bool y) { return x || y; } };
struct logical_not : inlined<"!", 1> {
  static constexpr notation written = notation::prefix;
  static constexpr int precedence = 5;
  static constexpr bool predicate = true;
  static constexpr bool on_integers = true;
  static constexpr bool value(bool x) { return !x; }
};

struct select : inlined<"select", 3> {
  static constexpr bool on_integers = true;
  static constexpr const char* convention = "the derivative of the side that is not selected is an exact zero";
  static constexpr auto value(auto c, auto x, auto y) { return c ? x : y; }
  static constexpr auto pullback(arg<0>, auto, auto, auto, auto, auto) { return zero; }
  static constexpr auto pullback(arg<1>, auto g, auto c, auto, auto, auto) { return tapeless::select(c, g, zero); }
  static constexpr auto pullback(arg<2>, auto g, auto c, auto, auto, auto) { return tapeless::select(c, zero, g); }
};

struct abs : inlined<"abs", 1> {
  static constexpr bool never_negative_zero = true;
  static constexpr const char* convention = "abs'(0) = 0";
  static constexpr auto value(auto x) { return math::abs(x); }
  static constexpr auto partial(auto x, auto) {
    using X = decltype(x);
    return tapeless::select(x > literal(0), X(one), tapeless::select(x < literal(0), X(-1), X(zero)));
  }
};

struct min : inlined<"min", 2> {
  static constexpr bool on_integers = true;
  static constexpr const char* convention = "equal arguments: the first has derivative 1";
  static constexpr auto value(auto x, auto y) { return y < x ? y : x; }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(y < x, X(zero), X(one)); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(y < x, X(one), X(zero)); }
};

struct max : inlined<"max", 2> {
  static constexpr bool on_integers = true;
  static constexpr const char* convention = "equal arguments: the first has derivative 1";
  static constexpr auto value(auto x, auto y) { return x < y ? y : x; }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(x < y, X(zero), X(one)); }
  static constexpr auto partial(arg<1>, auto x, auto y, auto) { using X = decltype(x); return tapeless::select(x < y, X(one), X(zero)); }
};

struct stop_gradient : inlined<"stop_gradient", 1> {
  static constexpr bool on_integers = true;
  static constexpr const char* convention = "the derivative is 0 by definition";
  static constexpr auto value(auto x) { return x; }
  static constexpr auto partial(auto, auto) { return zero; }
};
// clang-format on
using relational = list<less, less_equal, equal, not_equal, logical_and, logical_or, logical_not>;
using piecewise = list<select, abs, min, max, stop_gradient>;
}  // namespace tapeless::op
