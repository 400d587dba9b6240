// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "laws/support.hpp"

// What the tests of duals and of series over the whole op table share.
namespace dual_laws {

using laws::function_of;
using laws::numbers;
using laws::point;

/// The number of an operation that its argument i is.
template <class Op>
constexpr std::size_t rank_of(std::size_t i) {
  std::size_t k = 0;
  while (laws::position<Op>(k) != i) ++k;
  return k;
}

/// The operation on numbers of another kind, made of those of a point.
template <class Op, class X, class T, class F>
constexpr auto on(const point<Op, T>& p, const F& f, const auto& make) {
  point<Op, X> moved{{}, p.condition, p.whole};
  for (std::size_t k = 0; k < moved.x.size(); ++k) moved.x[k] = make(p.x[k], k);
  return laws::call<Op>(f, moved);
}

/// The gradient of a one-operation program, as the engine makes it.
template <class Op, class T>
std::array<T, numbers<Op>> gradient_of(const point<Op, T>& p) {
  return laws::flat<T, numbers<Op>>(laws::call<Op>(tl::gradient(function_of<Op>{}), p));
}

/// The partial derivative of an operation with respect to its argument I, as a function.
template <class Op, std::size_t I>
struct partial_of {
  constexpr auto operator()(auto... x) const { return tl::gradient(function_of<Op>{}, tl::wrt<I>)(x...); }
};

/// The point of a convention.
template <class Op, class T>
constexpr point<Op, T> point_of(const tl::convention& c) {
  point<Op, T> p;
  for (std::size_t i = 0, k = 0; i < Op::arity; ++i)
    if (Op::takes(i) == tl::op::argument::number) p.x[k++] = static_cast<T>(c.at[i]);
    else p.whole = static_cast<int>(c.at[i]);
  return p;
}

}  // namespace dual_laws
