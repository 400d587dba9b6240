// SPDX-License-Identifier: BSL-1.0
#include <bit>
#include <cstdint>
#include <string_view>

#include "catch.hpp"
#include "support.hpp"

using laws::function_of;
using laws::numbers;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double edges[] = {0.0,     -0.0,   1.0,     -1.0,  0.5,    3.0, -7.25, 1e-300,
                            -1e-300, 5e-324, -5e-324, 1e300, -1e300, inf, -inf,  nan};

template <class T>
using bits_of = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

/// How many floating-point numbers lie between two.
template <class T>
constexpr std::int64_t steps_between(T a, T b) {
  const auto rank = [](T x) {
    const auto i = std::bit_cast<bits_of<T>>(x);
    return static_cast<std::int64_t>(i < 0 ? std::numeric_limits<bits_of<T>>::min() - i : i);
  };
  if (a == b || (a != a && b != b)) return 0;
  if (a != a || b != b) return std::numeric_limits<std::int64_t>::max();
  return rank(a) < rank(b) ? rank(b) - rank(a) : rank(a) - rank(b);
}

/// Every choice of arguments from the edge cases.
template <class Op, class F>
void at_edges(const F& f) {
  std::array<double, numbers<Op>> x{};
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < x.size(); ++i) combinations *= std::size(edges);
  for (std::size_t k = 0; k < combinations; ++k) {
    for (std::size_t i = 0, rest = k; i < x.size(); ++i, rest /= std::size(edges))
      x[i] = edges[rest % std::size(edges)];
    f(x);
  }
}

template <class Op, class T, std::size_t Points>
struct table {
  std::array<std::array<T, numbers<Op>>, Points> at{};
  std::array<decltype(laws::call<Op>(function_of<Op>{}, at[0], true)), Points> value{};

  constexpr table() {
    laws::generator g(Op::arity + 11);
    for (std::size_t k = 0; k < Points; ++k) {
      const auto x = laws::sample<Op>(g);
      for (std::size_t i = 0; i < x.size(); ++i) at[k][i] = static_cast<T>(x[i]);
      value[k] = laws::call<Op>(function_of<Op>{}, at[k], k % 2 == 0);
    }
  }
};

/// A compile-time value and the run-time value of the same operation. Our functions are within 1 ulp of the exact
/// value, the C library's of its own claims; operations composed of several may add theirs.
template <class Op, class T>
void compile_time_is_run_time(std::int64_t most) {
  static constexpr table<Op, T, 24> made{};
  for (std::size_t k = 0; k < made.at.size(); ++k) {
    volatile T forget = made.at[k][0];  // so that nothing is folded by the optimiser, which has libraries of its own
    auto x = made.at[k];
    x[0] = forget;
    const auto value = laws::call<Op>(function_of<Op>{}, x, k % 2 == 0);
    INFO(Op::name.text << " at " << x[0] << ", " << x[x.size() - 1] << ": " << made.value[k] << " and " << value);
    if constexpr (Op::predicate) REQUIRE(made.value[k] == value);
    else REQUIRE(steps_between(made.value[k], value) <= most);
  }
}

template <class Op>
inline constexpr std::int64_t composed = 4;
template <>
inline constexpr std::int64_t composed<tl::op::erf> = 5;

}  // namespace

TEMPLATE_LIST_TEST_CASE("a value at compile time is the value at run time", "[laws][op]", tl::op::all) {
  compile_time_is_run_time<TestType, double>(composed<TestType>);
  compile_time_is_run_time<TestType, float>(composed<TestType>);
}

TEMPLATE_LIST_TEST_CASE("value and derivative are finite inside the domain", "[laws][op]", tl::op::all) {
  if constexpr (!TestType::predicate) {
    const auto check = [](const std::array<double, numbers<TestType>>& x) {
      INFO(TestType::name.text << " at " << x[0] << ", " << x[x.size() - 1]);
      REQUIRE(std::isfinite(laws::call<TestType>(function_of<TestType>{}, x, true)));
      for (const double d :
           laws::flat<double, numbers<TestType>>(laws::call<TestType>(tl::gradient(function_of<TestType>{}), x, true)))
        REQUIRE(std::isfinite(d));
    };
    laws::generator g(TestType::arity + 12);
    for (int k = 0; k < 400; ++k) check(laws::sample<TestType>(g));
    if constexpr (numbers<TestType> == 1) {  // over the whole range of a double
      constexpr tl::interval d = TestType::domain(0);
      for (const double x : {1e-300, 1e-155, 1e-8, 0.75, 30.0, 690.0, 1e5, 1e20, 1e155, 1e300})
        for (const double signed_x : {x, -x})
          if (d.lower < signed_x && signed_x < d.upper) check({signed_x});
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a commutative operation takes its operands in either order", "[laws][op]", tl::op::all) {
  if constexpr (TestType::commutative) {
    constexpr function_of<TestType> f;
    const auto check = [&](const std::array<double, 2>& x) {
      INFO(TestType::name.text << " of " << x[0] << ", " << x[1]);
      const auto xy = f(x[0], x[1]), yx = f(x[1], x[0]);
      REQUIRE((xy == yx || (xy != xy && yx != yx)));
      if constexpr (!TestType::predicate) {
        REQUIRE(std::signbit(xy) == std::signbit(yx));
        const auto [dx, dy] = tl::gradient(f)(x[0], x[1]);
        const auto [ex, ey] = tl::gradient(f)(x[1], x[0]);
        REQUIRE((steps_between(dx, ey) == 0 && steps_between(dy, ex) == 0));
      }
    };
    at_edges<TestType>(check);
    laws::generator g(13);
    for (int k = 0; k < 200; ++k) check(laws::sample<TestType>(g));
  }
}

// The simplification 0.0 + y -> y relies on it.
TEMPLATE_LIST_TEST_CASE("what is declared never to be -0.0 never is", "[laws][op]", tl::op::all) {
  if constexpr (TestType::never_negative_zero) {
    at_edges<TestType>([](const auto& x) {
      const double y = laws::call<TestType>(function_of<TestType>{}, x, true);
      INFO(TestType::name.text << " of " << x[0]);
      REQUIRE(std::bit_cast<std::uint64_t>(y) != std::bit_cast<std::uint64_t>(-0.0));
    });
  }
}

TEMPLATE_LIST_TEST_CASE("a pullback is the cotangent times the partial derivative", "[laws][op]", tl::op::all) {
  using Op = TestType;
  laws::generator g(Op::arity + 14);
  for (int k = 0; k < 100; ++k) {
    const auto x = laws::sample<Op>(g);
    const double y = static_cast<double>(laws::call<Op>(function_of<Op>{}, x, true)), cotangent = g.uniform() - 0.5;
    const auto same = [&](double a, double b) { return laws::distance(a, b) <= 1e-15L; };
    if constexpr (Op::arity == 1 && requires { Op::partial(y, y), Op::pullback(tl::arg<0>{}, y, y, y); })
      REQUIRE(same(Op::pullback(tl::arg<0>{}, cotangent, x[0], y), cotangent * Op::partial(x[0], y)));
    if constexpr (Op::arity == 2 &&
                  requires { Op::partial(tl::arg<0>{}, y, y, y), Op::pullback(tl::arg<0>{}, y, y, y, y); }) {
      REQUIRE(same(Op::pullback(tl::arg<0>{}, cotangent, x[0], x[1], y),
                   cotangent * Op::partial(tl::arg<0>{}, x[0], x[1], y)));
      REQUIRE(same(Op::pullback(tl::arg<1>{}, cotangent, x[0], x[1], y),
                   cotangent * Op::partial(tl::arg<1>{}, x[0], x[1], y)));
    }
  }
}

namespace {

template <class... Ops>
constexpr bool names_are_distinct(tl::op::list<Ops...>) {
  constexpr std::pair<std::string_view, std::size_t> names[] = {{Ops::name.text, Ops::arity}...};
  for (const auto& a : names)
    for (const auto& b : names)
      if (&a != &b && a == b) return false;
  return true;
}

}  // namespace

TEST_CASE("no two operations of the table share name and arity", "[laws][op]") {
  STATIC_REQUIRE(names_are_distinct(tl::op::all{}));
}
