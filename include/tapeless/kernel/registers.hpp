// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include <tapeless/lanes/lanes.hpp>

// What the kernels do with one vector of W numbers: any power of two from 2 up to a register.
namespace tapeless::detail {

template <class T, std::size_t W>
struct numbers_in_register {
  using type [[gnu::vector_size(W * sizeof(T))]] = T;
};
template <class T, std::size_t W>
using register_with = typename numbers_in_register<T, W>::type;

/// How many vector registers there are.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr std::size_t register_count = 32;
#else
inline constexpr std::size_t register_count = 16;
#endif

template <class V>
[[gnu::always_inline]] inline V load(const element_of<V>* from) {
  V v;
  __builtin_memcpy(&v, from, sizeof v);
  return v;
}
template <class V>
[[gnu::always_inline]] inline void store(element_of<V>* to, const V& v) {
  __builtin_memcpy(to, &v, sizeof v);
}

/// Lanes of `x`, and behind them those of `y`, by the places that `place` says.
template <std::size_t W, class V, class Place>
[[gnu::always_inline]] inline auto shuffle(const V& x, const V& y, const Place& place) {
  return [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
    return __builtin_shufflevector(x, y, static_cast<int>(decltype(place(arg<K>{}))::value)...);
  }
  (std::make_index_sequence<W>{});
}

/// The first half, and the second.
template <std::size_t Half, class V>
[[gnu::always_inline]] inline auto half_of(const V& v) {
  constexpr std::size_t width = width_of<V> / 2;
  return shuffle<width>(v, v, []<std::size_t K>(arg<K>) { return arg<Half * width + K>{}; });
}

/// The first `Count` numbers of a vector to memory, by halves.
template <std::size_t Count, class V>
[[gnu::always_inline]] inline void store_first(element_of<V>* to, const V& v) {
  constexpr std::size_t width = width_of<V>;
  if constexpr (Count == width) {
    store(to, v);
  } else if constexpr (Count == 1) {
    *to = v[0];
  } else if constexpr (Count <= width / 2) {
    store_first<Count>(to, half_of<0>(v));
  } else {
    store(to, half_of<0>(v));
    if constexpr (width == 4 && Count == 3) to[2] = v[2];
    else store_first<Count - width / 2>(to + width / 2, half_of<1>(v));
  }
}

/// A vector that begins with `Count` numbers from memory, and goes on with zeros; what lies behind them is not read.
template <class V, std::size_t Count>
[[gnu::always_inline]] inline V load_first(const element_of<V>* from) {
  using T = element_of<V>;
  constexpr std::size_t width = width_of<V>, half = width / 2;
  if constexpr (Count == width) {
    return load<V>(from);
  } else if constexpr (half < 2) {
    return V{*from, T(0)};
  } else {
    using H = register_with<T, half>;
    H low, high{};
    if constexpr (Count <= half) {
      low = load_first<H, Count>(from);
    } else {
      low = load<H>(from);
      high = load_first<H, Count - half>(from + half);
    }
    return shuffle<width>(low, high, [](auto place) { return place; });
  }
}

/// Sums of lanes that are Distance apart: of x where the lane number has no such bit, of y where it has.
template <std::size_t Distance, class V>
[[gnu::always_inline]] inline V fold(const V& x, const V& y) {
  const V same = shuffle<width_of<V>>(
      x, y, []<std::size_t K>(arg<K>) { return arg<((K & Distance) != 0 ? width_of<V> + K : K)>{}; });
  const V other = shuffle<width_of<V>>(x, y, []<std::size_t K>(arg<K>) {
    return arg<((K & Distance) != 0 ? width_of<V> + (K ^ Distance) : (K | Distance))>{};
  });
  return same + other;
}

template <std::size_t Distance, std::size_t Count, class V>
[[gnu::always_inline]] inline void fold_all(V* v) {
#pragma GCC unroll 16
  for (std::size_t k = 0; k < (Count < Distance ? Count : Distance); ++k)
    v[k] = fold<Distance>(v[k], v[k + Distance < Count ? k + Distance : k]);
  if constexpr (Distance > 1) fold_all<Distance / 2, (Count < Distance ? Count : Distance)>(v);
}

/// A vector that begins with the sum of the lanes of each of `Count` vectors, which are used up.
template <std::size_t Count, class V>
[[gnu::always_inline]] inline auto sums_of(V* v) {
  constexpr std::size_t width = width_of<V>;
  if constexpr (width > 2 && Count <= width / 2) {
    register_with<element_of<V>, width / 2> half[Count];
#pragma GCC unroll 16
    for (std::size_t k = 0; k < Count; ++k) half[k] = half_of<0>(v[k]) + half_of<1>(v[k]);
    return sums_of<Count>(half);
  } else {
    fold_all<width / 2, Count>(v);
    return v[0];
  }
}

}  // namespace tapeless::detail
