// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/hana/define_struct.hpp>
#include <tapeless/tapeless.hpp>

#include "network.hpp"

namespace kernels {

// clang-format off
template <class T>
struct tanh_parameters {
  BOOST_HANA_DEFINE_STRUCT(tanh_parameters,
    (tl::mat<T, 4, 16>, weight_1),
    (tl::vec<T, 16>, bias_1),
    (tl::mat<T, 16, 16>, weight_2),
    (tl::vec<T, 16>, bias_2),
    (tl::mat<T, 16, 3>, weight_3),
    (tl::vec<T, 3>, bias_3));
};
// clang-format on

/// One sample, layers of 4, 16, 16 and 3 numbers with tanh between them, cross-entropy with a label; derivatives by all
/// 403 parameters.
template <class T>
struct tanh_network {
  using scalar = T;
  static constexpr const char* name = sizeof(T) == 8 ? "tanh 4-16-16-3, double" : "tanh 4-16-16-3, float";
  static constexpr std::size_t inputs = 64;
  static constexpr double tolerance = sizeof(T) == 8 ? 1e-13 : 1e-5;
  /// Of the layers alone: forward, the weights' slopes, and those of the units.
  static constexpr double products = 2 * (4 * 16 + 16 * 16 + 16 * 3) + 16 * 16 + 16 * 3;
  struct input {
    tanh_parameters<T> p;
    tl::vec<T, 4> x;
    int label;
  };
  using output = bench::result<T, tanh_parameters<T>>;
  static input sample(std::mt19937_64& random) {
    std::uniform_real_distribution<T> unit(-1, 1);
    input in{};
    const auto fill = [&](auto& x) {
      for (T& each : x) each = unit(random);
    };
    auto& [w1, b1, w2, b2, w3, b3] = in.p;
    fill(w1), fill(b1), fill(w2), fill(b2), fill(w3), fill(b3), fill(in.x);
    in.label = static_cast<int>(random() % 3);
    return in;
  }

  static constexpr auto loss = [](const auto& p, const auto& x, const auto& label) {
    const auto first = tanh(x * p.weight_1 + p.bias_1);
    const auto second = tanh(first * p.weight_2 + p.bias_2);
    return cross_entropy(second * p.weight_3 + p.bias_3, label);
  };
};

}  // namespace kernels
