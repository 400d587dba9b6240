// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <limits>
#include <sstream>

#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

template <class T, std::size_t K>
constexpr bool agrees(const tl::jet<T, K>& x, const std::array<double, K + 1>& expected, double tolerance = 4e-16) {
  for (std::size_t k = 0; k <= K; ++k)
    if (!(tl::abs(static_cast<double>(x[k]) - expected[k]) <= tolerance * (1 + tl::abs(expected[k])))) return false;
  return true;
}

constexpr double factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

}  // namespace

TEST_CASE("the examples of the jet and of taylor", "[jet]") {
  constexpr auto y = exp(tl::jet<double, 3>::variable(0.0));
  STATIC_REQUIRE(agrees(y, {1, 1, 0.5, 1.0 / 6}));
  constexpr auto series = tl::taylor<3>([](auto x) { return exp(2 * x); })(0.0);
  STATIC_REQUIRE(agrees(series, {1, 2, 2, 4.0 / 3}));
  STATIC_REQUIRE(std::is_same_v<decltype(series), const tl::jet<double, 3>>);
  STATIC_REQUIRE(series.derivative(3) == 8);
  STATIC_REQUIRE(std::is_trivially_copyable_v<tl::jet<double, 3>>);
}

TEST_CASE("known series up to order 10", "[jet]") {
  constexpr auto at_zero = [](auto f) { return tl::taylor<10>(f)(0.0); };
  constexpr auto f = [](int n) { return 1 / factorial(n); };
  STATIC_REQUIRE(
      agrees(at_zero([](auto x) { return exp(x); }), {1, 1, f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10)}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return sin(x); }), {0, 1, 0, -f(3), 0, f(5), 0, -f(7), 0, f(9), 0}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return cos(x); }), {1, 0, -f(2), 0, f(4), 0, -f(6), 0, f(8), 0, -f(10)}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return sinh(x); }), {0, 1, 0, f(3), 0, f(5), 0, f(7), 0, f(9), 0}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return tl::log1p(x); }),
                        {0, 1, -1.0 / 2, 1.0 / 3, -1.0 / 4, 1.0 / 5, -1.0 / 6, 1.0 / 7, -1.0 / 8, 1.0 / 9, -0.1}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return log(1 + x); }),
                        {0, 1, -1.0 / 2, 1.0 / 3, -1.0 / 4, 1.0 / 5, -1.0 / 6, 1.0 / 7, -1.0 / 8, 1.0 / 9, -0.1}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return tan(x); }),
                        {0, 1, 0, 1.0 / 3, 0, 2.0 / 15, 0, 17.0 / 315, 0, 62.0 / 2835, 0}));
  STATIC_REQUIRE(
      agrees(at_zero([](auto x) { return tl::atan(x); }), {0, 1, 0, -1.0 / 3, 0, 1.0 / 5, 0, -1.0 / 7, 0, 1.0 / 9, 0}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return 1 / (1 - x); }), {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return sqrt(1 + 4 * x); }),  // Catalan numbers
                        {1, 2, -2, 4, -10, 28, -84, 264, -858, 2860, -9724}));
  STATIC_REQUIRE(agrees(at_zero([](auto x) { return tl::rsqrt(1 - 4 * x); }),  // central binomial coefficients
                        {1, 2, 6, 20, 70, 252, 924, 3432, 12870, 48620, 184756}));
  STATIC_REQUIRE(
      agrees(at_zero([](auto x) { return pow(1 + x, 10); }), {1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1}));
  STATIC_REQUIRE(
      agrees(at_zero([](auto x) { return pow(1 + x, 10.0); }), {1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1}));
}

TEST_CASE("composite functions", "[jet]") {
  constexpr auto identity = [](auto f, double x) {
    const auto series = tl::taylor<8>(f)(x);
    return agrees(series, {x, 1}, 3e-13);
  };
  STATIC_REQUIRE(identity([](auto x) { return log(exp(x)); }, 0.75));
  STATIC_REQUIRE(identity([](auto x) { return tl::square(sqrt(x)); }, 0.75));
  STATIC_REQUIRE(identity([](auto x) { return sin(tl::asin(x)); }, 0.375));
  STATIC_REQUIRE(identity([](auto x) { return tl::atanh(tanh(x)); }, 0.375));
  STATIC_REQUIRE(identity([](auto x) { return tl::cbrt(x * x * x); }, 0.75));
  STATIC_REQUIRE(identity([](auto x) { return pow(pow(x, 2.5), 0.4); }, 1.25));
  STATIC_REQUIRE(identity([](auto x) { return tl::log2(tl::exp2(x)); }, 0.75));
  STATIC_REQUIRE(identity([](auto x) { return tl::log10(tl::exp10(x)); }, 0.75));
  STATIC_REQUIRE(identity([](auto x) { return log(pow(x, x)) / log(x); }, 1.75));
  STATIC_REQUIRE(identity([](auto x) { return tl::log1p(tl::expm1(x)); }, 0.75));
  STATIC_REQUIRE(identity([](auto x) { return x * (sin(x) * sin(x) + cos(x) * cos(x)); }, 0.75));
}

TEST_CASE("powers where the base is zero", "[jet]") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  STATIC_REQUIRE(agrees(tl::taylor<4>([](auto x) { return pow(x, 3.0); })(0.0), {0, 0, 0, 1, 0}));
  STATIC_REQUIRE(agrees(tl::taylor<4>([](auto x) { return pow(x, 3); })(0.0), {0, 0, 0, 1, 0}));
  STATIC_REQUIRE(agrees(tl::taylor<2>([](auto x) { return pow(-x, 3); })(-2.0), {8, -12, 6}));
  STATIC_REQUIRE(tl::taylor<1>([](auto x) { return sqrt(x); })(0.0)[1] == inf);
  STATIC_REQUIRE(tl::taylor<1>([](auto x) { return cbrt(x); })(0.0)[1] == inf);
  STATIC_REQUIRE(agrees(tl::taylor<3>([](auto x) { return sqrt(0 * x) + x; })(0.0), {0, 1, 0, 0}));
  STATIC_REQUIRE(
      agrees(tl::taylor<3>([](auto x) { return tl::asin(1 + 0 * x) - tl::asin(1) + x; })(0.0), {0, 1, 0, 0}));
}

TEST_CASE("jets of other numbers, and in other places", "[jet]") {
  STATIC_REQUIRE(std::is_same_v<decltype(0.5 * tl::jet<float, 2>(1)), tl::jet<float, 2>>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::taylor<2>([](auto x) { return x * x; })(3)), tl::jet<double, 2>>);
  constexpr double factor = 3;  // what a function captures
  STATIC_REQUIRE(agrees(tl::taylor<2>([factor](auto x) { return factor * x * x; })(1.0F), {3, 6, 3}));
  STATIC_REQUIRE(agrees(tl::taylor<2>([](auto) { return 7.0; })(1.0), {7, 0, 0}));

  // A dual outside: how the coefficients change with the point.
  constexpr auto moved = tl::taylor<2>([](auto x) { return x * x * x; })(tl::dual<double>::variable(2.0));
  STATIC_REQUIRE(moved[1].value == 12);
  STATIC_REQUIRE(moved[1].tangent[0] == 12);
  STATIC_REQUIRE(moved[2].tangent[0] == 3);
  // A dual inside: a parameter that does not depend on the variable.
  constexpr auto parameter = tl::dual<double>::variable(2.0);
  constexpr auto scaled = tl::taylor<2>([parameter](auto x) { return x * x * parameter; })(tl::dual<double>(3.0));
  STATIC_REQUIRE(scaled[2].tangent[0] == 1);
  STATIC_REQUIRE(scaled[1].tangent[0] == 6);

  // Inside of a function that is recorded.
  constexpr auto third = [](auto x) {
    return tl::taylor<3>([](auto y) { return exp(y) * sqrt(y) + pow(y, 2.5); })(x)[3];
  };
  STATIC_REQUIRE(tl::check_gradient(third)(1.5));
  constexpr auto direct = tl::taylor<4>([](auto y) { return exp(y) * sqrt(y) + pow(y, 2.5); })(1.5);
  STATIC_REQUIRE(tl::abs(tl::gradient(third)(1.5) - 4 * direct[4]) < 1e-13);
}

TEST_CASE("programs may branch on jets, and comparisons look at values", "[jet]") {
  using series = tl::jet<double, 2>;
  constexpr auto newton = [](auto a) {
    auto x = a;
    for (int i = 0; i < 9; ++i) x = 0.5 * (x + a / x);
    return x > 1 ? x : -x;
  };
  constexpr auto root = tl::taylor<2>(newton)(4.0);
  STATIC_REQUIRE(agrees(root, {2, 0.25, -1.0 / 64}));
  constexpr auto x = series::variable(2.0);
  STATIC_REQUIRE((x < 3 && x == 2 && x && isfinite(x) && !isnan(x) && !signbit(x)));
  STATIC_REQUIRE(max(x, series(1))[1] == 1);
  STATIC_REQUIRE(tl::clamp(x, 0, 1)[1] == 0);
  STATIC_REQUIRE(tl::select(x < 3, x, 5)[1] == 1);
  STATIC_REQUIRE(std::numeric_limits<series>::epsilon() == 0x1p-52);
  STATIC_REQUIRE(static_cast<int>(x) == 2);
  std::ostringstream out;
  out << x;
  REQUIRE(out.str() == "[2, 1, 0]");
}
