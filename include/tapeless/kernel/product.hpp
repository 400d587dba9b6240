// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/kernel/dots.hpp>
#include <tapeless/kernel/tiles.hpp>
#include <tapeless/lanes/lanes_operation.hpp>

namespace tapeless::detail {

/// No last step.
struct as_it_is {
  template <class X>
  constexpr const X& operator()(const X& x) const {
    return x;
  }
};

/// Whether products of T are carried out in registers when they run.
template <class T>
inline constexpr bool has_kernels = std::is_same_v<T, float> || std::is_same_v<T, double>;

/// The numbers that `multiply` needs to work in.
template <product_shape S, class T>
constexpr std::size_t scratch_elements() {
  if constexpr (has_kernels<T>) {
    constexpr product_shape shape = canonical(S);
    if constexpr (way_of(shape) == product_way::tiles) return tiles<T, shape, product_start::nothing>::scratch;
    else if constexpr (way_of(shape) == product_way::dots && !shape.right_transposed) return S.depth * S.columns;
  }
  return 0;
}

/// A product number by number.
template <product_shape S, product_start From, class T, class Finish>
constexpr void multiply_plainly(T* c, const T* a, const T* b, const T* from, const Finish& finish) {
  for (std::size_t i = 0; i < S.rows; ++i)
    for (std::size_t j = 0; j < S.columns; ++j) {
      const auto product = [&](std::size_t at_depth) {
        return a[S.left_transposed ? at_depth * S.rows + i : i * S.depth + at_depth] *
               b[S.right_transposed ? j * S.depth + at_depth : at_depth * S.columns + j];
      };
      T& result = c[i * S.columns + j];
      constexpr bool first = From == product_start::nothing;
      if constexpr (first) result = product(0);
      else if constexpr (From == product_start::row) result = from[j] + product(0);
      else if constexpr (From == product_start::column) result = from[i] + product(0);
      else if constexpr (From == product_start::matrix) result = from[i * S.columns + j] + product(0);
      else result = result + product(0);
      for (std::size_t k = 1; k < S.depth; ++k) result = result + product(k);
      if constexpr (!std::is_same_v<Finish, as_it_is>) result = finish(result);
    }
}

/// Finishes numbers, vectors of them at a time; the last overlaps the one before, and is read before that is written.
template <std::size_t Count, class T, class Finish>
[[gnu::always_inline]] inline void finish_all(T* c, const Finish& finish) {
  if constexpr (Count == 1) {
    *c = finish(*c);
  } else {
    constexpr std::size_t width = smaller(default_lanes<T>, std::bit_floor(Count));
    using L = lanes<T, width>;
    const auto at = [c](std::size_t place) __attribute__((always_inline)) {
      L read;
      load_lanes(read, c + place);
      return read;
    };
    const auto put = [c](std::size_t place, const L& made) __attribute__((always_inline)) {
      store_lanes(c + place, made);
    };
    if constexpr (Count % width != 0) {
      L last = at(Count - width);
      for (std::size_t place = 0; place + width <= Count; place += width) put(place, finish(at(place)));
      put(Count - width, finish(last));
    } else {
      for (std::size_t place = 0; place < Count; place += width) put(place, finish(at(place)));
    }
  }
}

/// A product of a canonical shape in registers.
template <product_shape S, product_start From, class T>
inline void multiply_in_registers(T* c, const T* a, const T* b, const T* from, T* scratch) {
  if constexpr (From == product_start::result) from = c;
  constexpr product_way way = way_of(S);
  if constexpr (way == product_way::plain) {
    multiply_plainly<S, From>(c, a, b, from, as_it_is{});
  } else if constexpr (way == product_way::dots && S.right_transposed) {
    dots<T, S, From>::run(c, a, b, from);
  } else if constexpr (way == product_way::dots) {
    transpose<S.depth, S.columns>(scratch, b);
    dots<T, product_shape{S.rows, S.columns, S.depth, false, true}, From>::run(c, a, scratch, from);
  } else {
    tiles<T, S, From>::run(c, a, b, from, scratch);
  }
}

/// C = finish(start + op(A) op(B)), row by row in memory, where `start` is what `From` says.
///
/// `finish` takes and gives lanes, or a number; `from` is not looked at if the sums start with nothing or with C, and
/// `scratch` has room for `scratch_elements<S, T>()` numbers. C overlaps neither A nor B nor scratch; it may be `from`
/// itself. Numbers of a sum are added in an order that depends on the shape and the processor, with fused products
/// where it has them; the sign of a sum that is 0 means nothing.
template <product_shape S, product_start From, class T, class Finish = as_it_is>
constexpr void multiply(T* c, const T* a, const T* b, const T* from, T* scratch, const Finish& finish = {}) {
  static_assert(S.rows > 0 && S.columns > 0 && S.depth > 0);
  if constexpr (has_kernels<T>)
    if (!std::is_constant_evaluated()) {
      constexpr product_shape shape = canonical(S);
      constexpr product_start start = canonical(S, From);
      if constexpr (S.columns == 1) multiply_in_registers<shape, start>(c, b, a, from, scratch);
      else multiply_in_registers<shape, start>(c, a, b, from, scratch);
      if constexpr (!std::is_same_v<Finish, as_it_is>) finish_all<S.rows * S.columns>(c, finish);
      return;
    }
  static_cast<void>(scratch);
  multiply_plainly<S, From>(c, a, b, from, finish);
}

}  // namespace tapeless::detail
