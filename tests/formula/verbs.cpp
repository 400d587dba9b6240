// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Formulas, and functions that capture numbers, in every verb.
namespace formulas {

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;

constexpr auto f = x * sin(y) + exp(x * y);
constexpr auto as_lambda = [](auto a, auto b) { return a * sin(b) + exp(a * b); };
constexpr auto expected = tl::gradient(as_lambda)(1.0, 2.0);

constexpr bool near(double a, double b) { return tl::math::abs(a - b) <= 1e-14 * (1 + tl::math::abs(b)); }

}  // namespace formulas

using namespace formulas;

TEST_CASE("a gradient of named arguments is read by name", "[formula][verbs]") {
  constexpr auto by_name = tl::gradient(f)(y = 2.0, x = 1.0);
  STATIC_REQUIRE((by_name[x] == std::get<0>(expected) && by_name[y] == std::get<1>(expected)));
  STATIC_REQUIRE(tl::gradient(f)(1.0, 2.0) == expected);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(f)(1.0, 2.0)), std::tuple<double, double>>);
  const auto [dx, dy] = tl::gradient(f)(x = 1.0, y = 2.0);
  CHECK((dx == std::get<0>(expected) && dy == std::get<1>(expected)));
  constexpr auto both = tl::value_and_gradient(f)(y = 2.0, x = 1.0);
  STATIC_REQUIRE((both.value == f(1.0, 2.0) && both.gradient[y] == std::get<1>(expected)));
}

TEST_CASE("variables are selected by name or by place", "[formula][verbs]") {
  STATIC_REQUIRE(tl::gradient(f, tl::wrt(y))(1.0, 2.0) == std::get<1>(expected));
  STATIC_REQUIRE(tl::gradient(f, tl::wrt<1>)(1.0, 2.0) == std::get<1>(expected));
  STATIC_REQUIRE(tl::gradient(f, tl::wrt(y, x))(1.0, 2.0) == std::tuple(std::get<1>(expected), std::get<0>(expected)));
  STATIC_REQUIRE(tl::gradient(f, tl::wrt(y))(x = 1.0, y = 2.0)[y] == std::get<1>(expected));
  STATIC_REQUIRE(tl::gradient(f, tl::wrt(y, x))(x = 1.0, y = 2.0)[x] == std::get<0>(expected));
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(x * exp(y), tl::wrt(x))), double, double>.total() == 1);
}

TEST_CASE("a formula is checked like any function", "[formula][verbs]") {
  STATIC_REQUIRE(tl::check_gradient(f)(1.0, 2.0));
  STATIC_REQUIRE(tl::check_gradient(f)(y = 2.0, x = 1.0));
  STATIC_REQUIRE(tl::check_gradient(f, tl::wrt(y))(1.0, 2.0));
  STATIC_REQUIRE(tl::check_gradient(0.5 * f - x / 3.0)(1.0, 2.0));
  STATIC_REQUIRE(tl::check_gradient(x * x, [](double t) { return 2 * t; })(3.0));
  STATIC_REQUIRE(!tl::check_gradient(x * x, [](double t) { return 3 * t; })(3.0));
}

TEST_CASE("run-time numbers come along as data", "[formula][verbs]") {
  for (const double k : {0.5, -3.0, 1e6}) {
    const auto g = k * x * x + y / k;
    const auto [dx, dy] = tl::gradient(g)(3.0, 5.0);
    CHECK((dx == 2 * k * 3 && near(dy, 1 / k)));
    CHECK(g(3.0, 5.0) == k * 3 * 3 + 5 / k);
    CHECK(tl::gradient(g, tl::wrt(x))(3.0, 5.0) == 2 * k * 3);
  }
  constexpr auto twice = 2.0 * x + 2.0 * x;  // equal, but each is its own
  STATIC_REQUIRE(sizeof(twice) == 2 * sizeof(double));
  STATIC_REQUIRE(std::is_same_v<decltype(2.0 * x), decltype(3.0 * x)>);
  STATIC_REQUIRE(((2.0 * x) * (3.0 * x))(1.0) == 6);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(twice)(1.0F)), float>);
  // The numbers are not differentiated, and no code is made for it.
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(2.0 * x)), double>.total() == 0);
}

TEST_CASE("a function may capture numbers", "[formula][capture]") {
  const auto at = [](double k, double t) {
    const auto g = [k](auto u) { return k * u * u; };
    CHECK(tl::gradient(g)(t) == 2 * k * t);
    CHECK(tl::value_and_gradient(g)(t).value == k * t * t);
    CHECK(tl::check_gradient(g)(t));
    CHECK(tl::gradient(tl::gradient(g))(t) == 2 * k);
  };
  at(2, 3), at(-0.25, 7), at(1e9, 1e-3);
  constexpr auto known = [](double k) { return tl::gradient([k](auto t) { return exp(k * t); })(0.0); };
  STATIC_REQUIRE(known(3.0) == 3);
  const double k = 2, c = 5;
  const auto two = [=](auto a, auto b) { return k * a * b + c * tl::select(a < b, sin(a), b); };
  CHECK(tl::gradient(two)(1.0, 2.0) == std::tuple(2 * 2.0 + 5 * tl::math::cos(1.0), 2.0));
  CHECK(tl::gradient(two, tl::wrt<1>)(1.0, 2.0) == 2.0);
  CHECK(std::is_same_v<decltype(tl::gradient(two)(1.0F, 2.0F)), std::tuple<float, float>>);
  STATIC_REQUIRE(tl::cost<decltype(two), double, double>.count<tl::op::sin>() == 1);
  float out = 0;
  const auto line = [c](auto t) { return c * t; };
  CHECK((tl::value_and_gradient(line).into(out, 2.0F) == 10 && out == 5));
}

TEST_CASE("a function that captures inside another function", "[formula][capture]") {
  constexpr auto outer = [](auto t) { return tl::gradient([](auto u) { return u * u * u; })(t) * t; };
  STATIC_REQUIRE(tl::gradient(outer)(2.0) == 36);
  constexpr auto with = [](auto t) { return tl::gradient(3.0 * x * x)(t) * t; };  // 6 t^2
  STATIC_REQUIRE(tl::gradient(with)(2.0) == 24);
}

TEST_CASE("matrices of derivatives of formulas", "[formula][verbs]") {
  constexpr auto quadratic = x * x * y + 3.0 * y;
  static_assert(tl::hessian(quadratic)(y = 5.0, x = 3.0) == tl::mat<double, 2, 2>{10, 6, 6, 0});
  static_assert(tl::hessian(quadratic, tl::wrt(y))(3.0, 5.0) == tl::mat<double, 1, 1>{0});
  static_assert(tl::jacobian(quadratic)(x = 3.0, y = 5.0) == tl::mat<double, 1, 2>{30, 12});
  constexpr auto all = tl::value_gradient_and_hessian(quadratic)(x = 3.0, y = 5.0);
  static_assert(all.value == 60 && all.gradient[y] == 12 && all.hessian(0, 1) == 6);
  static_assert(tl::value_and_jacobian(quadratic)(x = 3.0, y = 5.0).jacobian(0, 0) == 30);
  static_assert(tl::hvp(tl::fixed<x * x * y>)(3.0, 5.0, 1.0, 0.0) == std::tuple(10.0, 6.0));
  const double k = 2;
  const auto h = tl::hessian([k](auto u, auto v) { return k * u * u * v; })(3.0, 5.0);
  CHECK(h == tl::mat<double, 2, 2>{20, 12, 12, 0});
  CHECK(tl::jacobian([k](auto u) { return k * u * u; }, tl::forward)(3.0)(0, 0) == 12);
}

TEST_CASE("a function of variables in a stated order", "[formula][function]") {
  constexpr auto swapped = tl::function(y - x * x, x, y);
  STATIC_REQUIRE(sizeof(swapped) == 1);
  STATIC_REQUIRE((swapped(2.0, 5.0) == 1 && swapped(y = 5.0, x = 2.0) == 1));
  STATIC_REQUIRE(tl::gradient(swapped)(2.0, 5.0) == std::tuple(-4.0, 1.0));
  STATIC_REQUIRE(tl::gradient(swapped)(y = 5.0, x = 2.0)[x] == -4);
  STATIC_REQUIRE(tl::gradient(swapped, tl::wrt(y))(2.0, 5.0) == 1);
  STATIC_REQUIRE(tl::gradient(swapped, tl::wrt<0>)(2.0, 5.0) == -4);
  STATIC_REQUIRE(tl::check_gradient(swapped)(2.0, 5.0));
  STATIC_REQUIRE(tl::hessian(swapped)(2.0, 5.0) == tl::mat<double, 2, 2>{-2, 0, 0, 0});
  constexpr tl::variable<"z"> third;
  STATIC_REQUIRE(tl::gradient(tl::function(x * y, third, y, x))(1.0, 2.0, 3.0) == std::tuple(0.0, 3.0, 2.0));
  constexpr auto lambda = [](auto a, auto b) { return b - a * a; };
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<decltype(swapped), double, double>,
                                tl::graph_of<decltype(lambda), double, double>>);
  const double k = 3;
  CHECK(tl::gradient(tl::function(k * x * y, y, x))(2.0, 5.0) == std::tuple(15.0, 6.0));
}

TEST_CASE("a formula takes its variables as one array, too", "[formula][verbs]") {
  constexpr auto wave = x * sin(y) + tl::number<3.0> * y * y;
  STATIC_REQUIRE(tl::gradient(wave)(std::array{2.0, 0.0}) == std::array{0.0, 2.0});
  STATIC_REQUIRE(tl::value_and_gradient(wave)(std::array{2.0, 0.0}).value == 0);
  STATIC_REQUIRE(tl::gradient(tl::function(wave, y, x))(std::array{0.0, 2.0}) == std::array{2.0, 0.0});
  STATIC_REQUIRE(tl::hessian(wave)(std::array{2.0, 0.0})(1, 1) == 6);
  std::array<double, 2> g{};
  tl::gradient(wave).into(g, std::array{2.0, 0.0});
  CHECK(g[1] == 2);
}
