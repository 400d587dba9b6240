// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/registers.hpp>

namespace tapeless::detail {

/// The sizes of C = op(A) op(B): op(A) is rows x depth, stored depth x rows if it is transposed, op(B) depth x columns.
struct product_shape {
  std::size_t rows, columns, depth;
  bool left_transposed = false, right_transposed = false;
};

/// What the sums of a product start with: 0, what is in C, a number for each column (one row of them), a number for
/// each row, or a matrix like C.
enum class product_start { nothing, result, row, column, matrix };

/// The same product, told so that its kernel is found: one column is a row of C^T = B^T A^T, and where a matrix is one
/// row, transposed or not is the same.
constexpr product_shape canonical(product_shape s) {
  if (s.columns == 1) s = {1, s.rows, s.depth, !s.right_transposed, !s.left_transposed};
  if (s.rows == 1) s.left_transposed = false;
  if (s.depth == 1) s.left_transposed = s.right_transposed = false;
  else if (s.columns == 1) s.right_transposed = true;
  return s;
}
constexpr product_start canonical(product_shape s, product_start from) {
  if (s.columns != 1) return from;
  return from == product_start::row ? product_start::column : from == product_start::column ? product_start::row : from;
}

/// A way to do it.
enum class product_way {
  plain,  // number by number: there is only one product in each sum, and one sum
  tiles,  // sums of some rows and columns stay in registers, while rows of B pass by
  dots    // rows of A and columns of B, both contiguous, give a number each
};

constexpr product_way way_of(product_shape s) {  // of a canonical shape
  if (s.columns == 1 && s.depth == 1) return product_way::plain;
  if (s.left_transposed) return product_way::tiles;
  // Transposing B costs as much as some rows; a tile of two or three columns leaves most of a register empty.
  if (s.right_transposed ? s.rows <= (s.depth < 64 ? 3 : 8) : s.columns <= 3 && s.rows >= 4 && s.depth >= 32)
    return product_way::dots;
  return product_way::tiles;
}

constexpr std::size_t rounded_up(std::size_t whole, std::size_t part) { return (whole + part - 1) / part; }
constexpr std::size_t smaller(std::size_t x, std::size_t y) { return y < x ? y : x; }
constexpr std::size_t greater(std::size_t x, std::size_t y) { return x < y ? y : x; }

/// The widest vector of up to a register that `count` numbers have room for.
template <class T>
constexpr std::size_t width_for(std::size_t count) {
  return smaller(register_bytes / sizeof(T), std::bit_floor(count));
}

/// A number of things in groups that differ by at most one: first the smaller ones, then the larger.
struct even_groups {
  std::size_t size, small, large;  // small groups of `size`, large ones of one more
  constexpr even_groups(std::size_t things, std::size_t most)
      : size(things / rounded_up(things, most)),
        small(rounded_up(things, most) - things % rounded_up(things, most)),
        large(things % rounded_up(things, most)) {}
};

/// How many rows and vectors of C stay in registers.
struct tile_size {
  std::size_t rows, vectors;
};

/// In how many parts, each with its own registers, the depth of a tile is summed, since a sum waits some steps for its
/// last addition.
constexpr std::size_t chains_of(std::size_t sums, std::size_t depth) {
  return sums >= 6 || depth < 8 ? 1 : sums >= 3 || depth < 16 ? 2 : 4;
}

/// The tile that takes the least time over all: in a step of the depth it waits for its multiplications, two at a time,
/// or for its loads, as many, or for the result of its last step.
constexpr tile_size choose_tile(std::size_t rows, std::size_t vectors, std::size_t depth) {
  tile_size best{1, 1};
  std::size_t least = ~std::size_t{0};
  for (std::size_t across = 1; across <= smaller(vectors, rows == 1 || depth == 1 ? 8 : 4); ++across) {
    // The last of several groups overlaps its neighbour, and must hold it.
    if (vectors > across && even_groups(vectors, across).size < 2) continue;
    for (std::size_t down = 1; down <= smaller(rows, 12) && (down + 1) * across + 1 < register_count; ++down) {
      const even_groups across_groups(vectors, across), down_groups(rows, down);
      std::size_t time = 0;
      for (std::size_t larger = 0; larger < 4; ++larger) {
        const std::size_t w = across_groups.size + larger % 2, h = down_groups.size + larger / 2;
        const std::size_t tiles = (larger % 2 != 0 ? across_groups.large : across_groups.small) *
                                  (larger / 2 != 0 ? down_groups.large : down_groups.small);
        time += tiles * (greater(greater(w * h, w + h), 8 / chains_of(w * h, depth)) * 4 + 1);
      }
      if (time < least) least = time, best = {down, across};
    }
  }
  return best;
}

}  // namespace tapeless::detail
