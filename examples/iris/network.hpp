// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <boost/hana/define_struct.hpp>
#include <tapeless/tapeless.hpp>

/// The network and its loss as ordinary functions of ordinary numbers: nothing here is written for differentiation.
namespace iris {

inline constexpr std::size_t features = 4;
inline constexpr std::size_t hidden = 8;
inline constexpr std::size_t classes = 3;

template <class T, std::size_t Size>
using vector = std::array<T, Size>;
template <class T, std::size_t Rows, std::size_t Columns>
using matrix = std::array<std::array<T, Columns>, Rows>;

/// The 67 parameters: a template over the scalar, so that the library can fill it with its own recording numbers, and a
/// Hana struct, so that it can look inside. The gradient is a `network` too, of slopes.
// clang-format off
template <class T>
struct network {
  BOOST_HANA_DEFINE_STRUCT(network,
    (matrix<T, hidden, features>, weight_1),
    (vector<T, hidden>, bias_1),
    (matrix<T, classes, hidden>, weight_2),
    (vector<T, classes>, bias_2));
};
// clang-format on

/// bias + weight * x
template <class T, std::size_t Rows, std::size_t Columns>
constexpr auto affine(const matrix<T, Rows, Columns>& weight, vector<T, Rows> bias, const auto& x) {
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = 0; j < Columns; ++j) bias[i] += weight[i][j] * x[j];
  return bias;
}

/// One score per class; the largest one wins.
inline constexpr auto scores = [](const auto& net, const auto& x) {
  auto unit = affine(net.weight_1, net.bias_1, x);
  for (auto& u : unit) u = tl::tanh(u);
  return affine(net.weight_2, net.bias_2, unit);
};

/// -log softmax(score)[label], for scores of any size, as the largest exponential is exp(0). The value does not depend
/// on `top`, since the shift cancels: stop_gradient keeps it out of the derivative.
inline constexpr auto cross_entropy = [](const auto& score, auto label) {
  auto top = score[0];
  for (std::size_t k = 1; k < score.size(); ++k) top = tl::max(top, score[k]);
  top = tl::stop_gradient(top);

  auto sum = tl::exp(score[0] - top);
  for (std::size_t k = 1; k < score.size(); ++k) sum += tl::exp(score[k] - top);
  return tl::log(sum) + top - tl::gather(score, label);
};

// Checked by the compiler: the gradient agrees with differences, and scores whose exponentials would overflow do no
// harm. A network that is utterly sure, and right, has nothing to learn.
static_assert(tl::check_gradient(cross_entropy)(std::array{0.5, -1.0, 2.0}, 1));
static_assert(tl::gradient(cross_entropy)(std::array{1000.0, 0.0, -1000.0}, 0) == std::array{0.0, 0.0, 0.0});

/// The loss of one flower: what training minimises.
inline constexpr auto loss = [](const auto& net, const auto& x, auto label) {
  return cross_entropy(scores(net, x), label);
};

}  // namespace iris
