// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <random>

namespace kernels {

/// The Rosenbrock function of sixteen inputs: almost no arithmetic, so every wasted instruction shows.
struct rosenbrock {
  static constexpr auto name = "rosenbrock_16";
  using input = std::array<double, 16>;

  static constexpr auto formula = [](auto const& x) {
    auto term = [&](std::size_t i) {
      auto t = x[i + 1] - x[i] * x[i];
      auto u = 1.0 - x[i];
      return 100.0 * t * t + u * u;
    };
    auto sum = term(0);
    for (std::size_t i = 1; i + 1 < x.size(); ++i) sum += term(i);
    return sum;
  };

  /// Reverse mode by hand in gather form: each component of the gradient is written once, in a loop that both compilers
  /// vectorise. The value is summed in the order of the formula. Each compiler gets the form that suits it best.
#if defined(__clang__)
  static double hand(input const& x, input& g) {
    double t[15], u[15], sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
      t[i] = x[i + 1] - x[i] * x[i];
      u[i] = 1 - x[i];
    }
    for (std::size_t i = 0; i < 15; ++i) sum += 100 * t[i] * t[i] + u[i] * u[i];
    g[0] = -400 * x[0] * t[0] - 2 * u[0];
    for (std::size_t i = 1; i < 15; ++i) g[i] = 200 * t[i - 1] - 400 * x[i] * t[i] - 2 * u[i];
    g[15] = 200 * t[14];
    return sum;
  }
#else
  static double hand(input const& x, input& g) {
    double t[17], sum = 0;  // t[i + 1] belongs to term i; the zeros at both ends make every lane of the gradient alike
    t[0] = t[16] = 0;
    for (std::size_t i = 0; i < 15; ++i) t[i + 1] = x[i + 1] - x[i] * x[i];
    for (std::size_t i = 0; i < 15; ++i) {
      double const u = 1 - x[i];
      sum += 100 * t[i + 1] * t[i + 1] + u * u;
    }
    for (std::size_t i = 0; i < 16; ++i) g[i] = 200 * t[i] - 400 * x[i] * t[i + 1] - 2 * (1 - x[i]);
    g[15] = 200 * t[15];
    return sum;
  }
#endif

  static input sample(std::mt19937_64& random) {
    input x;
    for (double& xi : x) xi = std::uniform_real_distribution<double>(-1.5, 1.5)(random);
    return x;
  }
};

}  // namespace kernels
