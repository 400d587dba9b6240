// SPDX-License-Identifier: BSL-1.0
// Sums over arrays in derivatives are added in columns: whatever the length, signs and other terms, the gradient stays.
#include <array>
#include <cmath>
#include <cstddef>

#include <tapeless/tapeless.hpp>

namespace {

/// A density of N points by mean and deviation, with terms of both signs besides.
template <std::size_t N>
constexpr auto density = [](const auto& x) {
  const auto precision = 1.0 / x[N + 1];
  auto squares = (x[0] - x[N]) * precision * ((x[0] - x[N]) * precision);
  for (std::size_t i = 1; i < N; ++i) squares += (x[i] - x[N]) * precision * ((x[i] - x[N]) * precision);
  return -0.5 * squares - 3.0 * x[N + 1] + x[N] * x[0] - x[N] / x[N + 1];
};

template <std::size_t N>
bool agrees() {
  std::array<double, N + 2> x{}, g{};
  for (std::size_t i = 0; i < N; ++i) x[i] = 0.3 * static_cast<double>(i * i % 7) - 0.8;
  x[N] = 0.25, x[N + 1] = 1.5;
  tl::gradient(density<N>).into(g, x);
  const double p = 1 / x[N + 1];
  double mean = x[0] - p, deviation = -3 + x[N] * p * p;
  bool right = true;
  for (std::size_t i = 0; i < N; ++i) {
    const double z = (x[i] - x[N]) * p;
    right = right && std::abs(g[i] - (-z * p + (i == 0 ? x[N] : 0))) < 1e-14;
    mean += z * p, deviation += z * z * p;
  }
  return right && std::abs(g[N] - mean) < 1e-13 && std::abs(g[N + 1] - deviation) < 1e-13;
}

}  // namespace

TEST_CASE("a gradient that sums over an array", "[transform]") {
  CHECK(agrees<2>());
  CHECK(agrees<7>());
  CHECK(agrees<8>());
  CHECK(agrees<9>());
  CHECK(agrees<12>());
  CHECK(agrees<19>());
}
