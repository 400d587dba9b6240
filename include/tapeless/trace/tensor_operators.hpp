// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/product.hpp>

// The operators of vectors, matrices and tensors: those of numbers element by element, but for `*` between two of them.
namespace tapeless {

namespace detail {
template <class X, class Y>
concept AnyTensor = TensorValue<X> || TensorValue<Y>;
/// Two plain tensors are equal or not as a whole; all others are compared element by element.
template <class X, class Y>
concept ComparedByElement = AnyTensor<X, Y> &&(any_recorded<X, Y> || !(TensorValue<X> && TensorValue<Y>));
}  // namespace detail

// clang-format off
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator+(const X& x, const Y& y) { return apply<op::add>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator-(const X& x, const Y& y) { return apply<op::sub>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator*(const X& x, const Y& y) { return apply<op::mul>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator/(const X& x, const Y& y) { return apply<op::div>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator<(const X& x, const Y& y) { return apply<op::less>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator>(const X& x, const Y& y) { return apply<op::less>(y, x); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator<=(const X& x, const Y& y) { return apply<op::less_equal>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator>=(const X& x, const Y& y) { return apply<op::less_equal>(y, x); }
template <Operand X, Operand Y> requires detail::ComparedByElement<X, Y> constexpr auto operator==(const X& x, const Y& y) { return apply<op::equal>(x, y); }
template <Operand X, Operand Y> requires detail::ComparedByElement<X, Y> constexpr auto operator!=(const X& x, const Y& y) { return apply<op::not_equal>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator&&(const X& x, const Y& y) { return apply<op::logical_and>(x, y); }
template <Operand X, Operand Y> requires detail::AnyTensor<X, Y> constexpr auto operator||(const X& x, const Y& y) { return apply<op::logical_or>(x, y); }
template <detail::TensorValue X> constexpr auto operator!(const X& x) { return apply<op::logical_not>(x); }
template <detail::TensorValue X> constexpr auto operator-(const X& x) { return apply<op::neg>(x); }
template <detail::TensorValue X> constexpr X operator+(const X& x) { return x; }
template <detail::TensorValue X, Operand Y> constexpr X& operator+=(X& x, const Y& y) { return x = x + y; }
template <detail::TensorValue X, Operand Y> constexpr X& operator-=(X& x, const Y& y) { return x = x - y; }
template <detail::TensorValue X, Operand Y> constexpr X& operator*=(X& x, const Y& y) { return x = x * y; }
template <detail::TensorValue X, Operand Y> constexpr X& operator/=(X& x, const Y& y) { return x = x / y; }
// clang-format on

}  // namespace tapeless
