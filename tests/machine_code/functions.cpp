// SPDX-License-Identifier: BSL-1.0
// What test.py reads the machine code of: gradients, each beside the same written by hand.
#include <array>
#include <cmath>

#include <tapeless/tapeless.hpp>

using point = std::array<double, 3>;
using pair = std::array<double, 2>;

namespace {

constexpr auto distance = [](const auto& p, const auto& q) {
  auto sum = (p[0] - q[0]) * (p[0] - q[0]);
  for (std::size_t i = 1; i < p.size(); ++i) sum += (p[i] - q[i]) * (p[i] - q[i]);
  return sqrt(sum);
};
constexpr auto bowl = [](const auto& x) { return (x[0] - 1.0) * (x[0] - 1.0) + 3.0 * x[0] * x[1] + x[1] * x[1]; };
constexpr auto quotient = [](const auto& x) { return x[0] / (1.0 + x[1] * x[1]); };
constexpr auto rosenbrock = [](const auto& x) {
  auto t = x[1] - x[0] * x[0];
  auto u = 1.0 - x[0];
  return 100.0 * t * t + u * u;
};
constexpr auto energy = [](const auto& x, auto stiffness, auto mass) {
  return 0.5 * (stiffness * x[0] * x[0] + x[1] * x[1] / mass);
};
constexpr auto triple = [](const auto& a, const auto& b, const auto& c) {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
};
}  // namespace

extern "C" {

void distance_ours(const pair& p, const pair& q, pair& g) { tl::gradient(distance, tl::wrt<0>).into(g, p, q); }
void distance_by_hand(const pair& p, const pair& q, pair& g) {
  const double x = p[0] - q[0], y = p[1] - q[1], inverse = 1 / tl::sqrt(x * x + y * y);
  g[0] = x * inverse, g[1] = y * inverse;
}

double bowl_ours(const pair& x, pair& g) { return tl::value_and_gradient(bowl).into(g, x); }
double bowl_by_hand(const pair& x, pair& g) {
  const double u = x[0] - 1, v = 3 * x[0];
  g[0] = 2 * u + 3 * x[1], g[1] = v + 2 * x[1];
  return u * u + v * x[1] + x[1] * x[1];
}

double quotient_ours(const pair& x, pair& g) { return tl::value_and_gradient(quotient).into(g, x); }
double quotient_by_hand(const pair& x, pair& g) {
  const double squared = 1 + x[1] * x[1], value = x[0] / squared;
  g[0] = 1 / squared, g[1] = -2 * value * g[0] * x[1];
  return value;
}

double rosenbrock_ours(const pair& x, pair& g) { return tl::value_and_gradient(rosenbrock).into(g, x); }
double rosenbrock_by_hand(const pair& x, pair& g) {
  const double t = x[1] - x[0] * x[0], u = 1 - x[0], s = 100 * t;
  g[1] = 2 * s, g[0] = -4 * s * x[0] - 2 * u;
  return s * t + u * u;
}

void energy_ours(const pair& x, double stiffness, double mass, pair& g) {
  tl::gradient(energy, tl::wrt<0>).into(g, x, stiffness, mass);
}
void energy_by_hand(const pair& x, double stiffness, double mass, pair& g) {
  g[0] = stiffness * x[0], g[1] = x[1] / mass;
}

void triple_ours(const point& a, const point& b, const point& c, point& g) {
  tl::gradient(triple, tl::wrt<0>).into(g, a, b, c);
}
void triple_by_hand(const point&, const point& b, const point& c, point& g) {
  g[0] = b[1] * c[2] - b[2] * c[1], g[1] = b[2] * c[0] - b[0] * c[2], g[2] = b[0] * c[1] - b[1] * c[0];
}
}
