// SPDX-License-Identifier: BSL-1.0
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Derivatives and substitutions are formulas again.
namespace formulas {

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;

constexpr auto f = x * sin(y) + exp(x * y);

template <class F, class G>
constexpr bool same_graph(const F&, const G&) {
  return std::is_same_v<tl::graph_of<F, double, double>, tl::graph_of<G, double, double>>;
}

constexpr bool near(double a, double b) { return tl::math::abs(a - b) <= 1e-14 * (1 + tl::math::abs(b)); }

}  // namespace formulas

using namespace formulas;

TEST_CASE("a derivative is a formula of the same variables", "[formula][symbolic]") {
  constexpr auto fx = tl::derivative(f, x);
  STATIC_REQUIRE(sizeof(fx) == 1);
  STATIC_REQUIRE(fx(x = 1.0, y = 2.0) == tl::gradient(f)(x = 1.0, y = 2.0)[x]);
  STATIC_REQUIRE(same_graph(fx, tl::gradient(f, tl::wrt(x))));
  STATIC_REQUIRE(tl::derivative(x + y, x)(3.0, 4.0) == 1);
  STATIC_REQUIRE(tl::derivative(x * x * y, x)(x = 3.0, y = 2.0) == 12);
  STATIC_REQUIRE(same_graph(tl::derivative(x * y, x) * x, y * x));
}

TEST_CASE("derivatives to any order, in any order", "[formula][symbolic]") {
  constexpr auto xxy = tl::derivative(f, x, x, y);
  constexpr auto yxx = tl::derivative(tl::derivative(f, y), x, x);
  STATIC_REQUIRE(near(xxy(0.5, 0.75), yxx(0.5, 0.75)));
  STATIC_REQUIRE(tl::check_gradient(xxy)(0.5, 0.75));
  // d^3/dx^2 dy exp(x y) = (2 y + x y^2) exp(x y), and the rest of f is linear in x
  STATIC_REQUIRE(near(xxy(0.5, 0.75), (2 * 0.75 + 0.5 * 0.75 * 0.75) * tl::math::exp(0.375)));
  constexpr auto five = tl::derivative(exp(x * y), x, x, x, x, x);
  STATIC_REQUIRE(near(five(0.5, 2.0), 32 * tl::math::exp(1.0)));
}

TEST_CASE("run-time numbers go into derivatives", "[formula][symbolic]") {
  for (const double k : {0.5, -3.0}) {
    const auto g = k * x * x * y + x / k;
    CHECK(near(tl::derivative(g, x)(3.0, 5.0), 2 * k * 3 * 5 + 1 / k));
    CHECK(near(tl::derivative(g, x, x)(3.0, 5.0), 2 * k * 5));
    CHECK(near((tl::derivative(g, x, y) + k)(3.0, 5.0), 2 * k * 3 + k));
  }
}

TEST_CASE("numbers that are known become part of the type", "[formula][symbolic]") {
  static constexpr auto g = 0.5 * x - 3.0 * sqrt(x * y);
  STATIC_REQUIRE((sizeof(g) == 16 && sizeof(tl::fixed<g>) == 1));
  STATIC_REQUIRE(tl::fixed<g>(4.0, 9.0) == g(4.0, 9.0));
  STATIC_REQUIRE(same_graph(tl::fixed<g>, tl::number<0.5> * x - tl::number<3.0> * sqrt(x * y)));
  STATIC_REQUIRE(same_graph(tl::fixed<g>, [](auto a, auto b) { return 0.5 * a - 3.0 * sqrt(a * b); }));
  STATIC_REQUIRE(std::is_same_v<decltype(tl::fixed<f>), const decltype(f)>);
}

TEST_CASE("substitution is simultaneous", "[formula][symbolic]") {
  constexpr auto swapped = tl::substitute(x - y, x = y, y = x);
  STATIC_REQUIRE(swapped(x = 3.0, y = 5.0) == 2);
  constexpr auto s = tl::substitute(x * y, x = y, y = x + 1.0);
  STATIC_REQUIRE(s(x = 2.0, y = 3.0) == 9);
  STATIC_REQUIRE(tl::substitute(0.5 * x * y, y = 3.0)(2.0) == 3);
  STATIC_REQUIRE(tl::substitute(4.0 * x - y, x = 2.0 * y)(5.0) == 35);
  STATIC_REQUIRE(same_graph(tl::substitute(f, y = x * y), x * sin(x * y) + exp(x * (x * y))));
}

TEST_CASE("the chain rule: a derivative of a substitution", "[formula][symbolic]") {
  constexpr auto inner = x * x;
  constexpr auto outside = tl::derivative(tl::substitute(f, y = inner), x);
  STATIC_REQUIRE(tl::check_gradient(tl::substitute(f, y = inner))(1.5));
  constexpr auto by_rule = tl::substitute(tl::derivative(f, x), y = inner) +
                           tl::substitute(tl::derivative(f, y), y = inner) * tl::derivative(inner, x);
  STATIC_REQUIRE(near(outside(1.5), by_rule(1.5)));
}
