// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include <tapeless/lanes/lanes_operation.hpp>

// The packs of std::experimental::simd as scalars. They are recognised by what they have, so that nobody pays for
// <experimental/simd> who does not include it.
namespace tapeless {

namespace detail {
template <class X>
concept SimdPack = !std::is_base_of_v<operand_base, X> && std::is_floating_point_v<typename X::value_type> && requires {
  typename X::abi_type;
  typename X::mask_type;
  { X::size() } -> std::convertible_to<std::size_t>;
};
template <class X>
concept SimdMask = std::is_same_v<typename X::value_type, bool> && requires {
  typename X::abi_type;
  typename X::simd_type;
};
template <class X>
concept InSimd = SimdPack<X> || SimdMask<X> || std::is_arithmetic_v<X>;

/// The pack that operands are, or are conditions on.
template <class X>
struct pack_behind {
  using type = void;
};
template <SimdPack X>
struct pack_behind<X> {
  using type = X;
};
template <SimdMask X>
struct pack_behind<X> {
  using type = typename X::simd_type;
};

template <class P, class... X>
struct joint_pack {
  using type = P;
};
template <class P, class X, class... Rest>
struct joint_pack<P, X, Rest...>
    : joint_pack<std::conditional_t<std::is_void_v<P>, typename pack_behind<X>::type, P>, Rest...> {};

template <class P>
using lanes_like = lanes<typename P::value_type, (P::size() > 1 ? std::bit_ceil(std::size_t{P::size()}) : 2)>;

template <class P, class X>
constexpr auto unpacked(const X& x) {
  if constexpr (SimdPack<X>)
    return lanes_like<P>([&](std::size_t k) { return static_cast<typename P::value_type>(x[k < P::size() ? k : 0]); });
  else if constexpr (SimdMask<X>) {
    typename lanes_like<P>::mask_type m(false);
    for (std::size_t k = 0; k < P::size(); ++k) m.set(k, x[k]);
    return m;
  } else return x;
}

template <class P, class M>
constexpr auto packed_mask(const M& m) {
  typename P::mask_type result(false);
  for (std::size_t k = 0; k < P::size(); ++k) result[k] = m[k];
  return result;
}

}  // namespace detail

template <class X>
requires detail::SimdPack<X>
inline constexpr bool enable_operand<X> = true;

namespace op {

/// Carries out an operation on packs: with their own operators where they have them, otherwise as on lanes. Data is the
/// same for all numbers of a pack.
template <class Op, class... X>
requires(((detail::SimdPack<X> || detail::SimdMask<X>) || ...) && (detail::InSimd<X> && ...))  //
    auto apply_operation(tag<Op>, const X&... x) {
  using P = typename detail::joint_pack<void, X...>::type;
  const auto result = tapeless::apply<Op>(detail::unpacked<P>(x)...);
  if constexpr (std::is_same_v<decltype(result), const detail::lanes_like<P>>)
    return P([&](auto k) { return result[k]; });
  else return detail::packed_mask<P>(result);
}
// clang-format off
template <detail::SimdPack P> P apply_operation(tag<add>, const P& x, const P& y) { return x + y; }
template <detail::SimdPack P> P apply_operation(tag<sub>, const P& x, const P& y) { return x - y; }
template <detail::SimdPack P> P apply_operation(tag<mul>, const P& x, const P& y) { return x * y; }
template <detail::SimdPack P> P apply_operation(tag<div>, const P& x, const P& y) { return x / y; }
template <detail::SimdPack P> P apply_operation(tag<neg>, const P& x) { return -x; }
template <detail::SimdPack P> P apply_operation(tag<mul_add>, const P& x, const P& y, const P& z) { return x * y + z; }
template <detail::SimdPack P> P apply_operation(tag<mul_sub>, const P& x, const P& y, const P& z) { return x * y - z; }
template <detail::SimdPack P> P apply_operation(tag<sub_mul>, const P& x, const P& y, const P& z) { return z - x * y; }
template <detail::SimdPack P> P apply_operation(tag<neg_mul_sub>, const P& x, const P& y, const P& z) { return -(x * y) - z; }
template <detail::SimdPack P> auto apply_operation(tag<less>, const P& x, const P& y) { return x < y; }
template <detail::SimdPack P> auto apply_operation(tag<less_equal>, const P& x, const P& y) { return x <= y; }
template <detail::SimdPack P> auto apply_operation(tag<equal>, const P& x, const P& y) { return x == y; }
template <detail::SimdPack P> auto apply_operation(tag<not_equal>, const P& x, const P& y) { return x != y; }
template <detail::SimdMask M> M apply_operation(tag<logical_and>, const M& x, const M& y) { return x && y; }
template <detail::SimdMask M> M apply_operation(tag<logical_or>, const M& x, const M& y) { return x || y; }
template <detail::SimdMask M> M apply_operation(tag<logical_not>, const M& x) { return !x; }
template <detail::SimdPack P> P apply_operation(tag<select>, const typename P::mask_type& c, const P& x, P y) { where(c, y) = x; return y; }
// clang-format on

}  // namespace op
}  // namespace tapeless
