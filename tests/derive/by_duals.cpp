// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>

#include <boost/hana/define_struct.hpp>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

constexpr auto root = [](auto a) {
  auto x = a;
  while (x * x - a > 1e-12 || a - x * x > 1e-12) x = 0.5 * (x + a / x);
  return x;
};

struct power_by_recursion {
  int n;
  template <class X>
  constexpr X operator()(const X& x) const {
    return n == 0 ? X(1) : n % 2 == 1 ? x * power_by_recursion{n - 1}(x) : power_by_recursion{n / 2}(x * x);
  }
};

constexpr auto recorded_too = [](const auto& x, auto y, auto k) {
  auto sum = y * x[0];
  for (std::size_t i = 1; i < 3; ++i) sum += sin(x[i]) * y;
  return sum * k;
};

template <class T>
struct state {
  BOOST_HANA_DEFINE_STRUCT(state, (T, x), (T, v));
};

}  // namespace

TEST_CASE("a function that loops until it is done is differentiated by duals", "[derive][duals]") {
  STATIC_REQUIRE(tl::math::abs(tl::gradient(root, tl::by_duals)(2.0) - 0.5 / tl::sqrt(2.0)) < 1e-12);
  STATIC_REQUIRE(tl::gradient(power_by_recursion{5}, tl::by_duals)(2.0) == 80);  // a function that holds data
}

TEST_CASE("by duals and by recording come to the same", "[derive][duals]") {
  constexpr std::array x{0.5, -1.0, 2.0};
  constexpr auto recorded = tl::gradient(recorded_too)(x, 1.5, 2);
  constexpr auto by_duals = tl::gradient(recorded_too, tl::by_duals)(x, 1.5, 2);
  STATIC_REQUIRE(recorded == by_duals);
  const double row[3] = {0.5, -1.0, 2.0};
  CHECK(tl::gradient(recorded_too, tl::by_duals)(row, 1.5, 2) == recorded);
  constexpr auto wide = [](const auto& v) {
    auto sum = v[0] * v[1];
    for (std::size_t i = 1; i < 21; ++i) sum += v[i - 1] * sin(v[i]);
    return sum;
  };
  std::array<double, 21> v{};
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = 0.1 * static_cast<double>(i);
  const auto expected = tl::gradient(wide)(v), got = tl::gradient(wide, tl::by_duals)(v);
  for (std::size_t i = 0; i < v.size(); ++i) CHECK(got[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("jacobians and structures by duals", "[derive][duals]") {
  constexpr auto polar = [](auto r, auto angle) { return std::array{r * cos(angle), r * sin(angle)}; };
  STATIC_REQUIRE(tl::jacobian(polar, tl::by_duals)(2.0, 0.5) == tl::jacobian(polar)(2.0, 0.5));
  constexpr auto bounce = [](auto s) {
    if (s.x < 0) s.x = -s.x, s.v = -s.v;
    return s;
  };
  STATIC_REQUIRE(tl::jacobian(bounce, tl::by_duals)(state<double>{-1, 2}) == tl::mat<double, 2, 2>{-1, 0, 0, -1});
  STATIC_REQUIRE(tl::jacobian(bounce, tl::by_duals)(state<double>{1, 2}) == tl::mat<double, 2, 2>{1, 0, 0, 1});
  constexpr auto kinetic = [](const auto& s) { return 0.5 * s.v * s.v; };
  constexpr auto g = tl::gradient(kinetic, tl::by_duals)(state<double>{1, 2});
  STATIC_REQUIRE(g.x == 0 && g.v == 2);
}
