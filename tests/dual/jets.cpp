// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "catch.hpp"
#include "support.hpp"

using namespace dual_laws;

namespace {

/// A dual of duals of duals...
template <class T, std::size_t Depth>
struct nested {
  using type = tl::dual<typename nested<T, Depth - 1>::type>;
  static constexpr type variable(T x) { return type::variable(nested<T, Depth - 1>::variable(x)); }
  static constexpr T deepest(const type& x) { return nested<T, Depth - 1>::deepest(x.tangent[0]); }
};
template <class T>
struct nested<T, 0> {
  using type = T;
  static constexpr T variable(T x) { return x; }
  static constexpr T deepest(T x) { return x; }
};

/// The k-th derivative with respect to number `moved` alone, or along the diagonal.
template <class Op, std::size_t K>
long double by_duals(const point<Op, long double>& p, std::size_t moved) {
  using number = typename nested<long double, K>::type;
  const auto make = [&](long double x, std::size_t k) {
    return moved == k || moved == numbers<Op> ? nested<long double, K>::variable(x) : number(x);
  };
  return nested<long double, K>::deepest(on<Op, number>(p, function_of<Op>{}, make));
}

/// The fourth derivative, where four duals are nested, is compared in the sweep.
constexpr std::size_t order = sweep::is_on ? 4 : 3;

template <class Op>
void agrees() {
  using series = tl::jet<double, order>;
  laws::generator g(Op::arity + 41);
  for (int n = 0; n < 8; ++n) {
    const auto p = laws::sample<Op>(g);
    const auto exact = p.template as<long double>();
    for (std::size_t moved = 0; moved <= numbers<Op>; ++moved) {
      const auto make = [&](double x, std::size_t k) {
        return moved == k || moved == numbers<Op> ? series::variable(x) : series(x);
      };
      const series got = on<Op, series>(p, function_of<Op>{}, make);
      const auto expected = [&]<std::size_t... K>(std::index_sequence<K...>) {
        return std::array{by_duals<Op, K>(exact, moved)...};
      }
      (std::make_index_sequence<order + 1>{});
      long double scale = 0;
      for (std::size_t k = 0; k <= order; ++k) {
        INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[p.x.size() - 1] << " (" << p.whole << "), number "
                           << moved << ", derivative " << k << ": expected " << expected[k] << ", got "
                           << got.derivative(k));
        // What cancels is exact to the size of its parts, for which the lower derivatives stand.
        scale = std::max(scale, 1e-3L * std::abs(expected[k]));
        REQUIRE(laws::distance(got.derivative(k), expected[k], scale) <= 1e-11L);
      }
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("jets agree with nested duals", "[jet][op]", laws::operations) {
  if constexpr (laws::differentiable<TestType> && numbers < TestType >> 0) agrees<TestType>();
}
