// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/comparison.hpp>
#include <tapeless/trace/structure.hpp>

namespace tapeless {

/// The element of `values` at an index that is known at run time only.
///
///     gather(values, i) == values[i],   0 <= i < size of values
///
/// Recorded as a chain of selections, so it costs as many comparisons as there are elements; an index out of range
/// gives the first element. The derivative with respect to the elements that are not chosen is an exact zero. An
/// ordinary integer just subscripts.
template <class Values, class Index>
constexpr auto gather(const Values& values, const Index& index) {
  if constexpr (detail::Recorded<Index>) {
    constexpr std::size_t size = detail::array_extent<std::remove_cvref_t<Values>>;
    static_assert(size > 0, "tapeless: gather needs an array whose size is known at compile time");
    decltype(tapeless::select(index == 0, values[0], values[0])) chosen = values[0];  // recorded, if the values are not
    for (std::size_t i = 1; i < size; ++i) chosen = tapeless::select(index == i, values[i], chosen);
    return chosen;
  } else {
    return values[static_cast<std::size_t>(index)];
  }
}

}  // namespace tapeless
