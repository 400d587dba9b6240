// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

constexpr auto rosenbrock = [](const auto& x) {
  auto sum = 0.0 * x[0];
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const auto a = x[i + 1] - x[i] * x[i], b = 1.0 - x[i];
    sum += 100.0 * a * a + b * b;
  }
  return sum;
};
constexpr auto sum_of_squares = [](const auto& x) {
  auto sum = x[0] * x[0];
  for (std::size_t i = 1; i < std::size(x); ++i) sum += x[i] * x[i];
  return sum;
};
constexpr auto bilinear = [](const auto& x, const auto& m) {  // x' M x
  auto sum = x[0] * m[0][0] * x[0];
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k)
      if (i + k > 0) sum += x[i] * m[i][k] * x[k];
  return sum;
};

using three = std::array<double, 3>;

}  // namespace

TEST_CASE("of a std::array the gradient is one", "[derive][array]") {
  constexpr auto g = tl::gradient(rosenbrock)(three{1, 2, 3});
  STATIC_REQUIRE(std::is_same_v<decltype(g), const three>);
  STATIC_REQUIRE(g == three{-400, 1002, -200});
  STATIC_REQUIRE(tl::gradient(rosenbrock)(three{1, 1, 1}) == three{0, 0, 0});
  STATIC_REQUIRE(tl::gradient(sum_of_squares)(std::array<float, 2>{3, 4}) == std::array<float, 2>{6, 8});
  STATIC_REQUIRE(tl::gradient(sum_of_squares)(std::array<double, 1>{3}) == std::array<double, 1>{6});
  const three x{0.3, -0.7, 1.9};
  CHECK(tl::check_gradient(rosenbrock)(x));
}

TEST_CASE("of a C array the gradient is a std::array", "[derive][array]") {
  static constexpr double x[3] = {1, 2, 3};
  constexpr auto g = tl::gradient(sum_of_squares)(x);
  STATIC_REQUIRE(std::is_same_v<decltype(g), const three>);
  STATIC_REQUIRE(g == three{2, 4, 6});
  double at[3] = {1, 2, 3}, result[3] = {};
  CHECK(tl::gradient(sum_of_squares)(at) == three{2, 4, 6});
  CHECK(tl::value_and_gradient(sum_of_squares).into(result, at) == 14);
  CHECK(result[2] == 6);
}

TEST_CASE("two-dimensional arrays", "[derive][array]") {
  static constexpr double m[2][2] = {{1, 2}, {3, 4}};
  constexpr std::array<double, 2> x{5, 6};
  constexpr auto g = tl::gradient(bilinear)(x, m);
  using square = std::array<std::array<double, 2>, 2>;
  STATIC_REQUIRE(std::is_same_v<decltype(g), const std::tuple<std::array<double, 2>, square>>);
  STATIC_REQUIRE(std::get<0>(g) == std::array<double, 2>{2 * 5 + 5 * 6, 5 * 5 + 8 * 6});
  STATIC_REQUIRE(std::get<1>(g) == square{{{25, 30}, {30, 36}}});
  constexpr square nested{{{1, 2}, {3, 4}}};
  STATIC_REQUIRE(tl::gradient(bilinear)(x, nested) == g);
  double result[2][2] = {};
  tl::gradient(bilinear, tl::wrt<1>).into(result, x, m);
  CHECK(result[0][0] == 25);
  CHECK(result[0][1] == 30);
  CHECK(result[1][1] == 36);
}

TEST_CASE("three dimensions", "[derive][array]") {
  constexpr auto f = [](const auto& t) { return t[0][1][0] * t[1][0][1] * t[1][1][1]; };
  constexpr std::array<std::array<std::array<double, 2>, 2>, 2> t{{{{{1, 2}, {3, 4}}}, {{{5, 6}, {7, 8}}}}};
  constexpr auto g = tl::gradient(f)(t);
  STATIC_REQUIRE(g[0][1][0] == 48);
  STATIC_REQUIRE(g[1][0][1] == 24);
  STATIC_REQUIRE(g[1][1][1] == 18);
  STATIC_REQUIRE(g[0][0][0] == 0);
  STATIC_REQUIRE(g[1][1][0] == 0);
}

TEST_CASE("a std::span is read where it lies", "[derive][array]") {
  static constexpr double x[3] = {1, 2, 3};
  constexpr auto g = tl::gradient(sum_of_squares)(std::span<const double, 3>(x));
  STATIC_REQUIRE(std::is_same_v<decltype(g), const three>);
  STATIC_REQUIRE(g == three{2, 4, 6});
  three at{1, 2, 3};
  CHECK(tl::gradient(rosenbrock)(std::span<double, 3>(at)) == three{-400, 1002, -200});
  CHECK(tl::gradient(rosenbrock)(std::span<const double, 3>(at)) == three{-400, 1002, -200});
  const std::span<double, 3> as_const(at);
  CHECK(tl::gradient(rosenbrock)(as_const) == three{-400, 1002, -200});
}

TEST_CASE("a std::span is written where it lies", "[derive][array]") {
  three at{1, 2, 3};
  std::array<double, 5> storage{-1, -1, -1, -1, -1};
  const std::span<double, 3> middle(storage.data() + 1, 3);
  CHECK(tl::value_and_gradient(sum_of_squares).into(middle, at) == 14);
  CHECK(storage == std::array<double, 5>{-1, 2, 4, 6, -1});
  tl::gradient(rosenbrock).into(middle, std::span<const double, 3>(at));
  CHECK(storage == std::array<double, 5>{-1, -400, 1002, -200, -1});
}

TEST_CASE("tuples and pairs", "[derive][array]") {
  constexpr auto f = [](const auto& t) {
    return std::get<0>(t) * std::get<1>(t)[0] + std::get<1>(t)[1] * std::get<1>(t)[1];
  };
  using pair = std::pair<double, std::array<double, 2>>;
  using tuple = std::tuple<double, std::array<double, 2>>;
  STATIC_REQUIRE(tl::gradient(f)(pair{2, {3, 4}}) == pair{3, {2, 8}});
  STATIC_REQUIRE(tl::gradient(f)(tuple{2, {3, 4}}) == tuple{3, {2, 8}});
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(f)(pair{})), pair>);
  constexpr auto data = [](const auto& t, auto x) { return std::get<0>(t) * x + std::get<1>(t); };
  STATIC_REQUIRE(tl::gradient(data)(std::tuple(3, 1.0), 2.0) == std::tuple(std::tuple(0, 1.0), 3.0));
}

TEST_CASE("storage of several arguments", "[derive][array]") {
  std::array<double, 2> dx{};
  double dm[2][2] = {};
  const std::array<double, 2> x{5, 6};
  const std::array<std::array<double, 2>, 2> m{{{1, 2}, {3, 4}}};
  CHECK(tl::value_and_gradient(bilinear).into(std::tie(dx, dm), x, m) == 319);
  CHECK(dx == std::array<double, 2>{40, 73});
  CHECK(dm[1][0] == 30);
  std::tuple<std::array<double, 2>, std::array<std::array<double, 2>, 2>> both;
  tl::gradient(bilinear).into(both, x, m);
  CHECK(std::get<0>(both) == dx);
}
