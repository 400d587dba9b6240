// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/hana/define_struct.hpp>
#include <tapeless/tapeless.hpp>

#include "network.hpp"

namespace kernels {

// clang-format off
template <class T>
struct relu_parameters {
  BOOST_HANA_DEFINE_STRUCT(relu_parameters,
    (tl::mat<T, 64, 64>, weight_1),
    (tl::vec<T, 64>, bias_1),
    (tl::mat<T, 64, 10>, weight_2),
    (tl::vec<T, 10>, bias_2));
};
// clang-format on

/// A batch of 32 samples, layers of 64, 64 and 10 numbers with relu between them, the mean of the cross-entropies;
/// derivatives by all 4810 parameters.
template <class T>
struct relu_network {
  using scalar = T;
  static constexpr const char* name = sizeof(T) == 8 ? "relu 64-64-10 x 32, double" : "relu 64-64-10 x 32, float";
  static constexpr std::size_t inputs = 4;
  static constexpr double tolerance = sizeof(T) == 8 ? 1e-13 : 1e-5;
  /// Of the matrices: forward, the weights' slopes, and those of the hidden units.
  static constexpr double products = 32.0 * (2 * 64 * 64 + 3 * 64 * 10);
  struct input {
    alignas(64) relu_parameters<T> p;
    alignas(64) tl::mat<T, 32, 64> x;
    tl::vec<int, 32> label;
  };
  using output = bench::result<T, relu_parameters<T>>;
  static input sample(std::mt19937_64& random) {
    std::uniform_real_distribution<T> unit(-1, 1);
    input in{};
    const auto fill = [&](auto& all, T scale) {
      for (T& each : all) each = scale * unit(random);
    };
    auto& [w1, b1, w2, b2] = in.p;
    fill(w1, T(0.3)), fill(b1, T(0.1)), fill(w2, T(0.3)), fill(b2, T(0.1)), fill(in.x, T(1));
    for (int& label : in.label) label = static_cast<int>(random() % 10);
    return in;
  }

  static constexpr auto loss = [](const auto& p, const auto& x, const auto& label) {
    const auto hidden = relu(x * p.weight_1 + p.bias_1);
    return mean(cross_entropy(hidden * p.weight_2 + p.bias_2, label));
  };
};

}  // namespace kernels
