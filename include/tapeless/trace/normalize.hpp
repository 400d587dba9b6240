// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/reduce.hpp>

// Normalization: mean 0 and variance 1 along some axes. Composed of means, so that derivatives follow.
namespace tapeless {

namespace detail {

/// A number as one of the type of a result beside which it stands.
template <class Beside, class Number>
constexpr auto limited(const Number& number) {
  if constexpr (std::is_arithmetic_v<Number> && std::is_floating_point_v<Beside>) return static_cast<Beside>(number);
  else return number;
}

/// Differences from the mean along some axes, divided by the standard deviation.
template <std::size_t... Axes, class X, class Epsilon>
constexpr auto normalized(const X& x, const Epsilon& epsilon) {
  const auto moved = centered<Axes...>(x);
  const auto spread = mean<Axes...>(square(moved));
  const auto factor = rsqrt(spread + limited<std::remove_const_t<decltype(spread)>>(epsilon));
  return hadamard(moved, with_axes_again<X, Axes...>(factor));
}

/// Each along the last axis, as many as there are; a sentence otherwise.
template <class X, class Each>
struct per_feature {
  static constexpr shape whole = extents_of_type<X>(), each = extents_of_type<Each>();
  static_assert(each.rank() == 0 || (each.rank() == 1 && each.extent(0) == whole.extent(whole.rank() - 1)),
                "tapeless: the shapes do not fit; a normalization has one scale and one shift for each place along the "
                "last axis");
  static constexpr bool fit = true;
};

}  // namespace detail

/// Mean 0 and variance 1 along the last axis.
///
///     layer_norm(v, epsilon) == (v - mean(v)) / sqrt(variance(v) + epsilon)
template <detail::TensorValue X, class Epsilon = double>
requires(!detail::TensorValue<Epsilon>) constexpr auto layer_norm(const X& x, const Epsilon& epsilon = 1e-5) {
  return detail::normalized<detail::extents_of_type<X>().rank() - 1>(x, epsilon);
}

/// The same, scaled and shifted: `scale[i] * layer_norm(v, epsilon)[i] + shift[i]`.
template <detail::TensorValue X, detail::TensorValue Scale, detail::TensorValue Shift, class Epsilon = double>
constexpr auto layer_norm(const X& x, const Scale& scale, const Shift& shift, const Epsilon& epsilon = 1e-5) {
  static_assert(detail::per_feature<X, Scale>::fit && detail::per_feature<X, Shift>::fit);
  return hadamard(layer_norm(x, epsilon), scale) + shift;
}

/// Mean 0 and variance 1 along all axes but the last: each channel over the batch, and over its image.
///
///     batch_norm(A, epsilon)(i, j) == (A(i, j) - mean<0>(A)[j]) / sqrt(variance<0>(A)[j] + epsilon)
///
/// As for training; with means that are known write the formula itself.
template <detail::TensorValue X, class Epsilon = double>
requires(!detail::TensorValue<Epsilon>) constexpr auto batch_norm(const X& x, const Epsilon& epsilon = 1e-5) {
  constexpr shape whole = detail::extents_of_type<X>();
  static_assert(whole.rank() >= 2, "tapeless: the shapes do not fit; batch_norm takes a batch: two axes or more");
  constexpr std::size_t features = whole.extent(whole.rank() - 1);
  const auto samples = detail::reshaped<detail::real_shape(whole.size() / features, features).code()>(x);
  return detail::reshaped<whole.code()>(detail::normalized<0>(samples, epsilon));
}

/// The same, scaled and shifted: `scale[j] * batch_norm(A, epsilon)(i, j) + shift[j]`.
template <detail::TensorValue X, detail::TensorValue Scale, detail::TensorValue Shift, class Epsilon = double>
constexpr auto batch_norm(const X& x, const Scale& scale, const Shift& shift, const Epsilon& epsilon = 1e-5) {
  static_assert(detail::per_feature<X, Scale>::fit && detail::per_feature<X, Shift>::fit);
  return hadamard(batch_norm(x, epsilon), scale) + shift;
}

}  // namespace tapeless
