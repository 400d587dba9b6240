// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/transpose.hpp>

namespace tapeless::detail {

/// Products by tiles of C that stay in registers while rows of B and numbers of A pass by (Goto and van de Geijn 2008).
/// Where the columns are no multiple of a vector the last one overlaps its neighbour: both are loaded before one is
/// stored. The columns of B that belong to a tile are brought together in scratch if they are stored as rows, or so far
/// apart that they would drive each other out of the cache; others do not pay it back.
template <class T, product_shape S, product_start From>
struct tiles {
  static constexpr std::size_t width = width_for<T>(S.columns), vectors = rounded_up(S.columns, width);
  static constexpr std::size_t overlap = vectors * width - S.columns;
  static constexpr tile_size size = choose_tile(S.rows, vectors, S.depth);
  static constexpr even_groups down{S.rows, size.rows}, across{vectors, size.vectors};
  static constexpr std::size_t row_stride = S.left_transposed ? 1 : S.depth;
  static constexpr std::size_t depth_stride = S.left_transposed ? S.rows : 1;
  using V = register_with<T, width>;

  static constexpr bool gathers =
      S.right_transposed || (S.rows >= 24 && S.depth >= 128 && S.columns * sizeof(T) >= 2048);
  static constexpr std::size_t scratch =
      gathers ? S.depth * smaller((across.size + (across.large > 0 ? 1 : 0)) * width, S.columns) : 0;

  /// A tile of which the last vector lies `Back` numbers further left.
  template <std::size_t Rows, std::size_t Vectors, std::size_t Back>
  struct tile {
    static constexpr std::size_t chains = chains_of(Rows * Vectors, S.depth);
    static constexpr std::size_t stride = gathers ? Vectors * width - Back : S.columns;  // from row to row of B
    V sum[chains][Rows][Vectors];

    static constexpr std::size_t place(std::size_t vector) {
      return vector * width - (vector + 1 == Vectors ? Back : 0);
    }

    [[gnu::always_inline]] void start(const T* from) {
#pragma GCC unroll 16
      for (std::size_t i = 0; i < Rows; ++i)
#pragma GCC unroll 16
        for (std::size_t j = 0; j < Vectors; ++j) {
          if constexpr (From == product_start::nothing) sum[0][i][j] = V{};
          else if constexpr (From == product_start::row) sum[0][i][j] = load<V>(from + place(j));
          else if constexpr (From == product_start::column) sum[0][i][j] = splat<V>(from[i]);
          else sum[0][i][j] = load<V>(from + i * S.columns + place(j));
#pragma GCC unroll 4
          for (std::size_t chain = 1; chain < chains; ++chain) sum[chain][i][j] = V{};
        }
    }
    [[gnu::always_inline]] void add(std::size_t chain, const T* a, const T* b) {
      V right[Vectors];
#pragma GCC unroll 16
      for (std::size_t j = 0; j < Vectors; ++j) right[j] = load<V>(b + place(j));
#pragma GCC unroll 16
      for (std::size_t i = 0; i < Rows; ++i) {
        const V left = splat<V>(a[i * row_stride]);
#pragma GCC unroll 16
        for (std::size_t j = 0; j < Vectors; ++j) sum[chain][i][j] = multiply_add(left, right[j], sum[chain][i][j]);
      }
    }
    [[gnu::always_inline]] void finish(T* c) {
#pragma GCC unroll 16
      for (std::size_t i = 0; i < Rows; ++i) {
#pragma GCC unroll 16
        for (std::size_t j = 0; j < Vectors; ++j) {
          if constexpr (chains == 4) sum[0][i][j] = (sum[0][i][j] + sum[1][i][j]) + (sum[2][i][j] + sum[3][i][j]);
          else if constexpr (chains == 2) sum[0][i][j] = sum[0][i][j] + sum[1][i][j];
          store(c + i * S.columns + place(j), sum[0][i][j]);
        }
      }
    }
    [[gnu::always_inline]] static void run(T* c, const T* a, const T* b, const T* from) {
      tile t;
      t.start(from);
      const auto go_on = [&]() __attribute__((always_inline)) {
#pragma GCC unroll 4
        for (std::size_t chain = 0; chain < chains; ++chain) t.add(chain, a + chain * depth_stride, b + chain * stride);
        a += chains * depth_stride, b += chains * stride;
      };
      if constexpr (S.depth / chains <= 4) {
#pragma GCC unroll 4
        for (std::size_t step = 0; step < S.depth / chains; ++step) go_on();
      } else {
        for (std::size_t step = 0; step < S.depth / chains; ++step) go_on();
      }
#pragma GCC unroll 4
      for (std::size_t chain = 0; chain < S.depth % chains; ++chain)
        t.add(chain, a + chain * depth_stride, b + chain * stride);
      t.finish(c);
    }
  };

  static constexpr std::size_t from_stride = From == product_start::column                                  ? 1
                                             : From == product_start::row || From == product_start::nothing ? 0
                                                                                                            : S.columns;

  /// Some rows of some columns.
  template <std::size_t Rows, std::size_t Count, std::size_t Vectors, std::size_t Back>
  [[gnu::always_inline]] static void run_rows(T*& c, const T*& a, const T* b, const T*& from) {
    for (std::size_t group = 0; group < Count; ++group) {
      tile<Rows, Vectors, Back>::run(c, a, b, from);
      a += Rows * row_stride, c += Rows * S.columns;
      if constexpr (from_stride > 0) from += Rows * from_stride;
    }
  }
  /// All rows of some columns, if there is only one product in each sum.
  template <std::size_t Vectors, std::size_t Back>
  [[gnu::always_inline]] static void run_outer(T* c, const T* a, const T* b, const T* from) {
    V right[Vectors], sum[Vectors];
    using place = tile<1, Vectors, Back>;
#pragma GCC unroll 8
    for (std::size_t j = 0; j < Vectors; ++j) right[j] = load<V>(b + place::place(j));
    const auto one = [&](std::size_t row) __attribute__((always_inline)) {
      const V left = splat<V>(a[row]);
#pragma GCC unroll 8
      for (std::size_t across = 0; across < Vectors; ++across) {
        if constexpr (From == product_start::nothing) sum[across] = left * right[across];
        else if constexpr (From == product_start::column)
          sum[across] = multiply_add(left, right[across], splat<V>(from[row]));
        else sum[across] = multiply_add(left, right[across], load<V>(from + row * from_stride + place::place(across)));
      }
#pragma GCC unroll 8
      for (std::size_t across = 0; across < Vectors; ++across)
        store(c + row * S.columns + place::place(across), sum[across]);
    };
    if constexpr (S.rows * Vectors <= 16) {
#pragma GCC unroll 16
      for (std::size_t i = 0; i < S.rows; ++i) one(i);
    } else {
#pragma GCC unroll 4
      for (std::size_t i = 0; i < S.rows; ++i) one(i);
    }
  }

  /// The same if whole rows find room beside each other in a register. GCC 12 would bring them there one by one.
  static constexpr std::size_t together = smaller(register_bytes / sizeof(T), 16) / width;
  static constexpr bool joins_rows = !is_gcc && S.depth == 1 && S.columns == width && together > 1 &&
                                     S.rows % together == 0 &&
                                     From != product_start::row&& From != product_start::column;
  [[gnu::always_inline]] static void run_outer_together(T* c, const T* a, const T* b, const T* from) {
    const V row = load<V>(b);
    const auto right = shuffle<width * together>(row, row, []<std::size_t K>(arg<K>) { return arg<K % width>{}; });
#pragma GCC unroll 8
    for (std::size_t i = 0; i < S.rows; i += together) {
      const auto numbers = load<register_with<T, together>>(a + i);
      auto sum = shuffle<width * together>(numbers, numbers, []<std::size_t K>(arg<K>) { return arg<K / width>{}; });
      if constexpr (From == product_start::nothing) sum = sum * right;
      else sum = multiply_add(sum, right, load<decltype(sum)>(from + i * width));
      store(c + i * width, sum);
    }
  }

  template <std::size_t Vectors, std::size_t Back>
  [[gnu::always_inline]] static void run_column(T* c, const T* a, const T* b, const T* from, T* gathered) {
    constexpr std::size_t count = Vectors * width - Back;
    if constexpr (joins_rows) return run_outer_together(c, a, b, from);
    if constexpr (S.depth == 1) return run_outer<Vectors, Back>(c, a, b, from);
    if constexpr (S.right_transposed) {
      transpose<count, S.depth>(gathered, b);
    } else if constexpr (gathers) {
      for (std::size_t k = 0; k < S.depth; ++k)
        __builtin_memcpy(gathered + k * count, b + k * S.columns, count * sizeof(T));
    }
    if constexpr (gathers) b = gathered;
    run_rows<down.size, down.small, Vectors, Back>(c, a, b, from);
    if constexpr (down.large > 0) run_rows<down.size + 1, down.large, Vectors, Back>(c, a, b, from);
  }
  template <std::size_t Vectors, std::size_t Count>
  [[gnu::always_inline]] static void run_columns(T*& c, const T* a, const T*& b, const T*& from, T* gathered) {
    for (std::size_t group = 0; group < Count; ++group) {
      run_column<Vectors, 0>(c, a, b, from, gathered);
      c += Vectors * width, b += Vectors * width * (S.right_transposed ? S.depth : 1);
      if constexpr (From != product_start::nothing && From != product_start::column) from += Vectors * width;
    }
  }

  static void run(T* c, const T* a, const T* b, const T* from, T* gathered) {
    constexpr bool larger = across.large > 0;
    constexpr std::size_t last = overlap > 0 ? 1 : 0;  // is a group of its own
    if constexpr (larger || across.small > last)
      run_columns<across.size, across.small - (larger ? 0 : last)>(c, a, b, from, gathered);
    if constexpr (across.large > last) run_columns<across.size + 1, across.large - last>(c, a, b, from, gathered);
    if constexpr (overlap > 0) run_column<across.size + (larger ? 1 : 0), overlap>(c, a, b, from, gathered);
  }
};

}  // namespace tapeless::detail
