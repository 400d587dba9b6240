// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include <tapeless/formula/formula.hpp>

#include "harness/kernel.hpp"

namespace kernels {

/// A chain of shared scalar operations: four inputs, nine transcendental functions, every intermediate used several
/// times.
struct chain {
  static constexpr auto name = "chain";
  using input = std::array<double, 4>;

  /// Its numbers are arguments, since in a formula they are types.
  static constexpr auto written = [](auto const& x, auto quarter, auto half, auto one, auto more, auto two) {
    using std::exp, std::log, std::sin, std::sqrt, std::tanh;
    auto const& [x0, x1, x2, x3] = x;
    using bench::held;
    auto a = held(sin(x0 * x1) * x2 + x3);
    auto b = held(exp(-half * (a * a)) * a + x0);
    auto c = held(tanh(a * b - x1) * b + a);
    auto d = held(log(more + c * c + b * b) * c - x2);
    auto e = held(sqrt(one + d * d + a * a));
    auto p = held(tanh(d * b + x3) / e + c);
    auto q = held(sin(half * p + a) * d + p * b);
    auto r = held(exp(-quarter * (q * q)) * p + e * x1);
    auto s = held(tanh(r - q * x0) * c + r * a);
    auto t = held(log(two + s * s + r * r) * q);
    return held(t * d - s / e);
  };
  static constexpr auto formula = [](auto const& x) { return written(x, 0.25, 0.5, 1.0, 1.5, 2.0); };
  static constexpr auto as_formula = [](auto const& x) {
    return written(x, tl::number<0.25>, tl::number<0.5>, tl::number<1.0>, tl::number<1.5>, tl::number<2.0>);
  };

  /// Reverse mode by hand.
  static double hand(input const& x, input& g) {
    auto const [x0, x1, x2, x3] = x;
    auto const [sin_a, cos_a] = bench::sin_cos(x0 * x1);
    double const a = sin_a * x2 + x3;
    double const exp_b = std::exp(-0.5 * (a * a)), b = exp_b * a + x0;
    double const tanh_c = std::tanh(a * b - x1), c = tanh_c * b + a;
    double const w = 1.5 + c * c + b * b, log_w = std::log(w), d = log_w * c - x2;
    double const e = std::sqrt(1.0 + d * d + a * a), per_e = 1 / e;
    double const tanh_p = std::tanh(d * b + x3), p_part = tanh_p * per_e, p = p_part + c;
    auto const [sin_q, cos_q] = bench::sin_cos(0.5 * p + a);
    double const q = sin_q * d + p * b;
    double const exp_r = std::exp(-0.25 * (q * q)), r = exp_r * p + e * x1;
    double const tanh_s = std::tanh(r - q * x0), s = tanh_s * c + r * a;
    double const z = 2.0 + s * s + r * r, log_z = std::log(z), t = log_z * q, s_part = s * per_e;

    double const z2_bar = 2 * (d * q / z);  // twice the adjoint of z: squares hand it on like that
    double const s_bar = z2_bar * s - per_e;
    double const s_arg = s_bar * c * (1 - tanh_s * tanh_s);
    double const r_bar = z2_bar * r + s_bar * a + s_arg;
    double const q_bar = d * log_z - s_arg * x0 - 0.5 * (r_bar * p) * exp_r * q;
    double const q_arg = q_bar * d * cos_q;
    double const p_bar = r_bar * exp_r + q_bar * b + 0.5 * q_arg;
    double const p_per_e = p_bar * per_e, p_arg = p_per_e * (1 - tanh_p * tanh_p);
    double const e_per_e = (r_bar * x1 + s_part * per_e - p_per_e * p_part) * per_e;
    double const d_bar = t + q_bar * sin_q + p_arg * b + e_per_e * d;
    double const w2_bar = 2 * (d_bar * c / w);
    double const c_bar = p_bar + s_bar * tanh_s + d_bar * log_w + w2_bar * c;
    double const c_arg = c_bar * b * (1 - tanh_c * tanh_c);
    double const b_bar = w2_bar * b + p_arg * d + q_bar * p + c_bar * tanh_c + c_arg * a;
    double const a_bar = c_bar + s_bar * r + q_arg + e_per_e * a + c_arg * b + b_bar * exp_b - b_bar * a * exp_b * a;
    double const a_arg = a_bar * x2 * cos_a;
    g[0] = b_bar - s_arg * q + a_arg * x1;
    g[1] = r_bar * e - c_arg + a_arg * x0;
    g[2] = a_bar * sin_a - d_bar;
    g[3] = a_bar + p_arg;
    return t * d - s_part;
  }

  static input sample(std::mt19937_64& random) {
    input x;
    for (double& xi : x) xi = std::uniform_real_distribution<double>(0.3, 1.4)(random);
    return x;
  }
};

}  // namespace kernels
