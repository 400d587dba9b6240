// SPDX-License-Identifier: BSL-1.0
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// The user's arithmetic is IEEE arithmetic: what is recorded gives the bits of the same C++ on plain numbers, for zeros
// of both signs, infinities and NaN too, at compile time and at run time.
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double specials[] = {
    0.0, -0.0, 1.0, -1.0, 0.1, -2.5, inf, -inf, std::numeric_limits<double>::quiet_NaN(), 5e-324, 1.5e308, -1.5e308};

constexpr bool identical(double a, double b) {
  if (a != a || b != b) return a != a && b != b;
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

template <class F>
double recorded_value(const F& f, auto... x) {
  return tl::value_and_gradient(f)(x...).value;
}

/// The recorded function of two numbers against the function itself.
template <class F>
void same_everywhere(const char* name, const F& f) {
  for (volatile double x : specials)
    for (volatile double y : specials) {
      const double a = x, b = y;
      INFO(name << " at " << a << ", " << b << ": " << recorded_value(f, a, b) << ", plainly "
                << static_cast<double>(f(a, b)));
      CHECK(identical(recorded_value(f, a, b), f(a, b)));
    }
}

}  // namespace

#define TAPELESS_SAME(...) same_everywhere(#__VA_ARGS__, [](auto x, [[maybe_unused]] auto y) { return __VA_ARGS__; })

TEST_CASE("the four operations", "[derive][ieee]") {
  TAPELESS_SAME(x + y);
  TAPELESS_SAME(x - y);
  TAPELESS_SAME(x * y);
  TAPELESS_SAME(x / y);
  TAPELESS_SAME(sqrt(x) + y);
  TAPELESS_SAME(-x);
  TAPELESS_SAME(-(x - y));
  TAPELESS_SAME(-(x + y));
  TAPELESS_SAME(-x - y);
  TAPELESS_SAME(-x + y);
  TAPELESS_SAME(-x * -y);
  TAPELESS_SAME(-x / y);
  TAPELESS_SAME(x / -y);
  TAPELESS_SAME(x - -y);
}

TEST_CASE("no law of real numbers is used that IEEE does not know", "[derive][ieee]") {
  TAPELESS_SAME(x * 0.0);
  TAPELESS_SAME(0.0 * x + y);
  TAPELESS_SAME(x * -0.0);
  TAPELESS_SAME(0.0 + x);
  TAPELESS_SAME(x + 0.0);
  TAPELESS_SAME(x + -0.0);
  TAPELESS_SAME(-0.0 + x);
  TAPELESS_SAME(x - 0.0);
  TAPELESS_SAME(x - -0.0);
  TAPELESS_SAME(0.0 - x);
  TAPELESS_SAME(-0.0 - x);
  TAPELESS_SAME(x - x);
  TAPELESS_SAME(x / x);
  TAPELESS_SAME((x + y) - y);
  TAPELESS_SAME((x * y) / y);
  TAPELESS_SAME(x * y + x * y);
  TAPELESS_SAME((x + y) + x);
  TAPELESS_SAME(x + (y + x));
  TAPELESS_SAME(0.0 / x);
  TAPELESS_SAME(x / 0.0);
  TAPELESS_SAME(x / -0.0);
}

TEST_CASE("ones, twos and other literals", "[derive][ieee]") {
  TAPELESS_SAME(x * 1.0);
  TAPELESS_SAME(1.0 * x / 1.0);
  TAPELESS_SAME(x * -1.0);
  TAPELESS_SAME(x / -1.0);
  TAPELESS_SAME(x / 2.0 + y / 0.25);
  TAPELESS_SAME(x / -4.0);
  TAPELESS_SAME(x / 3.0);
  TAPELESS_SAME(x / 10.0 * 10.0);
  TAPELESS_SAME(x + x);
  TAPELESS_SAME(x + x + x);
  TAPELESS_SAME(x * 0.1 * 0.2 * y);
  TAPELESS_SAME(0.1 + (0.2 + x));
  TAPELESS_SAME(2.0 * (x * 3.0) * y);
  TAPELESS_SAME(-(2.0 * x) - y * -3.0);
  TAPELESS_SAME(x / 1e-320 * y);
  TAPELESS_SAME(x / 0x1p1023);
  TAPELESS_SAME(x / 0x1p-1022);
}

TEST_CASE("products with negative literals in sums", "[derive][ieee]") {
  TAPELESS_SAME(x * y + -0.5 * x * y);
  TAPELESS_SAME(-0.5 * x * y + x * y);
  TAPELESS_SAME(x * y - -0.5 * x * y);
  TAPELESS_SAME((x + -0.5 * x) * (-3.0 * y + y));
}

TEST_CASE("sums of which one term is never -0", "[derive][ieee]") {
  TAPELESS_SAME(0.0 + x * x);
  TAPELESS_SAME(0.0 + tl::abs(x) * y);
  TAPELESS_SAME(tl::abs(x) + 0.0);
  TAPELESS_SAME(0.0 + x * y);
  TAPELESS_SAME(0.0 + sqrt(x));
}

TEST_CASE("selections and comparisons", "[derive][ieee]") {
  TAPELESS_SAME(tl::select(x < y, x, y));
  TAPELESS_SAME(tl::select(x <= y, x * y, y));
  TAPELESS_SAME(tl::select(x == y, x, -y));
  TAPELESS_SAME(tl::select(x != x, 1.0, y));
  TAPELESS_SAME(tl::select(!(x < y), x, y));
  TAPELESS_SAME(tl::select(x > y && y > 0.0, x, y * x));
  TAPELESS_SAME(tl::select(x >= y || x != x, x, y * x));
  TAPELESS_SAME(tl::max(x, y) - tl::min(x, y));
  TAPELESS_SAME(tl::max(x, 0.0) * tl::min(0.0, y));
  TAPELESS_SAME(tl::abs(x) * tl::relu(y));
}

TEST_CASE("what no derivative passes through", "[derive][ieee]") {
  TAPELESS_SAME(x + tl::stop_gradient(x * (3.0 / y)));
  TAPELESS_SAME(tl::select(x * (-2.0 / y) < y, x, y));
}

TEST_CASE("literals are folded as the program would compute them", "[derive][ieee]") {
  // In float, 0.1F + 0.2F is not the float nearest to 0.3.
  constexpr auto sum = [](auto x) {
    using T = decltype(x);
    return x * (T(0.1F) + T(0.2F)) * (T(1) / T(3)) - T(16777217);
  };
  for (const float x : {1.0F, -3.7F, 0.3F}) CHECK(tl::value_and_gradient(sum)(x).value == sum(x));
  for (const double x : {1.0, -3.7, 0.3}) CHECK(tl::value_and_gradient(sum)(x).value == sum(x));
  for (const long double x : {1.0L, -3.7L, 0.3L}) CHECK(tl::value_and_gradient(sum)(x).value == sum(x));
  constexpr auto third = [](auto x) {
    using T = decltype(x);
    const T a = 1, b = 3;
    return a / b * x;
  };
  CHECK(tl::gradient(third)(1.0F) == 1.0F / 3.0F);
  CHECK(tl::gradient(third)(1.0) == 1.0 / 3.0);
  CHECK(tl::gradient(third)(1.0L) == 1.0L / 3.0L);
}

TEST_CASE("compile time and run time agree bit for bit", "[derive][ieee]") {
  constexpr auto f = [](auto x, auto y) {
    return sqrt(x * x + y * y) / (x - 0.1 * y) - (x + y) * (1.0 / 3.0) / (y - sqrt(x));
  };
  constexpr auto early = tl::value_and_gradient(f)(0.7, -1.3);
  volatile double x = 0.7, y = -1.3;
  const auto late = tl::value_and_gradient(f)(static_cast<double>(x), static_cast<double>(y));
  CHECK(identical(early.value, late.value));
  CHECK(identical(std::get<0>(early.gradient), std::get<0>(late.gradient)));
  CHECK(identical(std::get<1>(early.gradient), std::get<1>(late.gradient)));
}
