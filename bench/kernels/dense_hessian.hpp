// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// Value, gradient and dense Hessian of a function of 8 numbers made of sums, products, exponentials and logarithms:
/// log sum exp x, a Gaussian times a sum of products of neighbours, and a robust penalty.
struct dense_hessian {
  static constexpr auto name = "dense_hessian";
  static constexpr std::size_t n = 8;
  using input = std::array<double, n>;
  static constexpr int order = 2;

  static constexpr auto formula = [](auto const& x) {
    using std::exp, std::log;
    using bench::held;
    auto sum = held(exp(x[0])), squares = held(x[0] * x[0]), products = held(x[0] * x[1]);
    auto penalty = held(log(1.0 + x[0] * x[0]));
    for (std::size_t i = 1; i < n; ++i) {
      sum += exp(x[i]);
      squares += x[i] * x[i];
      products += x[i] * x[(i + 1) % n];
      penalty += log(1.0 + x[i] * x[i]);
    }
    return held(log(sum) + exp(-0.0625 * squares) * products + penalty);
  };

  /// The Hessian is -p p' + x w' - b x' with a diagonal and a band; each pair is computed once.
  static double hand(input const& x, bench::output<dense_hessian>& out) {
    const auto hessian = [&](std::size_t i, std::size_t j) -> double& { return out[n + i * n + j]; };
    double e[n], w[n], b[n], p[n], d[n], sum = 0, squares = 0, products = 0, penalty = 0;
    for (std::size_t i = 0; i < n; ++i) e[i] = std::exp(x[i]);
    for (std::size_t i = 0; i < n; ++i) {
      sum += e[i];
      squares += x[i] * x[i];
      products += x[i] * x[(i + 1) % n];
      penalty += std::log(1 + x[i] * x[i]);
    }
    const double bell = std::exp(-0.0625 * squares), inverse = 1 / sum;
    const double beta = 0.125 * bell, alpha = 0.125 * beta * products;
    for (std::size_t i = 0; i < n; ++i) {
      const double robust = 1 / (1 + x[i] * x[i]), slope = 2 * x[i] * robust;
      const double neighbours = x[(i + n - 1) % n] + x[(i + 1) % n];
      p[i] = e[i] * inverse;
      b[i] = beta * neighbours;
      w[i] = alpha * x[i] - b[i];
      d[i] = p[i] - beta * products + 2 * robust - slope * slope;
      out[i] = p[i] + bell * neighbours - beta * products * x[i] + slope;
    }
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i; j < n; ++j) {
        double h = x[i] * w[j] - b[i] * x[j] - p[i] * p[j];
        if (i == j) h += d[i];
        if (j == i + 1 || (i == 0 && j == n - 1)) h += bell;
        hessian(i, j) = hessian(j, i) = h;
      }
    return std::log(sum) + bell * products + penalty;
  }

  static input sample(std::mt19937_64& random) {
    input x{};
    for (double& xi : x) xi = bench::uniform(random, -1.5, 1.5);
    return x;
  }
};

}  // namespace kernels
