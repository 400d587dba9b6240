// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/piecewise.hpp>
#include <tapeless/tensor/choice.hpp>

// The largest elements over some axes.
namespace tapeless {

namespace detail {
constexpr value record_largest(recorder& r, const value& x, std::uint64_t kept);
/// The larger of two numbers; whole ones stay whole.
template <class T>
constexpr auto larger(const T& a, const T& b) {
  if constexpr (std::integral<T>) return a < b ? b : a;
  else return apply<op::max>(a, b);
}
/// 1 where an element of x is the largest, shared among equals.
constexpr value share_of_largest(const value& x, const value& y) {
  recorder& r = *y.home();
  const auto kept = parameter_of(*y.definition());
  const value is_largest = x == record_broadcast(r, y, x.shape(), kept);
  const value one_each = select(is_largest, value(1.0), value(zero));
  return select(is_largest, record_broadcast(r, value(1.0) / record_sum(r, one_each, kept), x.shape(), kept),
                value(zero));
}
}  // namespace detail

namespace op {

/// The largest elements over the axes of x that are not in the parameter. Equal ones share the derivative.
struct largest : tensor_operation<"largest", 1> {
  static constexpr bool takes_constants = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_largest(r, x[0], detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const auto steps = detail::stepping_of(call.operand[0], call.parameter);
    steps.each([&](std::size_t place, std::size_t behind) { y[behind] = x[place]; });
    steps.each([&](std::size_t place, std::size_t behind) { y[behind] = detail::larger(y[behind], x[place]); });
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    const auto kept = detail::parameter_of(*y.definition());
    return detail::record_broadcast(*y.home(), g, x[0].shape(), kept) * detail::share_of_largest(x[0], y);
  }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    return detail::record_sum(*y.home(), dx * detail::share_of_largest(x[0], y), detail::parameter_of(*y.definition()));
  }
};

/// The place of the largest element along the last axis, the first where several are.
struct argmax : tensor_operation<"argmax", 1> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T, class I>
  static constexpr auto compute(const detail::tensor_call& call, I* y, const T* x) {
    const std::size_t count = call.operand[0].extent(call.operand[0].rank() - 1);
    for (std::size_t row = 0; row < call.operand[0].size() / count; ++row) {
      T most = x[row * count];
      y[row] = detail::whole_number_of<I>(0);
      for (std::size_t k = 1; k < count; ++k) {
        const auto more = apply<op::less>(most, x[row * count + k]);
        y[row] = detail::either(more, detail::whole_number_of<I>(k), y[row]);
        most = detail::larger(most, x[row * count + k]);
      }
    }
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};
constexpr value argmax::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<argmax>(r, n.shape, 0, x[0]);
}

}  // namespace op

namespace detail {
constexpr value record_largest(recorder& r, const value& x, std::uint64_t kept) {
  if (!x.is_tensor() || kept == all_axes(x.shape())) return x;
  return tensor_node<op::largest>(r, kept_axes(x.shape(), kept), kept, x);
}
}  // namespace detail
}  // namespace tapeless
