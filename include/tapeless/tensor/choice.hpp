// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/array/view.hpp>
#include <tapeless/tensor/element.hpp>
#include <tapeless/tensor/view.hpp>

// Elements that are chosen at run time, by whole numbers that come in as data.
namespace tapeless {

namespace detail {

/// A whole number among others of type I; of a program's workspace, where they are kept as reals, or of a graph.
template <class I>
constexpr auto whole_number_of(std::size_t k) {
  if constexpr (std::same_as<I, value>) return value::constant(static_cast<long double>(k), element::integer);
  else return static_cast<I>(k);
}
/// Whether index i is k; a condition where the index is not a plain number.
template <class I>
constexpr auto is_index(const I& i, std::size_t k) {
  if constexpr (std::is_arithmetic_v<I>) return static_cast<long long>(i) == static_cast<long long>(k);
  else return apply<op::equal>(i, whole_number_of<I>(k));
}
template <class C, class T>
constexpr auto either(const C& condition, const T& x, const T& y) {
  if constexpr (std::same_as<C, bool>) return condition ? x : y;
  else return apply<op::select>(condition, x, y);
}

/// x[i * step], of `count` elements to choose from; the first where i is out of range and not a plain number.
template <class T, class I>
constexpr auto chosen_element(const T* x, std::size_t step, std::size_t count, const I& i) {
  if constexpr (std::is_arithmetic_v<I>) {
    return x[static_cast<std::size_t>(i) * step];
  } else {
    T y = x[0];
    for (std::size_t k = 1; k < count; ++k) y = either(is_index(i, k), x[k * step], y);
    return y;
  }
}

constexpr value record_scatter(recorder& r, const value& x, const value& index, const shape& result);
constexpr value record_gather(recorder& r, const value& x, const value& index, const shape& result);
constexpr value record_pick(recorder& r, const value& x, const value& index);
constexpr value record_one_hot(recorder& r, const value& index, std::size_t count);

}  // namespace detail

namespace op {

/// Parts of x along its first axis, in the order that the indices say.
struct gather : tensor_operation<"gather", 2> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_gather(r, x[0], x[1], n.shape);
  }
  template <class T, class I>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x, const I* index) {
    const std::size_t choices = call.operand[0].extent(0), part = call.operand[0].size() / choices;
    for (std::size_t m = 0; m < call.operand[1].size(); ++m)
      for (std::size_t k = 0; k < part; ++k) y[m * part + k] = detail::chosen_element(x + k, part, choices, index[m]);
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    return detail::record_scatter(*y.home(), g, x[1], x[0].shape());
  }
};

/// Zeros, and the parts of x added along the first axis where the indices say.
struct scatter : tensor_operation<"scatter", 2> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_scatter(r, x[0], x[1], n.shape);
  }
  template <class T, class I>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x, const I* index) {
    const std::size_t choices = call.result.extent(0), part = call.result.size() / choices;
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = T(0);
    for (std::size_t m = 0; m < call.operand[1].size(); ++m)
      for (std::size_t k = 0; k < part; ++k) {
        if constexpr (std::is_arithmetic_v<I>) {
          T& sum = y[static_cast<std::size_t>(index[m]) * part + k];
          sum = sum + x[m * part + k];
        } else {
          for (std::size_t c = 0; c < choices; ++c)
            y[c * part + k] = y[c * part + k] + detail::either(detail::is_index(index[m], c), x[m * part + k], T(0));
        }
      }
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    return detail::record_gather(*y.home(), g, x[1], x[0].shape());
  }
};

/// For each index, 1 at its place and 0 elsewhere, along a new last axis.
struct one_hot : tensor_operation<"one_hot", 1> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_one_hot(r, x[0], n.shape.extent(n.shape.rank() - 1));
  }
  template <class T, class I>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const I* index) {
    const std::size_t count = call.result.extent(call.result.rank() - 1);
    for (std::size_t m = 0; m < call.result.size() / count; ++m)
      for (std::size_t k = 0; k < count; ++k)
        y[m * count + k] = detail::either(detail::is_index(index[m], k), T(1), T(0));
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};

/// One element of each run along the last axis of x, where the indices say.
struct pick : tensor_operation<"pick", 2> {
  static constexpr bool takes_constants = true;
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node&, const value* x) { return detail::record_pick(r, x[0], x[1]); }
  template <class T, class I>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x, const I* index) {
    const std::size_t count = call.operand[0].extent(call.operand[0].rank() - 1);
    for (std::size_t m = 0; m < call.operand[0].size() / count; ++m)
      y[m] = detail::chosen_element(x + m * count, 1, count, index[m]);
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    recorder& r = *y.home();
    const shape s = x[0].shape();
    return detail::record_broadcast(r, g, s, detail::all_axes(s) >> 1) *
           detail::record_one_hot(r, x[1], s.extent(s.rank() - 1));
  }
};

}  // namespace op

namespace detail {

constexpr value record_gather(recorder& r, const value& x, const value& index, const shape& result) {
  if (!x.is_tensor()) return x;
  if (index.is_constant()) {
    const auto place = static_cast<std::size_t>(index.number());
    const std::size_t part = x.shape().size() / x.shape().extent(0);
    require_inside(place < x.shape().extent(0));
    if (result.is_scalar()) return record_element(r, x, place * part);
    return record_reshape(r, record_slice(r, x, 0, place, 1), result);
  }
  return tensor_node<op::gather>(r, result.with_kind(x.kind()), 0, x, index);
}
constexpr value record_scatter(recorder& r, const value& x, const value& index, const shape& result) {
  if (x.is_strong_zero()) return x;
  return tensor_node<op::scatter>(r, result, 0, x, index);
}
constexpr value record_one_hot(recorder& r, const value& index, std::size_t count) {
  return tensor_node<op::one_hot>(r, index.shape().with_kind(element::real).with_axis(count), 0, index);
}
constexpr value record_pick(recorder& r, const value& x, const value& index) {
  if (!x.is_tensor()) return x;
  return tensor_node<op::pick>(r, index.shape().with_kind(x.kind()), 0, x, index);
}

}  // namespace detail
}  // namespace tapeless
