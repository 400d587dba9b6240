// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// Where the tool of a robot arm with seven joints is, and the 3 x 7 Jacobian of that. The joints turn about axes that
/// stand at right angles to their neighbours', as on most arms of today; the tool sits beside the last axis.
struct robot_arm {
  static constexpr auto name = "robot_arm";
  static constexpr std::size_t results = 3, joints = 7;
  using input = std::array<double, joints>;
  static constexpr std::array<double, joints> lengths{0.34, 0.02, 0.4, 0.03, 0.4, 0.015, 0.126};
  static constexpr double tool = 0.1;

  /// From the tool to the base: each joint turns what is beyond it about its axis.
  static constexpr auto formula = [](auto const& q) {
    using bench::held, std::cos, std::sin;
    const auto tool_x = held(tool * cos(q[6])), tool_y = held(tool * sin(q[6]));
    const auto c5 = held(cos(q[5])), s5 = held(sin(q[5]));
    auto x = held(c5 * tool_x + lengths[6] * s5), y = held(s5 * tool_x - lengths[6] * c5);
    auto z = held(tool_y + lengths[5]);
    for (std::size_t j = joints - 2; j-- > 0;) {
      const auto c = held(cos(q[j])), s = held(sin(q[j]));
      const auto up = held(y + lengths[j]);
      y = s * x - c * z;
      x = c * x + s * z;
      z = up;
    }
    return std::array{x, y, z};
  };

  using four [[gnu::vector_size(32)]] = double;
  struct columns {
    four x, y, z;
    [[gnu::always_inline]] void turn(double c, double s) {
      const four turned = c * x + s * z, aside = s * x - c * z;
      z = y, y = aside, x = turned;
    }
    /// The column of a joint: the way from its axis to the tool, a quarter turn further.
    template <int Lane>
    [[gnu::always_inline]] void begin(double at_x, double at_y) {
      x = with<Lane>(x, four{} - at_y), y = with<Lane>(y, four{} + at_x);
    }
    template <int Lane>
    static four with(const four& old, const four& fresh) {
      return __builtin_shufflevector(old, fresh, Lane == 0 ? 4 : 0, Lane == 1 ? 5 : 1, Lane == 2 ? 6 : 2,
                                     Lane == 3 ? 7 : 3);
    }
  };

  /// All columns begun so far turn with the tool, four at a time. The textbook's geometric Jacobian, which needs the
  /// axes of all joints besides, takes twice the arithmetic.
  static double hand(input const& q, bench::output<robot_arm>& out) {
    double c[joints], s[joints];
    for (std::size_t j = 0; j < joints; ++j) {
      const auto both = bench::sin_cos(q[j]);
      s[j] = both.sine, c[j] = both.cosine;
    }
    columns low{}, high{};  // of the joints 0 to 3, and 4 to 6
    double x = tool * c[6], y = tool * s[6], z = lengths[6];
    const auto turn = [&](std::size_t j) __attribute__((always_inline)) {
      const double up = y + lengths[j];
      y = s[j] * x - c[j] * z;
      x = c[j] * x + s[j] * z;
      z = up;
      high.turn(c[j], s[j]);
    };
    const auto turn_all = [&](std::size_t j) __attribute__((always_inline)) {
      turn(j);
      low.turn(c[j], s[j]);
    };
    high.begin<2>(x, y);
    turn(5), high.begin<1>(x, y);
    turn(4), high.begin<0>(x, y);
    turn(3), low.begin<3>(x, y);
    turn_all(2), low.begin<2>(x, y);
    turn_all(1), low.begin<1>(x, y);
    turn_all(0), low.begin<0>(x, y);
    out[0] = x, out[1] = y, out[2] = z;
    const auto store = [&](std::size_t at, const four& v) { __builtin_memcpy(&out[at], &v, sizeof v); };
    store(3, low.x), store(7, high.x);  // the fourth of the high ones is overwritten with the next row
    store(10, low.y), store(14, high.y), store(17, low.z);
    out[21] = high.z[0], out[22] = high.z[1], out[23] = high.z[2];
    return x;
  }

  static input sample(std::mt19937_64& random) {
    input q{};
    for (double& qi : q) qi = bench::uniform(random, -3, 3);
    return q;
  }
};

}  // namespace kernels
