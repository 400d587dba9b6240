// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <type_traits>

#include <tapeless/lanes/lanes_operation.hpp>
#include "catch.hpp"

// Our own functions on lanes against the library's on wider numbers.
namespace {

template <class T>
using wider = std::conditional_t<sizeof(T) == 4, double, long double>;

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T>
constexpr T nan = std::numeric_limits<T>::quiet_NaN();
/// The results that may be 0 instead, since they are nearly below what normal numbers reach.
template <class T>
constexpr T nothing = 8 * std::numeric_limits<T>::min();

template <class T>
wider<T> unit(wider<T> expected) {
  int exponent = 0;
  std::frexp(expected, &exponent);
  return std::ldexp(wider<T>(1), exponent - std::numeric_limits<T>::digits);
}

template <class T>
std::string complaint(T x, T got, wider<T> expected) {
  char text[200];
  std::snprintf(text, sizeof text, "at %a: %a, expected %La, %.2f units away\n", static_cast<double>(x),
                static_cast<double>(got), static_cast<long double>(expected),
                static_cast<double>((static_cast<wider<T>>(got) - expected) / unit<T>(expected)));
  return text;
}

/// On random numbers between two limits, and of any size.
template <class T, std::size_t W>
void compare(std::string& wrong, double low, double high, double ulps, const auto& ours, const auto& exact) {
  std::mt19937_64 random(W);
  std::uniform_real_distribution<double> within(low, high), scale(-40, 3);
  for (std::size_t i = 0; i < 20000 / W && wrong.size() < 1000; ++i) {
    const tl::lanes<T, W> x([&](std::size_t k) {
      if (k % 2 != 0) return static_cast<T>(within(random));
      const double size = std::exp2(scale(random));
      return static_cast<T>(std::clamp(within(random) < 0 ? -size : size, low, high));
    });
    const tl::lanes<T, W> y = ours(x);
    for (std::size_t k = 0; k < W; ++k) {
      const wider<T> expected = exact(static_cast<wider<T>>(x[k])), got = y[k];
      const wider<T> error = std::abs(got - expected);
      if (!(error <= static_cast<wider<T>>(ulps) * unit<T>(expected) ||
            (std::abs(expected) < nothing<T> && error < nothing<T>)))
        wrong += complaint<T>(x[k], y[k], expected);
    }
  }
}

/// Exactly these, signs of 0 and all.
template <class T, std::size_t W>
void compare_special(std::string& wrong, const auto& ours, std::initializer_list<std::pair<T, T>> all) {
  for (const auto& [x, expected] : all)
    for (const T got : {ours(tl::lanes<T, W>(x))[0], ours(tl::lanes<T, W>(x))[W - 1]})
      if (std::isnan(expected) ? !std::isnan(got) : got != expected || std::signbit(got) != std::signbit(expected))
        wrong += complaint<T>(x, got, expected);
}

template <class T, std::size_t W>
void check(std::string& wrong) {
  const auto exp_of = [](const auto& x) { return exp(x); };
  const auto expm1_of = [](const auto& x) { return expm1(x); };
  const auto log_of = [](const auto& x) { return log(x); };
  const auto log1p_of = [](const auto& x) { return log1p(x); };
  const auto tanh_of = [](const auto& x) { return tanh(x); };
  const auto sigmoid_of = [](const auto& x) { return sigmoid(x); };
  using X = wider<T>;
  constexpr T inf = infinity<T>, big = std::numeric_limits<T>::max(), tiny = std::numeric_limits<T>::denorm_min();
  constexpr double most = sizeof(T) == 4 ? 88.7 : 709.7;

  compare<T, W>(wrong, -most - 30, most, 1, exp_of, [](X x) { return std::exp(x); });
  compare<T, W>(wrong, -5, 5, 1, exp_of, [](X x) { return std::exp(x); });
  compare<T, W>(wrong, -50, most, 2, expm1_of, [](X x) { return std::expm1(x); });
  compare<T, W>(wrong, -1, 1, 2, expm1_of, [](X x) { return std::expm1(x); });
  compare<T, W>(wrong, 0, 3, 1, log_of, [](X x) { return std::log(x); });
  compare<T, W>(wrong, 0, 1e30, 1, log_of, [](X x) { return std::log(x); });
  compare<T, W>(wrong, -0.999, 3, 1, log1p_of, [](X x) { return std::log1p(x); });
  compare<T, W>(wrong, 0, 1e30, 1, log1p_of, [](X x) { return std::log1p(x); });
  compare<T, W>(wrong, -22, 22, 2, tanh_of, [](X x) { return std::tanh(x); });
  compare<T, W>(wrong, -1, 1, 2, tanh_of, [](X x) { return std::tanh(x); });
  compare<T, W>(wrong, -most, most, 2, sigmoid_of, [](X x) { return 1 / (1 + std::exp(-x)); });
  compare<T, W>(wrong, -10, 10, 2, sigmoid_of, [](X x) { return 1 / (1 + std::exp(-x)); });

  compare_special<T, W>(wrong, exp_of,
                        {{T(0), T(1)},
                         {T(-0.0), T(1)},
                         {inf, inf},
                         {-inf, T(0)},
                         {nan<T>, nan<T>},
                         {big, inf},
                         {-big, T(0)},
                         {tiny, T(1)},
                         {T(most + 1), inf},
                         {T(-2 * most), T(0)}});
  compare_special<T, W>(wrong, expm1_of,
                        {{T(0), T(0)},
                         {T(-0.0), T(-0.0)},
                         {inf, inf},
                         {-inf, T(-1)},
                         {nan<T>, nan<T>},
                         {big, inf},
                         {-big, T(-1)},
                         {tiny, tiny},
                         {-tiny, -tiny}});
  compare_special<T, W>(wrong, log_of,
                        {{T(1), T(0)},
                         {T(0), -inf},
                         {T(-0.0), -inf},
                         {inf, inf},
                         {-inf, nan<T>},
                         {nan<T>, nan<T>},
                         {T(-1), nan<T>},
                         {-tiny, nan<T>},
                         {tiny, static_cast<T>(std::log(X(tiny)))},
                         {big, static_cast<T>(std::log(X(big)))}});
  compare_special<T, W>(wrong, log1p_of,
                        {{T(0), T(0)},
                         {T(-0.0), T(-0.0)},
                         {T(-1), -inf},
                         {T(-2), nan<T>},
                         {inf, inf},
                         {-inf, nan<T>},
                         {nan<T>, nan<T>},
                         {tiny, tiny},
                         {-tiny, -tiny},
                         {big, static_cast<T>(std::log(X(big)))}});
  compare_special<T, W>(wrong, tanh_of,
                        {{T(0), T(0)},
                         {T(-0.0), T(-0.0)},
                         {inf, T(1)},
                         {-inf, T(-1)},
                         {nan<T>, nan<T>},
                         {big, T(1)},
                         {-big, T(-1)},
                         {tiny, tiny},
                         {-tiny, -tiny}});
  compare_special<T, W>(wrong, sigmoid_of,
                        {{T(0), T(0.5)},
                         {T(-0.0), T(0.5)},
                         {inf, T(1)},
                         {-inf, T(0)},
                         {nan<T>, nan<T>},
                         {big, T(1)},
                         {-big, T(0)},
                         {tiny, T(0.5)}});
}

template <class T>
std::string check_widths() {
  std::string wrong;
  check<T, 2>(wrong), check<T, 4>(wrong), check<T, 8>(wrong), check<T, 16>(wrong);
  return wrong;
}

}  // namespace

TEST_CASE("exp, log, tanh and the like on lanes: double", "[lanes]") { CHECK(check_widths<double>() == ""); }
TEST_CASE("exp, log, tanh and the like on lanes: float", "[lanes]") { CHECK(check_widths<float>() == ""); }
