// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <tuple>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

constexpr auto square = [](auto x) { return x * x; };
constexpr auto paraboloid = [](auto x, auto y) { return x * x + y * y; };
constexpr auto chain = [](auto x) { return exp(sin(x * x)); };
constexpr auto shared = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
constexpr auto product = [](auto x, auto y, auto z) { return x * y * z; };

template <class T>
constexpr bool near(T a, T b, T ulps = 4) {
  const T size = tl::math::max(tl::math::abs(a), tl::math::abs(b));
  return tl::math::abs(a - b) <= ulps * std::numeric_limits<T>::epsilon() * size;
}

template <class T, class... A>
concept Gradient = std::is_same_v<decltype(tl::gradient(shared)(std::declval<A>()...)), T>;

}  // namespace

// What a textbook writes next to them.
TEST_CASE("derivatives of one variable", "[derive]") {
  STATIC_REQUIRE(tl::gradient(square)(3.0) == 6.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return x; })(3.0) == 1.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return 5.0 * x + 2.0; })(3.0) == 5.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return x * x * x; })(2.0) == 12.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return 1.0 / x; })(4.0) == -1.0 / 16);
  STATIC_REQUIRE(tl::gradient([](auto x) { return sqrt(x); })(4.0) == 0.25);
  STATIC_REQUIRE(tl::gradient([](auto x) { return log(x); })(4.0) == 0.25);
  STATIC_REQUIRE(tl::gradient([](auto x) { return exp(x); })(0.0) == 1.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return pow(x, 3.0); })(2.0) == 12.0);
  STATIC_REQUIRE(near(tl::gradient([](auto x) { return pow(2.0, x); })(3.0), 8 * tl::math::log(2.0)));
  STATIC_REQUIRE(near(tl::gradient([](auto x) { return tl::sigmoid(x); })(0.0), 0.25));
  STATIC_REQUIRE(near(tl::gradient([](auto x) { return tanh(x); })(0.0), 1.0));
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::relu(x); })(3.0) == 1.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::relu(x); })(-3.0) == 0.0);
}

TEST_CASE("the chain rule", "[derive]") {
  const auto expected = [](double x) { return std::exp(std::sin(x * x)) * std::cos(x * x) * 2 * x; };
  for (const double x : {-1.5, -0.1, 0.0, 0.7, 2.0}) CHECK(near(tl::gradient(chain)(x), expected(x), 8.0));
}

TEST_CASE("several arguments have one derivative each", "[derive]") {
  constexpr auto g = tl::gradient(paraboloid)(3.0, 4.0);
  STATIC_REQUIRE(std::is_same_v<decltype(g), const std::tuple<double, double>>);
  STATIC_REQUIRE(g == std::tuple(6.0, 8.0));
  STATIC_REQUIRE(tl::gradient(product)(2.0, 3.0, 5.0) == std::tuple(15.0, 10.0, 6.0));

  constexpr auto r = tl::value_and_gradient(paraboloid)(3.0, 4.0);
  STATIC_REQUIRE(r.value == 25.0);
  STATIC_REQUIRE(r.gradient == g);
  const auto [value, gradient] = tl::value_and_gradient(paraboloid)(3.0, 4.0);
  CHECK(value == 25.0);
  CHECK(gradient == g);
}

TEST_CASE("float in, float out", "[derive]") {
  STATIC_REQUIRE(Gradient<std::tuple<float, float>, float, float>);
  STATIC_REQUIRE(Gradient<std::tuple<double, double>, double, double>);
  STATIC_REQUIRE(Gradient<std::tuple<long double, long double>, long double, long double>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::value_and_gradient(shared)(1.0F, 2.0F).value), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::value_and_gradient(shared)(1.0L, 2.0L).value), long double>);
  // Literals are as exact as the scalar, and do not widen it.
  STATIC_REQUIRE(tl::gradient([](auto x) { return 0.1 * x; })(1.0F) == 0.1F);
  STATIC_REQUIRE(tl::gradient([](auto x) { return 0.1L * x; })(1.0) == 0.1);
  STATIC_REQUIRE(tl::gradient([](auto x) { return 0.1L * x; })(1.0L) == 0.1L);
}

TEST_CASE("arguments that do not matter, and functions that do not depend", "[derive]") {
  STATIC_REQUIRE(tl::gradient([](auto x, auto) { return x * x; })(3.0, 4.0) == std::tuple(6.0, 0.0));
  STATIC_REQUIRE(tl::gradient([](auto) { return 2.0; })(3.0) == 0.0);
  STATIC_REQUIRE(tl::gradient([](auto) { return 2; })(3.0) == 0.0);
  STATIC_REQUIRE(tl::gradient([](auto, auto y) { return y; })(3.0, 4.0) == std::tuple(0.0, 1.0));
  STATIC_REQUIRE(tl::value_and_gradient([](auto, auto) { return 7.5; })(3.0, 4.0).value == 7.5);
  STATIC_REQUIRE(tl::gradient([](auto x) { return x - x; })(3.0) == 0.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::stop_gradient(x) * x; })(3.0) == 3.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::stop_gradient(x * x); })(3.0) == 0.0);
}

TEST_CASE("into writes where it is told", "[derive]") {
  double dx = -1;
  CHECK(tl::value_and_gradient(square).into(dx, 3.0) == 9.0);
  CHECK(dx == 6.0);
  std::tuple<double, double> both;
  CHECK(tl::value_and_gradient(paraboloid).into(both, 3.0, 4.0) == 25.0);
  CHECK(both == std::tuple(6.0, 8.0));
  double gx = 0, gy = 0;
  tl::gradient(paraboloid).into(std::tie(gx, gy), 3.0, 4.0);
  CHECK(gx == 6.0);
  CHECK(gy == 8.0);
  CHECK(tl::value_and_gradient(product, tl::wrt<2>).into(dx, 2.0, 3.0, 5.0) == 30.0);
  CHECK(dx == 6.0);
}

TEST_CASE("a gradient is a stateless constant expression", "[derive]") {
  constexpr auto g = tl::gradient(shared);
  STATIC_REQUIRE(std::is_empty_v<std::remove_const_t<decltype(g)>>);
  STATIC_REQUIRE(std::is_default_constructible_v<std::remove_const_t<decltype(g)>>);
  constexpr auto early = g(1.0, 2.0);
  const auto late = g(1.0, 2.0);
  CHECK(near(std::get<0>(early), std::get<0>(late)));
  CHECK(near(std::get<1>(early), std::get<1>(late)));
  CHECK(near(std::get<0>(late), std::sin(2.0) + 2 * std::exp(2.0)));
}
