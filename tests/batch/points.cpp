// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

#include <boost/hana/at.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/members.hpp>

#include <tapeless/batch/batch.hpp>
#include "catch.hpp"

// A batch against the same verb at each point.
namespace {

namespace hana = boost::hana;

constexpr auto shared = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
constexpr auto cubic = [](const auto& p) { return p[0] * p[1] * p[2] + p[0] * p[0]; };

struct particle {
  BOOST_HANA_DEFINE_STRUCT(particle, (double, mass), (std::array<double, 2>, speed));
};
constexpr auto energy = [](const auto& p) {
  const auto m = hana::at_c<0>(hana::members(p));
  const auto v = hana::at_c<1>(hana::members(p));
  return 0.5 * m * (v[0] * v[0] + v[1] * v[1]);
};

template <class T>
bool near(T a, T b, T ulps = 32) {
  return a == b || std::abs(a - b) <= ulps * std::numeric_limits<T>::epsilon() * std::max(std::abs(a), std::abs(b));
}

template <class T, std::size_t Lanes>
void check_columns(std::size_t count) {
  std::vector<T> x(count), y(count), dx(count, -1), dy(count, -1), v(count, -1), w(count, -1);
  for (std::size_t i = 0; i < count; ++i) x[i] = T(0.03) * static_cast<T>(i), y[i] = 1 - T(0.02) * static_cast<T>(i);
  tl::batch<Lanes>(tl::value_and_gradient(shared)).into(v, std::tie(dx, dy), x, y);
  tl::batch<Lanes>(shared).into(std::span(w), std::span<const T>(x), y);
  for (std::size_t i = 0; i < count; ++i) {
    const auto [value, gradient] = tl::value_and_gradient(shared)(x[i], y[i]);
    CHECK(near(v[i], value));
    CHECK(near(w[i], value));
    CHECK(near(dx[i], std::get<0>(gradient)));
    CHECK(near(dy[i], std::get<1>(gradient)));
  }
}

}  // namespace

TEST_CASE("a batch of any size, a range for each argument", "[batch]") {
  for (const std::size_t count : {0U, 1U, 3U, 4U, 8U, 15U, 16U, 17U, 40U, 61U}) {
    check_columns<double, 0>(count);
    check_columns<double, 4>(count);
    check_columns<float, 0>(count);
    check_columns<float, 8>(count);
  }
}

TEST_CASE("a batch of arrays", "[batch]") {
  std::vector<std::array<double, 3>> p(21), g(21);
  for (std::size_t i = 0; i < p.size(); ++i) p[i] = {0.5 * static_cast<double>(i), 2.0, static_cast<double>(i) - 3};
  tl::batch(tl::gradient(cubic)).into(g, p);
  for (std::size_t i = 0; i < p.size(); ++i) CHECK(g[i] == tl::gradient(cubic)(p[i]));

  double c[5][3], dc[5][3];
  for (std::size_t i = 0; i < 5; ++i) std::copy(p[i].begin(), p[i].end(), c[i]);
  tl::batch<4>(tl::gradient(cubic)).into(dc, c);
  for (std::size_t i = 0; i < 5; ++i) CHECK(dc[i][1] == g[i][1]);
}

TEST_CASE("a batch of structs and tuples", "[batch]") {
  std::vector<particle> p(11), g(11);
  for (std::size_t i = 0; i < p.size(); ++i) p[i] = {1.0 + static_cast<double>(i), {2.0, 0.5 * static_cast<double>(i)}};
  std::vector<double> v(11);
  tl::batch<8>(tl::value_and_gradient(energy)).into(v, g, p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    const auto [value, gradient] = tl::value_and_gradient(energy)(p[i]);
    CHECK(v[i] == value);
    CHECK(g[i].mass == gradient.mass);
    CHECK(g[i].speed == gradient.speed);
  }

  constexpr auto f = [](const auto& t) { return std::get<0>(t) * std::get<1>(t)[1]; };
  using pair = std::tuple<double, std::array<double, 2>>;
  const std::array<pair, 3> t{pair{1, {2, 3}}, pair{4, {5, 6}}, pair{7, {8, 9}}};
  const auto d = tl::batch(tl::gradient(f))(t);
  CHECK(d[2] == pair{9, {0, 7}});
}

TEST_CASE("gradients of several arguments as tuples", "[batch]") {
  const std::array x{1.0, 2.0, 3.0}, y{0.5, 0.25, 0.0};
  std::array<std::tuple<double, double>, 3> g;
  tl::batch(tl::gradient([](auto a, auto b) { return a * a * b; })).into(g, x, y);
  CHECK(g == std::array{std::tuple(1.0, 1.0), std::tuple(1.0, 4.0), std::tuple(0.0, 9.0)});
}

TEST_CASE("what all points share", "[batch]") {
  constexpr auto f = [](auto x, const auto& c, auto n, auto scale) {
    return tl::select(n > 1, c[0] * x, c[1] * x * x) * scale;
  };
  constexpr std::array c{3.0, 5.0};
  std::vector<double> x(19), dx(19);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
  for (const int n : {1, 2}) {
    tl::batch(tl::gradient(f, tl::wrt<0>)).into(dx, x, tl::uniform(c), n, 2.0F);
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(dx[i] == tl::gradient(f, tl::wrt<0>)(x[i], c, n, 2.0F));
  }
  std::vector<std::array<double, 2>> dc(19);
  tl::batch(tl::gradient(f, tl::wrt<1>)).into(dc, x, tl::uniform(c), 1, 2.0);
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(dc[i] == std::array{0.0, 2 * x[i] * x[i]});
}

TEST_CASE("a batch in a constant expression", "[batch]") {
  constexpr std::array x{0.0, 1.0, 2.0}, y{2.0, 1.0, 0.5};
  constexpr auto g = tl::batch(tl::gradient(shared))(x, y);
  STATIC_REQUIRE(g[0] == std::tuple(tl::sin(2.0) + 2.0, 0.0));
  STATIC_REQUIRE(g[2] == tl::gradient(shared)(2.0, 0.5));
  constexpr auto all = tl::batch(tl::value_and_gradient(shared))(x, y);
  STATIC_REQUIRE(all.value[0] == 1);
  STATIC_REQUIRE(all.gradient == g);
  STATIC_REQUIRE(tl::batch(shared)(x, y)[0] == 1);
  STATIC_REQUIRE(tl::batch(tl::gradient(cubic))(std::array<std::array<double, 3>, 1>{{{1, 2, 3}}})[0][0] == 8);
  STATIC_REQUIRE(tl::batch(tl::gradient(shared, tl::wrt<0>))(x, 0.0)[2] == 0);
}

TEST_CASE("NaN and infinity stay in their lane", "[batch]") {
  constexpr double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  const std::array x{1.0, nan, infinity, -1.0, 0.0};
  const auto g = tl::batch<4>(tl::gradient([](auto a) { return tl::select(a > 0, log(a), 2.0 * a); }))(x);
  CHECK(g == std::array{1.0, 2.0, 0.0, 2.0, 2.0});
}
