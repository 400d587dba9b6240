// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// A referee is worth something if it passes what is right and fails what is wrong at every scale, near the edge of a
// domain, and where differences are hard.
namespace {

constexpr auto wavy = [](auto x) { return sin(20.0 * x) * exp(-x * x); };
constexpr auto logarithm = [](auto x) { return log(x); };
constexpr auto root = [](auto x) { return sqrt(x); };
constexpr auto steep = [](auto x) { return tl::sigmoid(50.0 * x); };
constexpr auto cubic = [](auto x) { return x * x * x - 2.0 * x; };
constexpr auto scaled = [](auto x, auto k) { return k * (x * x + sin(x)); };

/// Our gradient, wrong by a factor.
template <class F>
struct scaled_by {
  double factor;
  template <class... X>
  constexpr auto operator()(const X&... x) const {
    return static_cast<decltype(tl::gradient(F{})(x...))>(tl::gradient(F{})(x...) * factor);
  }
};
template <class F>
constexpr scaled_by<F> by(const F&, double factor) {
  return {factor};
}

template <class F>
void tells_right_from_wrong(const char* name, const F& f, double x) {
  const auto report = tl::check_gradient(f)(x);
  INFO(name << " at " << x << ": expected " << report.expected << ", got " << report.got << ", tolerance "
            << report.tolerance);
  CHECK(report);
  CHECK(!tl::check_gradient(f, by(f, 1.001))(x));
  CHECK(!tl::check_gradient(f, by(f, -1))(x));
  CHECK(!tl::check_gradient(f, by(f, 0))(x));
}

}  // namespace

TEST_CASE("near the edge of a domain", "[check]") {
  STATIC_REQUIRE(tl::check_gradient(logarithm)(1e-3));
  for (const double x : {1e-12, 1e-6, 1e-3, 0.1, 1.0, 1e3, 1e9}) {
    tells_right_from_wrong("log", logarithm, x);
    tells_right_from_wrong("sqrt", root, x);
  }
  tells_right_from_wrong("1/x", [](auto x) { return 1.0 / x; }, 1e-5);
  tells_right_from_wrong("1/x", [](auto x) { return 1.0 / x; }, -1e-5);
  tells_right_from_wrong("atan2", [](auto x) { return atan2(x, 1e-3); }, 1e-3);
}

TEST_CASE("large and small arguments", "[check]") {
  for (const double x : {1e-8, 1e-3, 1.0, 1e3, 1e8}) {
    tells_right_from_wrong("x^3 - 2x", cubic, x);
    tells_right_from_wrong("x^3 - 2x", cubic, -x);
  }
  tells_right_from_wrong("exp", [](auto x) { return exp(x); }, 300.0);
  tells_right_from_wrong("exp", [](auto x) { return exp(x); }, -300.0);
  tells_right_from_wrong("sin", [](auto x) { return sin(x); }, 100.0);
}

TEST_CASE("large and small values", "[check]") {
  for (const double k : {1e-200, 1e-30, 1e-9, 1.0, 1e9, 1e30, 1e200}) {
    INFO("factor " << k);
    CHECK(tl::check_gradient(scaled, tl::wrt<0>)(0.7, k));
    CHECK(!tl::check_gradient(
        scaled, [](auto x, auto a) { return a * (2 * x + tl::cos(x)) * 1.001; }, tl::wrt<0>)(0.7, k));
  }
}

TEST_CASE("functions that bend quickly", "[check]") {
  for (const double x : {-1.0, -0.3, 0.001, 0.4, 1.3}) {
    tells_right_from_wrong("sin(20x) exp(-x^2)", wavy, x);
    tells_right_from_wrong("sigmoid(50x)", steep, x / 10);
  }
}

TEST_CASE("stationary points", "[check]") {
  STATIC_REQUIRE(tl::check_gradient([](auto x) { return x * x; })(0.0));
  STATIC_REQUIRE(!tl::check_gradient([](auto x) { return x * x; }, [](auto x) { return 2 * x + 1e-3; })(0.0));
  STATIC_REQUIRE(tl::check_gradient([](auto x, auto y) { return x * x + y; })(0.0, 3.0));
  STATIC_REQUIRE(tl::check_gradient([](auto) { return 4.0; })(1.0));
  STATIC_REQUIRE(!tl::check_gradient([](auto) { return 4.0; }, [](auto) { return 1e-3; })(1.0));
}

TEST_CASE("components of very different size", "[check]") {
  constexpr auto f = [](auto x, auto y) { return 1e6 * x * x + 1e-2 * y * y; };
  constexpr auto wrong = [](auto x, auto y) { return std::tuple(2e6 * x, 2e-2 * y * 1.1); };
  CHECK(tl::check_gradient(f)(1.0, 1.0));
  CHECK(tl::check_gradient(f, [](auto x, auto y) { return std::tuple(2e6 * x, 2e-2 * y); })(1.0, 1.0));
  CHECK(!tl::check_gradient([](auto x, auto y) { return 10.0 * x * x + y * y; },
                            [](auto x, auto y) { return std::tuple(20 * x, 2 * y * 1.0001); })(1.0, 1.0));
  const auto report = tl::check_gradient(f, wrong)(1.0, 1.0);
  INFO("expected " << report.expected << ", got " << report.got << ", tolerance " << report.tolerance);
  CHECK(!report);
  CHECK(report.index == 1);
}

TEST_CASE("float and long double", "[check]") {
  STATIC_REQUIRE(tl::check_gradient(cubic)(1.5F));
  STATIC_REQUIRE(tl::check_gradient(cubic)(1.5L));
  STATIC_REQUIRE(!tl::check_gradient(cubic, by(cubic, 1.01))(1.5F));
  STATIC_REQUIRE(!tl::check_gradient(cubic, by(cubic, 1.00001))(1.5L));
  for (float x = -2; x < 2; x += 0.17F) CHECK(tl::check_gradient(wavy)(x));
  for (long double x = -2; x < 2; x += 0.17L) CHECK(tl::check_gradient(wavy)(x));
}

TEST_CASE("a kink is no place for differences", "[check]") {
  CHECK(!tl::check_gradient([](auto x) { return abs(x); }, [](auto) { return 1.0; })(0.0));
  tells_right_from_wrong("abs", [](auto x) { return abs(x); }, 1e-6);
  tells_right_from_wrong("relu", [](auto x) { return tl::relu(x) * 3.0 - x; }, 1e-6);
  CHECK(tl::check_gradient([](auto x, auto y) { return tl::max(x, y); })(1.0, 1.0 + 1e-4));
}

TEST_CASE("differences by themselves", "[check]") {
  constexpr auto q = tl::central_difference([](double x) { return x * x * x; }, 2.0);
  STATIC_REQUIRE(tl::math::abs(q.value - 12) < 1e-9);
  STATIC_REQUIRE(q.error < 1e-6);
  STATIC_REQUIRE(tl::math::abs(q.value - 12) <= q.error);
  constexpr auto e = tl::central_difference([](long double x) { return tl::exp(x); }, 1.0L);
  STATIC_REQUIRE(tl::math::abs(e.value - tl::exp(1.0L)) < 1e-13L);
}
