// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/vec.hpp>

namespace tapeless {

/// R rows of C numbers, row by row, as a value: `tl::mat<double, 2, 2> m{1, 2, 3, 4};`
///
/// An aggregate without padding, aligned as T, trivially copyable where T is. `m(i, j)` is the element in row i and
/// column j, `m[i]` row i, both counted from 0; an index out of range is a compile error in constant expressions and an
/// assertion in debug builds. `m.data()` is the first of the R C elements, in the order in which iteration meets them.
/// Rows, columns, blocks and the transpose are views: `m.column(0) = v` writes into m, `tl::vec<double, 2> v =
/// m.row(1)` copies. A matrix converts to std::array, nested or not, std::span and tensor<T, R, C>; `from_array` goes
/// back.
template <class T, std::size_t R, std::size_t C>
struct mat {
  static_assert(R > 0 && C > 0, "tapeless: a matrix has at least one row and one column");
  using value_type = T;
  T elements[R * C];

  static constexpr std::size_t rows() { return R; }
  static constexpr std::size_t columns() { return C; }
  static constexpr std::size_t size() { return R * C; }
  static constexpr std::size_t rank() { return 2; }
  constexpr std::size_t extent(std::size_t axis) const { return detail::extents<T, R, C>::extent[axis]; }

  [[gnu::always_inline]] constexpr T& operator()(std::size_t i, std::size_t j) {
    detail::require_inside(i < R && j < C);
    return elements[i * C + j];
  }
  [[gnu::always_inline]] constexpr const T& operator()(std::size_t i, std::size_t j) const {
    detail::require_inside(i < R && j < C);
    return elements[i * C + j];
  }
  constexpr std::span<T, C> operator[](std::size_t i) {
    detail::require_inside(i < R);
    return std::span<T, C>(elements + i * C, C);
  }
  constexpr std::span<const T, C> operator[](std::size_t i) const {
    detail::require_inside(i < R);
    return std::span<const T, C>(elements + i * C, C);
  }

  constexpr T* data() { return elements; }
  constexpr const T* data() const { return elements; }
  constexpr T* begin() { return elements; }
  constexpr T* end() { return elements + R * C; }
  constexpr const T* begin() const { return elements; }
  constexpr const T* end() const { return elements + R * C; }

  constexpr void fill(const T& value) { all().fill(value); }
  /// All elements, as a view.
  constexpr auto all() { return detail::whole_view<T, R, C>(elements); }
  constexpr auto all() const { return detail::whole_view<const T, R, C>(elements); }
  constexpr auto row(std::size_t i) { return all().row(i); }
  constexpr auto row(std::size_t i) const { return all().row(i); }
  constexpr auto column(std::size_t j) { return all().column(j); }
  constexpr auto column(std::size_t j) const { return all().column(j); }
  constexpr auto transpose() { return all().transpose(); }
  constexpr auto transpose() const { return all().transpose(); }
  /// `Rows` times `Columns` elements from (Row, Column) on.
  template <std::size_t Row, std::size_t Column, std::size_t Rows, std::size_t Columns>
  constexpr auto block() {
    return all().template block<Row, Column, Rows, Columns>();
  }
  template <std::size_t Row, std::size_t Column, std::size_t Rows, std::size_t Columns>
  constexpr auto block() const {
    return all().template block<Row, Column, Rows, Columns>();
  }
  template <std::size_t... To>
  constexpr auto reshape() {
    return all().template reshape<To...>();
  }
  template <std::size_t... To>
  constexpr auto reshape() const {
    return all().template reshape<To...>();
  }

  constexpr operator tensor<T, R, C>() const { return detail::copied_as<tensor<T, R, C>>(elements); }
  constexpr operator std::array<T, R * C>() const { return detail::copied_as<std::array<T, R * C>>(elements); }
  constexpr operator std::array<std::array<T, C>, R>() const {
    std::array<std::array<T, C>, R> nested{};
    detail::copy_nested(elements, nested);
    return nested;
  }
  constexpr operator std::span<T, R * C>() { return std::span<T, R * C>(elements, R * C); }
  constexpr operator std::span<const T, R * C>() const { return std::span<const T, R * C>(elements, R * C); }

  friend constexpr bool operator==(const mat&, const mat&) = default;

  /// Prints a row in each line, `[1 2]`.
  template <class Stream>
  requires requires(Stream& s, const T& x) { s << x << ' '; }
  friend Stream& operator<<(Stream& stream, const mat& m) { return stream << m.all(), stream; }
};

}  // namespace tapeless
