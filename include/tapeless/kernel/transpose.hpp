// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/shape.hpp>

namespace tapeless::detail {

/// Exchanges blocks of Distance x Distance beside the diagonal of vectors that are the rows of a matrix, then smaller
/// ones inside each.
template <std::size_t Distance, class V>
[[gnu::always_inline]] inline void transpose_rows(V* row) {
  constexpr std::size_t width = width_of<V>;
#pragma GCC unroll 16
  for (std::size_t k = 0; k < width; ++k) {
    if ((k & Distance) != 0) continue;
    const V x = row[k], y = row[k + Distance];
    row[k] = shuffle<width>(
        x, y, []<std::size_t K>(arg<K>) { return arg<((K & Distance) != 0 ? width + (K ^ Distance) : K)>{}; });
    row[k + Distance] = shuffle<width>(
        x, y, []<std::size_t K>(arg<K>) { return arg<((K & Distance) != 0 ? width + K : (K | Distance))>{}; });
  }
  if constexpr (Distance > 1) transpose_rows<Distance / 2>(row);
}

/// The transpose of a matrix of Rows x Columns, at least 2 x 2, in square blocks; the last ones overlap their
/// neighbours.
template <std::size_t Rows, std::size_t Columns, class T>
[[gnu::always_inline]] inline void transpose(T* to, const T* from) {
  constexpr std::size_t width = smaller(smaller(width_for<T>(Rows), width_for<T>(Columns)), 8);
  using V = register_with<T, width>;
  for (std::size_t i = 0; i < Rows; i += width) {
    const std::size_t first_row = smaller(i, Rows - width);
    for (std::size_t j = 0; j < Columns; j += width) {
      const std::size_t first_column = smaller(j, Columns - width);
      V row[width];
#pragma GCC unroll 16
      for (std::size_t k = 0; k < width; ++k) row[k] = load<V>(from + (first_row + k) * Columns + first_column);
      transpose_rows<width / 2>(row);
#pragma GCC unroll 16
      for (std::size_t k = 0; k < width; ++k) store(to + (first_column + k) * Rows + first_row, row[k]);
    }
  }
}

}  // namespace tapeless::detail
