// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Ordinary C++ under differentiation: what may stand inside a function.
namespace {

using four = std::array<double, 4>;

template <class T>
constexpr T horner(const std::array<T, 4>& c, T x) {
  T y = 0;
  for (std::size_t i = c.size(); i-- > 0;) y = y * x + c[i];
  return y;
}

template <class T, std::size_t N>
constexpr T variance(const std::array<T, N>& x) {
  T mean = 0, sum = 0;
  for (const T& xi : x) mean += xi;
  mean /= static_cast<int>(N);
  for (const T& xi : x) sum += (xi - mean) * (xi - mean);
  return sum / static_cast<int>(N - 1);
}

template <class T>
constexpr T recursive_power(T x, int n) {
  if (n == 0) return 1;
  const T half = recursive_power(x, n / 2);
  return n % 2 ? half * half * x : half * half;
}

struct accumulator {
  template <class T>
  constexpr static T newton_sqrt(T a) {
    T x = a;
    for (int k = 0; k < 8; ++k) x = 0.5 * (x + a / x);
    return x;
  }
};

template <class T>
constexpr T free_function(T x, T y) {
  return x * y + x;
}

struct squared {
  constexpr auto operator()(auto x) const { return x * x; }
};

constexpr bool near(double a, double b) { return tl::math::abs(a - b) <= 1e-14 * (1 + tl::math::abs(b)); }

}  // namespace

TEST_CASE("loops and reassignment", "[derive][code]") {
  constexpr auto f = [](auto x) {
    auto y = x;
    for (int k = 0; k < 4; ++k) y *= x;
    y -= 2 * x;
    y /= x;
    return y;  // x^4 - 2
  };
  STATIC_REQUIRE(tl::gradient(f)(2.0) == 32.0);
  constexpr auto counted = [](auto x) {
    auto y = 0 * x;
    int k = 0;
    while (true) {
      if (++k > 5) break;
      if (k % 2) continue;
      y += k * x * x;
    }
    return y;  // 6 x^2
  };
  STATIC_REQUIRE(tl::gradient(counted)(2.0) == 24.0);
}

TEST_CASE("helper functions, templates over the scalar, recursion", "[derive][code]") {
  constexpr auto f = [](const auto& c, auto x) { return horner(c, x); };
  STATIC_REQUIRE(tl::gradient(f)(four{1, 2, 3, 4}, 2.0) == std::tuple(four{1, 2, 4, 8}, 2.0 + 12 + 48));
  STATIC_REQUIRE(tl::gradient([](auto x) { return recursive_power(x, 10); })(2.0) == 5120.0);
  constexpr auto v = tl::gradient([](const auto& x) { return variance(x); })(four{1, 2, 3, 6});
  for (std::size_t i = 0; i < 4; ++i) CHECK(near(v[i], 2 * (four{1, 2, 3, 6}[i] - 3) / 3));
  constexpr auto root = tl::gradient([](auto x) { return accumulator::newton_sqrt(x); })(2.0);
  STATIC_REQUIRE(near(root, 0.5 / tl::math::sqrt(2.0)));
  STATIC_REQUIRE(tl::gradient([](auto x, auto y) { return free_function(x, y); })(2.0, 3.0) == std::tuple(4.0, 2.0));
}

TEST_CASE("local arrays", "[derive][code]") {
  constexpr auto convolve = [](const auto& x) {
    using T = std::remove_cvref_t<decltype(x[0])>;
    std::array<T, 7> y{};
    T c_array[4] = {};
    for (std::size_t i = 0; i < 4; ++i) {
      c_array[i] = x[3 - i];
      for (std::size_t k = 0; k < 4; ++k) y[i + k] += x[i] * x[k];
    }
    return y[3] + c_array[0];  // 2 x0 x3 + 2 x1 x2 + x3
  };
  STATIC_REQUIRE(tl::gradient(convolve)(four{1, 2, 3, 4}) == four{8, 6, 4, 3});
  constexpr auto matrix = [](const auto& x) {
    using T = std::remove_cvref_t<decltype(x[0])>;
    T m[2][2] = {{x[0], x[1]}, {x[2], x[3]}};
    std::swap(m[0][0], m[1][1]);
    return m[0][0] * m[1][1] - m[0][1] * m[1][0];
  };
  STATIC_REQUIRE(tl::gradient(matrix)(four{1, 2, 3, 4}) == four{4, -3, -2, 1});
}

TEST_CASE("standard algorithms that only move, add and call", "[derive][code]") {
  constexpr auto f = [](auto x) {
    std::reverse(x.begin(), x.end());
    std::rotate(x.begin(), x.begin() + 1, x.end());
    using T = std::remove_cvref_t<decltype(x[0])>;
    const T sum = std::accumulate(x.begin(), x.end(), T(0));
    return std::inner_product(x.begin(), x.end(), x.begin(), sum) + x[0] * x[0];
  };
  STATIC_REQUIRE(tl::gradient(f)(four{1, 2, 3, 4}) == four{3, 5, 13, 9});
}

TEST_CASE("names brought in by using still find ours", "[derive][code]") {
  constexpr auto f = [](auto x, auto y) {
    using std::abs;
    using std::exp;
    using std::max;
    using std::min;
    using std::pow;
    using std::sqrt;
    return max(x, y) * min(x, y) + abs(x - y) + exp(x) * pow(x, 2) + sqrt(y);
  };
  constexpr auto g = tl::gradient(f)(2.0, 3.0);
  STATIC_REQUIRE(near(std::get<0>(g), 3 - 1 + tl::math::exp(2.0) * 8));
  STATIC_REQUIRE(near(std::get<1>(g), 2 + 1 + 0.5 / tl::math::sqrt(3.0)));
  CHECK(tl::check_gradient(f)(2.0, 3.0));
  CHECK(f(2.0, 3.0) == Approx(6 + 1 + std::exp(2.0) * 4 + std::sqrt(3.0)));
}

TEST_CASE("constants of the scalar type", "[derive][code]") {
  constexpr auto f = [](auto x) {
    using T = decltype(x);
    const T big = std::numeric_limits<T>::max(), eps = std::numeric_limits<T>::epsilon();
    T least = std::numeric_limits<T>::infinity();
    least = tl::min(least, x);
    return least * x / (big * eps) * (big * eps) + std::numeric_limits<T>::digits;
  };
  STATIC_REQUIRE(near(tl::gradient(f)(3.0), 6.0));
  STATIC_REQUIRE(std::numeric_limits<tl::recorded<float>>::epsilon() == std::numeric_limits<float>::epsilon());
  STATIC_REQUIRE(tl::gradient([](auto x) { return x * std::numeric_limits<decltype(x)>::epsilon(); })(1.0F) ==
                 std::numeric_limits<float>::epsilon());
}

TEST_CASE("unary plus, int and float literals, casts to the scalar", "[derive][code]") {
  constexpr auto f = [](auto x) {
    using T = decltype(x);
    return +x * 2 + 3 * x - x / 4 + T(5) * x + T(0.5F) - 1u * x + 'a' * x * false;
  };
  STATIC_REQUIRE(tl::gradient(f)(1.0) == 2 + 3 - 0.25 + 5 - 1);
}

TEST_CASE("conditions by select, also of literals", "[derive][code]") {
  constexpr auto huber = [](auto x) { return tl::select(abs(x) < 1.0, 0.5 * x * x, abs(x) - 0.5); };
  STATIC_REQUIRE(tl::gradient(huber)(0.5) == 0.5);
  STATIC_REQUIRE(tl::gradient(huber)(-3.0) == -1.0);
  constexpr auto piecewise = [](auto x) { return tl::select(x < 0, 0, tl::select(x > 1 && x != 2, x * x, 1.0 * x)); };
  STATIC_REQUIRE(tl::gradient(piecewise)(-1.0) == 0.0);
  STATIC_REQUIRE(tl::gradient(piecewise)(0.5) == 1.0);
  STATIC_REQUIRE(tl::gradient(piecewise)(3.0) == 6.0);
  STATIC_REQUIRE(tl::gradient(piecewise)(2.0) == 1.0);
}

TEST_CASE("function objects and lambdas alike", "[derive][code]") {
  STATIC_REQUIRE(tl::gradient(squared{})(3.0) == 6.0);
  STATIC_REQUIRE(tl::gradient([](const auto& x) { return squared{}(x)*x; })(3.0) == 27.0);
  STATIC_REQUIRE(tl::gradient([]<class T>(T x, T y) { return x * y; })(3.0, 4.0) == std::tuple(4.0, 3.0));
  STATIC_REQUIRE(tl::gradient([](auto... x) { return (x * ... * 1.0); })(2.0, 3.0, 4.0) == std::tuple(12.0, 8.0, 6.0));
}
