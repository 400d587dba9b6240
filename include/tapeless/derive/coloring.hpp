// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/sparsity.hpp>

namespace tapeless {

/// Colours of the columns of a matrix: 0, 1, ..., `colors` - 1.
template <std::size_t C>
struct column_coloring {
  std::size_t colors = 0;
  std::array<std::size_t, C> color{};

  /// The direction in which the columns of one colour are taken together, as a tangent for `jvp` or `hvp`.
  template <class T>
  constexpr std::array<T, C> seed(std::size_t chosen) const {
    std::array<T, C> direction{};
    for (std::size_t j = 0; j < C; ++j) direction[j] = color[j] == chosen ? T(1) : T(0);
    return direction;
  }
};

namespace detail {

/// The smallest colour that `forbids(colour)` allows, for each column in turn.
template <std::size_t C, class Forbids>
constexpr column_coloring<C> greedy(Forbids forbids) {
  column_coloring<C> result;
  for (std::size_t j = 0; j < C; ++j) {
    std::size_t chosen = 0;
    while (forbids(result, j, chosen)) ++chosen;
    result.color[j] = chosen;
    if (chosen >= result.colors) result.colors = chosen + 1;
  }
  return result;
}

}  // namespace detail

/// Colours such that columns of one colour have no row in common: each product with `seed(colour)` holds the entries of
/// all of them, apart (distance-2 colouring of columns: Curtis, Powell and Reid, 1974; greedy, in the columns' order).
///
/// For functions that are differentiated direction by direction, by products alone; a `jacobian` needs no colours.
template <std::size_t R, std::size_t C>
constexpr column_coloring<C> coloring(const pattern<R, C>& p) {
  return detail::greedy<C>([&](const auto& so_far, std::size_t column, std::size_t color) {
    for (std::size_t other = 0; other < column; ++other)
      if (so_far.color[other] == color)
        for (std::size_t row = 0; row < R; ++row)
          if (p(row, column) && p(row, other)) return true;
    return false;
  });
}

/// Colours for a symmetric matrix: neighbours differ, and no path of four columns has only two colours, so that each
/// entry stands alone in a row of one of the products, its own or its mirror image's (star colouring: Coleman and More,
/// 1984; greedy). `recovered` finds it there.
template <std::size_t N>
constexpr column_coloring<N> star_coloring(const pattern<N, N>& p) {
  const auto joined = [&](std::size_t one_end, std::size_t other_end) {
    return one_end != other_end && (p(one_end, other_end) || p(other_end, one_end));
  };
  return detail::greedy<N>([&](const auto& so_far, std::size_t column, std::size_t color) {
    for (std::size_t near = 0; near < column; ++near) {
      if (!joined(column, near)) continue;
      if (so_far.color[near] == color) return true;
      for (std::size_t next = 0; next < column; ++next) {
        if (next == near || !joined(near, next) || so_far.color[next] != color) continue;
        for (std::size_t last = 0; last < column; ++last) {  // column - near - next - last, last - column - near - next
          if (last == near || last == next || so_far.color[last] != so_far.color[near]) continue;
          if (joined(next, last) || joined(column, last)) return true;
        }
      }
    }
    return false;
  });
}

/// Entry (i, j) of a symmetric matrix from its products with the seeds of a star colouring: `products[colour][row]`.
template <std::size_t N, class Products>
constexpr auto recovered(const pattern<N, N>& p, const column_coloring<N>& colors, const Products& products,
                         std::size_t i, std::size_t j) {
  for (std::size_t other = 0; other < N; ++other)  // another column of j's colour in row i: then (j, i) stands alone
    if (other != j && colors.color[other] == colors.color[j] && p(i, other)) return products[colors.color[i]][j];
  return products[colors.color[j]][i];
}

}  // namespace tapeless
