// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <span>
#include <sstream>
#include <tuple>

#include <boost/hana/define_struct.hpp>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Jacobians, products with them, Hessians and partial derivatives: shapes, structures, storage.
namespace {

constexpr auto polar = [](auto r, auto angle) { return std::array{r * cos(angle), r * sin(angle)}; };
constexpr auto spring = [](const auto& x) { return x[0] * x[0] * x[1] + sin(x[2]); };
constexpr auto rosenbrock = [](auto x, auto y) { return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x); };

template <class T>
struct pose {
  BOOST_HANA_DEFINE_STRUCT(pose, (T, x), (T, y), (T, heading));
};

}  // namespace

TEST_CASE("a jacobian has a row for each result and a column for each number", "[derive][jacobian]") {
  constexpr auto j = tl::jacobian(polar)(2.0, 0.5);
  STATIC_REQUIRE(std::is_same_v<decltype(j), const tl::mat<double, 2, 2>>);
  STATIC_REQUIRE(j == tl::mat<double, 2, 2>{tl::cos(0.5), -2 * tl::sin(0.5), tl::sin(0.5), 2 * tl::cos(0.5)});
  STATIC_REQUIRE(tl::jacobian(polar, tl::wrt<1>)(2.0, 0.5) == tl::mat<double, 2, 1>{j(0, 1), j(1, 1)});
  STATIC_REQUIRE(tl::jacobian(polar, tl::wrt<1, 0>)(2.0, 0.5)(1, 1) == j(1, 0));
  STATIC_REQUIRE(tl::jacobian(spring)(std::array{3.0, 5.0, 0.0}) == tl::mat<double, 1, 3>{30, 9, 1});
  STATIC_REQUIRE(std::is_same_v<decltype(tl::jacobian(polar)(1.0F, 2.0F)), tl::mat<float, 2, 2>>);
}

TEST_CASE("every order of accumulation gives the same jacobian", "[derive][jacobian]") {
  constexpr auto f = [](const auto& x) {
    const auto s = x[0] * x[1], t = exp(s) + x[2];
    return std::array{s * t, t * t, x[2]};
  };
  constexpr std::array x{0.5, -1.25, 2.0};
  constexpr auto j = tl::jacobian(f, tl::reverse)(x);
  constexpr auto forward = tl::jacobian(f, tl::forward)(x), mixed = tl::jacobian(f, tl::wrt<0>, tl::mixed)(x);
  for (std::size_t i = 0; i < 9; ++i) {
    CHECK(forward.data()[i] == Approx(j.data()[i]).epsilon(1e-15));
    CHECK(mixed.data()[i] == Approx(j.data()[i]).epsilon(1e-15));
  }
  STATIC_REQUIRE(j(2, 0) == 0 && j(2, 1) == 0 && j(2, 2) == 1);
}

TEST_CASE("the cheapest order follows the shape", "[derive][jacobian]") {
  // Many results of one number that much is done to: the work is shared forward; and many numbers in one result.
  constexpr auto fan = [](auto x) {
    const auto y = exp(sin(x) * x);
    return std::array{y, y * y, y + x, sin(y)};
  };
  STATIC_REQUIRE(tl::cost<decltype(tl::jacobian(fan)), double>.total() <=
                 tl::cost<decltype(tl::jacobian(fan, tl::forward)), double>.total());
  STATIC_REQUIRE(tl::cost<decltype(tl::jacobian(fan)), double>.total() <
                 tl::cost<decltype(tl::jacobian(fan, tl::reverse)), double>.total());
  STATIC_REQUIRE(tl::cost<decltype(tl::jacobian(spring)), std::array<double, 3>>.total() ==
                 tl::cost<decltype(tl::gradient(spring)), std::array<double, 3>>.total());
  // A bottleneck between many and many: neither end is the place to start.
  constexpr auto hourglass = [](const auto& x) {
    auto s = x[0] * x[0];
    for (std::size_t i = 1; i < 6; ++i) s += x[i] * x[i];
    const auto t = exp(sin(s));
    std::array<std::remove_cv_t<decltype(t)>, 6> y{};
    for (std::size_t i = 0; i < 6; ++i) y[i] = t * x[i];
    return y;
  };
  using input = std::array<double, 6>;
  STATIC_REQUIRE(tl::cost<decltype(tl::jacobian(hourglass)), input>.total() <
                 tl::cost<decltype(tl::jacobian(hourglass, tl::forward)), input>.total());
  STATIC_REQUIRE(tl::cost<decltype(tl::jacobian(hourglass)), input>.total() <
                 tl::cost<decltype(tl::jacobian(hourglass, tl::reverse)), input>.total());
}

TEST_CASE("a jacobian of tuples, structs and data", "[derive][jacobian]") {
  constexpr auto step = [](const auto& p, auto speed, auto dt, auto forward) {
    const auto way = tl::select(forward != 0, speed, -speed) * dt;
    return std::tuple(p.x + way * cos(p.heading), std::pair(p.y + way * sin(p.heading), p.heading));
  };
  constexpr auto j = tl::jacobian(step, tl::wrt<0, 1>)(pose<double>{1, 2, 0.5}, 3.0, 0.1, true);
  STATIC_REQUIRE(std::is_same_v<decltype(j), const tl::mat<double, 3, 4>>);
  STATIC_REQUIRE(j(0, 0) == 1 && j(0, 1) == 0 && j(1, 1) == 1 && j(2, 2) == 1 && j(2, 3) == 0);
  CHECK(j(0, 3) == Approx(0.1 * std::cos(0.5)));
  CHECK(j(1, 2) == Approx(0.3 * std::cos(0.5)));
}

TEST_CASE("a jacobian is written into storage of any kind", "[derive][jacobian]") {
  const auto j = tl::jacobian(polar)(2.0, 0.5);
  double rows[2][2], flat[4], of_r[2], of_angle[2];
  tl::jacobian(polar).into(rows, 2.0, 0.5);
  tl::jacobian(polar).into(std::span<double, 4>(flat), 2.0, 0.5);
  tl::jacobian(polar).into(std::tie(of_r, of_angle), 2.0, 0.5);
  double of_point[2][2], of_scale[2];  // blocks of different width
  constexpr auto scaled = [](const auto& p, auto scale) { return std::array{scale * p[0] * p[1], scale + p[1]}; };
  tl::jacobian(scaled).into(std::tie(of_point, of_scale), std::array{3.0, 5.0}, 2.0);
  CHECK((of_point[0][0] == 10 && of_point[0][1] == 6 && of_point[1][0] == 0 && of_point[1][1] == 1));
  CHECK((of_scale[0] == 15 && of_scale[1] == 1));
  std::array<double, 2> value;
  tl::mat<float, 2, 2> narrow;
  tl::value_and_jacobian(polar).into(value, narrow, 2.0, 0.5);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(rows[i][0] == j(i, 0));
    CHECK(flat[2 * i + 1] == j(i, 1));
    CHECK(of_r[i] == j(i, 0));
    CHECK(of_angle[i] == j(i, 1));
    CHECK(narrow(i, 1) == static_cast<float>(j(i, 1)));
  }
  CHECK(value[1] == 2 * std::sin(0.5));
  const auto [v, again] = tl::value_and_jacobian(polar)(2.0, 0.5);
  CHECK((v == value && again == j));
}

TEST_CASE("matrices are arguments and results, too", "[derive][jacobian]") {
  constexpr auto product = [](const auto& m, const auto& v) {
    return tl::vec{m(0, 0) * v[0] + m(0, 1) * v[1], m(1, 0) * v[0] + m(1, 1) * v[1]};
  };
  constexpr tl::mat<double, 2, 2> m{1, 2, 3, 4};
  STATIC_REQUIRE(tl::jacobian(product, tl::wrt<1>)(m, tl::vec{5.0, 6.0}) == m);
  constexpr auto norm = [](const auto& a) { return a(0, 0) * a(0, 0) + a(0, 1) * a(1, 0); };
  STATIC_REQUIRE(tl::gradient(norm)(m) == tl::mat<double, 2, 2>{2, 3, 2, 0});
  STATIC_REQUIRE(tl::vjp(product)(m, tl::vec{5.0, 6.0}, tl::vec{1.0, 0.0}) ==
                 std::tuple(tl::mat<double, 2, 2>{5, 6, 0, 0}, tl::vec{1.0, 2.0}));
  std::ostringstream text;
  text << m << ' ' << tl::vec{1.5, 2.0};
  CHECK(text.str() == "[1 2]\n[3 4] [1.5 2]");
}

TEST_CASE("products with the jacobian", "[derive][jacobian]") {
  constexpr auto moved = tl::jvp(polar)(2.0, 0.5, 3.0, -1.0);
  constexpr auto j = tl::jacobian(polar)(2.0, 0.5);
  STATIC_REQUIRE(moved.value[0] == 2 * tl::cos(0.5));
  CHECK(moved.tangent[0] == Approx(3 * j(0, 0) - j(0, 1)));
  STATIC_REQUIRE(tl::jvp(polar, tl::wrt<1>)(2.0, 0.5, 1.0).tangent == std::array{j(0, 1), j(1, 1)});
  const auto [r_bar, angle_bar] = tl::vjp(polar)(2.0, 0.5, std::array{1.0, 2.0});
  CHECK(r_bar == Approx(j(0, 0) + 2 * j(1, 0)));
  CHECK(angle_bar == Approx(j(0, 1) + 2 * j(1, 1)));
  STATIC_REQUIRE(tl::vjp(spring)(std::array{3.0, 5.0, 0.0}, 2.0) == std::array{60.0, 18.0, 2.0});
  std::array<double, 3> g{};
  tl::vjp(spring).into(g, std::array{3.0, 5.0, 0.0}, 2.0);
  CHECK(g == std::array{60.0, 18.0, 2.0});
  constexpr auto chosen = [](auto x, auto k) { return tl::select(k > 0, x * x, x); };  // data has no tangent
  STATIC_REQUIRE(tl::jvp(chosen)(3.0, 1, 1.0).tangent == 6);
}

TEST_CASE("a hessian is symmetric, and exact where it vanishes", "[derive][hessian]") {
  constexpr auto h = tl::hessian(rosenbrock)(1.0, 2.0);
  STATIC_REQUIRE(h == tl::mat<double, 2, 2>{2 - 400 * (2.0 - 3), -400, -400, 200});
  constexpr auto all = tl::value_gradient_and_hessian(rosenbrock)(1.0, 2.0);
  STATIC_REQUIRE(all.value == 100 && all.hessian == h);
  STATIC_REQUIRE(all.gradient == tl::gradient(rosenbrock)(1.0, 2.0));
  STATIC_REQUIRE(tl::hessian(rosenbrock, tl::wrt<1>)(1.0, 2.0) == tl::mat<double, 1, 1>{200});
  STATIC_REQUIRE(tl::hessian(spring)(std::array{3.0, 5.0, 0.0}) == tl::mat<double, 3, 3>{10, 6, 0, 6, 0, 0, 0, 0, 0});
  constexpr auto behind = [](auto x) { return tl::select(x > 0, sqrt(x), x * x); };
  STATIC_REQUIRE(tl::hessian(behind)(-1.0) == tl::mat<double, 1, 1>{2});  // not NaN, by a strong zero
  double storage[2][2];
  std::tuple<double, double> gradient;
  CHECK(tl::value_gradient_and_hessian(rosenbrock).into(gradient, storage, 1.0, 2.0) == 100);
  CHECK(storage[1][0] == -400);
  tl::hessian(rosenbrock).into(storage, 1.0, 1.0);
  CHECK(storage[0][0] == 802);
}

TEST_CASE("the hessian of a separable function computes nothing for what is zero", "[derive][hessian]") {
  constexpr auto separable = [](const auto& x) {
    auto s = exp(x[0]);
    for (std::size_t i = 1; i < 30; ++i) s += exp(x[i]);
    return s;
  };
  using input = std::array<double, 30>;
  STATIC_REQUIRE(tl::cost<decltype(tl::hessian(separable)), input>.total() == 30);  // the exponentials themselves
  input x{};
  x[7] = 1;
  const auto h = tl::hessian(separable)(x);
  for (std::size_t i = 0; i < 30; ++i)
    for (std::size_t k = 0; k < 30; ++k) CHECK(h(i, k) == (i != k ? 0 : i == 7 ? tl::math::exp(1.0) : 1.0));
}

TEST_CASE("the product of hessian and vector", "[derive][hessian]") {
  constexpr auto h = tl::hessian(rosenbrock)(1.0, 2.0);
  constexpr auto product = tl::hvp(rosenbrock)(1.0, 2.0, 3.0, -1.0);
  STATIC_REQUIRE(product == std::tuple(3 * h(0, 0) - h(0, 1), 3 * h(1, 0) - h(1, 1)));
  STATIC_REQUIRE(tl::hvp(spring)(std::array{3.0, 5.0, 0.0}, std::array{1.0, 0.0, 0.0}) == std::array{10.0, 6.0, 0.0});
  std::array<double, 3> storage{};
  tl::hvp(spring).into(storage, std::array{3.0, 5.0, 0.0}, std::array{0.0, 1.0, 0.0});
  CHECK(storage == std::array{6.0, 0.0, 0.0});
}

TEST_CASE("a gradient whose program holds a product twice has the right tangent", "[derive][hessian]") {
  constexpr auto f = [](const auto& x) { return erf(-fma(x[1], tl::select(tan(x[0]) < x[0], x[1], tan(x[0])), x[0])); };
  constexpr std::array x{1.2, 0.6}, v{0.3, 0.2};
  constexpr auto h = tl::hessian(f)(x);
  constexpr auto product = tl::hvp(f)(x, v);
  for (std::size_t i = 0; i < 2; ++i) CHECK(product[i] == Approx(h(i, 0) * v[0] + h(i, 1) * v[1]).epsilon(1e-13));
}

TEST_CASE("partial derivatives of any order", "[derive][partial]") {
  constexpr auto f = [](auto x, auto y) { return x * x * x * y * y; };
  STATIC_REQUIRE(tl::partial<2, 1>(f)(2.0, 3.0) == 6 * 2 * 2 * 3);
  STATIC_REQUIRE(tl::partial<0, 1>(f)(2.0, 3.0) == 8 * 6);
  STATIC_REQUIRE(tl::partial<0>(f)(2.0, 3.0) == 72);
  STATIC_REQUIRE(tl::partial<3, 2>(f)(2.0, 3.0) == 12);
  STATIC_REQUIRE(tl::partial<4>(f)(2.0, 3.0) == 0);
  constexpr auto wave = [](auto x) { return sin(x); };
  STATIC_REQUIRE(tl::partial<6>(wave)(2.0) == -tl::sin(2.0));
  STATIC_REQUIRE(tl::partial<1>(polar)(2.0, 0.5) == std::array{tl::cos(0.5), tl::sin(0.5)});
}

TEST_CASE("derivatives of every kind inside a differentiated function", "[derive][nested]") {
  constexpr auto area = [](auto r, auto angle) {
    const auto j = tl::jacobian(polar)(r, angle);
    return j(0, 0) * j(1, 1) - j(0, 1) * j(1, 0);
  };
  STATIC_REQUIRE(tl::check_gradient(area)(2.0, 0.5));
  constexpr auto laplacian = [](auto x, auto y) {
    const auto h = tl::hessian(rosenbrock)(x, y);
    return h(0, 0) + h(1, 1);
  };
  STATIC_REQUIRE(tl::gradient(laplacian)(1.0, 2.0) == std::tuple(2400.0, -400.0));
  constexpr auto slope = [](auto x) { return tl::jvp([](auto u) { return sin(u); })(x, x).tangent; };
  STATIC_REQUIRE(tl::check_gradient(slope)(0.7));
  constexpr auto curvature = [](auto x, auto y) { return tl::partial<1, 1>(rosenbrock)(x, y); };
  STATIC_REQUIRE(tl::gradient(curvature)(1.0, 2.0) == std::tuple(-400.0, 0.0));
}
