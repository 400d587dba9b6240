// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/tensor.hpp>

namespace tapeless {

/// N numbers as a value: `tl::vec<double, 3> v{1, 2, 3};`
///
/// An aggregate without padding, aligned as T, trivially copyable where T is. `v[i]` counts from 0; an index out of
/// range is a compile error in constant expressions and an assertion in debug builds. `v.get<i>()`, `v.slice<first,
/// count>()` and `auto& [x, y, z] = v` are checked when they are compiled. A slice is a view: `v.slice<0, 2>() = w`
/// writes into v. A vector converts to std::array, std::span and tensor<T, N>; `from_array` goes back.
template <class T, std::size_t N>
struct vec {
  static_assert(N > 0, "tapeless: a vector has at least one element");
  using value_type = T;
  T elements[N];

  static constexpr std::size_t size() { return N; }
  static constexpr std::size_t rank() { return 1; }
  constexpr std::size_t extent(std::size_t axis) const { return detail::extents<T, N>::extent[axis]; }

  [[gnu::always_inline]] constexpr T& operator[](std::size_t i) {
    assert(i < N);
    return elements[i];
  }
  [[gnu::always_inline]] constexpr const T& operator[](std::size_t i) const {
    assert(i < N);
    return elements[i];
  }
  [[gnu::always_inline]] constexpr T& operator()(std::size_t i) { return (*this)[i]; }
  [[gnu::always_inline]] constexpr const T& operator()(std::size_t i) const { return (*this)[i]; }
  template <std::size_t I>
  constexpr T& get() {
    static_assert(I < N, "tapeless: the index is beyond the end of the vector");
    return elements[I];
  }
  template <std::size_t I>
  constexpr const T& get() const {
    static_assert(I < N, "tapeless: the index is beyond the end of the vector");
    return elements[I];
  }

  constexpr T* data() { return elements; }
  constexpr const T* data() const { return elements; }
  constexpr T* begin() { return elements; }
  constexpr T* end() { return elements + N; }
  constexpr const T* begin() const { return elements; }
  constexpr const T* end() const { return elements + N; }

  constexpr void fill(const T& value) { all().fill(value); }
  /// All elements, as a view.
  constexpr auto all() { return detail::whole_view<T, N>(elements); }
  constexpr auto all() const { return detail::whole_view<const T, N>(elements); }
  template <std::size_t First, std::size_t Count>
  constexpr auto slice() {
    return all().template slice<First, Count>();
  }
  template <std::size_t First, std::size_t Count>
  constexpr auto slice() const {
    return all().template slice<First, Count>();
  }
  template <std::size_t... To>
  constexpr auto reshape() {
    return all().template reshape<To...>();
  }
  template <std::size_t... To>
  constexpr auto reshape() const {
    return all().template reshape<To...>();
  }

  constexpr operator tensor<T, N>() const { return detail::copied_as<tensor<T, N>>(elements); }
  constexpr operator std::array<T, N>() const { return detail::copied_as<std::array<T, N>>(elements); }
  constexpr operator std::span<T, N>() { return std::span<T, N>(elements, N); }
  constexpr operator std::span<const T, N>() const { return std::span<const T, N>(elements, N); }

  friend constexpr bool operator==(const vec&, const vec&) = default;

  /// Prints `[1 2 3]`.
  template <class Stream>
  requires requires(Stream& s, const T& x) { s << x << ' '; }
  friend Stream& operator<<(Stream& stream, const vec& v) { return stream << v.all(), stream; }
};

template <class T, class... More>
vec(T, More...) -> vec<T, 1 + sizeof...(More)>;

}  // namespace tapeless

// For structured bindings.
template <class T, std::size_t N>
struct std::tuple_size<tapeless::vec<T, N>> : std::integral_constant<std::size_t, N> {};
template <std::size_t I, class T, std::size_t N>
struct std::tuple_element<I, tapeless::vec<T, N>> {
  static_assert(I < N, "tapeless: the index is beyond the end of the vector");
  using type = T;
};
