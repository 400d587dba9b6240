// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/comparison.hpp>
#include <tapeless/tensor/choice.hpp>
#include <tapeless/tensor/extreme.hpp>
#include <tapeless/trace/whole.hpp>

// Elements and parts that whole numbers choose, which may be known at run time only.
namespace tapeless {

namespace detail {

/// A whole number, or a tensor of them; plain or recorded.
template <class I>
concept WholeNumbers = std::is_integral_v<scalar_in_t<I>> || std::is_integral_v<recorded_scalar_t<scalar_in_t<I>>>;

/// The extents of one after those of the other.
constexpr shape extents_behind(const shape& first, const shape& second, std::size_t from = 0) {
  shape s = first;
  for (std::size_t axis = from; axis < second.rank(); ++axis) s = s.with_axis(second.extent(axis));
  return s;
}

/// A sentence where the parts of a tensor are not chosen by whole numbers, or are too many.
template <class Values, class Index>
struct gather_of {
  static constexpr shape values = extents_of_type<Values>(), index = extents_of_type<Index>();
  static_assert(WholeNumbers<Index>, "tapeless: an index is a whole number, or a tensor of them");
  static constexpr std::size_t rank = index.rank() + values.rank() - 1;
  static_assert(rank <= 4, "tapeless: a tensor has one to four dimensions");
  static constexpr std::uint64_t code = rank <= 4 ? extents_behind(index, values, 1).code() : 0;
};

template <class Values, class Index>
constexpr auto gathered(const Values& values, const Index& index) {
  using parts = gather_of<Values, Index>;
  using kept = recorded_scalar_t<scalar_in_t<Values>>;
  if constexpr (any_recorded<Index> && !any_recorded<Values>) {
    return apply_whole<op::gather, recorded<scalar_in_t<Values>>, parts::code, parts::values.code(),
                       parts::index.code()>(0, values, index);
  } else if constexpr (any_recorded<Index> && std::is_integral_v<kept>) {
    return apply_whole<op::gather, recorded<kept>, parts::code, parts::values.code(), parts::index.code()>(0, values,
                                                                                                           index);
  } else {
    return apply_whole<op::gather, scalar_in_t<Values>, parts::code, parts::values.code(), parts::index.code()>(
        0, values, index);
  }
}

}  // namespace detail

/// The element of `values` at an index that is known at run time only.
///
///     gather(values, i) == values[i],   0 <= i < size of values
///
/// Of a tensor it is the part where the first index is i; for a tensor of indices these parts in their order,
/// `gather(A, rows)(k, j) == A(rows[k], j)`. The derivative with respect to the elements that are not chosen is an
/// exact zero. Recorded on an array, a chain of selections that costs as many comparisons as there are elements, where
/// an index out of range gives the first element. An ordinary integer just subscripts.
template <class Values, class Index>
constexpr auto gather(const Values& values, const Index& index) {
  if constexpr (detail::TensorValue<Values>) {
    return detail::gathered(values, index);
  } else if constexpr (detail::Recorded<Index>) {
    constexpr std::size_t size = detail::array_extent<std::remove_cvref_t<Values>>;
    static_assert(size > 0, "tapeless: gather needs an array whose size is known at compile time");
    decltype(tapeless::select(index == 0, values[0], values[0])) chosen = values[0];  // recorded, if the values are not
    for (std::size_t i = 1; i < size; ++i) chosen = tapeless::select(index == i, values[i], chosen);
    return chosen;
  } else {
    return values[static_cast<std::size_t>(index)];
  }
}

/// 1 at the place that a label says and 0 at all others, along a new last axis; of type T.
///
///     one_hot<3>(1) == vec{0.0, 1.0, 0.0}
///
/// A label is a whole number; of a tensor of labels there is one such vector for each. Out of range all are 0.
template <std::size_t N, class T = double, class Labels>
constexpr auto one_hot(const Labels& labels) {
  static_assert(detail::WholeNumbers<Labels>, "tapeless: a label is a whole number, or a tensor of them");
  constexpr shape places = detail::extents_of_type<Labels>();
  static_assert(places.rank() < 4, "tapeless: a tensor has one to four dimensions");
  using scalar = std::conditional_t<detail::any_recorded<Labels>, recorded<T>, T>;
  return detail::apply_whole<op::one_hot, scalar, places.with_axis(N).code(), places.code()>(0, labels);
}

/// The place of the largest element along the last axis, counted from 0; the first where several are equal.
///
///     argmax(vec{1.0, 3.0, 2.0}) == 1
template <detail::TensorValue X>
constexpr auto argmax(const X& x) {
  constexpr shape whole = detail::extents_of_type<X>();
  constexpr shape result = detail::kept_axes(whole, detail::all_axes(whole) >> 1);
  using scalar = std::conditional_t<detail::any_recorded<X>, recorded<long long>, long long>;
  return detail::apply_whole<op::argmax, scalar, result.code(), whole.code()>(0, x);
}

}  // namespace tapeless
