// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support.hpp"

using namespace dual_laws;

namespace {

/// All second derivatives at once, next to one row of the matrix as the engine makes it.
template <class Op, std::size_t I>
void row_agrees() {
  using inner = tl::dual<double, numbers<Op>>;
  using outer = tl::dual<inner, numbers<Op>>;
  laws::generator g(Op::arity + I + 31);
  for (int n = 0; n < 10; ++n) {
    const auto p = laws::sample<Op>(g);
    const auto expected = laws::flat<double, numbers<Op>>(laws::call<Op>(tl::gradient(partial_of<Op, I>{}), p));
    const auto make = [](double x, std::size_t k) { return outer::variable(inner::variable(x, k), k); };
    const outer got = on<Op, outer>(p, function_of<Op>{}, make);
    for (std::size_t k = 0; k < numbers<Op>; ++k) {
      const auto there = got.tangent[rank_of<Op>(I)].tangent[k];
      INFO(Op::name.text << "'' at " << p.x[0] << ", " << p.x[p.x.size() - 1] << " (" << p.whole << "): arguments " << I
                         << ", " << k << ": expected " << expected[k] << ", got " << there);
      const auto slope = std::abs(got.tangent[rank_of<Op>(I)].value), y = std::abs(got.value.value);
      REQUIRE(laws::distance(there, expected[k], 1e-2 * std::min(1.0, slope + y) + (slope + y) / 1e3) <= 2e-14L);
      REQUIRE(laws::distance(got.value.tangent[k], got.tangent[k].value) <= 8e-16L);
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("nested duals agree with the recorded second derivative", "[dual][op]", laws::operations) {
  if constexpr (laws::differentiable<TestType>) [&]<std::size_t... K>(std::index_sequence<K...>) {
      (row_agrees<TestType, laws::position<TestType>(K)>(), ...);
    }
  (std::make_index_sequence<numbers<TestType>>{});
}
