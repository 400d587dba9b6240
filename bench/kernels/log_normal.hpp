// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include <tapeless/formula/formula.hpp>

#include "harness/kernel.hpp"

namespace kernels {

/// The logarithm of a normal density at eight points, differentiated by these, the mean and the deviation.
struct log_normal {
  static constexpr auto name = "log_normal";
  static constexpr std::size_t points = 8;
  using input = std::array<double, points + 2>;
  static constexpr double log_root_two_pi = 0.91893853320467274178;

  static constexpr auto formula = [](auto const& x) {
    using bench::held, std::log;
    const auto& mean = x[points];
    const auto& deviation = x[points + 1];
    const auto precision = held(1.0 / deviation);
    const auto first = held((x[0] - mean) * precision);
    auto squares = held(first * first);
    for (std::size_t i = 1; i < points; ++i) {
      const auto z = held((x[i] - mean) * precision);
      squares += z * z;
    }
    return held(-0.5 * squares - 8.0 * log(deviation) - 8.0 * log_root_two_pi);
  };
  static constexpr auto as_formula = [](auto const& x) {
    const auto mean = std::get<points>(x);
    const auto deviation = std::get<points + 1>(x);
    const auto precision = tl::number<1.0> / deviation;
    const auto square = [&](const auto& xi) { return (xi - mean) * precision * ((xi - mean) * precision); };
    const auto squares = [&]<std::size_t... I>(std::index_sequence<I...>) { return (... + square(std::get<I>(x))); }
    (std::make_index_sequence<points>{});
    return tl::number<-0.5> * squares - tl::number<8.0> * log(deviation) - tl::number<8.0 * log_root_two_pi>;
  };

  using four [[gnu::vector_size(32)]] = double;

  /// Four points at a time; the value is summed in the order of the formula.
  static double hand(input const& x, input& g) {
    const double mean = x[points], deviation = x[points + 1], precision = 1 / deviation;
    four x0, x1;
    __builtin_memcpy(&x0, &x[0], sizeof x0);
    __builtin_memcpy(&x1, &x[4], sizeof x1);
    const four z0 = (x0 - mean) * precision, z1 = (x1 - mean) * precision;
    const four g0 = -precision * z0, g1 = -precision * z1, q0 = z0 * z0, q1 = z1 * z1, sums = g0 + g1;
    __builtin_memcpy(&g[0], &g0, sizeof g0);
    __builtin_memcpy(&g[4], &g1, sizeof g1);
    double squares = q0[0] + q0[1] + q0[2] + q0[3];
    squares = squares + q1[0] + q1[1] + q1[2] + q1[3];
    g[points] = -((sums[0] + sums[2]) + (sums[1] + sums[3]));
    g[points + 1] = (squares - 8) * precision;
    return -0.5 * squares - 8 * std::log(deviation) - 8 * log_root_two_pi;
  }

  static input sample(std::mt19937_64& random) {
    input x{};
    for (double& xi : x) xi = bench::uniform(random, -2, 2);
    x[points + 1] = bench::uniform(random, 0.5, 2);
    return x;
  }
};

}  // namespace kernels
