// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>
#include <type_traits>

#include <boost/hana/at_key.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/string.hpp>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Arguments of different precisions: each derivative has the type of its argument, arithmetic happens in the widest.
namespace {

constexpr auto product = [](auto x, auto y, auto z) { return x * y * z; };
constexpr auto dot = [](const auto& a, const auto& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; };

struct measured {
  BOOST_HANA_DEFINE_STRUCT(measured, (float, x), (double, y), (int, n));
};
constexpr auto energy = [](const auto& m) {
  auto x = boost::hana::at_key(m, BOOST_HANA_STRING("x"));
  auto y = boost::hana::at_key(m, BOOST_HANA_STRING("y"));
  return x * x * y * boost::hana::at_key(m, BOOST_HANA_STRING("n"));
};

}  // namespace

TEST_CASE("each derivative has its argument's type", "[derive][mixed]") {
  STATIC_REQUIRE(
      std::is_same_v<decltype(tl::gradient(product)(2.0F, 3.0, 5.0L)), std::tuple<float, double, long double>>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::value_and_gradient(product)(2.0F, 3.0, 5.0F).value), double>);
  constexpr auto g = tl::gradient(product)(2.0F, 3.0, 5.0L);
  STATIC_REQUIRE(g == std::tuple(15.0F, 10.0, 6.0L));
}

TEST_CASE("arithmetic happens in the widest type", "[derive][mixed]") {
  // Neither 1e-30 nor 1e30 would survive a square in float.
  constexpr auto f = [](auto x, auto y) { return x * y * y; };
  constexpr auto g = tl::gradient(f)(1e-30F, 1e15);
  STATIC_REQUIRE(std::get<0>(g) == static_cast<float>(1e15 * 1e15));
  STATIC_REQUIRE(std::get<1>(tl::gradient(f)(2.0F, 0x1p300)) == 0x1p302);
  STATIC_REQUIRE(tl::value_and_gradient(f)(1e-30F, 1e15).value == 1e-30F * 1e15 * 1e15);
}

TEST_CASE("wrt of the narrow or of the wide argument", "[derive][mixed]") {
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<0>)(2.0F, 3.0, 5.0) == 15.0F);
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<1>)(2.0F, 3.0, 5.0F) == 10.0);
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<0, 1>)(2.0F, 3.0, 5.0F) == std::tuple(15.0F, 10.0));
}

TEST_CASE("arrays of different precisions", "[derive][mixed]") {
  constexpr std::array<float, 3> a{1, 2, 3};
  constexpr std::array<double, 3> b{4, 5, 6};
  constexpr auto g = tl::gradient(dot)(a, b);
  STATIC_REQUIRE(std::is_same_v<decltype(g), const std::tuple<std::array<float, 3>, std::array<double, 3>>>);
  STATIC_REQUIRE(std::get<0>(g) == std::array<float, 3>{4, 5, 6});
  STATIC_REQUIRE(std::get<1>(g) == std::array<double, 3>{1, 2, 3});
  const auto late = tl::gradient(dot)(a, b);
  CHECK(late == g);
}

TEST_CASE("one structure of several precisions", "[derive][mixed]") {
  constexpr measured g = tl::gradient(energy)(measured{3, 5, 2});
  STATIC_REQUIRE(g.x == 60.0F);
  STATIC_REQUIRE(g.y == 18.0);
  STATIC_REQUIRE(g.n == 0);
  constexpr auto t = tl::gradient([](const auto& p) { return std::get<0>(p) * std::get<1>(p); })(std::tuple(3.0F, 5.0));
  STATIC_REQUIRE(t == std::tuple(5.0F, 3.0));
}

TEST_CASE("into storage of mixed precisions", "[derive][mixed]") {
  float dx = -1;
  double dy = -1, dz = -1;
  CHECK(tl::value_and_gradient(product).into(std::tie(dx, dy, dz), 2.0F, 3.0, 5.0) == 30.0);
  CHECK(dx == 15.0F);
  CHECK(dy == 10.0);
  CHECK(dz == 6.0);
}
