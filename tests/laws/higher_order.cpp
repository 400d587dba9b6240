// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support.hpp"

// The Hessian of each operation against its gradient's gradient.
namespace {

using laws::function_of;
using laws::numbers;

template <class Op, std::size_t I>
struct partial_of {
  constexpr auto operator()(auto... x) const { return tl::gradient(function_of<Op>{}, tl::wrt<I>)(x...); }
};

bool close(double a, double b, double scale, double tolerance) {
  return (std::isnan(a) && std::isnan(b)) || a == b || std::abs(a - b) <= tolerance * std::max(std::abs(a), scale);
}

/// Row k of the Hessian is the gradient of the partial derivative with respect to number k.
template <class Op, std::size_t K>
void row_is_gradient_of_partial() {
  constexpr std::size_t size = numbers<Op>;
  laws::generator g(Op::arity + K + 11);
  for (int n = 0; n < 25; ++n) {
    const auto p = laws::sample<Op>(g);
    const auto h = laws::call<Op>(tl::hessian(function_of<Op>{}), p);
    double slope = 0;
    for (const double d : laws::flat<double, size>(laws::call<Op>(tl::gradient(function_of<Op>{}), p)))
      slope = std::max(slope, std::abs(d));
    const auto row = laws::flat<double, size>(laws::call<Op>(tl::gradient(partial_of<Op, laws::position<Op>(K)>{}), p));
    for (std::size_t i = 0; i < size; ++i) {
      INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[size - 1] << ": " << K << ", " << i << ": " << h(K, i)
                         << " and " << row[i]);
      double scale = 1e-2 * std::min(1.0, slope);  // where terms cancel, to the size of what is differentiated
      for (const double other : row) scale = std::max(scale, std::abs(other));
      REQUIRE(close(h(K, i), row[i], scale, 1e-13));
      REQUIRE(close(h(K, i), h(i, K), 0, 0));
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("the hessian is the gradient of the gradient", "[laws][op]", laws::operations) {
  if constexpr (laws::differentiable<TestType> && numbers<TestType> != 0)
    [&]<std::size_t... K>(std::index_sequence<K...>) { (row_is_gradient_of_partial<TestType, K>(), ...); }
  (std::make_index_sequence<numbers<TestType>>{});
}
