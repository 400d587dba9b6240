// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>

#include <tapeless/array/vec.hpp>

namespace tapeless {

/// R rows of C numbers, row by row, as a value: `tl::mat<double, 2, 2> m{1, 2, 3, 4};`
///
/// An aggregate without padding, trivially copyable where T is. `m(i, j)` is the element in row i and column j, `m[i]`
/// row i, both counted from 0; an index out of range is a compile error in constant expressions and an assertion in
/// debug builds. `m.data()` is the first of the R C elements, in the order in which iteration meets them.
template <class T, std::size_t R, std::size_t C>
struct mat {
  static_assert(R > 0 && C > 0, "tapeless: a matrix has at least one row and one column");
  using value_type = T;
  T elements[R * C];

  static constexpr std::size_t rows() { return R; }
  static constexpr std::size_t columns() { return C; }
  static constexpr std::size_t size() { return R * C; }

  [[gnu::always_inline]] constexpr T& operator()(std::size_t i, std::size_t j) {
    assert(i < R && j < C);
    return elements[i * C + j];
  }
  [[gnu::always_inline]] constexpr const T& operator()(std::size_t i, std::size_t j) const {
    assert(i < R && j < C);
    return elements[i * C + j];
  }
  constexpr std::span<T, C> operator[](std::size_t i) {
    assert(i < R);
    return std::span<T, C>(elements + i * C, C);
  }
  constexpr std::span<const T, C> operator[](std::size_t i) const {
    assert(i < R);
    return std::span<const T, C>(elements + i * C, C);
  }

  constexpr T* data() { return elements; }
  constexpr const T* data() const { return elements; }
  constexpr T* begin() { return elements; }
  constexpr T* end() { return elements + R * C; }
  constexpr const T* begin() const { return elements; }
  constexpr const T* end() const { return elements + R * C; }

  friend constexpr bool operator==(const mat&, const mat&) = default;

  /// Prints a row in each line, `[1 2]`.
  template <class Stream>
  requires requires(Stream& s, const T& x) { s << x << ' '; }
  friend Stream& operator<<(Stream& stream, const mat& m) {
    for (std::size_t i = 0; i < R; ++i)
      for (std::size_t j = 0; j < C; ++j) stream << (j ? " " : i ? "\n[" : "[") << m(i, j) << (j + 1 == C ? "]" : "");
    return stream;
  }
};

}  // namespace tapeless
