// SPDX-License-Identifier: BSL-1.0
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// What is not worth a node, rule by rule; and beside each rule what it must leave alone, because IEEE would show it.
namespace {

template <class F, class G>
constexpr bool same(F, G) {
  return std::is_same_v<tl::graph_of<F, double, double>, tl::graph_of<G, double, double>>;
}
template <class F>
constexpr std::size_t cost(F) {
  return tl::cost<F, double, double>.total();
}
template <class F>
constexpr std::size_t gradient_cost(F) {
  return tl::cost<decltype(tl::gradient(F{})), double, double>.total();
}

}  // namespace

// A function of x and y, short enough to be read in a table.
#define F(...) [](auto x, [[maybe_unused]] auto y) { return __VA_ARGS__; }

TEST_CASE("sums", "[graph][simplify]") {
  STATIC_REQUIRE(same(F(x + -0.0), F(x)));
  STATIC_REQUIRE(same(F(-0.0 + x), F(x)));
  STATIC_REQUIRE(same(F(x - 0.0), F(x)));
  STATIC_REQUIRE(same(F(x + -y), F(x - y)));
  STATIC_REQUIRE(same(F(-y + x), F(x - y)));
  STATIC_REQUIRE(same(F(x - -y), F(x + y)));
  STATIC_REQUIRE(same(F(x + x), F(2 * x)));
  STATIC_REQUIRE(same(F(0.0 + x * x), F(x * x)));
  STATIC_REQUIRE(same(F(0.0 + exp(x)), F(exp(x))));
  STATIC_REQUIRE(same(F(abs(x) + 0.0), F(abs(x))));
}

TEST_CASE("sums that stay", "[graph][simplify]") {
  STATIC_REQUIRE(!same(F(x + 0.0), F(x + 0.0 * y)));
  STATIC_REQUIRE(cost(F(x + 0.0)) == 1);  // -0.0 + 0.0 is 0.0
  STATIC_REQUIRE(cost(F(x - -0.0)) == 1);
  STATIC_REQUIRE(cost(F(0.0 - x)) == 1);
  STATIC_REQUIRE(!same(F(0.0 - x), F(-x)));
  STATIC_REQUIRE(!same(F(-0.0 - x), F(x)));
  STATIC_REQUIRE(cost(F(x - x)) == 1);  // inf - inf
  STATIC_REQUIRE(cost(F((x + y) - y)) == 2);
  STATIC_REQUIRE(cost(F(0.0 + x * y)) == 2);
  STATIC_REQUIRE(!same(F(0.1 + x + 0.2), F(x + 0.3)));
  STATIC_REQUIRE(!same(F(-(x - y)), F(y - x)));
  STATIC_REQUIRE(!same(F(-x - y), F(-(x + y))));
}

TEST_CASE("products", "[graph][simplify]") {
  STATIC_REQUIRE(same(F(x * 1.0), F(x)));
  STATIC_REQUIRE(same(F(1 * x), F(x)));
  STATIC_REQUIRE(same(F(x * -1), F(-x)));
  STATIC_REQUIRE(same(F(-x * y), F(-(x * y))));
  STATIC_REQUIRE(same(F(x * -y), F(-(x * y))));
  STATIC_REQUIRE(same(F(-x * -y), F(x * y)));
  STATIC_REQUIRE(same(F(-x * 3.0), F(-3.0 * x)));
  STATIC_REQUIRE(same(F(-(x * 3.0)), F(-3.0 * x)));
  STATIC_REQUIRE(same(F(y * x), F(x * y)));
}

TEST_CASE("products that stay", "[graph][simplify]") {
  STATIC_REQUIRE(cost(F(x * 0.0)) == 1);  // inf * 0
  STATIC_REQUIRE(cost(F(0.0 * x + y)) == 2);
  STATIC_REQUIRE(cost(F(0.1 * (0.2 * x))) == 2);
  STATIC_REQUIRE(!same(F((x * y) * 3.0), F(x * (y * 3.0))));
  STATIC_REQUIRE(!same(F(2.0 * (x + y)), F(2.0 * x + 2.0 * y)));
  STATIC_REQUIRE(!same(F(-0.25 * (1.0 + x)), F(-0.25 + -0.25 * x)));  // at -1: -0 and 0
}

TEST_CASE("quotients", "[graph][simplify]") {
  STATIC_REQUIRE(same(F(x / 1.0), F(x)));
  STATIC_REQUIRE(same(F(x / -1.0), F(-x)));
  STATIC_REQUIRE(same(F(x / 4.0), F(0.25 * x)));
  STATIC_REQUIRE(same(F(x / -0.5), F(-2.0 * x)));
  STATIC_REQUIRE(same(F(-x / y), F(-(x / y))));
  STATIC_REQUIRE(same(F(x / -y), F(-(x / y))));
  STATIC_REQUIRE(same(F(-x / -y), F(x / y)));
}

TEST_CASE("quotients that stay", "[graph][simplify]") {
  STATIC_REQUIRE(!same(F(x / 3.0), F(x * (1.0 / 3.0))));  // a third is no number
  STATIC_REQUIRE(cost(F(x / x)) == 1);
  STATIC_REQUIRE(cost(F(x / 0.0)) == 1);
  STATIC_REQUIRE(cost(F(0.0 / x)) == 1);
  STATIC_REQUIRE(cost(F((x * y) / y)) == 2);
  STATIC_REQUIRE(!same(F(x / y), F(x * (1.0 / y))));
  STATIC_REQUIRE(!same(F(x / 0x1p-1074), F(x * 1.0)));
  STATIC_REQUIRE(tl::cost<decltype([](auto n, auto x) { return n / 2 * x; }), int, double>.count<tl::op::div>() ==
                 1);  // of integers
}

TEST_CASE("changes of sign", "[graph][simplify]") {
  STATIC_REQUIRE(same(F(-(-x)), F(x)));
  STATIC_REQUIRE(same(F(+x), F(x)));
  STATIC_REQUIRE(cost(F(-x)) == 1);
}

TEST_CASE("selections", "[graph][simplify]") {
  STATIC_REQUIRE(same(F(tl::select(x < y, x, x)), F(x)));
  STATIC_REQUIRE(same(F(tl::select(!(x < y), x, y)), F(tl::select(x < y, y, x))));
  STATIC_REQUIRE(same(F(tl::select(x < y, tl::select(x < y, x, y), 2 * y)), F(tl::select(x < y, x, 2 * y))));
  STATIC_REQUIRE(same(F(tl::select(x < y, 2 * x, tl::select(x < y, x, y))), F(tl::select(x < y, 2 * x, y))));
  STATIC_REQUIRE(same(F(tl::select(true, x, y)), F(x)));
  STATIC_REQUIRE(same(F(tl::select(x > y, x, y)), F(tl::select(y < x, x, y))));
  STATIC_REQUIRE(!same(F(tl::select(x < y, x, y)), F(tl::select(x < y, y, x))));
  STATIC_REQUIRE(!same(F(tl::select(!(x < y), x, y)), F(tl::select(x >= y, x, y))));  // NaN
}

TEST_CASE("structural zeros and ones of derivatives cost nothing", "[graph][simplify]") {
  STATIC_REQUIRE(gradient_cost(F(x + y)) == 0);
  STATIC_REQUIRE(gradient_cost(F(x - y)) == 0);
  STATIC_REQUIRE(gradient_cost(F(3.0 * x + 2.0 * y)) == 0);
  STATIC_REQUIRE(gradient_cost(F(x * y)) == 0);
  STATIC_REQUIRE(gradient_cost(F(-x)) == 0);
  STATIC_REQUIRE(gradient_cost(F(x * x)) == 1);
  STATIC_REQUIRE(gradient_cost(F(x * tl::stop_gradient(exp(y)))) == 1);
  STATIC_REQUIRE(gradient_cost(F(tl::select(x < y, x, y))) <= 3);
  STATIC_REQUIRE(gradient_cost(F(0.0 * x)) == 0);
}

TEST_CASE("a derivative gathers its constants and shares its reciprocals", "[graph][simplify]") {
  STATIC_REQUIRE(gradient_cost(F(0.5 * x * x)) <= 1);
  STATIC_REQUIRE(gradient_cost(F(2.0 * (3.0 * (x * y)))) == 2);
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(F(x / y))), double, double>.count<tl::op::div>() <= 2);
  STATIC_REQUIRE(
      tl::cost<decltype(tl::value_and_gradient(F(log(x) + y / x + 3.0 / x))), double, double>.count<tl::op::div>() ==
      3);
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(F(sin(x) - x * y))), double, double>.count<tl::op::neg>() <= 1);
}
