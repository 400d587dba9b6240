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

/// Every choice of numbers from the edge cases.
template <class Op, class F>
void at_edges(const F& f) {
  laws::point<Op> p{{}, true, 3};
  std::size_t combinations = 1;
  for (std::size_t k = 0; k < p.x.size(); ++k) combinations *= std::size(edges);
  for (std::size_t c = 0; c < combinations; ++c) {
    for (std::size_t k = 0, rest = c; k < p.x.size(); ++k, rest /= std::size(edges))
      p.x[k] = edges[rest % std::size(edges)];
    f(p);
  }
}

template <class Op, class T, std::size_t Points>
struct table {
  std::array<laws::point<Op, T>, Points> at{};
  std::array<decltype(laws::call<Op>(function_of<Op>{}, at[0])), Points> value{};

  constexpr table() {
    laws::generator g(Op::arity + 11);
    for (std::size_t i = 0; i < Points; ++i) {
      at[i] = laws::sample<Op>(g).template as<T>();
      value[i] = laws::call<Op>(function_of<Op>{}, at[i]);
    }
  }
};

/// A compile-time value and the run-time value of the same operation. Our functions are within 1 ulp of the exact
/// value, the C library's of its own claims; operations composed of several may add theirs.
template <class Op, class T>
void compile_time_is_run_time(std::int64_t most) {
  static constexpr table<Op, T, 24> made{};
  for (std::size_t i = 0; i < made.at.size(); ++i) {
    auto p = made.at[i];
    if constexpr (numbers < Op >> 0) {
      volatile T forget = p.x[0];  // so that nothing is folded by the optimiser, which has libraries of its own
      p.x[0] = forget;
    }
    const auto value = laws::call<Op>(function_of<Op>{}, p);
    INFO(Op::name.text << " of point " << i << ": " << made.value[i] << " and " << value);
    if constexpr (Op::predicate) REQUIRE(made.value[i] == value);
    else REQUIRE(steps_between(made.value[i], value) <= most);
  }
}

template <class Op>
inline constexpr std::int64_t composed = Op::rounds_often ? 8 : 4;
template <>
inline constexpr std::int64_t composed<tl::op::erf> = 5;
template <>
inline constexpr std::int64_t composed<tl::op::gelu> = 64;  // x / sqrt(2) is rounded before erfc magnifies it by x^2

}  // namespace

TEMPLATE_LIST_TEST_CASE("a value at compile time is the value at run time", "[laws][op]", laws::operations) {
  compile_time_is_run_time<TestType, double>(composed<TestType>);
  compile_time_is_run_time<TestType, float>(composed<TestType>);
}

TEMPLATE_LIST_TEST_CASE("value and derivative are finite inside the domain", "[laws][op]", laws::operations) {
  using Op = TestType;
  if constexpr (!Op::predicate) {
    const auto check = [](const laws::point<Op>& p) {
      INFO(Op::name.text << " at " << p.x[0] << ", " << p.x[p.x.size() - 1]);
      REQUIRE(std::isfinite(laws::call<Op>(function_of<Op>{}, p)));
      for (const double d : laws::flat<double, numbers<Op>>(laws::call<Op>(tl::gradient(function_of<Op>{}), p)))
        REQUIRE(std::isfinite(d));
    };
    laws::generator g(Op::arity + 12);
    for (int k = 0; k < 400; ++k) check(laws::sample<Op>(g));
    if constexpr (numbers<Op> == 1 && Op::arity == 1) {  // over the whole range of a double, where y / x is within it
      constexpr tl::interval d = Op::domain(0);
      for (const double size : {1e-300, 1e-155, 1e-100, 1e-8, 0.75, 30.0, 690.0, 1e5, 1e20, 1e100, 1e155, 1e300})
        for (const double x : {size, -size})
          if (d.lower < x && x < d.upper && laws::kink_of<Op>{}(x) != 0 && std::isfinite(function_of<Op>{}(x) / x))
            check({{x}, false, 0});
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a commutative operation takes its operands in either order", "[laws][op]", laws::operations) {
  if constexpr (TestType::commutative) {
    constexpr function_of<TestType> f;
    const auto check = [&](const laws::point<TestType>& p) {
      const auto& x = p.x;
      INFO(TestType::name.text << " of " << x[0] << ", " << x[1]);
      const auto xy = f(x[0], x[1]), yx = f(x[1], x[0]);
      REQUIRE((xy == yx || (xy != xy && yx != yx)));
      if constexpr (!TestType::predicate) {
        if (xy == xy) REQUIRE(std::signbit(xy) == std::signbit(yx));
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
TEMPLATE_LIST_TEST_CASE("what is declared never to be -0.0 never is", "[laws][op]", laws::operations) {
  if constexpr (TestType::never_negative_zero) {
    at_edges<TestType>([](const auto& p) {
      const double y = laws::call<TestType>(function_of<TestType>{}, p);
      INFO(TestType::name.text << " of " << p.x[0]);
      REQUIRE(std::bit_cast<std::uint64_t>(y) != std::bit_cast<std::uint64_t>(-0.0));
    });
  }
}

// A constant expression with overflow, a division by zero or a NaN in it would not compile.
TEMPLATE_LIST_TEST_CASE("the edge cases at compile time are those of run time", "[laws][op]", laws::operations) {
  if constexpr (numbers<TestType> == 1) {
    static constexpr auto early = [] {
      std::array<decltype(laws::call<TestType>(function_of<TestType>{}, laws::point<TestType>{})), std::size(edges)>
          y{};
      for (std::size_t i = 0; i < y.size(); ++i)
        y[i] = laws::call<TestType>(function_of<TestType>{}, laws::point<TestType>{{edges[i]}, true, 3});
      return y;
    }();
    for (std::size_t i = 0; i < early.size(); ++i) {
      volatile double forget = edges[i];
      const auto late = laws::call<TestType>(function_of<TestType>{}, laws::point<TestType>{{forget}, true, 3});
      INFO(TestType::name.text << " of " << edges[i] << ": " << early[i] << " and " << late);
      REQUIRE(std::isnan(early[i]) == std::isnan(late));
      if (late == 0 || std::isinf(late)) REQUIRE((early[i] == late && std::signbit(early[i]) == std::signbit(late)));
      else REQUIRE(steps_between<double>(early[i], late) <= composed<TestType>);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a pullback is the cotangent times the partial derivative", "[laws][op]", laws::operations) {
  using Op = TestType;
  if constexpr (Op::arity == numbers<Op> && !Op::predicate) {
    laws::generator g(Op::arity + 14);
    for (int n = 0; n < 100; ++n) {
      const auto p = laws::sample<Op>(g);
      const double y = laws::call<Op>(function_of<Op>{}, p), cotangent = g.uniform() - 0.5;
      const auto agree = [&]<std::size_t I>(tl::arg<I> i, auto... x) {
        if constexpr (Op::arity == 1 && requires { Op::partial(x..., y), Op::pullback(i, y, x..., y); })
          REQUIRE(laws::distance(Op::pullback(i, cotangent, x..., y), cotangent * Op::partial(x..., y)) <= 1e-15L);
        else if constexpr (requires { Op::partial(i, x..., y), Op::pullback(i, y, x..., y); })
          REQUIRE(laws::distance(Op::pullback(i, cotangent, x..., y), cotangent * Op::partial(i, x..., y)) <= 1e-15L);
      };
      laws::call<Op>([&](auto... x) { agree(tl::arg<0>{}, x...), agree(tl::arg<Op::arity - 1>{}, x...); }, p);
    }
  }
}

namespace {

/// The rows that say what the operation means in terms of others. What two of them say, max(x, zero), takes no
/// numbers.
template <class Op>
inline constexpr bool has_formula = requires(long double x) {
  Op::formula(x);
}
|| requires(long double x) { Op::formula(x, x); }
|| requires(long double x) { Op::formula(x, x, x); };
template <>
inline constexpr bool has_formula<tl::op::relu> = false;
template <>
inline constexpr bool has_formula<tl::op::fdim> = false;

}  // namespace

TEMPLATE_LIST_TEST_CASE("the value is that of the formula", "[laws][op]", laws::operations) {
  using Op = TestType;
  if constexpr (has_formula<Op>) {
    laws::generator g(Op::arity + 16);
    for (int n = 0; n < 200; ++n) {
      const auto p = laws::sample<Op>(g).template as<long double>();
      const long double value = laws::call<Op>(function_of<Op>{}, p);
      const long double meant = laws::call<Op>([](auto... x) { return Op::formula(x...); }, p);
      INFO(Op::name.text << " at " << p.x[0] << ": " << value << ", by its formula " << meant);
      REQUIRE(laws::distance(value, meant, 1) <= 1e-16L);
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
