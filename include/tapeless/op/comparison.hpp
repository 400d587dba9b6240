// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/arithmetic.hpp>

namespace tapeless::op {

using selection = list<struct select>;

// clang-format off
struct less       : comparison<"<">  { static constexpr bool value(auto x, auto y) { return x < y; } };
struct less_equal : comparison<"<="> { static constexpr bool value(auto x, auto y) { return x <= y; } };
struct equal      : comparison<"=="> { static constexpr bool commutative = true;
                                       static constexpr bool value(auto x, auto y) { return x == y; } };
struct not_equal  : comparison<"!="> { static constexpr bool commutative = true;
                                       static constexpr bool value(auto x, auto y) { return x != y; } };

template <label Symbol>
struct connective : comparison<Symbol> { static constexpr argument takes(std::size_t) { return argument::condition; } };
struct logical_and : connective<"&&"> { static constexpr bool value(bool x, bool y) { return x && y; } };
struct logical_or  : connective<"||"> { static constexpr bool value(bool x, bool y) { return x || y; } };
struct logical_not : inlined<"!", 1> {
  static constexpr notation written = notation::prefix;
  static constexpr int precedence = 5;
  static constexpr bool predicate = true;
  static constexpr bool on_integers = true;
  static constexpr argument takes(std::size_t) { return argument::condition; }
  static constexpr bool value(bool x) { return !x; }
};
// clang-format on

}  // namespace tapeless::op

namespace tapeless {

/// `x` where the condition holds, `y` elsewhere, without a branch in the recorded program.
///
///     d select(c, x, y) = select(c, dx, dy)
///
/// The derivative that is not selected is a strong zero: `select(x > 0, sqrt(x), 0.0)` has derivative 0, not NaN, at x
/// = -1. A number is a condition that holds if it is not 0.
template <Operand C, class X, class Y>
constexpr auto select(C c, X x, Y y) {
  if constexpr (!NonStructural<X>) {
    return tapeless::select(c, Y(x), y);
  } else if constexpr (!NonStructural<Y>) {
    return tapeless::select(c, x, X(y));
  } else if constexpr (std::is_arithmetic_v<C> && std::is_arithmetic_v<X> && std::is_arithmetic_v<Y>) {
    using common = std::common_type_t<X, Y>;
    return c != C() ? static_cast<common>(x) : static_cast<common>(y);
  } else if constexpr (std::is_same_v<C, bool> && std::is_same_v<X, Y>) {
    return c ? x : y;
  } else {
    return apply<op::select>(c, x, y);
  }
}

}  // namespace tapeless

namespace tapeless::op {
// clang-format off
struct select : inlined<"select", 3> {
  static constexpr bool on_integers = true;
  static constexpr argument takes(std::size_t i) { return i == 0 ? argument::condition : argument::number; }
  static constexpr const char* note = "the derivative of the side that is not selected is an exact zero";
  static constexpr auto value(auto c, auto x, auto y) { return c ? x : y; }
  static constexpr auto pullback(arg<0>, auto, auto, auto, auto, auto) { return zero; }
  static constexpr auto pullback(arg<1>, auto g, auto c, auto, auto, auto) { return tapeless::select(c, g, zero); }
  static constexpr auto pullback(arg<2>, auto g, auto c, auto, auto, auto) { return tapeless::select(c, zero, g); }
};
// clang-format on
}  // namespace tapeless::op
