// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/broadcast.hpp>

// The same elements in another form: other extents, other axes, a part, or one after the other.
namespace tapeless {

namespace detail {

constexpr value record_reshape(recorder& r, const value& x, const shape& result);
constexpr value record_permute(recorder& r, const value& x, std::uint64_t axes);
constexpr value record_slice(recorder& r, const value& x, std::uint64_t axis, std::uint64_t first, std::uint64_t count);
constexpr value record_place(recorder& r, const value& x, std::uint64_t axis, std::uint64_t first, const shape& result);

/// Axes of a tensor in another order, two bits each: axis i of the result is axis `axis_at(p, i)` of the operand.
constexpr std::uint64_t axis_at(std::uint64_t axes, std::size_t i) { return axes >> (2 * i) & 3; }
constexpr std::uint64_t inverse_axes(std::uint64_t axes, std::size_t rank) {
  std::uint64_t inverse = 0;
  for (std::size_t i = 0; i < rank; ++i) inverse |= static_cast<std::uint64_t>(i) << (2 * axis_at(axes, i));
  return inverse;
}
constexpr std::uint64_t axes_in_order(std::size_t rank) {
  std::uint64_t axes = 0;
  for (std::size_t i = 0; i < rank; ++i) axes |= static_cast<std::uint64_t>(i) << (2 * i);
  return axes;
}
/// The last two axes exchanged.
constexpr std::uint64_t transposed_axes(std::size_t rank) {
  std::uint64_t axes = 0;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::size_t from = i + 2 < rank ? i : 2 * rank - 3 - i;
    axes |= static_cast<std::uint64_t>(from) << (2 * i);
  }
  return axes;
}

/// A part along one axis, as a parameter: 2 bits for the axis, the others for the first index.
constexpr std::uint64_t part_at(std::uint64_t axis, std::uint64_t first) { return first * 4 + axis; }

/// Runs of neighbours: a part along an axis consists of `outer` runs of `inner` elements each `whole` apart.
struct part_runs {
  std::size_t outer = 1, inner = 1, whole = 1, first = 0;
  constexpr part_runs(const shape& all, const shape& part, std::uint64_t parameter) {
    const std::size_t axis = parameter % 4;
    for (std::size_t i = 0; i < axis; ++i) outer *= all.extent(i);
    std::size_t below = 1;
    for (std::size_t i = axis + 1; i < all.rank(); ++i) below *= all.extent(i);
    inner = part.extent(axis) * below;
    whole = all.extent(axis) * below;
    first = parameter / 4 * below;
  }
};

}  // namespace detail

namespace op {

/// The elements of x in the same order, with other extents.
struct reshape : tensor_operation<"reshape", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_reshape(r, x[0], n.shape);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = x[i];
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    return detail::record_reshape(*y.home(), g, x[0].shape());
  }
};

/// x with its axes in the order that the parameter says; a transpose exchanges the last two.
struct permute : tensor_operation<"permute", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_permute(r, x[0], detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const auto behind = detail::stepping_of(call.operand[0], detail::all_axes(call.operand[0]));
    detail::stepping steps;
    for (std::size_t axis = 0; axis < call.result.rank(); ++axis) {
      steps.extent[axis] = call.result.extent(axis);
      steps.step[axis] = behind.step[detail::axis_at(call.parameter, axis)];
    }
    steps.each([&](std::size_t place, std::size_t from) { y[place] = x[from]; });
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    const auto axes = detail::parameter_of(*y.definition());
    return detail::record_permute(*y.home(), g, detail::inverse_axes(axes, x[0].shape().rank()));
  }
};

/// Some neighbours along one axis of x.
struct slice : tensor_operation<"slice", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    const auto part = detail::parameter_of(n);
    return detail::record_slice(r, x[0], part % 4, part / 4, n.shape.extent(part % 4));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const detail::part_runs runs(call.operand[0], call.result, call.parameter);
    for (std::size_t i = 0; i < runs.outer; ++i)
      for (std::size_t k = 0; k < runs.inner; ++k) y[i * runs.inner + k] = x[i * runs.whole + runs.first + k];
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    const auto part = detail::parameter_of(*y.definition());
    return detail::record_place(*y.home(), g, part % 4, part / 4, x[0].shape());
  }
};

/// Zeros, and among them the elements of x as neighbours along one axis.
struct place : tensor_operation<"place", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    const auto part = detail::parameter_of(n);
    return detail::record_place(r, x[0], part % 4, part / 4, n.shape);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const detail::part_runs runs(call.result, call.operand[0], call.parameter);
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = T(0);
    for (std::size_t i = 0; i < runs.outer; ++i)
      for (std::size_t k = 0; k < runs.inner; ++k) y[i * runs.whole + runs.first + k] = x[i * runs.inner + k];
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    const auto part = detail::parameter_of(*y.definition());
    return detail::record_slice(*y.home(), g, part % 4, part / 4, x[0].shape().extent(part % 4));
  }
};

/// a and then b along one axis; the parameter says which, and where b begins.
struct concat : tensor_operation<"concat", 2> {
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a, const T* b) {
    const detail::part_runs first(call.result, call.operand[0], call.parameter % 4),
        second(call.result, call.operand[1], call.parameter);
    for (std::size_t i = 0; i < first.outer; ++i) {
      for (std::size_t k = 0; k < first.inner; ++k) y[i * first.whole + k] = a[i * first.inner + k];
      for (std::size_t k = 0; k < second.inner; ++k) y[i * first.whole + second.first + k] = b[i * second.inner + k];
    }
  }
  static constexpr value pullback(int i, const value& g, const value* x, const value& y) {
    const auto part = detail::parameter_of(*y.definition());
    return detail::record_slice(*y.home(), g, part % 4, i == 0 ? 0 : part / 4, x[i].shape().extent(part % 4));
  }
  static constexpr value pushforward(int i, const value& dx, const value*, const value& y) {
    const auto part = detail::parameter_of(*y.definition());
    return detail::record_place(*y.home(), dx, part % 4, i == 0 ? 0 : part / 4, y.shape());
  }
};
constexpr value concat::record(recorder& r, const node& n, const value* x) {
  if (same(x[0], x[1]) && x[0].is_constant()) return x[0];
  const auto part = detail::parameter_of(n);
  const std::size_t axis = part % 4;
  const auto operand = [&](int i) {  // a constant fills its part
    const std::size_t count = i == 0 ? part / 4 : n.shape.extent(axis) - part / 4;
    if (!x[i].is_strong_zero()) return detail::shaped(r, x[i], n.shape.with_extent(axis, count));
    return detail::tensor_node<broadcast>(r, n.shape.with_extent(axis, count), 0, x[i]);
  };
  const value first = operand(0), second = operand(1);
  return detail::tensor_node<concat>(r, n.shape.with_kind(detail::joint(first.kind(), second.kind())), part, first,
                                     second);
}

}  // namespace op

namespace detail {

constexpr value record_reshape(recorder& r, const value& x, const shape& result) {
  if (x.is_strong_zero() || x.shape().same_extents(result)) return x;
  const shape wanted = result.with_kind(x.kind());
  if (x.is_constant()) return x;
  if (x.is<op::reshape>()) return record_reshape(r, x.operand(0), wanted);
  if (x.is<op::broadcast>() && parameter_of(*x.definition()) == 0) return record_broadcast(r, x.operand(0), wanted, 0);
  return tensor_node<op::reshape>(r, wanted, 0, x);
}

constexpr value record_permute(recorder& r, const value& x, std::uint64_t axes) {
  if (!x.is_tensor()) return x;
  const shape before = x.shape();
  const std::size_t rank = before.rank();
  if (axes == axes_in_order(rank)) return x;
  if (x.is<op::permute>()) {
    const auto inner = parameter_of(*x.definition());
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < rank; ++i) both |= axis_at(inner, axis_at(axes, i)) << (2 * i);
    return record_permute(r, x.operand(0), both);
  }
  shape after(x.kind());
  std::size_t last = 0, order = 1;  // axes of extent 1 may move freely: then it is but a new form
  bool same_order = true;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::size_t from = axis_at(axes, i);
    after = after.with_axis(before.extent(from));
    if (before.extent(from) == 1) continue;
    same_order = same_order && (order == 1 || from > last);
    last = from, order = 2;
  }
  if (same_order) return record_reshape(r, x, after);
  return tensor_node<op::permute>(r, after, axes, x);
}

constexpr value record_slice(recorder& r, const value& x, std::uint64_t axis, std::uint64_t first,
                             std::uint64_t count) {
  if (!x.is_tensor()) return x;
  const shape whole = x.shape();
  if (whole.extent(axis) == count) return x;
  const shape part = whole.with_extent(axis, count);
  if (x.is<op::place>() && parameter_of(*x.definition()) == part_at(axis, first) && x.operand(0).shape() == part)
    return x.operand(0);
  if (x.is<op::concat>() && parameter_of(*x.definition()) % 4 == axis) {
    const std::uint64_t middle = parameter_of(*x.definition()) / 4;
    if (first + count <= middle) return record_slice(r, x.operand(0), axis, first, count);
    if (first >= middle) return record_slice(r, x.operand(1), axis, first - middle, count);
  }
  return tensor_node<op::slice>(r, part, part_at(axis, first), x);
}

constexpr value record_place(recorder& r, const value& x, std::uint64_t axis, std::uint64_t first,
                             const shape& result) {
  if (x.is_strong_zero() || x.shape().same_extents(result)) return x;
  return tensor_node<op::place>(r, result.with_kind(x.kind()), part_at(axis, first), x);
}

}  // namespace detail
}  // namespace tapeless
