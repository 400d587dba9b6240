// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/recorded.hpp>

// The operators of C++ that only integers have, and those that count. Data may go through them on its way to a
// condition or an index.
namespace tapeless {

namespace detail {
template <class X, class Y>
concept WithRecorded = Operand<X> && Operand<Y> &&(Recorded<X> || Recorded<Y>);
}  // namespace detail

// clang-format off
template <class X, class Y> requires detail::WithRecorded<X, Y> constexpr auto operator%(const X& x, const Y& y) { return apply<op::modulo>(x, y); }
template <class X, class Y> requires detail::WithRecorded<X, Y> constexpr auto operator&(const X& x, const Y& y) { return apply<op::bit_and>(x, y); }
template <class X, class Y> requires detail::WithRecorded<X, Y> constexpr auto operator|(const X& x, const Y& y) { return apply<op::bit_or>(x, y); }
template <class X, class Y> requires detail::WithRecorded<X, Y> constexpr auto operator^(const X& x, const Y& y) { return apply<op::bit_xor>(x, y); }
template <class X, class Y> requires detail::WithRecorded<X, Y> constexpr auto operator<<(const X& x, const Y& n) { return apply<op::shift_left>(x, n); }
template <class X, class Y> requires detail::WithRecorded<X, Y> constexpr auto operator>>(const X& x, const Y& n) { return apply<op::shift_right>(x, n); }
template <detail::Recorded X> constexpr auto operator~(const X& x) { return x ^ -1; }
template <detail::Recorded X, Operand Y> constexpr X& operator%=(X& x, const Y& y) { return x = x % y; }
template <detail::Recorded X, Operand Y> constexpr X& operator&=(X& x, const Y& y) { return x = x & y; }
template <detail::Recorded X, Operand Y> constexpr X& operator|=(X& x, const Y& y) { return x = x | y; }
template <detail::Recorded X, Operand Y> constexpr X& operator^=(X& x, const Y& y) { return x = x ^ y; }
template <detail::Recorded X, Operand Y> constexpr X& operator<<=(X& x, const Y& n) { return x = x << n; }
template <detail::Recorded X, Operand Y> constexpr X& operator>>=(X& x, const Y& n) { return x = x >> n; }
template <detail::Recorded X> constexpr X& operator++(X& x) { return x = x + 1; }
template <detail::Recorded X> constexpr X& operator--(X& x) { return x = x - 1; }
template <detail::Recorded X> constexpr X operator++(X& x, int) { const X before = x; x = x + 1; return before; }
template <detail::Recorded X> constexpr X operator--(X& x, int) { const X before = x; x = x - 1; return before; }
// clang-format on

}  // namespace tapeless
