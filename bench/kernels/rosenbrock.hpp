// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <tuple>

#include <tapeless/formula/formula.hpp>

#include "harness/kernel.hpp"

namespace kernels {

/// The Rosenbrock function of sixteen inputs: almost no arithmetic, so every wasted instruction shows.
struct rosenbrock {
  static constexpr auto name = "rosenbrock";
  using input = std::array<double, 16>;

  /// Its numbers are arguments, since in a formula they are types.
  static constexpr auto term = [](auto const& x, auto const& next, auto one, auto hundred) {
    auto t = bench::held(next - x * x);
    auto u = bench::held(one - x);
    return bench::held(hundred * t * t + u * u);
  };
  static constexpr auto formula = [](auto const& x) {
    auto sum = term(x[0], x[1], 1.0, 100.0);
    for (std::size_t i = 1; i + 1 < x.size(); ++i) sum += term(x[i], x[i + 1], 1.0, 100.0);
    return sum;
  };
  static constexpr auto as_formula = [](auto const& x) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (... + term(std::get<I>(x), std::get<I + 1>(x), tl::number<1.0>, tl::number<100.0>));
    }
    (std::make_index_sequence<15>{});
  };

  /// Four numbers side by side; the compiler splits them where registers are narrower.
  using four [[gnu::vector_size(32)]] = double;

  /// Reverse mode by hand in gather form, four components at a time: t[i] and t[i - 1] meet by shuffles, and zeros at
  /// both ends make all lanes alike. Neither compiler gets there from loops (g++ 12 needs 1.25 times the instructions,
  /// clang 19 2.7 times). The value is summed in the order of the formula.
  static double hand(input const& x, input& g) {
    auto load = [](double const* from) __attribute__((always_inline)) {
      four v;
      __builtin_memcpy(&v, from, sizeof v);
      return v;
    };
    auto store = [](double* to, four const& v) __attribute__((always_inline)) { __builtin_memcpy(to, &v, sizeof v); };
    four const zero{}, x0 = load(&x[0]), x4 = load(&x[4]), x8 = load(&x[8]), x11 = load(&x[11]), x12 = load(&x[12]);
    four const t0 = load(&x[1]) - x0 * x0, t4 = load(&x[5]) - x4 * x4, t8 = load(&x[9]) - x8 * x8,
               t11 = x12 - x11 * x11;
    four const u0 = 1 - x0, u4 = 1 - x4, u8 = 1 - x8, u11 = 1 - x11;
    four const s0 = 100 * t0 * t0 + u0 * u0, s4 = 100 * t4 * t4 + u4 * u4, s8 = 100 * t8 * t8 + u8 * u8,
               s11 = 100 * t11 * t11 + u11 * u11;
    store(&g[0], 200 * __builtin_shufflevector(zero, t0, 3, 4, 5, 6) - (400 * x0 * t0 + 2 * u0));
    store(&g[4], 200 * __builtin_shufflevector(t0, t4, 3, 4, 5, 6) - (400 * x4 * t4 + 2 * u4));
    store(&g[8], 200 * __builtin_shufflevector(t4, t8, 3, 4, 5, 6) - (400 * x8 * t8 + 2 * u8));
    four const last =
        400 * x12 * __builtin_shufflevector(t11, zero, 1, 2, 3, 4) + 2 * __builtin_shufflevector(u11, zero, 1, 2, 3, 4);
    store(&g[12], 200 * t11 - last);
    double sum = s0[0] + s0[1] + s0[2] + s0[3];
    sum = sum + s4[0] + s4[1] + s4[2] + s4[3];
    sum = sum + s8[0] + s8[1] + s8[2] + s8[3];
    return sum + s11[1] + s11[2] + s11[3];
  }

  static input sample(std::mt19937_64& random) {
    input x;
    for (double& xi : x) xi = std::uniform_real_distribution<double>(-1.5, 1.5)(random);
    return x;
  }
};

}  // namespace kernels
