// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support.hpp"

// Each operation in double against itself in long double: a form that cancels, overflows or underflows on the way to a
// result that does not is seen where the wider type still holds what the narrower one has lost.
namespace {

using laws::function_of;
using laws::numbers;
using laws::point;

/// Value and partial derivatives of one operation.
template <class T, class Op>
std::array<T, numbers<Op> + 1> all_of(const point<Op, double>& p) {
  const auto x = p.template as<T>();
  const auto g = laws::flat<T, numbers<Op>>(laws::call<Op>(tl::gradient(function_of<Op>{}), x));
  std::array<T, numbers<Op> + 1> all{laws::call<Op>(function_of<Op>{}, x)};
  std::copy(g.begin(), g.end(), all.begin() + 1);
  return all;
}

/// Holds a number and its neighbours at full precision.
bool in_range(long double x) {
  const long double size = std::abs(x);
  return size == 0 || (size < std::numeric_limits<double>::max() / 8 && size > std::numeric_limits<double>::min() * 8);
}

template <class Op>
void agrees(const point<Op>& p, long double scale, long double tolerance) {
  const auto got = all_of<double>(p);
  const auto expected = all_of<long double>(p);
  for (std::size_t k = 0; k < got.size(); ++k) {
    INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[p.x.size() - 1] << " (" << p.whole << "): "
                       << (k ? "derivative" : "value") << ": " << got[k] << ", in long double " << expected[k]);
    if (in_range(expected[k])) REQUIRE(laws::distance(got[k], expected[k], scale) <= tolerance);
  }
}

template <class Op>
bool is_inside(const point<Op>& p) {
  for (std::size_t k = 0; k < p.x.size(); ++k) {
    const tl::interval d = Op::domain(laws::position<Op>(k));
    if (!(d.lower < p.x[k] && p.x[k] < d.upper)) return false;
  }
  return laws::kink_at(p) != 0;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("rounding is all that double loses, up to the ends of the domain", "[laws][op]",
                        laws::operations) {
  using Op = TestType;
  if constexpr (!Op::predicate) {
    laws::generator g(Op::arity + 15);
    for (int n = 0; n < 100; ++n) {
      const auto p = laws::sample<Op>(g);
      agrees<Op>(p, 1, 1e-13L);
      for (std::size_t k = 0; k < p.x.size(); ++k) {
        const tl::interval d = Op::domain(laws::position<Op>(k));
        const double from_end = laws::log_uniform(g, -12, -2);
        for (const double x : {d.lower + from_end, d.upper - from_end}) {
          auto moved = p;
          moved.x[k] = x;
          if (tl::math::isfinite(x) && is_inside(moved)) agrees<Op>(moved, 1, 1e-13L);
        }
      }
    }
  }
}

TEMPLATE_LIST_TEST_CASE("rounding is all that double loses, however large or small the numbers", "[laws][op]",
                        laws::operations) {
  using Op = TestType;
  if constexpr (!Op::predicate) {
    for (const double size : {1e-300, 1e-155, 1e-100, 1e-8, 690.0, 5e3, 1e5, 1e20, 1e100, 1e155, 1e300})
      for (unsigned signs = 0; signs < 1U << numbers<Op>; ++signs) {
        point<Op> p{{}, true, 2};
        for (std::size_t k = 0; k < p.x.size(); ++k)
          p.x[k] = size * (1 - 0.125 * static_cast<double>(k)) * (signs >> k & 1 ? -1 : 1);
        if (is_inside(p)) agrees<Op>(p, 0, 1e-14L);
      }
  }
}
