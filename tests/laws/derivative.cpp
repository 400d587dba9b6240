// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "dual.hpp"
#include "support.hpp"

using laws::differentiable;
using laws::function_of;
using laws::numbers;

namespace {

constexpr int points = 200;

template <class T, class U, std::size_t N>
std::array<T, N> as(const std::array<U, N>& x) {
  std::array<T, N> y{};
  for (std::size_t i = 0; i < N; ++i) y[i] = static_cast<T>(x[i]);
  return y;
}

/// The number is zero, or neither too large nor too small for T.
template <class T>
bool holds(long double x) {
  const long double size = std::abs(x);
  return size == 0 || (size < std::numeric_limits<T>::max() / 2 && size > std::numeric_limits<T>::min() * 2);
}

/// The partial derivatives of an operation by the differences of its value in long double.
template <class Op, class F, std::size_t N>
laws::quotient partial_by_differences(const F& f, const std::array<double, N>& x, bool condition, std::size_t i) {
  auto moved = as<long double>(x);
  return laws::differences(
      [&](long double xi) {
        moved[i] = xi;
        return static_cast<long double>(laws::call<Op>(f, moved, condition));
      },
      x[i], laws::room(Op::domain(i + laws::chooses<Op>), x[i]) / 16);
}

/// The gradient of a one-operation program, as the engine makes it, in T.
template <class Op, class T, std::size_t N>
std::array<T, N> gradient_of(const std::array<T, N>& x, bool condition) {
  return laws::flat<T, N>(laws::call<Op>(tl::gradient(function_of<Op>{}), x, condition));
}

template <class Op, class T>
void agrees_with_differences(long double tolerance) {
  laws::generator g(Op::arity + 1);
  for (int k = 0; k < points; ++k) {
    const auto x = as<double>(as<T>(laws::sample<Op>(g)));  // a number that T holds exactly
    const bool condition = g.below(2);
    const auto got = gradient_of<Op>(as<T>(x), condition);
    const auto y = static_cast<long double>(laws::call<Op>(function_of<Op>{}, as<long double>(x), condition));
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto expected = partial_by_differences<Op>(function_of<Op>{}, x, condition, i);
      INFO(Op::name.text << " at " << x[0] << ", " << x[x.size() - 1] << ", argument " << i);
      INFO("expected " << expected.value << " +- " << expected.error << ", got " << got[i]);
      if (!holds<T>(y) || !holds<T>(expected.value)) continue;
      // A derivative that is small because its parts cancel is exact to the size of those parts.
      const auto scale = std::min(1.0L, std::abs(y)) + std::abs(y) / 1e3L;
      const auto allowed = tolerance * std::max(scale, std::abs(expected.value)) + 4 * expected.error;
      REQUIRE(expected.error <= 1e-9L * std::max(scale, std::abs(expected.value)));
      REQUIRE(std::abs(got[i] - expected.value) <= allowed);
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("the derivative is the limit of differences", "[laws][op]", tl::op::all) {
  if constexpr (differentiable<TestType>) {
    agrees_with_differences<TestType, double>(1e-13L);
    agrees_with_differences<TestType, float>(2e-5L);
    agrees_with_differences<TestType, long double>(1e-14L);
  }
}

TEMPLATE_LIST_TEST_CASE("reverse agrees with forward", "[laws][op]", tl::op::all) {
  if constexpr (!TestType::predicate) {
    laws::generator g(TestType::arity + 2);
    for (int k = 0; k < points; ++k) {
      const auto x = laws::sample<TestType>(g);
      const bool condition = g.below(2);
      const auto reverse = gradient_of<TestType>(x, condition);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const auto forward = laws::directional(
            [&](const auto& v) { return laws::call<TestType>(function_of<TestType>{}, v, condition); }, x, i);
        INFO(TestType::name.text << " at " << x[0] << ", argument " << i << ": " << reverse[i] << " and " << forward);
        REQUIRE(laws::distance(reverse[i], forward) <= 4e-16L);
      }
    }
  }
}

// The rule itself, where it is a formula, is differentiated like any other function.
TEMPLATE_LIST_TEST_CASE("the second derivative is the derivative of the first", "[laws][op]", tl::op::all) {
  if constexpr (differentiable<TestType> && TestType::arity == 1) {
    constexpr auto rule = [](auto x) { return tl::gradient(function_of<TestType>{})(x); };
    laws::generator g(TestType::arity + 3);
    for (int k = 0; k < points; ++k) {
      const auto x = laws::sample<TestType>(g);
      const double got = tl::gradient(tl::gradient(function_of<TestType>{}))(x[0]);
      const auto expected = partial_by_differences<TestType>(rule, x, true, 0);
      INFO(TestType::name.text << "'' at " << x[0] << ": expected " << expected.value << " +- " << expected.error
                               << ", got " << got);
      REQUIRE(std::abs(got - expected.value) <= 1e-12L * std::abs(expected.value) + 1e-14L + 4 * expected.error);
    }
  }
}
