// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/broadcast.hpp>

// Single elements: taken out of a tensor, put into one. Elements are counted through, row by row.
namespace tapeless {

namespace detail {
constexpr value record_element(recorder& r, const value& x, std::uint64_t index);
constexpr value record_place_element(recorder& r, const value& x, std::uint64_t index, const shape& result);
constexpr value record_add_element(recorder& r, const value& x, const value& element, std::uint64_t index, bool fresh);
}  // namespace detail

namespace op {

/// One element of a tensor.
struct element_at : tensor_operation<"element", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_element(r, x[0], detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    y[0] = x[call.parameter];
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    return detail::record_place_element(*y.home(), g, detail::parameter_of(*y.definition()), x[0].shape());
  }
};

/// A tensor of zeros but for one element.
struct place_element : tensor_operation<"place_element", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_place_element(r, x[0], detail::parameter_of(n), n.shape);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = i == call.parameter ? x[0] : T(0);
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_element(*y.home(), g, detail::parameter_of(*y.definition()));
  }
  static constexpr value add(recorder& r, const value& a, const value& y) {
    return detail::record_add_element(r, a, y.operand(0), detail::parameter_of(*y.definition()), false);
  }
  static constexpr value (*added)(recorder&, const value&, const value&) = &add;
};

/// A tensor with a number added to one of its elements, which is zero if `fresh` (the parameter's lowest bit).
struct add_element : tensor_operation<"add_element", 2> {
  static constexpr value record(recorder& r, const node& n, const value* x) {
    const auto parameter = detail::parameter_of(n);
    return detail::record_add_element(r, x[0], x[1], parameter / 2, parameter % 2 != 0);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x, const T* element) {
    const std::size_t index = call.parameter / 2;
    if (y != x)
      for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = x[i];
    y[index] = call.parameter % 2 != 0 ? element[0] : y[index] + element[0];
  }
  static constexpr value pullback(int i, const value& g, const value*, const value& y) {
    return i == 0 ? g : detail::record_element(*y.home(), g, detail::parameter_of(*y.definition()) / 2);
  }
  static constexpr value pushforward(int i, const value& dx, const value*, const value& y) {
    if (i == 0) return dx;
    return detail::record_place_element(*y.home(), dx, detail::parameter_of(*y.definition()) / 2, y.shape());
  }
};

}  // namespace op

namespace detail {

constexpr value record_element(recorder& r, const value& x, std::uint64_t index) {
  if (!x.is_tensor()) return x;  // the same everywhere
  const node n = *x.definition();
  if (n.is<op::input>()) {
    const shape scalar(x.kind());
    return {&r, r.input(n.operand[0] + static_cast<std::int32_t>(index), scalar)};
  }
  if (n.is<op::broadcast>() && parameter_of(n) == 0) return x.operand(0);
  if (n.is<op::place_element>()) return parameter_of(n) == index ? x.operand(0) : value(zero);
  if (n.is<op::add_element>()) {
    const value before = x.operand(0);
    if (parameter_of(n) / 2 != index) return record_element(r, before, index);
    if (parameter_of(n) % 2 != 0) return x.operand(1);
  }
  return tensor_node<op::element_at>(r, shape(x.kind()), index, x);
}

constexpr value record_place_element(recorder& r, const value& x, std::uint64_t index, const shape& result) {
  if (x.is_strong_zero()) return x;
  return tensor_node<op::place_element>(r, result.with_kind(x.kind()), index, x);
}

constexpr value record_add_element(recorder& r, const value& x, const value& element, std::uint64_t index, bool fresh) {
  if (element.is_strong_zero()) return x;
  if (!x.is_tensor()) return value(zero);  // cannot be: a sum starts with record_place_element
  return tensor_node<op::add_element>(r, x.shape(), index * 2 + fresh, x, element);
}

}  // namespace detail
}  // namespace tapeless
