// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "adam.hpp"
#include "network.hpp"
#include "split.hpp"

/// Mini-batch training. No derivative is written by hand: `value_and_gradient` makes it from `loss`.
namespace iris {

inline constexpr std::size_t batch_size = 20;
inline constexpr auto loss_and_gradient = tl::value_and_gradient(loss, tl::wrt<0>);

/// Weights uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010), biases zero.
inline network<double> initial(random_source& random) {
  network<double> net{};
  const auto fill = [&]<std::size_t Rows, std::size_t Columns>(matrix<double, Rows, Columns>& weight) {
    const auto limit = std::sqrt(6.0 / (Rows + Columns));
    for (auto& row : weight)
      for (auto& w : row) w = random.uniform(-limit, limit);
  };
  fill(net.weight_1);
  fill(net.weight_2);
  return net;
}

/// One pass over the flowers in random order, with a step of the optimizer after each batch.
inline void train_epoch(network<double>& net, adam<network<double>>& optimizer, std::span<flower> flowers,
                        random_source& random) {
  random.shuffle(flowers);
  while (!flowers.empty()) {
    const auto batch = flowers.first(std::min(batch_size, flowers.size()));
    flowers = flowers.subspan(batch.size());

    network<double> sum{}, gradient{};
    for (const auto& [x, label] : batch) {
      loss_and_gradient.into(gradient, net, x, label);
      for_each_number([](double& s, double g) { s += g; }, sum, gradient);
    }
    const auto count = static_cast<double>(batch.size());
    for_each_number([&](double& s) { s /= count; }, sum);
    optimizer.step(net, sum);
  }
}

/// Probabilities in proportion to the exponentials of the scores.
template <std::size_t Size>
vector<double, Size> softmax(vector<double, Size> score) {
  const auto top = std::ranges::max(score);
  double sum = 0;
  for (auto& s : score) sum += s = std::exp(s - top);
  for (auto& s : score) s /= sum;
  return score;
}

inline int predict(const network<double>& net, const vector<double, features>& x) {
  const auto score = scores(net, x);
  return static_cast<int>(std::ranges::max_element(score) - score.begin());
}

/// How good the network is on a set of flowers.
struct quality {
  double loss;      ///< mean
  double accuracy;  ///< share whose class is predicted
};

inline quality evaluate(const network<double>& net, std::span<const flower> flowers) {
  quality sum{};
  for (const auto& [x, label] : flowers) {
    sum.loss += loss(net, x, label);
    sum.accuracy += predict(net, x) == label;
  }
  const auto count = static_cast<double>(flowers.size());
  return {sum.loss / count, sum.accuracy / count};
}

}  // namespace iris
