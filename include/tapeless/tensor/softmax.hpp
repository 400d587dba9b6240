// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/exponential.hpp>
#include <tapeless/op/power.hpp>
#include <tapeless/tensor/choice.hpp>
#include <tapeless/tensor/extreme.hpp>

// Probabilities from scores, along the last axis, and the norm. Each is composed of simpler operations that the largest
// score keeps from overflowing, and has a derivative that is simpler than theirs.
namespace tapeless {

namespace detail {

/// All axes but the last.
constexpr std::uint64_t without_last(const shape& s) { return all_axes(s) >> 1; }
constexpr value repeat_last(recorder& r, const value& x, const shape& like) {
  return record_broadcast(r, x, like, without_last(like));
}
constexpr value sum_last(recorder& r, const value& x, const shape& like) {
  return record_sum(r, shaped(r, x, like), without_last(like));
}

/// A node of an operation along the last axis, which the result has (`keep`) or has not.
template <class Op, class... X>
constexpr value along_last(recorder& r, bool keep, const value& x, const X&... more) {
  const shape s = x.shape();
  return tensor_node<Op>(r, keep ? s : kept_axes(s, without_last(s)), 0, x, more...);
}

/// Calls `f(row, i, x[i] - largest of the row, largest, sum of the exponentials of these differences)` for all i.
template <class T, class F>
constexpr auto each_row(const shape& s, const T* x, F f) {
  const std::size_t count = s.extent(s.rank() - 1);
  for (std::size_t row = 0; row < s.size() / count; ++row, x += count) {
    T most = x[0];
    for (std::size_t k = 1; k < count; ++k) most = apply<op::max>(most, x[k]);
    most = apply<op::stop_gradient>(most);  // the result does not depend on it
    T sum = apply<op::exp>(x[0] - most);
    for (std::size_t k = 1; k < count; ++k) sum = sum + apply<op::exp>(x[k] - most);
    for (std::size_t k = 0; k < count; ++k) f(row, row * count + k, x[k] - most, most, sum);
  }
}

}  // namespace detail

namespace op {

/// log(sum(exp(x))) along the last axis.
struct logsumexp : tensor_operation<"logsumexp", 1> {
  static constexpr bool takes_constants = true;
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node&, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    detail::each_row(call.operand[0], x, [&](std::size_t row, std::size_t, const T&, const T& most, const T& sum) {
      y[row] = most + tapeless::apply<log>(sum);
    });
  }
  static constexpr value meaning(recorder& r, const node&, const value* x) {
    const shape s = x[0].shape();
    const value most = detail::record_largest(r, x[0], detail::without_last(s));
    return most + tapeless::log(detail::sum_last(r, tapeless::exp(x[0] - detail::repeat_last(r, most, s)), s));
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y);
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y);
};
constexpr value logsumexp::record(recorder& r, const node&, const value* x) {
  return detail::along_last<logsumexp>(r, false, x[0]);
}

/// exp(x) / sum(exp(x)) along the last axis.
struct softmax : tensor_operation<"softmax", 1> {
  static constexpr bool takes_constants = true;
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node&, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    detail::each_row(call.operand[0], x, [&](std::size_t, std::size_t place, const T& shifted, const T&, const T& sum) {
      y[place] = tapeless::apply<exp>(shifted) / sum;
    });
  }
  static constexpr value meaning(recorder& r, const node&, const value* x) {
    const shape s = x[0].shape();
    const value most = detail::record_largest(r, x[0], detail::without_last(s));
    const value e = tapeless::exp(x[0] - detail::repeat_last(r, most, s));
    return e * detail::repeat_last(r, value(1.0) / detail::sum_last(r, e, s), s);
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    recorder& r = *y.home();
    const value weighted = g * y;
    return weighted - y * detail::repeat_last(r, detail::sum_last(r, weighted, y.shape()), y.shape());
  }
  static constexpr value pushforward(int i, const value& dx, const value* x, const value& y) {
    return pullback(i, dx, x, y);  // symmetric
  }
};
constexpr value softmax::record(recorder& r, const node&, const value* x) {
  return detail::along_last<softmax>(r, true, x[0]);
}

/// x - logsumexp(x) along the last axis.
struct log_softmax : tensor_operation<"log_softmax", 1> {
  static constexpr bool takes_constants = true;
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node&, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    detail::each_row(call.operand[0], x, [&](std::size_t, std::size_t place, const T& shifted, const T&, const T& sum) {
      y[place] = shifted - tapeless::apply<log>(sum);
    });
  }
  static constexpr value meaning(recorder& r, const node&, const value* x) {
    const shape s = x[0].shape();
    const value shifted = x[0] - detail::repeat_last(r, detail::record_largest(r, x[0], detail::without_last(s)), s);
    return shifted - detail::repeat_last(r, tapeless::log(detail::sum_last(r, tapeless::exp(shifted), s)), s);
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    recorder& r = *y.home();
    const shape s = y.shape();
    return g - detail::along_last<softmax>(r, true, x[0]) * detail::repeat_last(r, detail::sum_last(r, g, s), s);
  }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    recorder& r = *y.home();
    const shape s = y.shape();
    const value mean_change = detail::sum_last(r, dx * detail::along_last<softmax>(r, true, x[0]), s);
    return dx - detail::repeat_last(r, mean_change, s);
  }
};
constexpr value log_softmax::record(recorder& r, const node&, const value* x) {
  return detail::along_last<log_softmax>(r, true, x[0]);
}

constexpr value logsumexp::pullback(int, const value& g, const value* x, const value& y) {
  recorder& r = *y.home();
  return detail::repeat_last(r, g, x[0].shape()) * detail::along_last<softmax>(r, true, x[0]);
}
constexpr value logsumexp::pushforward(int, const value& dx, const value* x, const value& y) {
  recorder& r = *y.home();
  return detail::sum_last(r, dx * detail::along_last<softmax>(r, true, x[0]), x[0].shape());
}

/// logsumexp(x) - x[label] along the last axis: minus the logarithm of the probability of the label.
struct cross_entropy : tensor_operation<"cross_entropy", 2> {
  static constexpr bool takes_constants = true;
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node&, const value* x);
  template <class T, class I>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x, const I* label) {
    const std::size_t count = call.operand[0].extent(call.operand[0].rank() - 1);
    detail::each_row(call.operand[0], x, [&](std::size_t row, std::size_t, const T&, const T& most, const T& sum) {
      y[row] = tapeless::apply<log>(sum) - (detail::chosen_element(x + row * count, 1, count, label[row]) - most);
    });
  }
  static constexpr value meaning(recorder& r, const node&, const value* x) {
    const shape s = x[0].shape();
    const value shifted = x[0] - detail::repeat_last(r, detail::record_largest(r, x[0], detail::without_last(s)), s);
    return tapeless::log(detail::sum_last(r, tapeless::exp(shifted), s)) - detail::record_pick(r, shifted, x[1]);
  }
  static constexpr value slope(recorder& r, const value* x) {
    const shape s = x[0].shape();
    return detail::along_last<softmax>(r, true, x[0]) - detail::record_one_hot(r, x[1], s.extent(s.rank() - 1));
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    recorder& r = *y.home();
    return detail::repeat_last(r, g, x[0].shape()) * slope(r, x);
  }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    recorder& r = *y.home();
    return detail::sum_last(r, dx * slope(r, x), x[0].shape());
  }
};
constexpr value cross_entropy::record(recorder& r, const node&, const value* x) {
  return detail::along_last<cross_entropy>(r, false, x[0], x[1]);
}

/// The square root of the sum of the squares of all elements; its derivative at 0 is 0.
struct norm : tensor_operation<"norm", 1> {
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node&, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    T sum = x[0] * x[0];
    for (std::size_t i = 1; i < call.operand[0].size(); ++i) sum = sum + x[i] * x[i];
    y[0] = tapeless::apply<sqrt>(sum);
  }
  static constexpr value meaning(recorder& r, const node&, const value* x) {
    return tapeless::sqrt(detail::record_sum(r, x[0] * x[0], 0));
  }
  /// x / y, and 0 where y is 0.
  static constexpr value direction(const value* x, const value& y) {
    return x[0] * detail::record_broadcast(*y.home(), tapeless::select(y == value(0.0), value(0.0), value(1.0) / y),
                                           x[0].shape(), 0);
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) { return g * direction(x, y); }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    return detail::record_sum(*y.home(), dx * direction(x, y), 0);
  }
};
constexpr value norm::record(recorder& r, const node&, const value* x) {
  return detail::tensor_node<norm>(r, shape(element::real), 0, x[0]);
}

}  // namespace op
}  // namespace tapeless
