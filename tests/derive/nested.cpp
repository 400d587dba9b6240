// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Derivatives of derivatives, and derivatives inside functions.
namespace {

constexpr auto cube = [](auto x) { return x * x * x; };
constexpr auto wave = [](auto x) { return sin(x) * exp(x); };
constexpr auto saddle = [](auto x, auto y) { return x * x * y - x * y * y; };
constexpr auto quartic = [](const auto& x) { return x[0] * x[0] * x[0] * x[1] + x[1] * x[1]; };

constexpr auto power = [](auto n, auto x) { return tl::select(n == 2, x * x, x * x * x); };

constexpr bool near(double a, double b, double tolerance = 1e-14) {
  return tl::math::abs(a - b) <= tolerance * (1 + tl::math::abs(b));
}

}  // namespace

TEST_CASE("derivatives nest", "[derive][nested]") {
  STATIC_REQUIRE(tl::gradient(tl::gradient(cube))(2.0) == 12.0);
  STATIC_REQUIRE(tl::gradient(tl::gradient(tl::gradient(cube)))(2.0) == 6.0);
  STATIC_REQUIRE(tl::gradient(tl::gradient(tl::gradient(tl::gradient(cube))))(2.0) == 0.0);
  constexpr double x = 0.7, s = tl::math::sin(x), c = tl::math::cos(x), e = tl::math::exp(x);
  STATIC_REQUIRE(near(tl::gradient(wave)(x), (s + c) * e));
  STATIC_REQUIRE(near(tl::gradient(tl::gradient(wave))(x), 2 * c * e));
  STATIC_REQUIRE(near(tl::gradient(tl::gradient(tl::gradient(wave)))(x), 2 * (c - s) * e));
  CHECK(tl::gradient(tl::gradient(wave))(x) == Approx(2 * c * e));
}

TEST_CASE("mixed second derivatives are symmetric", "[derive][nested]") {
  constexpr auto xy = [](auto x, auto y) { return tl::gradient(tl::gradient(saddle, tl::wrt<0>), tl::wrt<1>)(x, y); };
  constexpr auto yx = [](auto x, auto y) { return tl::gradient(tl::gradient(saddle, tl::wrt<1>), tl::wrt<0>)(x, y); };
  STATIC_REQUIRE(xy(3.0, 5.0) == 2 * 3 - 2 * 5);
  STATIC_REQUIRE(yx(3.0, 5.0) == xy(3.0, 5.0));
  STATIC_REQUIRE(tl::gradient(tl::gradient(saddle, tl::wrt<0>))(3.0, 5.0) == std::tuple(2.0 * 5, 2.0 * 3 - 2 * 5));
}

TEST_CASE("a derivative inside a differentiated function", "[derive][nested]") {
  constexpr auto slope_squared = [](auto x) {
    const auto d = tl::gradient(cube)(x);
    return d * d;  // 9 x^4
  };
  STATIC_REQUIRE(tl::gradient(slope_squared)(2.0) == 36.0 * 8);
  constexpr auto newton_step = [](auto x) { return x - cube(x) / tl::gradient(cube)(x); };  // 2/3 x
  STATIC_REQUIRE(near(tl::gradient(newton_step)(5.0), 2.0 / 3));
  constexpr auto both = [](auto x, auto y) {
    const auto [dx, dy] = tl::gradient(saddle)(x, y);
    return dx * y + dy;
  };
  STATIC_REQUIRE(tl::gradient(both)(3.0, 5.0) == std::tuple(2 * 25.0 + 2 * 3 - 2 * 5, 4.0 * 3 * 5 - 3 * 25 - 2 * 3));
}

TEST_CASE("value and gradient inside", "[derive][nested]") {
  constexpr auto f = [](auto x) {
    const auto [v, g] = tl::value_and_gradient(cube)(x);
    return v * g;  // 3 x^5
  };
  STATIC_REQUIRE(tl::gradient(f)(2.0) == 15.0 * 16);
}

TEST_CASE("arrays inside", "[derive][nested]") {
  using two = std::array<double, 2>;
  constexpr auto squared_gradient = [](const auto& x) {
    const auto g = tl::gradient(quartic)(x);
    return g[0] * g[0] + g[1] * g[1];
  };
  // g = (3 x^2 y, x^3 + 2 y)
  constexpr double x = 2, y = 3, g0 = 3 * x * x * y, g1 = x * x * x + 2 * y;
  STATIC_REQUIRE(tl::gradient(squared_gradient)(two{x, y}) ==
                 two{2 * g0 * 6 * x * y + 2 * g1 * 3 * x * x, 2 * g0 * 3 * x * x + 2 * g1 * 2});
  CHECK(tl::check_gradient(squared_gradient)(two{0.3, -0.8}));
  constexpr auto written = [](const auto& v) {
    using T = std::remove_cvref_t<decltype(v[0])>;
    std::array<T, 2> g{};
    const auto value = tl::value_and_gradient(quartic).into(g, v);
    return value + g[0] * g[1];
  };
  STATIC_REQUIRE(written(two{x, y}) == x * x * x * y + y * y + g0 * g1);
  CHECK(tl::check_gradient(written)(two{0.3, -0.8}));
}

TEST_CASE("the inner variable is not the outer one", "[derive][nested]") {
  // d/dx [x d/dy (x + y)] = 1: a careless forward mode gives 2 (Siskind and Pearlmutter, 2005).
  constexpr auto confused = [](auto x) {
    return x * tl::gradient([](auto a, auto y) { return a + y; }, tl::wrt<1>)(x, x * 0.0 + 1.0);
  };
  STATIC_REQUIRE(tl::gradient(confused)(1.0) == 1.0);
  constexpr auto at_literal = [](auto x) { return x * tl::gradient(cube)(2.0); };
  STATIC_REQUIRE(tl::gradient(at_literal)(3.0) == 12.0);
  constexpr auto same_point = [](auto x) { return tl::gradient(saddle, tl::wrt<0>)(x, x); };  // 2 x x - x x
  STATIC_REQUIRE(tl::gradient(same_point)(3.0) == 6.0);
}

TEST_CASE("plain numbers beside recorded ones inside", "[derive][nested]") {
  constexpr auto product = [](auto x) {
    return x * tl::gradient([](auto a, auto y) { return a * y; }, tl::wrt<1>)(x, 2.0);
  };
  STATIC_REQUIRE(tl::gradient(product)(3.0) == 6.0);
  constexpr auto first = [](auto x) { return tl::gradient(saddle, tl::wrt<0>)(x, 5.0); };  // 10 x - 25
  STATIC_REQUIRE(tl::gradient(first)(3.0) == 10.0);
  constexpr auto chosen = [](auto x) { return tl::gradient(power)(2, x); };
  STATIC_REQUIRE(tl::gradient(chosen)(3.0) == 2.0);
}

TEST_CASE("data inside", "[derive][nested]") {
  constexpr auto second = [](auto n, auto x) { return tl::gradient(power)(n, x); };
  STATIC_REQUIRE(tl::gradient(second)(2, 5.0) == 2.0);
  STATIC_REQUIRE(tl::gradient(second)(3, 5.0) == 30.0);
  STATIC_REQUIRE(tl::gradient(tl::gradient(power))(3, 5.0) == 30.0);
}

TEST_CASE("kinks and stopped gradients inside", "[derive][nested]") {
  STATIC_REQUIRE(tl::gradient(tl::gradient([](auto x) { return tl::relu(x) * x; }))(3.0) == 2.0);
  STATIC_REQUIRE(tl::gradient(tl::gradient([](auto x) { return tl::relu(x) * x; }))(-3.0) == 0.0);
  STATIC_REQUIRE(tl::gradient(tl::gradient([](auto x) { return abs(x) * x; }))(-3.0) == -2.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::stop_gradient(tl::gradient(cube)(x)) * x; })(2.0) == 12.0);
}

TEST_CASE("float and long double inside", "[derive][nested]") {
  STATIC_REQUIRE(tl::gradient(tl::gradient(cube))(2.0F) == 12.0F);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(tl::gradient(cube))(2.0F)), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(tl::gradient(cube))(2.0L)), long double>);
}
