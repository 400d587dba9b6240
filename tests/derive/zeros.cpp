// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// A derivative that is not there is an exact zero, whatever it would have been multiplied with; and what each operation
// promises at its kinks and at the edge of its domain.
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr auto safe_sqrt = [](auto x) { return tl::select(x > 0, sqrt(x), 0.0); };
constexpr auto safe_log = [](auto x) { return tl::select(x > 0.0, x * log(x), 0.0 * x); };
constexpr auto guarded = [](auto x) { return tl::select(x == 0, 1.0, sin(x) / x); };
constexpr auto norm = [](const auto& v) {
  auto s = v[0] * v[0] + v[1] * v[1];
  return tl::select(s == 0, 0, sqrt(s));
};

constexpr bool is_zero(double x) { return x == 0; }

}  // namespace

TEST_CASE("the side that is not selected does not take part", "[derive][zero]") {
  STATIC_REQUIRE(is_zero(tl::gradient(tl::gradient([](auto x) { return 2.0 * x; }))(1.0)));
  STATIC_REQUIRE(tl::gradient(safe_sqrt)(4.0) == 0.25);
  STATIC_REQUIRE(tl::gradient(guarded)(2.0) == (2 * tl::math::cos(2.0) - tl::math::sin(2.0)) / 4);
  volatile double minus_one = -1, zero = 0, infinite = inf;
  CHECK(is_zero(tl::gradient(safe_sqrt)(static_cast<double>(minus_one))));
  CHECK(is_zero(tl::gradient(safe_sqrt)(static_cast<double>(zero))));
  CHECK(is_zero(tl::gradient(safe_sqrt)(-static_cast<double>(infinite))));
  CHECK(is_zero(tl::gradient(safe_sqrt)(not_a_number)));
  CHECK(is_zero(tl::gradient(safe_log)(static_cast<double>(minus_one))));
  CHECK(is_zero(tl::gradient(guarded)(static_cast<double>(zero))));
  CHECK(tl::gradient(norm)(std::array{static_cast<double>(zero), 0.0}) == std::array{0.0, 0.0});
  CHECK(tl::gradient(norm)(std::array{3.0, 4.0})[1] == Approx(0.8).epsilon(1e-15));
}

// A constant expression has no infinities of its own: these divide by zero on the side that is not selected.
TEST_CASE("at compile time too", "[derive][zero]") {
  STATIC_REQUIRE(is_zero(tl::gradient(safe_sqrt)(0.0)));
  STATIC_REQUIRE(is_zero(tl::gradient(safe_sqrt)(-1.0)));
  STATIC_REQUIRE(is_zero(tl::gradient(guarded)(0.0)));
  STATIC_REQUIRE(tl::gradient(norm)(std::array{0.0, 0.0}) == std::array{0.0, 0.0});
  STATIC_REQUIRE(tl::gradient([](auto x, auto y) { return hypot(x, y); })(0.0, 0.0) == std::tuple(0.0, 0.0));
}

TEST_CASE("also when the result is used further", "[derive][zero]") {
  constexpr auto f = [](auto x) { return exp(3.0 * safe_sqrt(x) + 1.0) / (2.0 + safe_sqrt(x)); };
  volatile double minus_one = -1;
  CHECK(is_zero(tl::gradient(f)(static_cast<double>(minus_one))));
  constexpr auto twice = [](auto x) { return tl::select(x > 0, sqrt(x), 0.0) + tl::select(x > 0, log(x), 0.0); };
  CHECK(is_zero(tl::gradient(twice)(static_cast<double>(minus_one))));
  CHECK(tl::gradient(twice)(4.0) == 0.5);
  constexpr auto nested = [](auto x) { return tl::select(x > 0, tl::select(x > 1, sqrt(x - 1), 0.0), 0.0) * x; };
  CHECK(is_zero(tl::gradient(nested)(0.5)));
  CHECK(is_zero(tl::gradient(nested)(static_cast<double>(minus_one))));
  constexpr auto opposite = [](auto x) { return tl::select(x <= 0, 0.0, sqrt(x)) * tl::select(x <= 0, 2.0, log(x)); };
  CHECK(is_zero(tl::gradient(opposite)(static_cast<double>(minus_one))));
  CHECK(is_zero(tl::gradient(tl::gradient(safe_sqrt))(static_cast<double>(minus_one))));
}

TEST_CASE("an infinite partial times a derivative that is not there", "[derive][zero]") {
  constexpr auto f = [](auto x, auto y) { return sqrt(x) * y; };
  CHECK(std::isinf(std::get<0>(tl::gradient(f)(0.0, 1.0))));
  CHECK(is_zero(tl::gradient(f, tl::wrt<1>)(0.0, 1.0)));
  constexpr auto stopped = [](auto x) { return sqrt(tl::stop_gradient(x)) + x; };
  CHECK(tl::gradient(stopped)(0.0) == 1.0);
  constexpr auto ignored = [](auto x, auto y) { return tl::gather(std::array{sqrt(x), y, log(x)}, 1); };
  CHECK(tl::gradient(ignored)(0.0, 3.0) == std::tuple(0.0, 1.0));
}

TEST_CASE("nothing passes where an operation is flat, not even what is infinite", "[derive][zero]") {
  CHECK(is_zero(tl::gradient([](auto x) { return sqrt(tl::relu(x)); })(-1.0)));
  CHECK(is_zero(tl::gradient([](auto x) { return log(tl::max(x, 0.0)); })(-1.0)));
  CHECK(is_zero(tl::gradient([](auto x) { return 1.0 / tl::clamp(x, 0.0, 1.0); })(-1.0)));
  CHECK(is_zero(tl::gradient([](auto x) { return cbrt(tl::floor(x)); })(0.5)));
}

TEST_CASE("a derivative that is not there stays away inside of a function", "[derive][zero]") {
  constexpr auto absent = [](auto x, auto y) { return tl::gradient([](auto a, auto) { return a; }, tl::wrt<1>)(x, y); };
  constexpr auto times = [](auto x, auto y) { return x + decltype(absent){}(x, y) * log(y); };
  CHECK(tl::gradient(times)(2.0, 0.0) == std::tuple(1.0, 0.0));
  constexpr auto minus = [](auto x, auto y) { return decltype(absent){}(x, y) - x * y; };
  CHECK(tl::gradient(minus)(2.0, 3.0) == std::tuple(-3.0, -2.0));
  STATIC_REQUIRE(tl::cost<decltype(times), double, double>.total() == 0);
}

TEST_CASE("gather has exact zeros beside the chosen element", "[derive][zero]") {
  constexpr auto f = [](const auto& x, auto i) {
    std::array y{sqrt(x[0]), log(x[1]), 1.0 / x[2]};
    return tl::gather(y, i);
  };
  using three = std::array<double, 3>;
  CHECK(tl::gradient(f)(three{0, 4, 0}, 1) == three{0, 0.25, 0});
  CHECK(tl::gradient(f)(three{4, 0, 0}, 0) == three{0.25, 0, 0});
  CHECK(tl::gradient(f)(three{-1, -1, 2}, 2) == three{0, 0, -0.25});
}

TEST_CASE("conventions at kinks", "[derive][kink]") {
  STATIC_REQUIRE(tl::gradient([](auto x) { return abs(x); })(0.0) == 0.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return abs(x); })(-0.0) == 0.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return abs(x); })(-2.0) == -1.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::relu(x); })(0.0) == 0.0);
  STATIC_REQUIRE(tl::gradient([](auto x, auto y) { return tl::max(x, y); })(2.0, 2.0) == std::tuple(1.0, 0.0));
  STATIC_REQUIRE(tl::gradient([](auto x, auto y) { return tl::min(x, y); })(2.0, 2.0) == std::tuple(1.0, 0.0));
  STATIC_REQUIRE(tl::gradient([](auto x, auto y) { return tl::max(x, y); })(1.0, 2.0) == std::tuple(0.0, 1.0));
  STATIC_REQUIRE(tl::gradient([](auto x, auto y) { return tl::min(x, y); })(1.0, 2.0) == std::tuple(1.0, 0.0));
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::max(x, 0.0); })(0.0) == 1.0);  // the first of equals
  STATIC_REQUIRE(tl::gradient([](auto x) { return tl::max(0.0, x); })(0.0) == 0.0);
  volatile double zero = 0;
  CHECK(tl::gradient([](auto x, auto y) { return hypot(x, y); })(static_cast<double>(zero), 0.0) ==
        std::tuple(0.0, 0.0));
}

TEST_CASE("conventions at the edge of a domain", "[derive][kink]") {
  CHECK(tl::gradient([](auto x) { return sqrt(x); })(0.0) == inf);
  CHECK(tl::gradient([](auto x) { return log(x); })(0.0) == inf);
  constexpr auto power = [](auto x, auto y) { return pow(x, y); };
  CHECK(tl::gradient(power)(0.0, 2.0) == std::tuple(0.0, 0.0));
  CHECK(tl::gradient(power)(0.0, 1.0) == std::tuple(1.0, 0.0));
  CHECK(std::get<0>(tl::gradient(power)(0.0, 0.5)) == inf);
  CHECK(tl::gradient(power, tl::wrt<0>)(-2.0, 3.0) == 12.0);
  CHECK(tl::gradient([](auto x) { return pow(x, 3); })(-2.0) == 12.0);
  CHECK(tl::gradient([](auto x) { return pow(x, 2.0); })(0.0) == 0.0);
  CHECK(tl::gradient([](auto x) { return pow(x, 0.0); })(0.0) == 0.0);
  CHECK(tl::gradient(power, tl::wrt<0>)(0.0, 0.0) == 0.0);  // pow(x, 0) is 1 everywhere
}

TEST_CASE("tails: no overflow on the way to a finite derivative", "[derive][kink]") {
  constexpr auto sigmoid = tl::gradient([](auto x) { return tl::sigmoid(x); });
  constexpr auto softplus = tl::gradient([](auto x) { return tl::softplus(x); });
  STATIC_REQUIRE(sigmoid(-800.0) == 0.0);
  STATIC_REQUIRE(sigmoid(800.0) == 0.0);
  STATIC_REQUIRE(softplus(800.0) == 1.0);
  STATIC_REQUIRE(softplus(-1000.0) == 0.0);
  CHECK(sigmoid(-700.0) == Approx(std::exp(-700.0)).epsilon(1e-13));
  CHECK(softplus(-700.0) == Approx(std::exp(-700.0)).epsilon(1e-13));
  CHECK(tl::gradient([](auto x) { return tanh(x); })(400.0) == 0.0);
  const auto [dx, dy] = tl::gradient([](auto x, auto y) { return hypot(x, y); })(3e200, -4e200);
  CHECK(dx == Approx(0.6).epsilon(1e-15));
  CHECK(dy == Approx(-0.8).epsilon(1e-15));
}
