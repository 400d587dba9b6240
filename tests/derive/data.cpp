// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstdint>
#include <tuple>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Integers, bools and enums are data: they reach the function, and have no derivative.
namespace {

enum class kind { linear, quadratic, cubic };
enum plain_kind : unsigned char { up, down };

constexpr auto times = [](auto n, auto x) { return n * x * x; };
constexpr auto power = [](auto k, auto x) {
  return tl::select(k == kind::linear, x, tl::select(k == kind::quadratic, x * x, x * x * x));
};
constexpr auto either = [](auto flag, auto x, auto y) { return tl::select(flag, x * x, y * y); };
constexpr auto gated = [](auto condition, auto x) { return tl::select(condition, x * x, x); };
constexpr auto pick = [](auto values, auto i) { return tl::gather(values, i) * tl::gather(values, i); };

using four = std::array<double, 4>;

}  // namespace

TEST_CASE("integers take part in arithmetic", "[derive][data]") {
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(times)(3, 2.0)), double>);
  STATIC_REQUIRE(tl::gradient(times)(3, 2.0) == 12.0);
  STATIC_REQUIRE(tl::gradient(times)(3L, 2.0) == 12.0);
  STATIC_REQUIRE(tl::gradient(times)(static_cast<short>(-3), 2.0) == -12.0);
  STATIC_REQUIRE(tl::gradient(times)(3U, 2.0) == 12.0);
  STATIC_REQUIRE(tl::gradient(times)(static_cast<signed char>(3), 2.0F) == 12.0F);
  STATIC_REQUIRE(tl::gradient(times)(std::size_t{3}, 2.0) == 12.0);
  STATIC_REQUIRE(tl::value_and_gradient(times)(3, 2.0).value == 12.0);
  // 2^53 + 1 and products of integers are exact until they meet a real number.
  constexpr auto exact = [](auto n, auto x) { return (n * n - (n - 1) * (n + 1)) * x; };
  STATIC_REQUIRE(tl::gradient(exact)(94906267LL, 1.0) == 1.0);
}

TEST_CASE("a difference of integers is a whole number, a quotient with a real one is not", "[derive][data]") {
  constexpr auto f = [](auto n, auto x) { return (n - 5) * x + x / n; };
  STATIC_REQUIRE(tl::gradient(f)(4, 2.0) == -1.0 + 0.25);
  constexpr auto g = [](auto n, auto m, auto x) { return n / m * x; };
  STATIC_REQUIRE(tl::gradient(g)(7, 2, 1.0) == 3.0);  // as in C++
}

TEST_CASE("data in comparisons", "[derive][data]") {
  constexpr auto f = [](auto n, auto x) { return tl::select(n > 2, x * x, x); };
  STATIC_REQUIRE(tl::gradient(f)(3, 5.0) == 10.0);
  STATIC_REQUIRE(tl::gradient(f)(2, 5.0) == 1.0);
  constexpr auto mixed = [](auto n, auto x) { return tl::select(n < x, x * x, x); };
  STATIC_REQUIRE(tl::gradient(mixed)(3, 3.5) == 7.0);
  STATIC_REQUIRE(tl::gradient(mixed)(4, 3.5) == 1.0);
  constexpr auto logical = [](auto n, auto m, auto x) { return tl::select((n > 0 && m > 0) || !(n == m), x * x, x); };
  STATIC_REQUIRE(tl::gradient(logical)(1, 1, 5.0) == 10.0);
  STATIC_REQUIRE(tl::gradient(logical)(0, 0, 5.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(logical)(0, 1, 5.0) == 10.0);
}

TEST_CASE("enums", "[derive][data]") {
  STATIC_REQUIRE(tl::gradient(power)(kind::linear, 2.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(power)(kind::quadratic, 2.0) == 4.0);
  STATIC_REQUIRE(tl::gradient(power)(kind::cubic, 2.0) == 12.0);
  constexpr auto sign = [](auto k, auto x) { return tl::select(k == up, x, -x); };
  STATIC_REQUIRE(tl::gradient(sign)(up, 2.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(sign)(down, 2.0) == -1.0);
}

TEST_CASE("bools are conditions", "[derive][data]") {
  STATIC_REQUIRE(tl::gradient(either)(true, 2.0, 3.0) == std::tuple(4.0, 0.0));
  STATIC_REQUIRE(tl::gradient(either)(false, 2.0, 3.0) == std::tuple(0.0, 6.0));
  constexpr auto counted = [](auto flag, auto x) { return flag * x; };
  STATIC_REQUIRE(tl::gradient(counted)(true, 2.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(counted)(false, 2.0) == 0.0);
}

TEST_CASE("a number is a condition that holds if it is not 0", "[derive][data]") {
  STATIC_REQUIRE(tl::gradient(gated)(0.5, 3.0) == std::tuple(0.0, 6.0));
  STATIC_REQUIRE(tl::gradient(gated)(-0.25F, 3.0) == std::tuple(0.0F, 6.0));
  STATIC_REQUIRE(tl::gradient(gated)(0.0, 3.0) == std::tuple(0.0, 1.0));
  STATIC_REQUIRE(tl::gradient(gated)(-0.0, 3.0) == std::tuple(0.0, 1.0));
  STATIC_REQUIRE(tl::gradient(gated)(5e-324, 3.0) == std::tuple(0.0, 6.0));
  STATIC_REQUIRE(tl::gradient(gated)(true, 3.0) == 6.0);
  STATIC_REQUIRE(tl::gradient(gated)(false, 3.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(gated)(2, 3.0) == 6.0);
  STATIC_REQUIRE(tl::gradient(gated)(0, 3.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(gated)(std::uint64_t{1} << 63, 3.0) == 6.0);
  STATIC_REQUIRE(tl::gradient(gated)(static_cast<signed char>(-1), 3.0) == 6.0);
  volatile double half = 0.5, none = 0.0;
  CHECK(tl::gradient(gated)(static_cast<double>(half), 3.0) == std::tuple(0.0, 6.0));
  CHECK(tl::gradient(gated)(static_cast<double>(none), 3.0) == std::tuple(0.0, 1.0));
}

TEST_CASE("connectives of numbers", "[derive][data]") {
  constexpr auto f = [](auto p, auto q, auto x) {
    return tl::select(p && q, 1.0, 0.0) * x + tl::select(p || q, 2.0, 0.0) * x + tl::select(!p, 4.0, 0.0) * x +
           tl::select(!!q, 8.0, 0.0) * x;
  };
  const auto same = [&](auto p, auto q) { return tl::gradient(f, tl::wrt<2>)(p, q, 1.0) == f(p != 0, q != 0, 1.0); };
  for (const double p : {0.0, 0.5, -1.0})
    for (const double q : {0.0, 0.25, 1.0}) {
      CHECK(same(p, q));
      CHECK(same(p != 0, q));
      CHECK(same(p, q > 0 ? 2 : 0));
    }
  STATIC_REQUIRE(tl::gradient(f, tl::wrt<2>)(0.5, 0.25, 1.0) == 11.0);
  STATIC_REQUIRE(tl::gradient(f, tl::wrt<2>)(0.0, 0.25, 1.0) == 14.0);
}

TEST_CASE("gather reads at an index known at run time", "[derive][data]") {
  constexpr four x{1, 2, 3, 4};
  STATIC_REQUIRE(tl::gradient(pick)(x, 2) == four{0, 0, 6, 0});
  STATIC_REQUIRE(tl::gradient(pick)(x, 0) == four{2, 0, 0, 0});
  STATIC_REQUIRE(tl::gradient(pick)(x, 3U) == four{0, 0, 0, 8});
  STATIC_REQUIRE(tl::gradient(pick)(x, -1) == tl::gradient(pick)(x, 0));  // out of range: the first
  STATIC_REQUIRE(tl::gradient(pick)(x, 4) == tl::gradient(pick)(x, 0));
  for (int i = 0; i < 4; ++i)
    CHECK(tl::value_and_gradient(pick)(x, i).value == x[static_cast<std::size_t>(i)] * x[static_cast<std::size_t>(i)]);
  // On plain numbers it is a subscript.
  STATIC_REQUIRE(tl::gather(x, 2) == 3.0);
  STATIC_REQUIRE(pick(x, 2) == 9.0);
}

TEST_CASE("an index in an array of indices, a table of data", "[derive][data]") {
  constexpr auto f = [](const auto& x, const auto& index, const auto& sign) {
    auto sum = tl::gather(x, index[0]) * 0.0;
    for (std::size_t i = 0; i < 3; ++i) sum += sign[i] * tl::gather(x, index[i]);
    return sum;
  };
  constexpr std::array<int, 3> index{3, 1, 3}, sign{1, -1, 1};
  STATIC_REQUIRE(tl::gradient(f)(four{1, 2, 3, 4}, index, sign) == four{0, -1, 0, 2});
  constexpr auto table = [](auto row, auto i, auto x) { return tl::gather(row, i) * x; };
  STATIC_REQUIRE(tl::gradient(table)(std::array<int, 3>{5, 6, 7}, 1, 2.0) == 6.0);
  constexpr auto fixed = [](auto i, auto x) { return tl::gather(std::array{0.5, 0.25}, i) * x; };
  STATIC_REQUIRE(tl::gradient(fixed)(1, 2.0) == 0.25);
  STATIC_REQUIRE(tl::gradient(fixed)(0U, 2.0F) == 0.5F);
}

TEST_CASE("compile-time numbers stay what they are", "[derive][data]") {
  constexpr auto f = [](auto n, auto x) {
    auto p = x;
    for (int i = 1; i < n(); ++i) p *= x;
    std::array<decltype(x), static_cast<std::size_t>(decltype(n)::value)> copies{};
    return p + 0.0 * copies[0];
  };
  STATIC_REQUIRE(tl::gradient(f)(std::integral_constant<int, 3>{}, 2.0) == 12.0);
  STATIC_REQUIRE(tl::gradient(f)(std::integral_constant<int, 5>{}, 2.0) == 80.0);
  STATIC_REQUIRE(tl::gradient(f)(boost::hana::integral_constant<int, 2>{}, 2.0) == 4.0);
}

TEST_CASE("data at run time", "[derive][data]") {
  volatile int n = 3;
  volatile bool flag = false;
  CHECK(tl::gradient(times)(static_cast<int>(n), 2.0) == 12.0);
  CHECK(tl::gradient(either)(static_cast<bool>(flag), 2.0, 3.0) == std::tuple(0.0, 6.0));
  CHECK(tl::gradient(pick)(four{1, 2, 3, 4}, static_cast<int>(n)) == four{0, 0, 0, 8});
}
