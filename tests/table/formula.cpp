// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "table/rules.hpp"

namespace {

template <class Op>
using if_it_has_one = std::conditional_t<table::applies<Op, table::formula_of<Op>>, tl::op::list<Op>, tl::op::list<>>;
template <class... Ops>
auto with_formulas(tl::op::list<Ops...>) -> decltype((tl::op::list<>{} + ... + if_it_has_one<Ops>{}));

using formulas = decltype(with_formulas(tl::op::all{}));

}  // namespace

// Both in long double, whose further digits make up for what cancels in a formula.
TEMPLATE_LIST_TEST_CASE("an operation is what its formula says", "[table][op]", formulas) {
  using Op = TestType;
  laws::generator g(Op::arity + 15);
  for (int n = 0; n < 400; ++n) {
    const auto p = laws::sample<Op>(g).template as<long double>();
    const auto formula = laws::call<Op>([](auto... x) { return static_cast<long double>(Op::formula(x...)); }, p);
    const auto value = laws::call<Op>(laws::function_of<Op>{}, p);
    INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[p.x.size() - 1] << ": " << value << ", its formula "
                       << formula);
    REQUIRE(laws::distance(value, formula) <= 1e-12L);
  }
}

TEST_CASE("there are formulas", "[table][op]") { STATIC_REQUIRE(formulas::size > 15); }
