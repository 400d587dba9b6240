// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/op/contract.hpp>

namespace tapeless {

namespace op {
struct add;
struct sub;
struct mul;
struct div;
struct neg;
struct less;
struct less_equal;
struct equal;
struct not_equal;
struct logical_and;
struct logical_or;
struct logical_not;
}  // namespace op

struct operand_base;

/// Types on which operations act through `apply_operation`, found by ADL: recorded values, duals, formulas.
template <class X>
inline constexpr bool enable_operand = std::is_base_of_v<operand_base, X>;
template <class X>
concept Operand = std::is_arithmetic_v<X> || std::is_enum_v<X> || enable_operand<X>;

/// Carries out an operation: on plain numbers at once (in their common floating-point type), otherwise as the operands'
/// own type does.
template <class Op, class... X>
[[gnu::always_inline]] constexpr auto apply(const X&... x) {
  if constexpr ((std::is_arithmetic_v<X> && ...)) {
    using common = std::common_type_t<X...>;
    using number = std::conditional_t<std::is_floating_point_v<common>, common, double>;
    return Op::value(static_cast<number>(x)...);
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
  template <Operand X> requires enable_operand<X> friend constexpr auto operator!(const X& x) { return apply<op::logical_not>(x); }
  template <Operand X> requires enable_operand<X> friend constexpr auto operator-(const X& x) { return apply<op::neg>(x); }
  template <Operand X> requires enable_operand<X> friend constexpr X operator+(const X& x) { return x; }
  template <Operand X, Operand Y> requires enable_operand<X> friend constexpr X& operator+=(X& x, const Y& y) { return x = x + y; }
  template <Operand X, Operand Y> requires enable_operand<X> friend constexpr X& operator-=(X& x, const Y& y) { return x = x - y; }
  template <Operand X, Operand Y> requires enable_operand<X> friend constexpr X& operator*=(X& x, const Y& y) { return x = x * y; }
  template <Operand X, Operand Y> requires enable_operand<X> friend constexpr X& operator/=(X& x, const Y& y) { return x = x / y; }
  // clang-format on
};

}  // namespace tapeless
