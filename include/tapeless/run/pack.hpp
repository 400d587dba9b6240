// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <tapeless/config.hpp>

namespace tapeless::detail {

/// How many numbers of type T are computed side by side; 1 for types that the hardware has no vectors of.
template <class T>
inline constexpr std::size_t pack_width = (std::is_same_v<T, double> || std::is_same_v<T, float>)&&vector_bytes >
                                                  sizeof(T)
                                              ? vector_bytes / sizeof(T)
                                              : 1;

/// Several numbers side by side. Constant expressions compute lane by lane, since compilers differ in what they allow
/// there; code that runs uses the compiler's vector type.
template <class T, std::size_t W>
struct pack {
  using native [[gnu::vector_size(W * sizeof(T))]] = T;
  T lanes[W];

  [[gnu::always_inline]] native load() const {
    native v;
    __builtin_memcpy(&v, lanes, sizeof v);
    return v;
  }
  [[gnu::always_inline]] void store(const native& v) { __builtin_memcpy(lanes, &v, sizeof v); }

  /// Applies `f` to the lanes of packs, all at once where possible.
  template <class F, class... P>
  [[gnu::always_inline]] static constexpr pack map(F f, const P&... x) {
    pack r;
    if (std::is_constant_evaluated())
      for (std::size_t k = 0; k < W; ++k) r.lanes[k] = f(x.lanes[k]...);
    else r.store(f(x.load()...));
    return r;
  }

  [[gnu::always_inline]] static constexpr pack splat(T x) {
    pack r;
    if (std::is_constant_evaluated()) {
      for (std::size_t k = 0; k < W; ++k) r.lanes[k] = x;
    } else {
      [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
        r.store(native{(static_cast<void>(K), x)...});
      }
      (std::make_index_sequence<W>{});
    }
    return r;
  }

  template <std::size_t K>
  [[gnu::always_inline]] constexpr T lane() const {
    if (std::is_constant_evaluated()) return lanes[K];
    return load()[K];
  }

  /// Lanes First... of `a`, then lanes Then... of `b`.
  template <std::size_t First, std::size_t Then>
  [[gnu::always_inline]] static constexpr pack join(const pack& a, const pack& b) {
    pack r;
    if (std::is_constant_evaluated()) {
      for (std::size_t k = 0; k < W; ++k)
        r.lanes[k] = k < W - First ? a.lanes[First + k] : b.lanes[Then + k - (W - First)];
    } else {
      [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) {
        r.store(
            __builtin_shufflevector(a.load(), b.load(), (K < W - First ? First + K : W + Then + K - (W - First))...));
      }
      (std::make_index_sequence<W>{});
    }
    return r;
  }

  [[gnu::always_inline]] static constexpr pack read(const T* from) {
    pack r;
    if (std::is_constant_evaluated()) {
      for (std::size_t k = 0; k < W; ++k) r.lanes[k] = from[k];
    } else {
      native v;
      __builtin_memcpy(&v, from, sizeof v);
      r.store(v);
    }
    return r;
  }
  [[gnu::always_inline]] constexpr void write(T* to) const {
    if (std::is_constant_evaluated()) {
      for (std::size_t k = 0; k < W; ++k) to[k] = lanes[k];
    } else {
      const native v = load();
      __builtin_memcpy(to, &v, sizeof v);
    }
  }
};

template <class X>
inline constexpr bool is_pack = false;
template <class T, std::size_t W>
inline constexpr bool is_pack<pack<T, W>> = true;

}  // namespace tapeless::detail
