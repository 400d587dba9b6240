// SPDX-License-Identifier: BSL-1.0
#include <bit>
#include <cstring>

#include "catch.hpp"
#include "programs.hpp"

// Programs of + - * / and sqrt alone, which IEEE rounds in one way only: the recorded and simplified program gives the
// very bits of the function itself, and the same at compile time.
namespace {

using exact = tl::op::list<tl::op::add, tl::op::sub, tl::op::mul, tl::op::div, tl::op::neg, tl::op::sqrt,
                           tl::op::select, tl::op::less>;

/// Bit for bit; of NaNs neither sign nor payload is defined by IEEE.
template <class T>
bool identical(T a, T b) {
  if (a != a || b != b) return a != a && b != b;
  return a == b && std::signbit(a) == std::signbit(b);
}

template <class T, std::size_t N>
constexpr std::array<T, N> as(const std::array<double, N>& x) {
  std::array<T, N> y{};
  for (std::size_t i = 0; i < N; ++i) y[i] = static_cast<T>(x[i]);
  return y;
}

/// What the optimiser knows nothing about, so that the processor does the arithmetic.
template <class A>
A hidden(const A& x) {
  A y;
  const volatile auto* from = reinterpret_cast<const volatile unsigned char*>(&x);
  auto* to = reinterpret_cast<unsigned char*>(&y);
  for (std::size_t i = 0; i < sizeof(A); ++i) to[i] = from[i];
  return y;
}

template <class T, unsigned Seed, std::size_t Inputs, std::size_t Depth>
void same_bits() {
  using program = laws::random_program<exact, Seed, Inputs, Depth>;
  constexpr program f{};
  static constexpr std::array<T, Inputs> x = as<T>(program::code.at[0]);
  static constexpr auto early = tl::value_and_gradient(f)(x);
  static constexpr T early_value = f(x);
  const auto late = tl::value_and_gradient(f)(hidden(x));
  INFO("seed " << Seed);
  REQUIRE(identical(early.value, late.value));
  REQUIRE(identical(early.value, early_value));
  REQUIRE(identical(early.value, f(hidden(x))));
  for (std::size_t i = 0; i < Inputs; ++i) {
    INFO(early.gradient[i] << " and " << late.gradient[i]);
    REQUIRE(identical(early.gradient[i], late.gradient[i]));
  }
  // Zeros of both signs, infinities, NaN: no simplification may be seen.
  constexpr T big = std::numeric_limits<T>::max(), inf = std::numeric_limits<T>::infinity();
  constexpr T specials[] = {0,
                            T(-0.0),
                            1,
                            -1,
                            inf,
                            -inf,
                            std::numeric_limits<T>::quiet_NaN(),
                            big,
                            -big,
                            std::numeric_limits<T>::denorm_min(),
                            2,
                            T(0.1)};
  laws::generator g(Seed);
  for (int k = 0; k < 500; ++k) {
    std::array<T, Inputs> y{};
    for (T& yi : y) yi = specials[g.below(std::size(specials))];
    const T recorded = tl::value_and_gradient(f)(hidden(y)).value, plain = f(hidden(y));
    INFO("at " << y[0] << ", " << y[1] << ", ...: " << recorded << " and " << plain);
    REQUIRE(identical(recorded, plain));
  }
}

template <class T, unsigned First, std::size_t Inputs, std::size_t Depth, unsigned... K>
void all(std::integer_sequence<unsigned, K...>) {
  (same_bits<T, First + K, Inputs, Depth>(), ...);
}

}  // namespace

TEMPLATE_TEST_CASE("random programs of exact operations give the same bits in every way of running them",
                   "[laws][random]", float, double, long double) {
  all<TestType, 500, 2, 8>(std::make_integer_sequence<unsigned, 6>{});
  all<TestType, 600, 3, 16>(std::make_integer_sequence<unsigned, 5>{});
  all<TestType, 700, 8, 40>(std::make_integer_sequence<unsigned, 3>{});
}
