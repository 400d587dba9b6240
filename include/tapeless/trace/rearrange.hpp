// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/product.hpp>

// The same elements in another form: other extents, other axes, parts, repetitions, or one after the other.
namespace tapeless {

namespace detail {

/// A sentence where the elements of X do not fill other extents.
template <class X, std::size_t... Dims>
struct reshape_to {
  static constexpr shape before = extents_of_type<X>();
  static_assert(sizeof...(Dims) <= 4, "tapeless: a tensor has one to four dimensions");
  static_assert(element_count<Dims...> == before.size(),
                "tapeless: the shapes do not fit; a reshaped tensor has as many elements as before");
  static constexpr std::uint64_t code = real_shape(Dims...).code();
};

/// A sentence where a tensor has no such part.
template <class X, std::size_t Axis, std::size_t First, std::size_t Count>
struct slice_of {
  static constexpr shape whole = extents_of_type<X>();
  static_assert(Axis < whole.rank(), "tapeless: the tensor has no such axis; axes count from 0");
  static_assert(Axis >= whole.rank() || fits<First, Count, whole.extent(Axis)>,
                "tapeless: the slice reaches beyond the end of the axis");
  static constexpr std::uint64_t code = whole.with_extent(Axis, Count).code();
};

constexpr shape without_axis(const shape& whole, std::size_t axis) {
  return kept_axes(whole, all_axes(whole) & ~(std::uint64_t{1} << axis));
}

/// The part at a place along an axis, which the result does not have.
template <std::size_t Axis, class X>
constexpr auto part_of(const X& x, std::size_t place) {
  constexpr shape whole = extents_of_type<X>();
  static_assert(Axis < whole.rank(), "tapeless: the tensor has no such axis; axes count from 0");
  require_inside(place < whole.extent(Axis));
  return reshaped<without_axis(whole, Axis).code()>(
      apply_as_they_are<op::slice, whole.with_extent(Axis, 1).code()>(part_at(Axis, place), x));
}

/// A sentence where two tensors cannot follow one another.
template <std::size_t Axis, class First, class Second>
struct concat_of {
  static constexpr shape first = extents_of_type<First>(), second = extents_of_type<Second>();
  static_assert(Axis < first.rank() && Axis < second.rank(),
                "tapeless: the tensor has no such axis; axes count from 0");
  static constexpr bool has_axis = Axis < first.rank() && Axis < second.rank();
  static constexpr shape whole =
      has_axis ? first.with_extent(Axis, first.extent(Axis) + second.extent(Axis)) : shape(element::real);
  static_assert(!has_axis || whole == second.with_extent(Axis, whole.extent(Axis)),
                "tapeless: the shapes do not fit; tensors that follow one another along an axis agree in all others");
  static constexpr std::uint64_t code = whole.code();
};

/// With a new first axis of extent 1.
template <class X>
constexpr auto in_front(const X& x) {
  constexpr shape before = extents_of_type<X>();
  static_assert(before.rank() < 4, "tapeless: a tensor has one to four dimensions");
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return reshaped<real_shape(std::size_t{1}, before.extent(I)...).code()>(x);
  }
  (std::make_index_sequence<before.rank()>{});
}

/// The axes of X in another order; a sentence where they are not all there.
template <class X, std::size_t... Axes>
struct permutation {
  static constexpr shape before = extents_of_type<X>();
  static_assert(((std::uint64_t{1} << Axes) + ... + 0) == all_axes(before) && sizeof...(Axes) == before.rank(),
                "tapeless: permute names each axis of the tensor once; axes count from 0");
  static constexpr std::uint64_t code = real_shape(before.extent(Axes)...).code();
  static constexpr std::uint64_t axes() {
    std::uint64_t all = 0;
    std::size_t place = 0;
    ((all |= static_cast<std::uint64_t>(Axes) << (2 * place++)), ...);
    return all;
  }
};

/// What a tensor repeats to get other extents; a sentence where these are not repetitions.
template <class X, std::size_t... Dims>
struct broadcast_of {
  static constexpr shape before = extents_of_type<X>(), whole = real_shape(Dims...);
  static constexpr bool fit = [] {
    joint_extents together{whole};
    together.join(before);
    return together.fit && together.whole == whole;
  }();
  static_assert(fit,
                "tapeless: the shapes do not fit; what is repeated has the extents of the result, counted from the "
                "last, or 1, or none");
  static constexpr std::uint64_t had = fit ? axes_had(before, whole) : 0, bare = kept_axes(whole, had).code();
};

}  // namespace detail

/// The same elements in the same order with other extents.
///
///     reshape<2, 3>(v)(i, j) == v[3 * i + j]
template <std::size_t... Dims, detail::TensorValue X>
constexpr auto reshape(const X& x) {
  return detail::reshaped<detail::reshape_to<X, Dims...>::code>(x);
}

/// Some neighbours along an axis.
///
///     slice<0, 1, 2>(A)(i, j) == A(1 + i, j),   0 <= i < 2
template <std::size_t Axis, std::size_t First, std::size_t Count, detail::TensorValue X>
constexpr auto slice(const X& x) {
  return detail::apply_as_they_are<op::slice, detail::slice_of<X, Axis, First, Count>::code>(
      detail::part_at(Axis, First), x);
}

/// Some neighbours in a vector, or along the first axis.
///
///     slice<1, 2>(v) == vec{v[1], v[2]}
template <std::size_t First, std::size_t Count, detail::TensorValue X>
constexpr auto slice(const X& x) {
  return slice<0, First, Count>(x);
}

/// A row of a matrix, or what is left of a tensor when its first index is fixed.
///
///     row(A, i)[j] == A(i, j)
template <detail::TensorValue X>
constexpr auto row(const X& x, std::size_t place) {
  return detail::part_of<0>(x, place);
}

/// A column of a matrix, or what is left of a tensor when its second index is fixed.
///
///     column(A, j)[i] == A(i, j)
template <detail::TensorValue X>
constexpr auto column(const X& x, std::size_t place) {
  return detail::part_of<1>(x, place);
}

/// Tensors one after the other along an axis, the first if none is named.
///
///     concat(vec{1, 2}, vec{3}) == vec{1, 2, 3}
template <std::size_t Axis = 0, detail::TensorValue A, detail::TensorValue B, detail::TensorValue... More>
constexpr auto concat(const A& a, const B& b, const More&... more) {
  constexpr std::uint64_t whole = detail::concat_of<Axis, A, B>::code;
  const auto both = detail::apply_as_they_are<op::concat, whole>(
      detail::part_at(Axis, detail::extents_of_type<A>().extent(Axis)), a, b);
  if constexpr (sizeof...(more) == 0) return both;
  else return concat<Axis>(both, more...);
}

/// Tensors of one shape, or numbers, beside each other along a new first axis.
///
///     stack(u, v)(0, j) == u[j],   stack(u, v)(1, j) == v[j],   stack(2.0, 3.0) == vec{2.0, 3.0}
template <Operand X, Operand... More>
constexpr auto stack(const X& x, const More&... more) {
  static_assert((detail::same_extents_v<X, More> && ...),
                "tapeless: the shapes do not fit; stack takes tensors of one shape, or numbers");
  if constexpr (!detail::TensorValue<X>) {
    using scalar = typename detail::result_scalar<X, More...>::type;
    return vec<scalar, 1 + sizeof...(more)>{static_cast<scalar>(x), static_cast<scalar>(more)...};
  } else if constexpr (sizeof...(more) == 0) {
    return detail::in_front(x);
  } else {
    return concat(detail::in_front(x), detail::in_front(more)...);
  }
}

/// The axes in another order.
///
///     permute<2, 0, 1>(x)(k, i, j) == x(i, j, k)
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto permute(const X& x) {
  using permuted = detail::permutation<X, Axes...>;
  return detail::apply_as_they_are<op::permute, permuted::code>(permuted::axes(), x);
}

/// A tensor or a number repeated along the axes that it does not have, or has with extent 1.
///
///     broadcast_to<3, 2>(v)(i, j) == v[j]
template <std::size_t... Dims, Operand X>
constexpr auto broadcast_to(const X& x) {
  using repeated = detail::broadcast_of<X, Dims...>;
  return detail::apply_whole<op::broadcast, typename detail::result_scalar<detail::scalar_in_t<X>>::type,
                             repeated::whole.code(), repeated::bare>(repeated::had, x);
}

}  // namespace tapeless
