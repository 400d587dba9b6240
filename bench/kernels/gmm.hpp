// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// ADBench's Gaussian mixture (Srajer, Kukelova, Fitzgibbon, 2018), for 3 components and 4 points of 2 dimensions, with
/// a Wishart prior: the log-likelihood by weights, means and the logarithmic Cholesky factors of the precisions. Its
/// logarithms of sums of exponentials go without the shift by the largest, which these sizes do not need.
struct gmm {
  static constexpr auto name = "gmm";
  static constexpr std::size_t components = 3, points = 4;
  struct input {
    std::array<double, components * 6> x;  // for each component: weight, mean, two logarithms and what is below them
    std::array<double, points * 2> data;
  };
  static constexpr double gamma = 1.5, degrees = 2, constant = -7.5;

  static constexpr auto formula = [](auto const& x, auto const& data) {
    using bench::held, std::exp, std::log;
    const auto at = [&](std::size_t k, std::size_t i) -> const auto& { return x[6 * k + i]; };
    const auto sum_of_logs = [&](std::size_t k) { return held(at(k, 3) + at(k, 4)); };
    // What does not depend on the point.
    const std::array q0{held(exp(at(0, 3))), held(exp(at(1, 3))), held(exp(at(2, 3)))};
    const std::array q1{held(exp(at(0, 4))), held(exp(at(1, 4))), held(exp(at(2, 4)))};
    const std::array logs{sum_of_logs(0), sum_of_logs(1), sum_of_logs(2)};
    const auto density = [&](std::size_t k, std::size_t i) {
      const auto c0 = held(data[2 * i] - at(k, 1)), c1 = held(data[2 * i + 1] - at(k, 2));
      const auto r0 = held(q0[k] * c0), r1 = held(at(k, 5) * c0 + q1[k] * c1);
      return held(exp(at(k, 0) + logs[k] - 0.5 * (r0 * r0 + r1 * r1)));
    };
    const auto likelihood = [&](std::size_t i) { return held(log(density(0, i) + density(1, i) + density(2, i))); };
    auto sum = likelihood(0);
    for (std::size_t i = 1; i < points; ++i) sum += likelihood(i);
    const auto weights = held(log(exp(at(0, 0)) + exp(at(1, 0)) + exp(at(2, 0))));
    const auto prior = [&](std::size_t k) {
      return held(0.5 * gamma * gamma * (q0[k] * q0[k] + q1[k] * q1[k] + at(k, 5) * at(k, 5)) - degrees * logs[k]);
    };
    return held(constant + sum - 4.0 * weights + (prior(0) + prior(1) + prior(2)));
  };

  /// Adjoints of a component are sums over the points, in local variables.
  static double hand(input const& in, std::array<double, components * 6>& g) {
    const auto& x = in.x;
    double q0[3], q1[3], base[3], e[3], d[points][3], sum = 0, weights = 0, prior = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      q0[k] = std::exp(x[6 * k + 3]), q1[k] = std::exp(x[6 * k + 4]), e[k] = std::exp(x[6 * k]);
      base[k] = x[6 * k] + (x[6 * k + 3] + x[6 * k + 4]);
    }
    for (std::size_t i = 0; i < points; ++i) {
      for (std::size_t k = 0; k < 3; ++k) {
        const double c0 = in.data[2 * i] - x[6 * k + 1], c1 = in.data[2 * i + 1] - x[6 * k + 2];
        const double r0 = q0[k] * c0, r1 = x[6 * k + 5] * c0 + q1[k] * c1;
        d[i][k] = std::exp(base[k] - 0.5 * (r0 * r0 + r1 * r1));
      }
      const double total = d[i][0] + d[i][1] + d[i][2], inverse = 1 / total;
      for (std::size_t k = 0; k < 3; ++k) d[i][k] *= inverse;
      sum += std::log(total);
    }
    weights = e[0] + e[1] + e[2];
    const double per_weights = 4 / weights;
    for (std::size_t k = 0; k < 3; ++k) {
      const double below = x[6 * k + 5];
      double all = 0, s00 = 0, s01 = 0, s11 = 0, m0 = 0, m1 = 0;  // of r c' and of r, weighted with d
      for (std::size_t i = 0; i < points; ++i) {
        const double c0 = in.data[2 * i] - x[6 * k + 1], c1 = in.data[2 * i + 1] - x[6 * k + 2];
        const double r0 = d[i][k] * (q0[k] * c0), r1 = d[i][k] * (below * c0 + q1[k] * c1);
        all += d[i][k], s00 += r0 * c0, s01 += r1 * c0, s11 += r1 * c1, m0 += r0, m1 += r1;
      }
      const double square = gamma * gamma;
      g[6 * k] = all - per_weights * e[k];
      g[6 * k + 1] = m0 * q0[k] + m1 * below;
      g[6 * k + 2] = m1 * q1[k];
      g[6 * k + 3] = all - degrees + q0[k] * (square * q0[k] - s00);
      g[6 * k + 4] = all - degrees + q1[k] * (square * q1[k] - s11);
      g[6 * k + 5] = square * below - s01;
      prior += 0.5 * square * (q0[k] * q0[k] + q1[k] * q1[k] + below * below) - degrees * (x[6 * k + 3] + x[6 * k + 4]);
    }
    return constant + sum - 4 * std::log(weights) + prior;
  }

  static input sample(std::mt19937_64& random) {
    input in{};
    for (double& xi : in.x) xi = bench::uniform(random, -1, 1);
    for (double& xi : in.data) xi = bench::uniform(random, -2, 2);
    return in;
  }
};

}  // namespace kernels
