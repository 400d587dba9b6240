// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <tapeless/kernel/product.hpp>

namespace product_test {

using tl::detail::product_shape;
using tl::detail::product_start;

/// Numbers between two fences that nobody may touch. A vector allocates them, so that a sanitizer watches, too.
template <class T>
struct fenced {
  static constexpr std::size_t fence = 32;
  std::vector<T> all;
  std::size_t count;
  explicit fenced(std::size_t n) : all(n + 2 * fence, T(12345)), count(n) {}
  T* data() { return all.data() + fence; }
  void fill(std::mt19937& random) {
    for (std::size_t i = 0; i < count; ++i) data()[i] = T(static_cast<int>(random() % 2001) - 1000) / 512;
  }
  bool intact() const {
    for (std::size_t i = 0; i < fence; ++i)
      if (all[i] != T(12345) || all[fence + count + i] != T(12345)) return false;
    return true;
  }
};

struct twice_and_one {
  template <class X>
  constexpr X operator()(const X& x) const {
    return x + x + 1;
  }
};

constexpr std::size_t start_elements(product_shape s, product_start from) {
  return from == product_start::row      ? s.columns
         : from == product_start::column ? s.rows
         : from == product_start::matrix ? s.rows * s.columns
                                         : 0;
}

/// A product against sums in long double. Complains into `wrong`.
template <class T>
void compare(std::string& wrong, product_shape shape, product_start start, std::size_t scratch_size,
             void (*product)(T*, const T*, const T*, const T*, T*), long double (*finish)(long double)) {
  std::mt19937 random(static_cast<unsigned>(shape.rows * 64 + shape.columns * 8 + shape.depth));
  fenced<T> a(shape.rows * shape.depth), b(shape.depth * shape.columns), c(shape.rows * shape.columns),
      from(start_elements(shape, start)), scratch(scratch_size);
  a.fill(random), b.fill(random), c.fill(random), from.fill(random);
  const std::vector<T> a_was = a.all, b_was = b.all, from_was = from.all;
  std::vector<long double> expected, size;
  for (std::size_t i = 0; i < shape.rows; ++i)
    for (std::size_t j = 0; j < shape.columns; ++j) {
      const std::size_t place = i * shape.columns + j;
      long double sum = start == product_start::result   ? c.data()[place]
                        : start == product_start::row    ? from.data()[j]
                        : start == product_start::column ? from.data()[i]
                        : start == product_start::matrix ? from.data()[place]
                                                         : T(0);
      long double magnitude = std::abs(sum);
      for (std::size_t k = 0; k < shape.depth; ++k) {
        const long double each =
            static_cast<long double>(a.data()[shape.left_transposed ? k * shape.rows + i : i * shape.depth + k]) *
            static_cast<long double>(b.data()[shape.right_transposed ? j * shape.depth + k : k * shape.columns + j]);
        sum += each, magnitude += std::abs(each);
      }
      expected.push_back(finish(sum)), size.push_back(2 * magnitude + 1);
    }
  product(c.data(), a.data(), b.data(), start == product_start::result ? nullptr : from.data(), scratch.data());
  bool right = a.all == a_was && b.all == b_was && from.all == from_was && c.intact() && scratch.intact();
  const auto roundings = static_cast<long double>(shape.depth + 2);
  for (std::size_t i = 0; i < c.count; ++i)
    right = right && std::abs(static_cast<long double>(c.data()[i]) - expected[i]) <=
                         roundings * static_cast<long double>(std::numeric_limits<T>::epsilon()) * size[i];
  if (right || wrong.size() > 1000) return;
  char text[200];
  std::snprintf(text, sizeof text, "%zu x %zu x %zu, transposed %d %d, start %d, %zu bytes\n", shape.rows,
                shape.columns, shape.depth, shape.left_transposed, shape.right_transposed, static_cast<int>(start),
                sizeof(T));
  wrong += text;
}

template <product_shape S, product_start From, class T, class Finish>
void compare(std::string& wrong) {
  compare<T>(
      wrong, S, From, tl::detail::scratch_elements<S, T>(),
      [](T* c, const T* a, const T* b, const T* from, T* scratch) {
        tl::detail::multiply<S, From>(c, a, b, from, scratch, Finish{});
      },
      [](long double x) -> long double { return Finish{}(x); });
}

template <class T, std::size_t Rows, std::size_t Columns, std::size_t Depth, std::size_t Transposed, std::size_t Start,
          class Finish>
void compare_one(std::string& wrong) {
  compare<product_shape{Rows, Columns, Depth, Transposed % 2 != 0, Transposed / 2 != 0},
          static_cast<product_start>(Start), T, Finish>(wrong);
}

enum class variety { one, transpositions, all };

/// One transposition and one start, which turn from shape to shape; all four transpositions with such a start; or all
/// transpositions with all starts.
template <class T, std::size_t Rows, std::size_t Columns, std::size_t Depth, variety Variety = variety::transpositions>
void compare_shape(std::string& wrong) {
  constexpr std::size_t turn = Rows + 2 * Columns + 3 * Depth;
  [&]<std::size_t... K>(std::index_sequence<K...>) {
    if constexpr (Variety == variety::one)
      compare_one<T, Rows, Columns, Depth, turn % 4, turn % 5, twice_and_one>(wrong);
    else if constexpr (Variety == variety::transpositions)
      (compare_one<T, Rows, Columns, Depth, K % 4, (turn + K) % 5, twice_and_one>(wrong), ...);
    else (compare_one<T, Rows, Columns, Depth, K % 4, K / 4, tl::detail::as_it_is>(wrong), ...);
  }
  (std::make_index_sequence < Variety == variety::all ? 20 : 4 > {});
}

}  // namespace product_test
