// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// Value, gradient and tridiagonal Hessian of a chain of 8 numbers; all other entries are zero.
struct banded_hessian {
  static constexpr auto name = "banded_hessian";
  static constexpr std::size_t n = 8;
  using input = std::array<double, n>;
  static constexpr int order = 2;

  static constexpr auto formula = [](auto const& x) {
    using std::exp, std::log;
    auto sum = bench::held(exp(x[0] * x[1]) + log(1.0 + x[0] * x[0]));
    for (std::size_t i = 1; i + 1 < n; ++i) sum += exp(x[i] * x[i + 1]) + log(1.0 + x[i] * x[i]);
    return sum;
  };

  static double hand(input const& x, bench::output<banded_hessian>& out) {
    const auto hessian = [&](std::size_t i, std::size_t j) -> double& { return out[n + i * n + j]; };
    double e[n - 1], value = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) e[i] = std::exp(x[i] * x[i + 1]);
    for (std::size_t i = 0; i < n * n; ++i) out[n + i] = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) value += e[i] + std::log(1 + x[i] * x[i]);
    for (std::size_t i = 0; i < n; ++i) {
      double g = 0, h = 0;
      if (i + 1 < n) {
        const double robust = 1 / (1 + x[i] * x[i]), slope = 2 * x[i] * robust, up = e[i] * x[i + 1];
        g = slope + up;
        h = 2 * robust - slope * slope + up * x[i + 1];
        hessian(i, i + 1) = hessian(i + 1, i) = e[i] + up * x[i];
      }
      if (i > 0) {
        const double down = e[i - 1] * x[i - 1];
        g += down;
        h += down * x[i - 1];
      }
      out[i] = g;
      hessian(i, i) = h;
    }
    return value;
  }

  static input sample(std::mt19937_64& random) {
    input x{};
    for (double& xi : x) xi = bench::uniform(random, -1.5, 1.5);
    return x;
  }
};

}  // namespace kernels
