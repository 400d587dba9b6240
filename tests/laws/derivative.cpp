// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "catch.hpp"
#include "dual.hpp"
#include "support.hpp"

using laws::differentiable;
using laws::function_of;
using laws::numbers;
using laws::point;

namespace {

constexpr int points = 200;

/// The number is zero, or neither too large nor too small for T.
template <class T>
bool holds(long double x) {
  const long double size = std::abs(x);
  return size == 0 || (size < std::numeric_limits<T>::max() / 2 && size > std::numeric_limits<T>::min() * 2);
}

/// The partial derivative of `f` with respect to number k by its differences in long double.
template <class Op, class F>
laws::quotient partial_by_differences(const F& f, const point<Op>& p, std::size_t k) {
  auto moved = p.template as<long double>();
  return laws::differences(
      [&](long double xk) {
        moved.x[k] = xk;
        return static_cast<long double>(laws::call<Op>(f, moved));
      },
      p.x[k], laws::room<Op>(p, k) / 16);
}

/// The gradient of a one-operation program, as the engine makes it, in T.
template <class Op, class T>
std::array<T, numbers<Op>> gradient_of(const point<Op, T>& p) {
  return laws::flat<T, numbers<Op>>(laws::call<Op>(tl::gradient(function_of<Op>{}), p));
}

template <class Op, class T>
void agrees_with_differences(long double tolerance) {
  laws::generator g(Op::arity + 1);
  for (int n = 0; n < points; ++n) {
    const auto p = laws::sample<Op>(g).template as<T>().template as<double>();  // numbers that T holds exactly
    const auto got = gradient_of<Op>(p.template as<T>());
    const auto y = static_cast<long double>(laws::call<Op>(function_of<Op>{}, p.template as<long double>()));
    for (std::size_t k = 0; k < p.x.size(); ++k) {
      const auto expected = partial_by_differences<Op>(function_of<Op>{}, p, k);
      INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[p.x.size() - 1] << " (" << p.whole << "), number " << k);
      INFO("expected " << expected.value << " +- " << expected.error << ", got " << got[k]);
      if (!holds<T>(y) || !holds<T>(expected.value)) continue;
      // A derivative that is small because its parts cancel is exact to the size of those parts.
      const auto scale = std::min(1.0L, std::abs(y)) + std::abs(y) / 1e3L;
      const auto allowed = tolerance * std::max(scale, std::abs(expected.value)) + 4 * expected.error;
      REQUIRE(expected.error <= 1e-9L * std::max(scale, std::abs(expected.value)));
      REQUIRE(std::abs(got[k] - expected.value) <= allowed);
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("the derivative is the limit of differences", "[laws][op]", laws::operations) {
  if constexpr (differentiable<TestType>) {
    agrees_with_differences<TestType, double>(1e-13L);
    if constexpr (sweep::is_on) {
      agrees_with_differences<TestType, float>(2e-5L);
      agrees_with_differences<TestType, long double>(1e-14L);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("reverse agrees with forward", "[laws][op]", laws::operations) {
  if constexpr (!TestType::predicate) {
    laws::generator g(TestType::arity + 2);
    for (int n = 0; n < points; ++n) {
      auto p = laws::sample<TestType>(g);
      const auto reverse = gradient_of<TestType>(p);
      for (std::size_t k = 0; k < p.x.size(); ++k) {
        const auto forward = laws::directional(
            [&](const auto& v) {
              using D = std::remove_cvref_t<decltype(v[0])>;
              return laws::call<TestType>(function_of<TestType>{}, point<TestType, D>{v, p.condition, p.whole});
            },
            p.x, k);
        INFO(TestType::name.text << " at " << p.x[0] << ", number " << k << ": " << reverse[k] << " and " << forward);
        REQUIRE(laws::distance(reverse[k], forward) <= 8e-16L);
      }
    }
  }
}

namespace {

/// The partial derivative of an operation with respect to its argument I, as a function.
template <class Op, std::size_t I>
struct partial_of {
  constexpr auto operator()(auto... x) const { return tl::gradient(function_of<Op>{}, tl::wrt<I>)(x...); }
};

/// One row of the matrix of second derivatives.
template <class Op, std::size_t I>
void row_agrees() {
  laws::generator g(Op::arity + I + 3);
  for (int n = 0; n < points / 4; ++n) {
    const auto p = laws::sample<Op>(g);
    const auto got = laws::flat<double, numbers<Op>>(laws::call<Op>(tl::gradient(partial_of<Op, I>{}), p));
    const auto slope = std::abs(static_cast<long double>(laws::call<Op>(partial_of<Op, I>{}, p)));
    const auto y = std::abs(static_cast<long double>(laws::call<Op>(function_of<Op>{}, p)));
    for (std::size_t k = 0; k < p.x.size(); ++k) {
      const auto expected = partial_by_differences<Op>(partial_of<Op, I>{}, p, k);
      INFO(Op::name.text << "'' at " << p.x[0] << ", " << p.x[p.x.size() - 1] << " (" << p.whole << "): arguments " << I
                         << ", " << k << ": expected " << expected.value << " +- " << expected.error << ", got "
                         << got[k]);
      if (!holds<double>(y) || !holds<double>(slope) || !holds<double>(expected.value)) continue;
      const auto scale = std::abs(expected.value) + 1e-2L * std::min(1.0L, slope + y) + (slope + y) / 1e3L;
      REQUIRE(expected.error <= 1e-8L * scale);
      REQUIRE(std::abs(got[k] - expected.value) <= 1e-12L * scale + 4 * expected.error);
    }
  }
}

}  // namespace

// The rule itself, where it is a formula, is differentiated like any other function.
TEMPLATE_LIST_TEST_CASE("the second derivative is the derivative of the first", "[laws][op]", laws::operations) {
  if constexpr (differentiable<TestType>) [&]<std::size_t... K>(std::index_sequence<K...>) {
      (row_agrees<TestType, laws::position<TestType>(K)>(), ...);
    }
  (std::make_index_sequence<numbers<TestType>>{});
}

TEMPLATE_LIST_TEST_CASE("at a kink the derivative is the stated one", "[laws][op]", laws::operations) {
  using Op = TestType;
  if constexpr (std::is_array_v<decltype(Op::conventions)>) {
    const auto check = [](auto type, long double tolerance) {
      using T = decltype(type);
      for (const tl::convention& c : Op::conventions) {
        point<Op, T> p;
        for (std::size_t i = 0, k = 0; i < Op::arity; ++i)
          if (Op::takes(i) == tl::op::argument::number) p.x[k++] = static_cast<T>(c.at[i]);
          else p.whole = static_cast<int>(c.at[i]);
        const auto got = gradient_of<Op>(p);
        for (std::size_t k = 0; k < p.x.size(); ++k) {
          const auto stated = static_cast<T>(c.partial[laws::position<Op>(k)]);
          INFO(Op::name.text << " at " << c.at[0] << ", " << c.at[1] << ", number " << k << ": stated " << stated
                             << ", got " << got[k]);
          REQUIRE(laws::distance(got[k], stated) <= tolerance);
        }
      }
    };
    check(1.0, 0);
    check(1.0F, 0);
    check(1.0L, 0);
    constexpr bool has_edge = Op::domain(0).lower > -laws::infinite || Op::domain(0).upper < laws::infinite;
    STATIC_REQUIRE((laws::has_kink<Op> || has_edge || Op::arity > 1));  // or there is nothing to state
  }
}

TEMPLATE_LIST_TEST_CASE("a convention is stated at a kink or at an end of the domain", "[laws][op]", laws::operations) {
  using Op = TestType;
  if constexpr (laws::has_kink<Op> && std::is_array_v<decltype(Op::conventions)>)
    for (const tl::convention& c : Op::conventions) {
      point<Op> p;
      bool at_end = false;
      for (std::size_t i = 0, k = 0; i < Op::arity; ++i)
        if (Op::takes(i) == tl::op::argument::number) {
          p.x[k++] = c.at[i];
          at_end = at_end || c.at[i] == Op::domain(i).lower || c.at[i] == Op::domain(i).upper;
        }
      INFO(Op::name.text << " at " << c.at[0] << ", " << c.at[1]);
      REQUIRE((at_end || laws::kink_at(p) == 0));
    }
}
