// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/mat.hpp>

namespace tapeless {

namespace detail {

/// Whether X is an array in `from_array`'s sense, and which scalars and extents it has.
template <class X>
struct array_traits {
  using scalar = X;
  using dims = std::index_sequence<>;
};
template <std::size_t Dim, class Part>
struct array_of_parts {
  template <std::size_t... Dims>
  static std::index_sequence<Dim, Dims...> in_front(std::index_sequence<Dims...>);
  using scalar = typename array_traits<Part>::scalar;
  using dims = decltype(in_front(typename array_traits<Part>::dims{}));
};
template <class T, std::size_t N>
struct array_traits<std::array<T, N>> : array_of_parts<N, T> {};
template <class T, std::size_t N>
struct array_traits<T[N]> : array_of_parts<N, std::remove_const_t<T>> {};
template <class T, std::size_t N>
requires(N != std::dynamic_extent) struct array_traits<std::span<T, N>> : array_of_parts<N, std::remove_const_t<T>> {
};

template <class T, class Array>
constexpr T* copy_from_nested(const Array& from, T* to) {
  if constexpr (array_traits<Array>::dims::size() == 0) *to++ = from;
  else
    for (const auto& part : from) to = copy_from_nested(part, to);
  return to;
}

template <std::size_t... Dims>
constexpr std::size_t count_of_dims(std::index_sequence<Dims...>) {
  return element_count<Dims...>;
}
template <class T, std::size_t... Dims>
constexpr auto with_dims(std::index_sequence<Dims...>) {
  static_assert(sizeof...(Dims) > 0 && sizeof...(Dims) <= 4,
                "tapeless: from_array takes a std::array, a C array or a std::span of fixed size, up to four nested");
  return tensor_of<T, Dims...>{};
}

}  // namespace detail

/// The numbers of an array as a value: of `std::array`s, C arrays and `std::span`s of fixed size, in one another.
///
///     tl::from_array(std::array{1.0, 2.0})                   a vec
///     tl::from_array(std::array{std::array{1.0, 2.0}})       a mat of one row
///     tl::from_array<2, 2>(std::array{1.0, 2.0, 3.0, 4.0})   a mat, row by row
///
/// If extents are given, the array has as many elements. The result is a vec, a mat, or for three and four extents a
/// tensor.
template <std::size_t... Dims, class Array>
constexpr auto from_array(const Array& array) {
  using traits = detail::array_traits<Array>;
  using dims = std::conditional_t<sizeof...(Dims) == 0, typename traits::dims, std::index_sequence<Dims...>>;
  static_assert(detail::count_of_dims(dims{}) == detail::count_of_dims(typename traits::dims{}),
                "tapeless: the extents given to from_array make as many elements as the array has");
  auto values = detail::with_dims<typename traits::scalar>(dims{});
  detail::copy_from_nested(array, values.data());
  return values;
}

}  // namespace tapeless
