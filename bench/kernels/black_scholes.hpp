// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// Black-Scholes call price and its five sensitivities (spot, strike, volatility, time, rate); the normal distribution
/// through erf.
struct black_scholes {
  static constexpr auto name = "black_scholes";
  using input = std::array<double, 5>;

  static constexpr auto formula = [](auto const& x) {
    using std::erf, std::exp, std::log, std::sqrt;
    auto const& [spot, strike, sigma, tau, rate] = x;
    using bench::held;
    auto phi = [](auto z) { return held(0.5 * (1.0 + erf(z * 0.70710678118654752440))); };
    auto v = held(sigma * sqrt(tau));
    auto d1 = held((log(spot / strike) + (rate + 0.5 * sigma * sigma) * tau) / v);
    auto d2 = held(d1 - v);
    return held(spot * phi(d1) - strike * exp(-rate * tau) * phi(d2));
  };
  static constexpr auto as_formula = formula;

  /// Reverse mode by hand. The two calls that wait for nothing come first, the two erf and the two exp stand side by
  /// side: the processor overlaps them.
  static double hand(input const& x, input& g) {
    constexpr double sqrt_half = 0.70710678118654752440, density = 0.39894228040143267794;
    auto const [spot, strike, sigma, tau, rate] = x;
    double const log_ratio = std::log(spot / strike), discount = std::exp(-rate * tau);
    double const root = std::sqrt(tau), v = sigma * root, drift = rate + 0.5 * sigma * sigma;
    double const d1 = (log_ratio + drift * tau) / v, z1 = d1 * sqrt_half, z2 = (d1 - v) * sqrt_half;
    double const e1 = std::erf(z1), e2 = std::erf(z2), n1 = std::exp(-z1 * z1), n2 = std::exp(-z2 * z2);
    double const p1 = 0.5 + 0.5 * e1, p2 = 0.5 + 0.5 * e2, present = strike * discount, cash = present * p2;
    double const d2_bar = present * density * n2;  // minus the adjoint of d2
    double const top_bar = (spot * density * n1 - d2_bar) / v, v_bar = d2_bar - top_bar * d1;
    g[0] = p1 + top_bar / spot;
    g[1] = -discount * p2 - top_bar / strike;
    g[2] = top_bar * tau * sigma + v_bar * root;
    g[3] = top_bar * drift + v_bar * sigma * 0.5 / root + rate * cash;
    g[4] = tau * (top_bar + cash);
    return spot * p1 - cash;
  }

  static input sample(std::mt19937_64& random) {
    auto in = [&](double low, double high) { return bench::uniform(random, low, high); };
    return {in(80, 120), in(80, 120), in(0.1, 0.5), in(0.2, 2.0), in(0.01, 0.06)};
  }
};

}  // namespace kernels
