// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <utility>

#include <tapeless/array/extents.hpp>
#include <tapeless/math/ieee.hpp>
#include <tapeless/op/contract.hpp>

namespace tapeless {

namespace op {
// Declared by the list, defined in arithmetic.hpp and comparison.hpp.
using arithmetic = list<struct add, struct sub, struct mul, struct div, struct neg>;
using comparisons = list<struct less, struct less_equal, struct equal, struct not_equal>;
using connectives = list<struct logical_and, struct logical_or, struct logical_not>;
}  // namespace op

struct operand_base;

/// Types on which operations act through `apply_operation`, found by ADL: recorded values, duals, formulas.
template <class X>
inline constexpr bool enable_operand = std::is_base_of_v<operand_base, X>;
template <class X>
requires detail::TensorValue<X>
inline constexpr bool enable_operand<X> = true;
template <class X>
concept Operand = std::is_arithmetic_v<X> || std::is_enum_v<X> || enable_operand<X>;

namespace detail {

/// An operand that is neither a plain number nor a tensor, which has operators of its own.
template <class X>
concept OperandNumber = enable_operand<X> && !TensorValue<X>;

/// An argument on its way into an operation: a number in the type that all share, a condition or a whole number as
/// such.
template <class Number, op::argument Kind, class X>
[[gnu::always_inline]] constexpr auto passed(X x) {
  if constexpr (Kind == op::argument::condition) return static_cast<bool>(x);
  else if constexpr (Kind == op::argument::whole) return static_cast<long long>(x);
  else return static_cast<Number>(x);
}

/// Calls a function on numbers of one type, also one that is for other types, such as a library's for double only.
template <class R, class... P, class... X>
[[gnu::always_inline]] constexpr auto call_converted(R (*f)(P...), const X&... x) {
  return static_cast<std::common_type_t<X...>>(f(static_cast<P>(x)...));
}
template <class Op, class... X>
[[gnu::always_inline]] constexpr auto call_value(const X&... x) {
  if constexpr (requires { &Op::value; } && !Op::predicate) return call_converted(&Op::value, x...);
  else return Op::value(x...);
}

/// The value of an operation on plain numbers. One that rounds often is computed in long double in a constant
/// expression, where only the last rounding counts.
template <class Op, class Number, std::size_t... I, class... X>
[[gnu::always_inline]] constexpr auto evaluate(std::index_sequence<I...>, const X&... x) {
  if constexpr (Op::rounds_often)
    if (__builtin_is_constant_evaluated()) {
      if ((... || (x != x))) return std::numeric_limits<Number>::quiet_NaN();  // nothing to compute, nor allowed to be
      return math::at_compile_time::narrowed<Number>(Op::value(passed<long double, Op::takes(I)>(x)...));
    }
  return call_value<Op>(passed<Number, Op::takes(I)>(x)...);
}

}  // namespace detail

/// Carries out an operation: on plain numbers at once (in their common floating-point type), otherwise as the operands'
/// own type does.
template <class Op, class... X>
[[gnu::always_inline]] constexpr auto apply(const X&... x) {
  if constexpr ((std::is_arithmetic_v<X> && ...)) {
    using common = std::common_type_t<X...>;
    using number = std::conditional_t<std::is_floating_point_v<common>, common, double>;
    return detail::evaluate<Op, number>(std::index_sequence_for<X...>{}, x...);
  } else if constexpr ((detail::TensorValue<X> || ...)) {
    return apply_to_tensors(op::tag<Op>{}, x...);  // trace/elementwise.hpp
  } else {
    return apply_operation(op::tag<Op>{}, x...);
  }
}

/// The operators of every operand type, once: friends that only ADL finds, so nothing is added to any other overload
/// set.
struct operand_base {
  // clang-format off
  template <Operand X, Operand Y> friend constexpr auto operator+(const X& x, const Y& y) { return apply<op::add>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator-(const X& x, const Y& y) { return apply<op::sub>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator*(const X& x, const Y& y) { return apply<op::mul>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator/(const X& x, const Y& y) { return apply<op::div>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator<(const X& x, const Y& y) { return apply<op::less>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator>(const X& x, const Y& y) { return apply<op::less>(y, x); }
  template <Operand X, Operand Y> friend constexpr auto operator<=(const X& x, const Y& y) { return apply<op::less_equal>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator>=(const X& x, const Y& y) { return apply<op::less_equal>(y, x); }
  template <Operand X, Operand Y> friend constexpr auto operator==(const X& x, const Y& y) { return apply<op::equal>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator!=(const X& x, const Y& y) { return apply<op::not_equal>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator&&(const X& x, const Y& y) { return apply<op::logical_and>(x, y); }
  template <Operand X, Operand Y> friend constexpr auto operator||(const X& x, const Y& y) { return apply<op::logical_or>(x, y); }
  template <detail::OperandNumber X> friend constexpr auto operator!(const X& x) { return apply<op::logical_not>(x); }
  template <detail::OperandNumber X> friend constexpr auto operator-(const X& x) { return apply<op::neg>(x); }
  template <detail::OperandNumber X> friend constexpr X operator+(const X& x) { return x; }
  template <detail::OperandNumber X, Operand Y> friend constexpr X& operator+=(X& x, const Y& y) { return x = x + y; }
  template <detail::OperandNumber X, Operand Y> friend constexpr X& operator-=(X& x, const Y& y) { return x = x - y; }
  template <detail::OperandNumber X, Operand Y> friend constexpr X& operator*=(X& x, const Y& y) { return x = x * y; }
  template <detail::OperandNumber X, Operand Y> friend constexpr X& operator/=(X& x, const Y& y) { return x = x / y; }
  // clang-format on
};

}  // namespace tapeless
