// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>

#include <tapeless/config.hpp>

// Tangents in vector registers. A loop over an array inside of a struct leaves it in memory, which the copies of the
// struct then wait for; vectors that are only ever loaded and stored as such stay in registers.
namespace tapeless::detail {

/// How many of N tangents go into one vector register.
template <class T, std::size_t N>
inline constexpr std::size_t register_width = 1;
template <std::floating_point T, std::size_t N>
requires(sizeof(T) <= sizeof(double)) inline constexpr std::size_t register_width<T, N> =
    N == 0 || vector_bytes < sizeof(T) ? 1
                                       : std::bit_floor(N < vector_bytes / sizeof(T) ? N : vector_bytes / sizeof(T));

template <class T, std::size_t W>
struct register_of {
  typedef T type [[gnu::vector_size(W * sizeof(T))]];  // NOLINT(modernize-use-using): GCC wants it so
};
template <class T>
struct register_of<T, 1> {
  using type = T;
};
template <class T, std::size_t W>
using register_t = typename register_of<T, W>::type;

// Always whole vectors: the compiler keeps in registers what is never seen in parts.
template <std::size_t W, class T>
[[gnu::always_inline]] constexpr decltype(auto) load_register(const T* from) {
  if constexpr (W == 1) {
    return (*from);
  } else {
    register_t<T, W> vector;
    __builtin_memcpy(&vector, from, sizeof vector);
    return +vector;
  }
}
template <class T, class Vector>
[[gnu::always_inline]] constexpr void store_register(T* to, const Vector& vector) {
  if constexpr (std::is_same_v<T, Vector>) *to = vector;
  else __builtin_memcpy(to, &vector, sizeof vector);
}

/// Writes the I-th of N unit vectors, register by register: what is loaded as a vector is to be stored as one.
template <std::size_t N, std::size_t I, std::size_t K = 0, class T>
[[gnu::always_inline]] constexpr void store_unit(T* to) {
  if constexpr (K < N) {
    constexpr std::size_t width = register_width<T, N - K>;
    if constexpr (width == 1) {
      to[K] = T(I == K);
    } else {
      register_t<T, width> unit{};
      if constexpr (K <= I && I < K + width) unit[I - K] = 1;
      store_register(to + K, unit);
    }
    store_unit<N, I, K + width>(to);
  }
}

}  // namespace tapeless::detail
