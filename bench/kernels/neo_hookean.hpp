// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// The neo-Hookean energy of a tetrahedron, with its gradient and 12 x 12 Hessian by the four corners: what a solver
/// for elastic bodies assembles from.
struct neo_hookean {
  static constexpr auto name = "neo_hookean";
  static constexpr int order = 2;
  struct input {
    std::array<double, 12> x;     // corner by corner
    std::array<double, 12> data;  // the inverse of the edges at rest, row by row; volume, mu, lambda
  };

  static constexpr auto formula = [](auto const& x, auto const& data) {
    using bench::held, std::log;
    const auto edge = [&](std::size_t a, std::size_t i) { return held(x[3 * a + 3 + i] - x[i]); };
    const auto row = [&](std::size_t i) {
      const auto e0 = edge(0, i), e1 = edge(1, i), e2 = edge(2, i);
      const auto by = [&](std::size_t j) { return held(e0 * data[j] + e1 * data[3 + j] + e2 * data[6 + j]); };
      return std::array{by(0), by(1), by(2)};
    };
    const auto f = row(0), g = row(1), h = row(2);
    const auto norm = [](const auto& r) { return held(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]); };
    const auto determinant = held(f[0] * (g[1] * h[2] - g[2] * h[1]) + f[1] * (g[2] * h[0] - g[0] * h[2]) +
                                  f[2] * (g[0] * h[1] - g[1] * h[0]));
    const auto logarithm = held(log(determinant));
    const auto volume = data[9], mu = data[10], lambda = data[11];
    return held(volume * (0.5 * mu * (norm(f) + norm(g) + norm(h) - 3.0) - mu * logarithm +
                          0.5 * lambda * logarithm * logarithm));
  };

  /// With b the gradients of the corners' shape functions at rest and y the same now, inv(F)' b: the force on a corner
  /// is mu F b + (lambda log J - mu) y, and the block of two corners mu b.b' I + (mu - lambda log J) y' y + lambda y
  /// y'.
  static double hand(input const& in, bench::output<neo_hookean>& out) {
    const auto& x = in.x;
    const double* rest = in.data.data();
    const double volume = in.data[9], mu = in.data[10], lambda = in.data[11];
    double e[3][3], f[3][3], b[4][3], y[4][3];
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t i = 0; i < 3; ++i) e[a][i] = x[3 * a + 3 + i] - x[i];
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) f[i][j] = e[0][i] * rest[j] + e[1][i] * rest[3 + j] + e[2][i] * rest[6 + j];
    double cofactor[3][3], norm = 0;
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        const std::size_t i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
        cofactor[i][j] = f[i1][j1] * f[i2][j2] - f[i1][j2] * f[i2][j1];
        norm += f[i][j] * f[i][j];
      }
    const double determinant = f[0][0] * cofactor[0][0] + f[0][1] * cofactor[0][1] + f[0][2] * cofactor[0][2];
    const double inverse = 1 / determinant, logarithm = std::log(determinant);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t a = 1; a < 4; ++a) {
        b[a][i] = rest[3 * (a - 1) + i];
        const double* ba = rest + 3 * (a - 1);
        y[a][i] = (cofactor[i][0] * ba[0] + cofactor[i][1] * ba[1] + cofactor[i][2] * ba[2]) * inverse;
      }
      b[0][i] = -(b[1][i] + b[2][i] + b[3][i]), y[0][i] = -(y[1][i] + y[2][i] + y[3][i]);
    }
    const double stiffness = volume * mu, bulk = volume * lambda, softened = stiffness - bulk * logarithm;
    double sum[3]{};
    for (std::size_t a = 1; a < 4; ++a)
      for (std::size_t i = 0; i < 3; ++i) {
        const double stretch = f[i][0] * b[a][0] + f[i][1] * b[a][1] + f[i][2] * b[a][2];
        out[3 * a + i] = stiffness * stretch - softened * y[a][i];
        sum[i] += out[3 * a + i];
      }
    for (std::size_t i = 0; i < 3; ++i) out[i] = -sum[i];
    for (std::size_t p = 0; p < 4; ++p)
      for (std::size_t q = p; q < 4; ++q) {
        const double same = stiffness * (b[p][0] * b[q][0] + b[p][1] * b[q][1] + b[p][2] * b[q][2]);
        for (std::size_t i = 0; i < 3; ++i)
          for (std::size_t j = p == q ? i : 0; j < 3; ++j) {
            double h = softened * y[q][i] * y[p][j] + bulk * y[p][i] * y[q][j];
            if (i == j) h += same;
            out[12 + (3 * p + i) * 12 + 3 * q + j] = out[12 + (3 * q + j) * 12 + 3 * p + i] = h;
          }
      }
    return volume * (0.5 * mu * (norm - 3) - mu * logarithm + 0.5 * lambda * logarithm * logarithm);
  }

  static input sample(std::mt19937_64& random) {
    auto in = [&](double low, double high) { return bench::uniform(random, low, high); };
    input all{};
    for (std::size_t a = 1; a < 4; ++a) all.x[3 * a + a - 1] = 1;
    for (double& xi : all.x) xi += in(-0.1, 0.1);
    for (std::size_t i = 0; i < 9; ++i) all.data[i] = (i % 4 == 0 ? 1 : 0) + in(-0.1, 0.1);
    all.data[9] = 1. / 6, all.data[10] = in(0.5, 2), all.data[11] = in(1, 4);
    return all;
  }
};

}  // namespace kernels
