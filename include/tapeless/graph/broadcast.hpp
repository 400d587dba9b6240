// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/simplify.hpp>
#include <tapeless/graph/tensor_operation.hpp>

// Repeating elements along new axes, and summing over axes: each is the other's derivative.
namespace tapeless {

namespace detail {

/// How the elements of a tensor with at most four axes lie behind those of another: a step for each axis.
struct stepping {
  std::size_t extent[4] = {1, 1, 1, 1};
  std::size_t step[4] = {};

  /// Calls `f(element, behind)` for every element of the first tensor, in order.
  template <class F>
  constexpr auto each(F f) const {
    std::size_t element = 0;
    for (std::size_t i = 0; i < extent[0]; ++i)
      for (std::size_t j = 0; j < extent[1]; ++j)
        for (std::size_t k = 0; k < extent[2]; ++k)
          for (std::size_t l = 0; l < extent[3]; ++l)
            f(element++, i * step[0] + j * step[1] + k * step[2] + l * step[3]);
  }
};

/// Of the axes of `whole`, those in `kept` are the axes of the other tensor, in order.
constexpr stepping stepping_of(const shape& whole, std::uint64_t kept) {
  stepping s;
  std::size_t step = 1;
  for (std::size_t axis = whole.rank(); axis-- > 0;) {
    s.extent[axis] = whole.extent(axis);
    if ((kept >> axis & 1) != 0) s.step[axis] = step, step *= whole.extent(axis);
  }
  return s;
}

constexpr std::uint64_t all_axes(const shape& s) { return (std::uint64_t{1} << s.rank()) - 1; }

/// The shape of the axes of `whole` that are in `kept`.
constexpr shape kept_axes(const shape& whole, std::uint64_t kept) {
  shape s(whole.kind());
  for (std::size_t axis = 0; axis < whole.rank(); ++axis)
    if ((kept >> axis & 1) != 0) s = s.with_axis(whole.extent(axis));
  return s;
}

/// Of the axes in `outer`, those that are in `inner` once the axes of `outer` are counted alone.
constexpr std::uint64_t kept_of_kept(std::uint64_t outer, std::uint64_t inner) {
  std::uint64_t result = 0;
  for (std::size_t axis = 0, count = 0; axis < 4; ++axis)
    if ((outer >> axis & 1) != 0) {
      if ((inner >> count & 1) != 0) result |= std::uint64_t{1} << axis;
      ++count;
    }
  return result;
}

constexpr value record_sum(recorder& r, const value& x, std::uint64_t kept);

}  // namespace detail

namespace op {

/// The elements of x, repeated along the axes of the result that are not in the parameter.
struct broadcast : tensor_operation<"broadcast", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_broadcast(r, x[0], n.shape, detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    detail::stepping_of(call.result, call.parameter).each([&](std::size_t place, std::size_t behind) {
      y[place] = x[behind];
    });
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_sum(*y.home(), g, detail::parameter_of(*y.definition()));
  }
};

/// The sums over the axes of x that are not in the parameter.
struct sum : tensor_operation<"sum", 1> {
  static constexpr bool is_linear = true;
  static constexpr bool takes_constants = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_sum(r, x[0], detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const auto steps = detail::stepping_of(call.operand[0], call.parameter);
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = T(-0.0L);  // to which anything adds as it is
    steps.each([&](std::size_t place, std::size_t behind) { y[behind] = y[behind] + x[place]; });
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    return detail::record_broadcast(*y.home(), g, x[0].shape(), detail::parameter_of(*y.definition()));
  }
};

}  // namespace op

namespace detail {

constexpr value record_broadcast(recorder& r, const value& x, const shape& extents, std::uint64_t kept) {
  if (x.is_constant()) return x;  // the same everywhere
  const shape result = extents.with_kind(x.kind());
  if (x.is_tensor() && kept == all_axes(result)) return x;
  if (x.is<op::broadcast>())
    return record_broadcast(r, x.operand(0), result, kept_of_kept(kept, parameter_of(*x.definition())));
  return tensor_node<op::broadcast>(r, result, kept, x);
}

constexpr value shaped(recorder& r, const value& x, const shape& like) {
  if (!x.is_constant() || x.is_strong_zero() || like.is_scalar()) return x;
  return tensor_node<op::broadcast>(r, like.with_kind(x.kind()), 0, x);
}

constexpr value record_sum(recorder& r, const value& x, std::uint64_t kept) {
  if (!x.is_tensor() || kept == all_axes(x.shape())) return x;
  const shape whole = x.shape(), result = kept_axes(whole, kept);
  if (x.is<op::broadcast>()) {
    const std::uint64_t own = parameter_of(*x.definition());
    if ((own & ~kept) == 0) {  // what is summed up are repetitions of one element
      std::uint64_t left = 0;
      for (std::size_t axis = 0, count = 0; axis < whole.rank(); ++axis)
        if ((kept >> axis & 1) != 0) left |= (own >> axis & 1) << count++;
      const value times(static_cast<long double>(whole.size() / result.size()));
      return times * (result.is_scalar() ? x.operand(0) : record_broadcast(r, x.operand(0), result, left));
    }
  }
  if (x.is<op::sum>()) {
    const value whole_before = x.operand(0);
    return record_sum(r, whole_before, kept_of_kept(parameter_of(*x.definition()), kept));
  }
  if (r.differentiating() && x.is<op::neg>()) return record_neg(r, record_sum(r, x.operand(0), kept));
  if (r.differentiating() && x.is<op::mul>() && x.operand(0).is_constant())  // derivative: k (x + y) for k x + k y
    return record_mul(r, x.operand(0), record_sum(r, x.operand(1), kept));
  return tensor_node<op::sum>(r, result, kept, x);
}

}  // namespace detail
}  // namespace tapeless
