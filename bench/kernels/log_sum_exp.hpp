// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include <tapeless/formula/formula.hpp>

#include "harness/kernel.hpp"

namespace kernels {

/// The logarithm of the sum of sixteen exponentials.
struct log_sum_exp {
  static constexpr auto name = "log_sum_exp";
  using input = std::array<double, 16>;

  static constexpr auto formula = [](auto const& x) {
    using bench::held, std::exp, std::log;
    auto sum = held(exp(x[0]));
    for (std::size_t i = 1; i < x.size(); ++i) sum += exp(x[i]);
    return held(log(sum));
  };
  static constexpr auto as_formula = [](auto const& x) {
    return std::apply([](const auto&... xi) { return log((... + exp(xi))); }, x);
  };

  /// The exponentials are the gradient, up to a factor.
  static double hand(input const& x, input& g) {
    double e[16], sum = 0;
    for (std::size_t i = 0; i < 16; ++i) e[i] = std::exp(x[i]);
    for (const double each : e) sum += each;
    const double inverse = 1 / sum;
    for (std::size_t i = 0; i < 16; ++i) g[i] = e[i] * inverse;
    return std::log(sum);
  }

  static input sample(std::mt19937_64& random) {
    input x{};
    for (double& xi : x) xi = bench::uniform(random, -3, 3);
    return x;
  }
};

}  // namespace kernels
