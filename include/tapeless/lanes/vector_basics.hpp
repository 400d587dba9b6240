// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <tapeless/op/contract.hpp>

// What is common to all that is done with the compiler's vector types at run time.
namespace tapeless::detail {

/// The bytes of the widest vector register. A program on whole vectors gains from it even where single ones would not.
#if defined(__AVX512F__)
inline constexpr std::size_t register_bytes = 64;
#else
inline constexpr std::size_t register_bytes = vector_bytes > 0 ? vector_bytes : 16;
#endif

template <class V>
using element_of = std::remove_cvref_t<decltype(std::declval<V&>()[0])>;
/// The result of comparing two vectors: in each place all bits set, or none.
template <class V>
using mask_of = decltype(std::declval<V&>() < std::declval<V&>());
template <class V>
inline constexpr std::size_t width_of = sizeof(V) / sizeof(element_of<V>);
/// A vector with f(0), f(1), ... in it.
template <class V, class F>
[[gnu::always_inline]] inline V vector_from(const F& f) {
  return [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) { return V{f(arg<K>{})...}; }
  (std::make_index_sequence<width_of<V>>{});
}
template <class V>
[[gnu::always_inline]] inline V splat(element_of<V> number) {
  return vector_from<V>([number](auto) __attribute__((always_inline)) { return number; });
}

template <class V>
[[gnu::always_inline]] inline V blend(const mask_of<V>& m, const V& x, const V& y) {
  return m ? x : y;
}

/// Applies a function of numbers one by one.
template <class V, class F, class... X>
[[gnu::always_inline]] inline V one_by_one(const F& f, const X&... x) {
  return vector_from<V>([&](auto place) __attribute__((always_inline)) { return f(x[std::size_t{place}]...); });
}

/// The same bits as whole numbers.
template <class V>
struct unsigned_vector {
  using type [[gnu::vector_size(sizeof(V))]] =
      std::conditional_t<sizeof(element_of<V>) == 4, std::uint32_t, std::uint64_t>;
};
template <class V>
using unsigned_of = typename unsigned_vector<V>::type;

template <class V>
[[gnu::always_inline]] inline mask_of<V> sign_bit() {
  return (mask_of<V>)splat<V>(element_of<V>(-0.0));
}
template <class V>
[[gnu::always_inline]] inline V abs_of(const V& x) {
  return (V)((mask_of<V>)x & ~sign_bit<V>());
}
template <class V>
[[gnu::always_inline]] inline V copysign_of(const V& x, const V& y) {
  return (V)(((mask_of<V>)x & ~sign_bit<V>()) | ((mask_of<V>)y & sign_bit<V>()));
}

/// x * y + z, rounded once where the processor can: said with the compiler's own functions, since whether operators
/// contract is up to the user's flags.
template <class V>
[[gnu::always_inline]] inline V multiply_add(const V& x, const V& y, const V& z) {
#if defined(__clang__) && (defined(__FMA__) || defined(__ARM_FEATURE_FMA))
  return __builtin_elementwise_fma(x, y, z);
#elif defined(__FMA__)
  using T = element_of<V>;
  if constexpr (std::is_same_v<T, double> && sizeof(V) == 16) return __builtin_ia32_vfmaddpd(x, y, z);
  else if constexpr (std::is_same_v<T, float> && sizeof(V) == 16) return __builtin_ia32_vfmaddps(x, y, z);
  else if constexpr (std::is_same_v<T, double> && sizeof(V) == 32) return __builtin_ia32_vfmaddpd256(x, y, z);
  else if constexpr (std::is_same_v<T, float> && sizeof(V) == 32) return __builtin_ia32_vfmaddps256(x, y, z);
  else
  #if defined(__AVX512F__)  // rounded as the environment says (4), all lanes (-1)
    if constexpr (std::is_same_v<T, double> && sizeof(V) == 64) return __builtin_ia32_vfmaddpd512_mask(x, y, z, -1, 4);
    else if constexpr (std::is_same_v<T, float> && sizeof(V) == 64)
      return __builtin_ia32_vfmaddps512_mask(x, y, z, -1, 4);
    else
  #endif
      return x * y + z;
#else
  return x * y + z;
#endif
}

}  // namespace tapeless::detail
