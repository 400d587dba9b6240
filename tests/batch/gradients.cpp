// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include <tapeless/batch/batch.hpp>
#include "catch.hpp"

// Functions of lanes, of intervals and of masks, through the same graph as functions of numbers.
namespace {

constexpr auto shared = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
constexpr auto norm = [](const auto& p) { return sqrt(p[0] * p[0] + p[1] * p[1]); };

template <class T, std::size_t W>
constexpr tl::lanes<T, W> ramp(T from, T step) {
  return tl::lanes<T, W>([=](std::size_t k) { return from + step * static_cast<T>(k); });
}

template <class T>
bool near(T a, T b, T ulps = 64) {
  return a == b || std::abs(a - b) <= ulps * std::numeric_limits<T>::epsilon() * std::max(std::abs(a), std::abs(b));
}

template <class T, std::size_t W>
void check_shared() {
  const auto x = ramp<T, W>(T(0.25), T(0.125)), y = ramp<T, W>(T(-0.75), T(0.25));
  const auto [value, gradient] = tl::value_and_gradient(shared)(x, y);
  STATIC_REQUIRE(std::is_same_v<decltype(value), const tl::lanes<T, W>>);
  for (std::size_t k = 0; k < W; ++k) {
    const auto [v, g] = tl::value_and_gradient(shared)(x[k], y[k]);
    CHECK(near(value[k], v));
    CHECK(near(std::get<0>(gradient)[k], std::get<0>(g)));
    CHECK(near(std::get<1>(gradient)[k], std::get<1>(g)));
  }
}

/// A number known to lie between two others.
struct bounds : tl::operand_base {
  double low = 0, high = 0;

  constexpr bounds() = default;
  constexpr bounds(double number) : low(number), high(number) {}  // NOLINT(google-explicit-constructor)
  constexpr bounds(double from, double to) : low(from), high(to) {}
  constexpr bool contains(double number) const { return low <= number && number <= high; }
};

constexpr bounds hull(double a, double b, double c, double d) {
  return {tl::min(tl::min(a, b), tl::min(c, d)), tl::max(tl::max(a, b), tl::max(c, d))};
}
constexpr bounds apply_operation(tl::op::tag<tl::op::add>, bounds x, bounds y) {
  return {x.low + y.low, x.high + y.high};
}
constexpr bounds apply_operation(tl::op::tag<tl::op::sub>, bounds x, bounds y) {
  return {x.low - y.high, x.high - y.low};
}
constexpr bounds apply_operation(tl::op::tag<tl::op::mul>, bounds x, bounds y) {
  return hull(x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high);
}
constexpr bounds apply_operation(tl::op::tag<tl::op::div>, bounds x, bounds y) {
  return apply_operation(tl::op::tag<tl::op::mul>{}, x, {1 / y.high, 1 / y.low});
}
constexpr bounds apply_operation(tl::op::tag<tl::op::neg>, bounds x) { return {-x.high, -x.low}; }
constexpr bounds apply_operation(tl::op::tag<tl::op::exp>, bounds x) { return {tl::exp(x.low), tl::exp(x.high)}; }

}  // namespace

TEST_CASE("gradients on lanes of any width", "[batch]") {
  check_shared<double, 2>();
  check_shared<double, 4>();
  check_shared<double, 8>();
  check_shared<double, 16>();
  check_shared<float, 2>();
  check_shared<float, 4>();
  check_shared<float, 8>();
  check_shared<float, 16>();
}

TEST_CASE("in constant expressions lanes are as exact as numbers", "[batch]") {
  constexpr auto x = ramp<double, 4>(0.0, 0.5);
  constexpr auto g = tl::gradient(shared)(x, tl::lanes<double, 4>(2));
  STATIC_REQUIRE(std::get<0>(g)[0] == tl::sin(2.0) + 2.0);
  STATIC_REQUIRE(std::get<1>(g)[3] == std::get<1>(tl::gradient(shared)(1.5, 2.0)));
  STATIC_REQUIRE(tl::value_and_gradient(shared)(x, tl::lanes<double, 4>(2)).value[0] == 1);
  constexpr auto product = x * x + 1;
  STATIC_REQUIRE(product[3] == 3.25);
}

TEST_CASE("arrays and tuples of lanes", "[batch]") {
  using lanes = tl::lanes<double, 8>;
  const std::array<lanes, 2> p{ramp<double, 8>(0, 3), ramp<double, 8>(0, 4)};
  const std::array<lanes, 2> g = tl::gradient(norm)(p);
  CHECK(std::isnan(g[0][0]));
  for (std::size_t k = 1; k < 8; ++k) {
    CHECK(near(g[0][k], 0.6));
    CHECK(near(g[1][k], 0.8));
  }
  const auto t = tl::gradient([](const auto& q) { return std::get<0>(q) * std::get<1>(q); })(std::tuple(p[0], p[1]));
  CHECK(std::get<0>(t)[2] == 8);
  CHECK(std::get<1>(t)[2] == 6);
}

TEST_CASE("a side that a lane does not select leaves no trace in it", "[batch]") {
  constexpr auto f = [](auto x) { return tl::select(x > 0, sqrt(x), 0.0); };
  constexpr auto x = ramp<double, 8>(-2, 1);
  for (const auto& [value, slope] : {tl::value_and_gradient(f)(x), tl::value_and_gradient(f)(ramp<double, 8>(-2, 1))})
    for (std::size_t k = 0; k < 8; ++k) {
      CHECK(value[k] == (x[k] > 0 ? std::sqrt(x[k]) : 0));
      CHECK(slope[k] == (x[k] > 0 ? 0.5 / std::sqrt(x[k]) : 0));
    }
  STATIC_REQUIRE(tl::gradient(f)(x)[0] == 0);
  STATIC_REQUIRE(tl::gradient(f)(x)[3] == 0.5);
}

TEST_CASE("kinks on lanes", "[batch]") {
  const tl::lanes<float, 4> x([](std::size_t k) { return static_cast<float>(k) - 2; });  // -2, -1, 0, 1
  const auto check = [&](auto f) {
    const auto slope = tl::gradient(f)(x);
    for (std::size_t k = 0; k < 4; ++k) CHECK(slope[k] == tl::gradient(f)(x[k]));
  };
  check([](auto a) { return abs(a); });
  check([](auto a) { return tl::relu(a) + max(a, -1.0) * 2.0; });
  check([](auto a) { return tl::clamp(a, -1.0, 0.0); });
  check([](auto a) { return tl::select(a < 0 || !(a <= 0.5), a * a, 3.0 * a); });
  check([](auto a) { return powi(a, 3) + tl::floor(a) * a; });
}

TEST_CASE("data beside lanes, and conditions that become data", "[batch]") {
  constexpr auto f = [](auto x, auto n) {
    return tl::select(n > 2, x * x, x) * n + tl::select(x > 1, n, 2 * n) * x + powi(x, n);
  };
  constexpr auto x = ramp<double, 4>(0, 0.5);
  for (const int n : {-1, 2, 3}) {
    const auto slope = tl::gradient(f)(x, n);
    for (std::size_t k = 0; k < 4; ++k) CHECK(near(slope[k], tl::gradient(f)(x[k], n)));
  }
  constexpr auto g = [](auto a, auto big) { return a * big + tl::select(big > 1U, a, -a); };
  CHECK(tl::gradient(g)(x, ~0ULL)[1] == tl::gradient(g)(x[1], ~0ULL));
}

TEST_CASE("numbers beside lanes are the same for all", "[batch]") {
  const auto x = ramp<double, 8>(0, 0.25);
  const tl::lanes<double, 8> slope = tl::gradient(shared, tl::wrt<0>)(x, 0.5);
  for (std::size_t k = 0; k < 8; ++k) CHECK(near(slope[k], tl::gradient(shared, tl::wrt<0>)(x[k], 0.5)));
}

TEST_CASE("functions called on lanes directly", "[batch]") {
  const auto x = ramp<float, 8>(-1, 0.25F);
  auto y = shared(x, 0.5) + tl::select(x > 0, x, 1);
  y *= 2;
  using std::max;
  y = max(y, x);
  for (std::size_t k = 0; k < 8; ++k)
    CHECK(near(y[k], std::max(2 * (static_cast<float>(shared(x[k], 0.5F)) + (x[k] > 0 ? x[k] : 1.0F)), x[k])));
  const auto mask = x > 0 && x < 0.5;
  CHECK(!mask[4]);
  CHECK(mask[5]);
}

TEST_CASE("gradients of intervals enclose those of their numbers", "[batch]") {
  constexpr auto f = [](auto x, auto y) { return x * exp(-x * y) + y * y / (2.0 + x) - 0.5 * x; };
  constexpr bounds a(0.25, 0.5), b(1, 1.25);
  constexpr auto r = tl::value_and_gradient(f)(a, b);
  const auto [da, db] = r.gradient;
  for (const double x : {0.25, 0.3, 0.5})
    for (const double y : {1.0, 1.125, 1.25}) {
      const auto [value, gradient] = tl::value_and_gradient(f)(x, y);
      CHECK(r.value.contains(value));
      CHECK(da.contains(std::get<0>(gradient)));
      CHECK(db.contains(std::get<1>(gradient)));
    }
  constexpr auto chosen = [](auto x, auto n) { return tl::select(n > 1, x * x, x); };  // conditions are plain
  STATIC_REQUIRE(tl::gradient(chosen)(a, 2).high == 1);
  STATIC_REQUIRE(tl::gradient(chosen)(a, 1).high == 1);
}
