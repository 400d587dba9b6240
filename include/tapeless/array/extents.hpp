// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

// What vectors, matrices and tensors have in common: a scalar and extents, both of the type.
namespace tapeless {

template <class T, std::size_t N>
struct vec;
template <class T, std::size_t R, std::size_t C>
struct mat;
template <class T, std::size_t... Dims>
struct tensor;

namespace detail {

/// The product of the extents: how many elements there are.
template <std::size_t... Dims>
inline constexpr std::size_t element_count = (std::size_t{1} * ... * Dims);

/// `scalar`, `rank`, `extent[rank]` and `size` of a type that holds extents; rank 1 to 4.
template <class T, std::size_t... Dims>
struct extents {
  using scalar = T;
  static constexpr std::size_t rank = sizeof...(Dims);
  static constexpr std::size_t extent[rank] = {Dims...};
  static constexpr std::size_t size = element_count<Dims...>;
};

/// The extents of a vector, a matrix or a tensor; of anything else there are none, and the members are missing.
template <class X>
struct tensor_traits {};
template <class X>
struct tensor_traits<const X> : tensor_traits<X> {};
template <class T, std::size_t N>
struct tensor_traits<vec<T, N>> : extents<T, N> {};
template <class T, std::size_t R, std::size_t C>
struct tensor_traits<mat<T, R, C>> : extents<T, R, C> {};
template <class T, std::size_t... Dims>
struct tensor_traits<tensor<T, Dims...>> : extents<T, Dims...> {};

/// A vector, a matrix or a tensor, const or not.
template <class X>
concept TensorValue = requires {
  typename tensor_traits<X>::scalar;
};

template <class T, std::size_t... Dims>
struct tensor_of_extents {
  using type = tensor<T, Dims...>;
};
template <class T>
struct tensor_of_extents<T> {
  using type = T;
};
template <class T, std::size_t N>
struct tensor_of_extents<T, N> {
  using type = vec<T, N>;
};
template <class T, std::size_t R, std::size_t C>
struct tensor_of_extents<T, R, C> {
  using type = mat<T, R, C>;
};

/// The value with these extents: T itself for none, then vec, mat, and tensor for three and four.
template <class T, std::size_t... Dims>
using tensor_of = typename tensor_of_extents<T, Dims...>::type;

}  // namespace detail
}  // namespace tapeless
