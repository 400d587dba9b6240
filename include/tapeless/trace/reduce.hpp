// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include <tapeless/tensor/softmax.hpp>
#include <tapeless/trace/rearrange.hpp>
#include <tapeless/trace/tensor_operators.hpp>

// Tensors to fewer numbers: sums, means, extremes, norms, along all axes or some.
namespace tapeless {

namespace detail {

/// The axes that are left when some are reduced; all are where none is named.
template <std::size_t... Axes>
constexpr std::uint64_t axes_left(const shape& s) {
  static_assert(sizeof...(Axes) <= 4);
  if (sizeof...(Axes) == 0) return 0;
  std::uint64_t left = all_axes(s);
  ((left &= ~(std::uint64_t{1} << Axes)), ...);
  return left;
}

/// A sentence where there is no such axis.
template <class X, std::size_t... Axes>
struct axes_of {
  static constexpr shape whole = extents_of_type<X>();
  static_assert(((Axes < whole.rank()) && ...), "tapeless: the tensor has no such axis; axes count from 0");
  static constexpr std::uint64_t left = axes_left<Axes...>(whole);
  static constexpr std::uint64_t result = kept_axes(whole, left).code();
  static constexpr double summed = static_cast<double>(whole.size()) / kept_axes(whole, left).size();
};

template <class Op, std::size_t... Axes, class X>
constexpr auto reduced(const X& x) {
  using axes = axes_of<X, Axes...>;
  return apply_as_they_are<Op, axes::result>(axes::left, x);
}

/// A number or a tensor times a constant, which takes its type.
template <class X>
constexpr auto scaled(const X& x, double factor) {
  if constexpr (std::is_floating_point_v<X>) return x * static_cast<X>(factor);
  else return x * factor;
}

/// With the axes that a reduction has taken away, at extent 1.
template <class Whole, std::size_t... Axes, class X>
constexpr auto with_axes_again(const X& reduced_x) {
  if constexpr (!TensorValue<X>) {
    return reduced_x;
  } else {
    constexpr shape before = extents_of_type<Whole>();
    constexpr std::uint64_t left = axes_left<Axes...>(before);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return reshaped<real_shape((left >> I & 1) != 0 ? before.extent(I) : std::size_t{1}...).code()>(reduced_x);
    }
    (std::make_index_sequence<before.rank()>{});
  }
}

/// The product of the two halves along an axis, until one is left.
template <std::size_t Axis, class X>
constexpr auto multiplied_along(const X& x) {
  constexpr shape whole = extents_of_type<X>();
  constexpr std::size_t count = whole.extent(Axis), half = count / 2;
  if constexpr (count == 1) {
    return part_of<Axis>(x, 0);
  } else {
    const auto product = hadamard(tapeless::slice<Axis, 0, half>(x), tapeless::slice<Axis, half, half>(x));
    if constexpr (count % 2 == 0) return multiplied_along<Axis>(product);
    else return multiplied_along<Axis>(concat<Axis>(product, tapeless::slice<Axis, count - 1, 1>(x)));
  }
}
/// Along the last of some axes, then along those before it.
template <std::uint64_t Axes, class X>
constexpr auto multiplied_along_all(const X& x) {
  if constexpr (Axes == 0) return x;
  else {
    constexpr std::size_t last = 63 - static_cast<std::size_t>(std::countl_zero(Axes));
    return multiplied_along_all<Axes & ~(std::uint64_t{1} << last)>(multiplied_along<last>(x));
  }
}

template <std::size_t... Axes, class X>
constexpr auto centered(const X& x);

}  // namespace detail

/// The sum of all elements, or along the axes that are named.
///
///     sum(A) == A(0, 0) + A(0, 1) + ...,   sum<0>(A)[j] == A(0, j) + A(1, j) + ...
///
/// An axis that is not there is a compile error. The order in which the terms are added up is not specified.
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto sum(const X& x) {
  return detail::reduced<op::sum, Axes...>(x);
}

/// The mean of all elements, or along the axes that are named.
///
///     mean(A) == sum(A) / size of A,   mean<0>(A) == sum<0>(A) / rows of A
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto mean(const X& x) {
  return detail::scaled(sum<Axes...>(x), 1 / detail::axes_of<X, Axes...>::summed);
}

/// The mean of the squares of the differences from the mean: of all elements, or along the axes that are named.
///
///     variance(v) == mean(square(v - mean(v)))
///
/// The sum is divided by the number of elements, not by one less.
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto variance(const X& x) {
  return mean<Axes...>(square(detail::centered<Axes...>(x)));
}

/// The largest of all elements, or along the axes that are named. Equal ones share the derivative.
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto max(const X& x) {
  return detail::reduced<op::largest, Axes...>(x);
}

/// The smallest of all elements, or along the axes that are named. Equal ones share the derivative.
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto min(const X& x) {
  return -max<Axes...>(-x);
}

/// The product of all elements, or along the axes that are named. Its derivative is right where elements are zero, too.
///
///     prod(v) == v[0] * v[1] * ...
template <std::size_t... Axes, detail::TensorValue X>
constexpr auto prod(const X& x) {
  if constexpr (sizeof...(Axes) == 0) {
    return detail::multiplied_along<0>(reshape<detail::extents_of_type<X>().size()>(x));
  } else {
    constexpr shape whole = detail::axes_of<X, Axes...>::whole;
    return detail::multiplied_along_all<detail::all_axes(whole) & ~detail::axes_left<Axes...>(whole)>(x);
  }
}

/// The sum of the squares of all elements.
template <detail::TensorValue X>
constexpr auto squared_norm(const X& x) {
  return sum(hadamard(x, x));
}

/// The Euclidean length: the square root of the sum of the squares. Its derivative at 0 is 0.
template <detail::TensorValue X>
constexpr auto norm(const X& x) {
  return detail::apply_as_they_are<op::norm, detail::real_shape().code()>(0, x);
}

namespace detail {

template <std::size_t... Axes, class X>
constexpr auto centered(const X& x) {
  return x - with_axes_again<X, Axes...>(mean<Axes...>(x));
}

/// Along the last axis, which the result has or has not.
template <class Op, bool Keep, class X, class... More>
constexpr auto along_last_axis(const X& x, const More&... more) {
  constexpr shape whole = extents_of_type<X>();
  constexpr shape result = Keep ? whole : kept_axes(whole, without_last(whole));
  return apply_whole<Op, typename result_scalar<scalar_in_t<X>>::type, result.code(), whole.code(),
                     extents_of_type<More>().code()...>(0, x, more...);
}
}  // namespace detail

/// log(sum(exp(x))) along the last axis, without overflow.
template <detail::TensorValue X>
constexpr auto logsumexp(const X& x) {
  return detail::along_last_axis<op::logsumexp, false>(x);
}

/// exp(x) / sum(exp(x)) along the last axis, without overflow.
template <detail::TensorValue X>
constexpr auto softmax(const X& x) {
  return detail::along_last_axis<op::softmax, true>(x);
}

/// The logarithm of softmax(x), along the last axis.
template <detail::TensorValue X>
constexpr auto log_softmax(const X& x) {
  return detail::along_last_axis<op::log_softmax, true>(x);
}

/// How unlikely scores make a label: minus the logarithm of its probability, along the last axis.
///
///     cross_entropy(x, label) == logsumexp(x) - x[label]
///
/// The label is a whole number, or one for each row of scores. Out of range there is no defined result.
template <detail::TensorValue X, class Label>
constexpr auto cross_entropy(const X& scores, const Label& label) {
  constexpr shape whole = detail::extents_of_type<X>();
  static_assert(detail::extents_of_type<Label>() == detail::kept_axes(whole, detail::without_last(whole)),
                "tapeless: the shapes do not fit; cross_entropy takes one label for each row of scores");
  return detail::along_last_axis<op::cross_entropy, false>(scores, label);
}

}  // namespace tapeless
