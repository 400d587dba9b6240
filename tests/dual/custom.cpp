// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>

#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

constexpr auto root = tl::custom_gradient(
    [](auto a) {
      auto x = 1.0 + 0.0 * a;
      for (int i = 0; i < 12; ++i) x = 0.5 * (x + a / x);
      return x;
    },
    [](auto g, auto, auto y) { return g / (2.0 * y); });

/// Not the true derivative, so that it is seen which one is used.
constexpr auto surrogate = tl::custom_gradient([](const auto& p, auto w, int n) { return (p[0] - p[1]) * w * n; },
                                               [](auto g, const auto& p, auto, int n, auto) {
                                                 return std::tuple(std::array{g * p[0], g * p[1] * n}, g, tl::zero);
                                               });

constexpr auto agrees = [](double a, double b) { return tl::abs(a - b) <= 4e-15 * (1 + tl::abs(b)); };

}  // namespace

TEST_CASE("custom gradients of duals", "[dual]") {
  using dual = tl::dual<double, 2>;
  constexpr dual y = root(dual(4.0, {1.0, -3.0}));
  STATIC_REQUIRE(agrees(y.value, 2));
  STATIC_REQUIRE(agrees(y.tangent[0], 0.25));
  STATIC_REQUIRE(agrees(y.tangent[1], -0.75));

  constexpr dual s = surrogate(std::array{dual(5.0, {1.0, 0.0}), dual(3.0, {0.0, 1.0})}, dual(7.0, {100.0, 1000.0}), 2);
  STATIC_REQUIRE(s.value == 28);
  STATIC_REQUIRE(s.tangent == std::array{105.0, 1006.0});
  constexpr dual t = surrogate(std::array{dual(5.0, {1.0, 0.0}), dual(3.0)}, 7.0, 2);  // a plain number beside them
  STATIC_REQUIRE(t.tangent == std::array{5.0, 0.0});
}

TEST_CASE("custom gradients of nested duals", "[dual]") {
  using inner = tl::dual<double>;
  constexpr auto y = root(tl::dual<inner>::variable(inner::variable(4.0)));
  STATIC_REQUIRE(agrees(y.value.value, 2));
  STATIC_REQUIRE(agrees(y.value.tangent[0], 0.25));
  STATIC_REQUIRE(agrees(y.tangent[0].value, 0.25));
  STATIC_REQUIRE(agrees(y.tangent[0].tangent[0], -1.0 / 32));
}

TEST_CASE("custom gradients of duals over recorded values", "[dual]") {
  constexpr auto slope = [](auto a) { return root(tl::dual<decltype(a)>::variable(a)).tangent[0]; };
  STATIC_REQUIRE(agrees(slope(4.0), 0.25));
  STATIC_REQUIRE(agrees(tl::gradient(slope)(4.0), -1.0 / 32));
}

TEST_CASE("custom gradients of series", "[jet]") {
  constexpr auto y = tl::taylor<3>([](auto a) { return root(a) * 2; })(4.0);
  STATIC_REQUIRE(agrees(y[0], 4));
  STATIC_REQUIRE(agrees(y[1], 0.5));
  STATIC_REQUIRE(agrees(y[2], -1.0 / 32));
  STATIC_REQUIRE(agrees(y[3], 1.0 / 256));
}
