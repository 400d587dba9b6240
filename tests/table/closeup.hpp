// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <string_view>
#include <vector>

#include <tapeless/op/contract.hpp>

// Where the test of accuracy looks closely at each operation, and what it may find there.
namespace table {

struct closeup {
  double bound;  // in ulp
  double low = -4, high = 4;
  std::vector<double> special = {1, 2, 3, 4, 6, 0.5, 10, -1, -2, 0};
  double largest = std::numeric_limits<double>::infinity();  // no arguments beyond,
  double least = -std::numeric_limits<double>::infinity();   // or below
  std::vector<int> whole = {};                               // whole numbers; if empty, any of up to 30 bits
  bool infinite = true;                                      // infinities, too
};

template <class T>
std::map<std::string_view, closeup> make_closeups() {
  constexpr bool wide = std::numeric_limits<T>::digits > 53;
  constexpr double good = wide ? 0.76 : 0.501;  // wide subnormal numbers are rounded twice: 0.75
  constexpr double fair = wide ? 0.9 : 0.501;
  constexpr double ulp_of_double = wide ? 1 << 11 : 1;
  constexpr double composed = wide ? 4 : 0.51;             // computed in long double
  constexpr double cancelling = wide ? ulp_of_double : 1;  // the same, and terms cancel
  const double top2 = std::numeric_limits<T>::max_exponent, top = top2 * 0.70, top10 = top2 * 0.302;
  const double edge = top2 * 0.693147, pi = 3.14159265358979323846, any = std::numeric_limits<double>::infinity();
  const double double_max = std::numeric_limits<double>::max();
  const std::vector<double> exps = {0, 1, -1, 0x1p-30, 0.02, 20, 42, edge, -edge, -top, top10, -top10, top2};
  const std::vector<double> ones = {1, 2, 0.5, 0.70710678118654752, 1.4142135623730951, 10, 100, 1000, 1e22};
  const std::vector<double> near = {0, 1, -1, 0x1p-30, 0.02, 0.41, -0.29, 0x1p-6, -0x1p-6, 0x1p60};
  const std::vector<double> turns = {pi / 2, pi, pi / 4, 3 * pi / 2, 2 * pi, 100 * pi, 1e5 * pi, 524288, 1e22, 0};
  const std::vector<double> small = {1, 2, 3, 4, 6, 0.5, 10, -1, -2, 0};
  const std::vector<double> unit = {1, -1, 0, 0.5, -0.5, 0.0625, 0.03125};
  const std::vector<double> bases = {1, -1, 2, -2, 3, 10, 0.5, -0.5, 1000, -300, 0};
  const std::vector<double> erfs = {0, 1, -1, 2.5, -2.5, 6, 26.5, 27, 106, 0x1p-36};
  const std::vector<double> halves = {0, 1, 0.5, 1.5, -1, -0.5, 0x1p23, 0x1p52, 0x1p63};
  const std::vector<double> tails = {0, 1, -1, 5.4, -5.4, -13, -38, -edge, edge, 0x1p-30, -0.84, 1.1};
  const std::vector<double> sums = {0, 1, -1, -0.6931471805599453, -2.3, 0x1p-30, 40, -40, edge, -edge};
  // Extrema, poles, the ends of the range; and zeros between the poles.
  const std::vector<double> gammas = {1, 2, 3, 0.5, 16, 34, 170, 171.6, 1755, -0.5, -1.5, -170.5, 1.4616321449683622};
  const std::vector<double> logs = {1,
                                    2,
                                    3,
                                    0.5,
                                    16,
                                    34,
                                    170,
                                    1755,
                                    -0.5,
                                    -1.5,
                                    -170.5,
                                    -2.4570247382208006,
                                    -2.7476826467274127,
                                    -3.1435808883499798,
                                    -3.9552942848585979,
                                    -65536.5};
  const std::vector<double> psis = {1,
                                    2,
                                    3,
                                    0.5,
                                    16,
                                    34,
                                    170,
                                    1755,
                                    -0.5,
                                    -170.5,
                                    1.4616321449683622,
                                    -0.50408300826445541,
                                    -1.5734984731623905,
                                    -2.6107208684441447};
  const std::vector<double> poles = {0, 1, 2, 0.5, 11, 17, 28, -1, -2, -3, -12, -0.5, -1.5, -170.5, -65536.5, 0x1p80};
  // clang-format off
  return {
    {"add", {0.5}}, {"sub", {0.5}}, {"mul", {0.5}}, {"div", {0.5}}, {"neg", {0}},
    {"select", {0}}, {"abs", {0}}, {"sign", {0}}, {"min", {0}}, {"max", {0}}, {"clamp", {0}},
    {"fdim", {0.5, -2, 2}}, {"copysign", {0}},
    {"floor", {0, -4, 4, halves}}, {"ceil", {0, -4, 4, halves}}, {"trunc", {0, -4, 4, halves}},
    {"round", {0, -4, 4, halves}}, {"fmod", {0, -100, 100}}, {"remainder", {0, -100, 100}},
    {"exp", {good, -top, top, exps}},
    {"exp2", {good, -top2, top2, exps}},
    {"exp10", {good, -top10, top10, exps}},
    {"expm1", {fair, -2, 2, exps}},
    {"log", {good, 0, 3, ones}},
    {"log2", {good, 0, 3, ones}},
    {"log10", {good, 0, 3, ones}},
    {"log1p", {good, -1, 1, near}},
    {"xlogx", {composed, 0, 3, ones}},
    {"pow", {good, 0, 30, bases}},
    {"powi", {good, -30, 30, bases}},
    {"square", {0.5}}, {"inv", {0.5}},
    {"sqrt", {0.5, 0, 4, ones}},
    {"rsqrt", {good, 0, 4, ones}},
    {"cbrt", {good, -8, 8, {1, 8, 27, 64, 0.125, -1}}},
    {"hypot", {good}}, {"hypot3", {good}}, {"fma", {0.5}},
    {"lerp", {cancelling, -4, 4, small, any, -any, {}, false}},  // in an infinite interval any number will do
    {"sin", {good, -20, 20, turns}},
    {"cos", {good, -20, 20, turns}},
    {"tan", {good, -20, 20, turns}},
    {"asin", {good, -1, 1, unit}},
    {"acos", {good, -1, 1, unit}},
    {"atan", {good, -4, 4, unit}},
    {"atan2", {good, -4, 4, unit}},
    {"sinh", {fair, -4, 4, exps}},
    {"cosh", {good, -4, 4, exps}},
    {"tanh", {fair, -4, 4, exps}},
    {"asinh", {good, -4, 4, near}},
    {"sech", {composed, -4, 4, exps, wide ? 11355.0 : any, wide ? -11355.0 : -any}},  // beyond, cosh(x) is infinite
    {"acosh", {good, 1, 4, {1, 1.0001220703125, 0x1p60, 1.25}}},
    {"atanh", {good, -1, 1, near}},
    {"erf", {fair, -3, 3, erfs}},
    {"erfc", {fair, -3, std::sqrt(top), erfs}},
    {"tgamma", {good, -20, 30, gammas, 1900}},
    {"lgamma", {fair, -4, 20, logs, 1e30}},
    {"digamma", {fair, -4, 20, psis, 1e30}},
    {"polygamma", {fair, -20, 40, poles, any, -any, {0, 1, 2, 3, 4, 12}}},
    {"sigmoid", {composed, -40, 40, tails}},
    {"log_sigmoid", {composed, -40, 40, tails}},
    {"softplus", {composed, -40, 40, tails}},
    {"relu", {0}}, {"leaky_relu", {0.5}},
    {"elu", {composed, -40, 4, tails}},
    {"gelu", {fair, -40, 10, tails}},
    {"silu", {composed, -40, 40, tails, any, wide ? -11350.0 : -any}},  // below, sigmoid(x) is subnormal
    {"softsign", {composed}},
    {"logaddexp", {cancelling, -4, 4, sums}},
    {"smooth_abs", {good}},
    {"smooth_max", {cancelling, -4, 4, small, wide ? double_max : any}},  // what is twice as large overflows
    {"stop_gradient", {0}},
    // At run time, where the C library has no such functions; digamma and polygamma of even order have zeros at x < 0.
    {"run-time digamma", {5 * ulp_of_double, 0, 20, psis, 1e30, 0}},
    {"run-time polygamma 1", {6 * ulp_of_double, -20, 20, poles, any, -any, {1}}},
    {"run-time polygamma 2", {4 * ulp_of_double, 0, 20, poles, any, 0, {2}}},
    {"run-time polygamma 3", {16 * ulp_of_double, -20, 20, poles, any, -any, {3}}},
  };
  // clang-format on
}

template <class T>
const closeup& closeup_of(std::string_view name) {
  static const auto all = make_closeups<T>();
  return all.at(name);
}

/// A third uniform over all bit patterns, a third over the interval, a third around the special points.
template <class T>
class arguments {
 public:
  explicit arguments(const closeup& c) : c_(c) {}

  T next(tapeless::op::argument kind, int choice) {
    if (kind == tapeless::op::argument::whole && !c_.whole.empty())
      return static_cast<T>(c_.whole[engine_() % c_.whole.size()]);
    T x;
    do x = choice == 0 ? any() : choice == 1 ? inside() : near();
    while (std::fabs(x) > static_cast<T>(c_.largest) || x < static_cast<T>(c_.least));
    return kind == tapeless::op::argument::whole ? std::trunc(std::fmod(x, T{1 << 30})) : x;
  }

 private:
  T fraction() { return std::ldexp(static_cast<T>(engine_() >> 1), -63); }
  T any() {
    using limits = std::numeric_limits<T>;
    std::uniform_int_distribution<int> exponents(limits::min_exponent - limits::digits, limits::max_exponent - 1);
    const int exponent = exponents(engine_);  // first: compilers evaluate arguments in different orders
    const T x = std::min(std::ldexp(1 + fraction(), exponent), limits::max());
    return engine_() & 1 ? x : -x;
  }
  T inside() { return static_cast<T>(c_.low) + fraction() * static_cast<T>(c_.high - c_.low); }
  T near() {
    T x = static_cast<T>(c_.special[engine_() % c_.special.size()]);
    const int bits = static_cast<int>(engine_() % 60);
    if (engine_() % 2 == 0) return x + (fraction() - T{0.5}) * std::ldexp(x == 0 ? T{1} : x, -bits);
    for (int i = 0; i < bits % 5; ++i) x = std::nextafter(x, bits < 30 ? -infinite : infinite);
    return x;
  }

  static constexpr T infinite = std::numeric_limits<T>::infinity();
  const closeup& c_;
  std::mt19937_64 engine_{20240229};
};

/// NaN, zeros, ones, the ends of the range and infinities.
template <class T>
std::vector<T> edges(const closeup& c) {
  using limits = std::numeric_limits<T>;
  std::vector<T> all = {limits::quiet_NaN()};
  for (const T size : {T{0}, T{1}, limits::denorm_min(), limits::min(), limits::max(), limits::infinity()})
    for (const T x : {size, -size})
      if (std::isinf(x) ? c.infinite : size <= static_cast<T>(c.largest) && x >= static_cast<T>(c.least))
        all.push_back(x);
  return all;
}

}  // namespace table
