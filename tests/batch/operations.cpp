// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <tapeless/lanes/lanes_operation.hpp>
#include "../sweep.hpp"
#include "catch.hpp"

// Every operation on lanes against the same on numbers.
namespace {

/// Operations whose result may be small because a large part of it cancels: there, units are those of the arguments.
template <class Op>
constexpr bool cancels = std::is_same_v<Op, tl::op::smooth_max> || std::is_same_v<Op, tl::op::logaddexp>;

/// How many units in the last place the vector functions may differ from the scalar ones: 4 of their own, 1 of those,
/// and for what is composed of several the roundings between.
template <class Op>
constexpr double ulps_allowed = !Op::calls_library && !Op::rounds_often ? 0
                                : Op::rounds_often                      ? 10
                                                                        : 5;

template <class T>
bool is_near(T got, T expected, double ulps, T scale) {
  if (std::isnan(expected)) return std::isnan(got);
  if (got == expected) return std::signbit(got) == std::signbit(expected) || ulps > 0;
  const T unit = std::numeric_limits<T>::epsilon() * std::max(std::abs(expected), scale);
  return std::abs(got - expected) <= static_cast<T>(ulps) * std::max(unit, std::numeric_limits<T>::min());
}

template <tl::op::argument Taken, class L, class F>
auto operand(const F& number) {
  if constexpr (Taken == tl::op::argument::condition) {
    typename L::mask_type m;
    for (std::size_t k = 0; k < L::size(); ++k) m.set(k, number(k) > 0);
    return m;
  } else if constexpr (Taken == tl::op::argument::whole) {
    typename L::whole_type n;
    for (std::size_t k = 0; k < L::size(); ++k) n.set(k, static_cast<long long>(number(k)));
    return n;
  } else {
    return L(number);
  }
}

template <class Op, class L, class... X>
void compare(std::string& wrong, const X&... x) {
  using T = typename L::value_type;
  const auto got = tl::apply<Op>(x...);
  for (std::size_t k = 0; k < L::size(); ++k) {
    const auto expected = tl::detail::evaluate<Op, T>(std::index_sequence_for<X...>{}, x[k]...);
    bool right;
    if constexpr (Op::predicate) right = got[k] == expected;
    else if constexpr (cancels<Op>)
      right = is_near<T>(got[k], expected, ulps_allowed<Op>, std::max({std::abs(x[k])...}));
    else right = is_near<T>(got[k], expected, ulps_allowed<Op>, 0);
    if (right || wrong.size() > 200) continue;
    char text[200];
    std::snprintf(text, sizeof text, "%s, %s/%zu(", Op::name.text, sizeof(T) == 4 ? "float" : "double", L::size());
    wrong += text;
    ((std::snprintf(text, sizeof text, "%.17g ", static_cast<double>(x[k])), wrong += text), ...);
    std::snprintf(text, sizeof text, ") is %.17g, expected %.17g\n", static_cast<double>(got[k]),
                  static_cast<double>(expected));
    wrong += text;
  }
}

template <class Op, class L>
void compare_on(std::string& wrong, const auto& number) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    compare<Op, L>(wrong, operand<Op::takes(I), L>([&](std::size_t k) { return number(k, I); })...);
  }
  (std::make_index_sequence<Op::arity>{});
}

template <class Op, class T, std::size_t W>
void check(std::string& wrong) {
  using L = tl::lanes<T, W>;
  constexpr T infinity = std::numeric_limits<T>::infinity();
  std::mt19937_64 random(W);
  std::uniform_real_distribution<T> unit(0, 1);
  for (int round = 0; round < 200; ++round)
    compare_on<Op, L>(wrong, [&](std::size_t, std::size_t argument) {
      const auto side = Op::domain(argument);
      const T low = static_cast<T>(std::max(side.lower, -30.0)), high = static_cast<T>(std::min(side.upper, 30.0));
      return low + (high - low) * unit(random);
    });
  const T special[] = {0,
                       T(-0.0),
                       1,
                       -1,
                       T(0.5),
                       T(-0.5),
                       T(1.5),
                       T(-2.5),
                       3,
                       -7,
                       infinity,
                       -infinity,
                       std::numeric_limits<T>::quiet_NaN(),
                       1 / std::numeric_limits<T>::epsilon(),
                       T(1e-30),
                       T(-1e-30)};
  for (std::size_t first = 0; first < std::size(special); ++first)
    compare_on<Op, L>(wrong, [&](std::size_t k, std::size_t argument) {
      const T number = special[(argument == 0 ? first + k : argument == 1 ? k : first) % std::size(special)];
      return Op::takes(argument) == tl::op::argument::whole && !(std::abs(number) < 10) ? T(2) : number;
    });
}

template <class Op>
std::string check_all() {
  std::string wrong;
  check<Op, double, 8>(wrong);
  check<Op, float, 4>(wrong);
  if constexpr (sweep::is_on) {
    check<Op, double, 4>(wrong);
    check<Op, double, 16>(wrong);
    check<Op, float, 8>(wrong);
    check<Op, float, 16>(wrong);
  }
  return wrong;
}

template <class... Op>
void check_list(tl::op::list<Op...>) {
  std::string wrong;
  ((wrong += check_all<Op>()), ...);
  CHECK(wrong == "");
}

}  // namespace

TEST_CASE("arithmetic, comparisons and what is piecewise on lanes", "[batch]") {
  check_list(tl::op::arithmetic{} + tl::op::comparisons{} + tl::op::connectives{} + tl::op::selection{} +
             tl::op::piecewise{} + tl::op::rounding{} + tl::op::definitions{});
}
TEST_CASE("exponentials and powers on lanes", "[batch]") { check_list(tl::op::exponential{} + tl::op::powers{}); }
TEST_CASE("trigonometric and hyperbolic functions on lanes", "[batch]") {
  check_list(tl::op::trigonometric{} + tl::op::hyperbolic{});
}
TEST_CASE("special and smooth functions on lanes", "[batch]") {
  check_list(tl::op::special{} + tl::op::activation{} + tl::op::smooth{});
}
TEST_CASE("one lane has another exponent than the others", "[batch]") {
  tl::lanes_whole<double, 4> n(2);
  n.set(3, 3);
  const auto y = tl::apply<tl::op::powi>(tl::lanes<double, 4>(5), n);
  CHECK(y[0] == 25);
  CHECK(y[3] == 125);
}
TEST_CASE("a condition chooses between conditions, lane by lane", "[batch]") {
  tl::lanes_mask<double, 4> condition(false), x(true), y(true);
  condition.set(1, true), condition.set(2, true);
  x.set(2, false), y.set(3, false);
  const auto chosen = tl::apply<tl::op::select>(condition, x, y);
  for (std::size_t k = 0; k < 4; ++k) CHECK(chosen[k] == (condition[k] ? x[k] : y[k]));
}
