// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

#include "train.hpp"

namespace digits {

/// Compares the gradient, computed in float, with differences of the loss in double along random directions: the sum of
/// gradient times direction must be the slope. Returns the relative error over all of them, and throws if it is large.
template <class Network>
double check_gradient(const typename Network::template parameters<float>& parameters, std::span<const image> images,
                      random_source& random, std::size_t directions) {
  using exact = typename Network::template parameters<double>;
  batch<float> inputs{};
  batch<double> exact_inputs{};
  batch_labels labels{};
  put(images, inputs, labels);
  put(images, exact_inputs, labels);
  auto gradient = parameters;
  loss_and_gradient<Network>.into(gradient, parameters, inputs, labels);

  constexpr double step = 1e-8;  // so small that hardly any unit of a network passes its kink
  double wrong = 0, all = 0;
  for (std::size_t k = 0; k < directions; ++k) {
    exact above{}, below{};
    double predicted = 0;
    const auto spread = [&](const auto& from, const auto& slope, auto& up, auto& down) {
      for (std::size_t i = 0; i < from.size(); ++i) {
        const double at = static_cast<double>(from.data()[i]), direction = random.normal();
        predicted += direction * static_cast<double>(slope.data()[i]);
        up.data()[i] = at + step * direction;
        down.data()[i] = at - step * direction;
      }
    };
    for_each_member(spread, parameters, gradient, above, below);
    const double high = loss<Network>(above, exact_inputs, labels), low = loss<Network>(below, exact_inputs, labels);
    const double slope = (high - low) / (2 * step);
    wrong += (slope - predicted) * (slope - predicted);
    all += slope * slope;
  }
  const double error = std::sqrt(wrong / all);
  if (!(error < 1e-3)) throw std::runtime_error("the gradient is off by " + std::to_string(100 * error) + " %");
  return error;
}

}  // namespace digits
