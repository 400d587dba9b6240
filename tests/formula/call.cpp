// SPDX-License-Identifier: BSL-1.0
#include <tuple>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Formulas are functions of their variables, and the same mathematics as a lambda.
namespace formulas {

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;
constexpr tl::variable<"rate"> rate;

constexpr auto f = x * sin(y) + exp(x * y);
constexpr auto as_lambda = [](auto a, auto b) { return a * sin(b) + exp(a * b); };

/// sin(h) * h + x, again and again: each level uses the one below twice.
template <int Levels>
constexpr auto nested() {
  if constexpr (Levels == 0) return sin(x);
  else {
    constexpr auto below = nested<Levels - 1>();
    return sin(below) * below + x;
  }
}
constexpr auto looped = [](auto t) {
  auto h = sin(t);
  for (int i = 0; i < 12; ++i) h = sin(h) * h + t;
  return h;
};

template <class F>
using graph2 = tl::graph_of<F, double, double>;

}  // namespace formulas

using namespace formulas;

TEST_CASE("a formula holds nothing but run-time numbers", "[formula]") {
  STATIC_REQUIRE((sizeof(x) == 1 && sizeof(f) == 1 && std::is_empty_v<decltype(f)>));
  STATIC_REQUIRE(sizeof(tl::number<0.5> * x) == 1);
  STATIC_REQUIRE(sizeof(tl::powi<3>(x)) == 1);
  STATIC_REQUIRE(sizeof(0.5 * x) == sizeof(double));
  STATIC_REQUIRE(sizeof(0.5 * x - y / 3.0) == 2 * sizeof(double));
  STATIC_REQUIRE(std::is_trivially_copyable_v<decltype(0.5 * x)>);
}

TEST_CASE("a formula is called by name in any order, or by position", "[formula]") {
  STATIC_REQUIRE(f(1.0, 2.0) == f(x = 1.0, y = 2.0));
  STATIC_REQUIRE(f(1.0, 2.0) == f(y = 2.0, x = 1.0));
  STATIC_REQUIRE(f(1.0, 2.0) == tl::value_and_gradient(as_lambda)(1.0, 2.0).value);
  constexpr auto g = y - x * y;  // the order is that of first appearance
  STATIC_REQUIRE((g(5.0, 2.0) == -5 && g(x = 2.0, y = 5.0) == -5));
  STATIC_REQUIRE(std::is_same_v<decltype(f(1.0F, 2.0F)), float>);
  STATIC_REQUIRE(std::is_same_v<decltype((0.5 * x)(1.0F)), float>);
  STATIC_REQUIRE((x < y)(1.0, 2.0) == true);
  STATIC_REQUIRE((2.0 * x + 1.0)(3.0) == 7);
  STATIC_REQUIRE(select(x < y, x, y)(3.0, 2.0) == 2);
  STATIC_REQUIRE(pow(x, 3)(2.0) == 8);
  CHECK(f(1.0, 2.0) == f(y = 2.0, x = 1.0));
}

TEST_CASE("variables of one name are one variable", "[formula]") {
  constexpr tl::variable<"x"> again;
  STATIC_REQUIRE(std::is_same_v<decltype(x * x), decltype(x * again)>);
  STATIC_REQUIRE((x * again)(3.0) == 9);
  STATIC_REQUIRE(!std::is_same_v<decltype(x * y), decltype(y * x)>);
  STATIC_REQUIRE(std::is_same_v<graph2<decltype(x * y)>, graph2<decltype([](auto a, auto b) { return b * a; })>>);
}

TEST_CASE("a formula and a lambda with the same mathematics are the same graph", "[formula]") {
  STATIC_REQUIRE(std::is_same_v<graph2<decltype(f)>, graph2<decltype(as_lambda)>>);
  STATIC_REQUIRE(std::is_same_v<graph2<decltype(tl::gradient(f))>, graph2<decltype(tl::gradient(as_lambda))>>);
  constexpr auto half = tl::number<0.5> * x - sqrt(x * y);
  STATIC_REQUIRE(
      std::is_same_v<graph2<decltype(half)>, graph2<decltype([](auto a, auto b) { return 0.5 * a - sqrt(a * b); })>>);
  constexpr auto deep = nested<12>();
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<decltype(deep), double>, tl::graph_of<decltype(looped), double>>);
  STATIC_REQUIRE(tl::cost<decltype(deep), double>.total() == 37);  // shared, not spelled out 2^12 times
}

TEST_CASE("a formula is used inside of functions and of other formulas", "[formula]") {
  constexpr auto inside = [](auto t) { return f(t, 2.0 * t) * (0.5 * x + 1.0)(t); };
  constexpr auto written = [](auto t) { return (t * sin(2.0 * t) + exp(t * (2.0 * t))) * (0.5 * t + 1.0); };
  STATIC_REQUIRE(tl::check_gradient(inside)(0.5));
  STATIC_REQUIRE(tl::gradient(inside)(0.5) == tl::gradient(written)(0.5));
  STATIC_REQUIRE((f * f - rate)(x = 1.0, y = 2.0, rate = 3.0) == f(1.0, 2.0) * f(1.0, 2.0) - 3);
}
