// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// One observation of ADBench's bundle adjustment (Srajer, Kukelova, Fitzgibbon, 2018): the weighted error of a point's
/// projection, and its 2 x 15 Jacobian by camera (rotation, centre, focal length, principal point, distortion), point
/// and weight.
struct bundle {
  static constexpr auto name = "bundle";
  struct input {
    std::array<double, 15> x;  // camera: 11, point: 3, weight
    std::array<double, 2> data;
  };
  static constexpr std::size_t results = 2;

  static constexpr auto formula = [](auto const& x, auto const& feature) {
    using std::cos, std::sin, std::sqrt;
    using bench::held;
    const auto y0 = held(x[11] - x[3]), y1 = held(x[12] - x[4]), y2 = held(x[13] - x[5]);
    const auto theta = held(sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]));
    const auto c = held(cos(theta)), s = held(sin(theta)), inverse = held(1.0 / theta);
    const auto n0 = held(x[0] * inverse), n1 = held(x[1] * inverse), n2 = held(x[2] * inverse);
    const auto along = held((n0 * y0 + n1 * y1 + n2 * y2) * (1.0 - c));
    const auto p0 = held(y0 * c + (n1 * y2 - n2 * y1) * s + n0 * along);
    const auto p1 = held(y1 * c + (n2 * y0 - n0 * y2) * s + n1 * along);
    const auto p2 = held(y2 * c + (n0 * y1 - n1 * y0) * s + n2 * along);
    const auto u = held(p0 / p2), v = held(p1 / p2);
    const auto squared = held(u * u + v * v);
    const auto scale = held(x[6] * (1.0 + x[9] * squared + x[10] * squared * squared));
    return std::array{held(x[14] * (u * scale + x[7] - feature[0])), held(x[14] * (v * scale + x[8] - feature[1]))};
  };

  /// The two rows of the projection's Jacobian go back through the rotation by its closed form.
  static double hand(input const& in, bench::output<bundle>& out) {
    const auto jacobian = [&](std::size_t i, std::size_t j) -> double& { return out[2 + i * 15 + j]; };
    auto const& k = in.x;
    const double w = k[14];
    const double y[3] = {k[11] - k[3], k[12] - k[4], k[13] - k[5]};
    const double theta = std::sqrt(k[0] * k[0] + k[1] * k[1] + k[2] * k[2]);
    const auto [s, c] = bench::sin_cos(theta);
    const double inverse = 1 / theta, versine = 1 - c;
    const double n[3] = {k[0] * inverse, k[1] * inverse, k[2] * inverse};
    const double a = n[0] * y[0] + n[1] * y[1] + n[2] * y[2], along = a * versine;
    const double m[3] = {n[1] * y[2] - n[2] * y[1], n[2] * y[0] - n[0] * y[2], n[0] * y[1] - n[1] * y[0]};
    const double p0 = y[0] * c + m[0] * s + n[0] * along, p1 = y[1] * c + m[1] * s + n[1] * along;
    const double p2 = y[2] * c + m[2] * s + n[2] * along;
    const double depth = 1 / p2, u = p0 * depth, v = p1 * depth, squared = u * u + v * v;
    const double bend = 1 + squared * (k[9] + k[10] * squared), scale = k[6] * bend;
    const double slope = 2 * k[6] * (k[9] + 2 * k[10] * squared) * w, scaled = scale * w;
    const double e0 = u * scale + k[7] - in.data[0], e1 = v * scale + k[8] - in.data[1];
    out[0] = w * e0, out[1] = w * e1;
    const double su = slope * u, sv = slope * v, cross = su * v;
    const double by[2][2] = {{scaled + su * u, cross}, {cross, scaled + sv * v}};  // of the error by u and v
    const double f = k[6] * w;
    const double turn[3] = {a * s * n[0] - s * y[0] + c * m[0], a * s * n[1] - s * y[1] + c * m[1],
                            a * s * n[2] - s * y[2] + c * m[2]};  // of the rotated point by the angle
    for (std::size_t i = 0; i < 2; ++i) {
      const double uv = i == 0 ? u : v;
      const double g0 = by[i][0] * depth, g1 = by[i][1] * depth, g2 = -(g0 * u + g1 * v);
      const double g[3] = {g0, g1, g2};
      const double gn = g0 * n[0] + g1 * n[1] + g2 * n[2], back = gn * versine;
      const double angle = g0 * turn[0] + g1 * turn[1] + g2 * turn[2];
      const double axis[3] = {s * (y[1] * g[2] - y[2] * g[1]) + back * y[0] + along * g[0],
                              s * (y[2] * g[0] - y[0] * g[2]) + back * y[1] + along * g[1],
                              s * (y[0] * g[1] - y[1] * g[0]) + back * y[2] + along * g[2]};
      const double spin = angle - (n[0] * axis[0] + n[1] * axis[1] + n[2] * axis[2]) * inverse;
      const double point[3] = {c * g[0] - s * (n[1] * g[2] - n[2] * g[1]) + back * n[0],
                               c * g[1] - s * (n[2] * g[0] - n[0] * g[2]) + back * n[1],
                               c * g[2] - s * (n[0] * g[1] - n[1] * g[0]) + back * n[2]};
      for (std::size_t j = 0; j < 3; ++j) {
        jacobian(i, j) = spin * n[j] + axis[j] * inverse;
        jacobian(i, 3 + j) = -point[j];
        jacobian(i, 11 + j) = point[j];
      }
      jacobian(i, 6) = w * bend * uv;
      jacobian(i, 7) = i == 0 ? w : 0;
      jacobian(i, 8) = i == 0 ? 0 : w;
      jacobian(i, 9) = f * uv * squared;
      jacobian(i, 10) = f * uv * squared * squared;
      jacobian(i, 14) = i == 0 ? e0 : e1;
    }
    return out[0];
  }

  static input sample(std::mt19937_64& random) {
    auto in = [&](double low, double high) { return bench::uniform(random, low, high); };
    input x{};
    for (std::size_t i = 0; i < 3; ++i) x.x[i] = in(0.1, 0.5), x.x[3 + i] = in(-1, 1), x.x[11 + i] = in(2, 4);
    x.x[6] = in(0.8, 1.2), x.x[7] = in(-0.1, 0.1), x.x[8] = in(-0.1, 0.1);
    x.x[9] = in(-0.1, 0.1), x.x[10] = in(-0.05, 0.05), x.x[14] = in(0.5, 1.5);
    x.data = {in(-1, 1), in(-1, 1)};
    return x;
  }
};

}  // namespace kernels
