// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numbers>
#include <numeric>
#include <span>
#include <vector>

#include "adam.hpp"
#include "networks.hpp"
#include "random.hpp"

/// Mini-batch training. No derivative is written by hand: `loss_and_gradient` makes it.
namespace digits {

/// Copies images and labels into a batch. Of fewer images than it has room for, the rest stays as it is.
template <class T>
void put(std::span<const image> from, batch<T>& images, batch_labels& labels) {
  for (std::size_t i = 0; i < std::min(from.size(), batch_size); ++i) {
    std::ranges::copy(from[i].ink, images[i].begin());
    labels[i] = from[i].label;
  }
}

/// Weights normal with variance 2 / inputs (He et al. 2015). Biases just above zero: on blank paper a unit would start
/// at its kink, where differences do not agree with any derivative.
template <class Network>
auto initial(random_source& random) {
  typename Network::template parameters<float> parameters{};
  const auto fill = [&](auto& member) {
    if (member.rank() == 1) return member.fill(0.01F);
    const auto inputs = static_cast<double>(member.size() / member.extent(member.rank() - 1));
    for (float& weight : member) weight = static_cast<float>(std::sqrt(2 / inputs) * random.normal());
  };
  for_each_member(fill, parameters);
  return parameters;
}

/// Which class the network takes each image for.
template <class Network, class Parameters>
std::vector<int> predict(const Parameters& parameters, std::span<const image> images) {
  std::vector<int> classes_of_images;
  for (; !images.empty(); images = images.subspan(std::min(batch_size, images.size()))) {
    batch<float> inputs{};
    batch_labels labels{};
    put(images, inputs, labels);
    const tl::mat<float, batch_size, classes> scores = Network::scores(parameters, inputs);
    for (std::size_t i = 0; i < std::min(batch_size, images.size()); ++i)
      classes_of_images.push_back(static_cast<int>(std::ranges::max_element(scores[i]) - scores[i].begin()));
  }
  return classes_of_images;
}

template <class Network, class Parameters>
double accuracy(const Parameters& parameters, std::span<const image> images) {
  const auto predicted = predict<Network>(parameters, images);
  const auto right = [](const image& x, int label) { return x.label == label; };
  return std::inner_product(images.begin(), images.end(), predicted.begin(), 0.0, std::plus<>{}, right) /
         static_cast<double>(images.size());
}

/// What an epoch came to: the mean loss of its batches, and the seconds that they took with their gradients.
struct epoch {
  double loss = 0, seconds = 0;
  std::size_t batches = 0;
};

/// Trains a network, epoch by epoch.
template <class Network>
class trainer {
 public:
  using parameters_type = typename Network::template parameters<float>;

  trainer(std::span<const image> images, std::uint32_t seed, std::size_t epochs)
      : random_(seed), images_(images.begin(), images.end()), steps_(epochs * (images.size() / batch_size)) {
    parameters = initial<Network>(random_);
  }

  /// Once over the images in random order; what does not fill a batch waits for the next epoch.
  epoch run() {
    using clock = std::chrono::steady_clock;
    random_.shuffle(std::span(images_));
    epoch sum;
    for (std::size_t first = 0; first + batch_size <= images_.size(); first += batch_size) {
      put(std::span(images_).subspan(first, batch_size), inputs_, labels_);
      const auto start = clock::now();
      sum.loss += static_cast<double>(loss_and_gradient<Network>.into(gradient_, parameters, inputs_, labels_));
      sum.seconds += std::chrono::duration<double>(clock::now() - start).count();
      ++sum.batches;
      const double done = static_cast<double>(step_++) / static_cast<double>(steps_);
      const double falling = (1 + std::cos(std::numbers::pi * done)) / 2;
      optimizer_.step(parameters, gradient_, Network::training.rate * static_cast<float>(falling));
    }
    sum.loss /= static_cast<double>(sum.batches);
    return sum;
  }

  parameters_type parameters{};

 private:
  random_source random_;
  std::vector<image> images_;
  std::size_t steps_, step_ = 0;
  parameters_type gradient_{};
  adam<parameters_type> optimizer_{.decay = Network::training.decay};
  batch<float> inputs_{};
  batch_labels labels_{};
};

}  // namespace digits
