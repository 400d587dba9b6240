// SPDX-License-Identifier: BSL-1.0
#include <array>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Derivatives that are part of the function: forces from an energy, a differential equation as a loss.
namespace {

using parameters = std::array<double, 4>;

constexpr auto energy = [](const auto& q) {
  const auto r2 = q[0] * q[0] + q[1] * q[1];
  return 0.5 * r2 + q[0] * q[0] * q[1] - q[1] * q[1] * q[1] / 3.0;  // Henon and Heiles, 1964
};

/// One step of velocity Verlet; the force is minus the gradient of the energy.
constexpr auto step = [](const auto& q, const auto& p, auto dt) {
  const auto g = tl::gradient(energy)(q);
  const std::array half{p[0] - 0.5 * dt * g[0], p[1] - 0.5 * dt * g[1]};
  const std::array next{q[0] + dt * half[0], q[1] + dt * half[1]};
  const auto h = tl::gradient(energy)(next);
  return std::array{next[0], next[1], half[0] - 0.5 * dt * h[0], half[1] - 0.5 * dt * h[1]};
};

/// A small network u(x), trained to satisfy u'' + u = 0: the residual at one point, squared.
constexpr auto network = [](auto x, const auto& w) { return w[0] * tanh(w[1] * x + w[2]) + w[3] * x; };
constexpr auto residual = [](auto x, const auto& w) {
  const auto u_xx = tl::partial<2>(network)(x, w);
  return u_xx + network(x, w);
};
constexpr auto loss = [](const auto& w) {
  auto sum = square(residual(-1.0, w));
  for (const double x : {-0.25, 0.5, 1.25}) sum += square(residual(x, w));
  return sum;
};

}  // namespace

TEST_CASE("a symplectic step through forces has a jacobian of determinant one", "[derive][nested]") {
  const auto j = tl::jacobian(step, tl::wrt<0, 1>)(std::array{0.1, -0.2}, std::array{0.3, 0.05}, 0.01);
  const auto minor = [&](auto r0, auto r1, auto r2, auto c0, auto c1, auto c2) {
    return j(r0, c0) * (j(r1, c1) * j(r2, c2) - j(r1, c2) * j(r2, c1)) -
           j(r0, c1) * (j(r1, c0) * j(r2, c2) - j(r1, c2) * j(r2, c0)) +
           j(r0, c2) * (j(r1, c0) * j(r2, c1) - j(r1, c1) * j(r2, c0));
  };
  const double determinant = j(0, 0) * minor(1U, 2U, 3U, 1U, 2U, 3U) - j(0, 1) * minor(1U, 2U, 3U, 0U, 2U, 3U) +
                             j(0, 2) * minor(1U, 2U, 3U, 0U, 1U, 3U) - j(0, 3) * minor(1U, 2U, 3U, 0U, 1U, 2U);
  CHECK(determinant == Approx(1).epsilon(1e-14));
}

TEST_CASE("the gradient of a loss that contains second derivatives", "[derive][nested]") {
  constexpr parameters w{0.7, 1.3, -0.2, 0.4};
  STATIC_REQUIRE(tl::check_gradient(loss)(w));
  // u'' = -2 w0 w1^2 t (1 - t^2) with t = tanh(w1 x + w2)
  constexpr auto by_hand = [](auto x, const auto& v) {
    const auto t = tanh(v[1] * x + v[2]);
    return network(x, v) - 2.0 * v[0] * v[1] * v[1] * t * (1.0 - t * t);
  };
  for (const double x : {-1.0, 0.5}) {
    const auto [value, gradient] = tl::value_and_gradient(residual, tl::wrt<1>)(x, w);
    const auto [expected, expected_gradient] = tl::value_and_gradient(by_hand, tl::wrt<1>)(x, w);
    CHECK(value == Approx(expected).epsilon(1e-13));
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(gradient[i] == Approx(expected_gradient[i]).epsilon(1e-12));
  }
}
