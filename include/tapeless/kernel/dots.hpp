// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/shape.hpp>

namespace tapeless::detail {

/// Products with few rows, A and B^T stored row by row: a number of C is the sum of the lanes of a vector, and as many
/// of them as there are lanes are summed together.
template <class T, product_shape S, product_start From>
struct dots {
  static constexpr std::size_t width = width_for<T>(S.depth), vectors = S.depth / width, rest = S.depth % width;
  static constexpr std::size_t most = smaller(width, 8);
  static constexpr even_groups groups{S.columns, most};
  using V = register_with<T, width>;

  /// `Count` neighbours in a row of C.
  template <std::size_t Count>
  [[gnu::always_inline]] static void run_group(T* c, const T* a, const T* b, const T* from) {
    constexpr std::size_t wanted = Count >= 6 ? 1 : Count >= 3 ? 2 : 4, chains = smaller(wanted, vectors);
    V sum[chains][Count];
#pragma GCC unroll 4
    for (std::size_t chain = 0; chain < chains; ++chain) {
      const V left = load<V>(a + chain * width);
#pragma GCC unroll 8
      for (std::size_t k = 0; k < Count; ++k) sum[chain][k] = left * load<V>(b + k * S.depth + chain * width);
    }
    std::size_t place = chains * width;
    for (std::size_t step = 1; step < vectors / chains; ++step) {
#pragma GCC unroll 4
      for (std::size_t chain = 0; chain < chains; ++chain, place += width) {
        const V left = load<V>(a + place);
#pragma GCC unroll 8
        for (std::size_t k = 0; k < Count; ++k)
          sum[chain][k] = multiply_add(left, load<V>(b + k * S.depth + place), sum[chain][k]);
      }
    }
#pragma GCC unroll 4
    for (std::size_t chain = 0; chain < vectors % chains; ++chain, place += width) {
      const V left = load<V>(a + place);
#pragma GCC unroll 8
      for (std::size_t k = 0; k < Count; ++k)
        sum[chain][k] = multiply_add(left, load<V>(b + k * S.depth + place), sum[chain][k]);
    }
    if constexpr (rest > 0) {
      const V left = load_first<V, rest>(a + place);
#pragma GCC unroll 8
      for (std::size_t k = 0; k < Count; ++k)
        sum[0][k] = multiply_add(left, load_first<V, rest>(b + k * S.depth + place), sum[0][k]);
    }
#pragma GCC unroll 4
    for (std::size_t chain = 1; chain < chains; ++chain)
#pragma GCC unroll 8
      for (std::size_t k = 0; k < Count; ++k) sum[0][k] = sum[0][k] + sum[chain][k];
    auto all = sums_of<Count>(sum[0]);
    using R = decltype(all);
    if constexpr (From == product_start::column) all = all + splat<R>(*from);
    else if constexpr (From != product_start::nothing) all = all + load_first<R, Count>(from);
    store_first<Count>(c, all);
  }

  static void run(T* c, const T* a, const T* b, const T* from) {
    for (std::size_t i = 0; i < S.rows; ++i) {
      const T* columns = b;
      run_groups<groups.size, groups.small>(c, a, columns, from);
      if constexpr (groups.large > 0) run_groups<groups.size + 1, groups.large>(c, a, columns, from);
      a += S.depth;
      if constexpr (From == product_start::row) from -= S.columns;
      if constexpr (From == product_start::column) ++from;
    }
  }

 private:
  template <std::size_t Count, std::size_t Groups>
  [[gnu::always_inline]] static void run_groups(T*& c, const T* a, const T*& columns, const T*& from) {
    for (std::size_t group = 0; group < Groups; ++group) {
      run_group<Count>(c, a, columns, from);
      c += Count, columns += Count * S.depth;
      if constexpr (From != product_start::nothing && From != product_start::column) from += Count;
    }
  }
};

}  // namespace tapeless::detail
