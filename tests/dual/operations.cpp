// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "catch.hpp"
#include "support.hpp"

using namespace dual_laws;

namespace {

constexpr int points = 50;

/// One tangent at a time, or all at once with one that belongs to nobody: its tangents stay zero.
template <class Op, class T, std::size_t N>
void agrees(long double tolerance) {
  using number = tl::dual<T, N>;
  laws::generator g(Op::arity + 21);
  for (int n = 0; n < points; ++n) {
    const auto p = laws::sample<Op>(g).template as<T>();
    const auto y = laws::call<Op>(function_of<Op>{}, p);
    if constexpr (Op::predicate) {
      const auto make = [](T x, std::size_t) { return number::variable(x, 0); };
      const auto got = on<Op, number>(p, function_of<Op>{}, make);
      static_assert(std::is_same_v<decltype(got), const bool>);
      REQUIRE(got == y);
    } else {
      const auto gradient = gradient_of<Op>(p);
      for (std::size_t first = 0; first < numbers<Op>; ++first) {
        const auto make = [&](T x, std::size_t k) {
          return first <= k && k < first + N ? number::variable(x, k - first) : number(x);
        };
        const number got = on<Op, number>(p, function_of<Op>{}, make);
        INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[p.x.size() - 1] << " (" << p.whole << ")");
        REQUIRE(laws::distance(got.value, y) == 0);
        for (std::size_t k = 0; k < N; ++k) {
          const T expected = first + k < numbers<Op> ? gradient[first + k] : T(0);
          if (!tl::math::isfinite(gradient[first])) continue;  // beyond what T holds
          INFO("number " << first + k << ": expected " << expected << ", got " << got.tangent[k]);
          REQUIRE(laws::distance(got.tangent[k], expected) <= tolerance);
        }
      }
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("duals agree with the recorded gradient", "[dual][op]", laws::operations) {
  if constexpr (numbers < TestType >> 0) {
    agrees<TestType, double, 1>(8e-16L);
    agrees<TestType, float, 2>(5e-7L);
    if constexpr (sweep::is_on) agrees<TestType, long double, 1>(4e-19L);
  }
}

TEMPLATE_LIST_TEST_CASE("duals follow the conventions, and a tangent of zero stays zero", "[dual][op]",
                        laws::operations) {
  using Op = TestType;
  if constexpr (std::is_array_v<decltype(Op::conventions)>)
    for (const tl::convention& c : Op::conventions) {
      constexpr std::size_t count = numbers<Op>;
      const auto p = point_of<Op, double>(c);
      const auto check = [&](std::size_t k, double got) {
        INFO(Op::name.text << " at " << c.at[0] << ", " << c.at[1] << ", number " << k << ": " << got);
        REQUIRE(laws::distance(got, k < count ? c.partial[laws::position<Op>(k)] : 0) == 0);
      };
      if (tl::math::isfinite(laws::call<Op>(function_of<Op>{}, p))) {
        using number = tl::dual<double, count + 1>;
        const number got = on<Op, number>(p, function_of<Op>{}, number::variable);
        for (std::size_t k = 0; k <= count; ++k) check(k, got.tangent[k]);
      } else if constexpr (count == 1) {
        using number = tl::dual<double, 1>;
        check(0, on<Op, number>(p, function_of<Op>{}, number::variable).tangent[0]);
      }
    }
}
