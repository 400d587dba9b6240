// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "dual.hpp"
#include "programs.hpp"

namespace {

template <std::size_t N>
std::array<long double, N> widened(const std::array<double, N>& x) {
  std::array<long double, N> y{};
  for (std::size_t i = 0; i < N; ++i) y[i] = x[i];
  return y;
}

template <std::size_t N>
double largest(const std::array<double, N>& x) {
  double m = 1e-3;
  for (const double xi : x) m = std::max(m, std::abs(xi));
  return m;
}

/// The gradient against two referees that know nothing of graphs, and against itself at compile time.
template <class List, unsigned Seed, std::size_t Inputs, std::size_t Depth, bool Honest = true>
void holds() {
  using program = laws::random_program<List, Seed, Inputs, Depth>;
  constexpr program f{};
  constexpr auto& points = program::code.at;
  static constexpr auto early = tl::value_and_gradient(f)(points[0]);
  for (std::size_t s = 0; s < points.size(); ++s) {
    const auto& x = points[s];
    const auto [value, gradient] = tl::value_and_gradient(f)(x);
    const double scale = largest(gradient);
    INFO("seed " << Seed << ", depth " << Depth << ", point " << s);
    REQUIRE(laws::distance(value, f(x), 1) <= 1e-14L);
    for (std::size_t i = 0; i < Inputs; ++i) {
      INFO("component " << i << " of " << Inputs << ": " << gradient[i]);
      REQUIRE(laws::distance(gradient[i], laws::directional(f, x, i), scale) <= 1e-13L);
      if constexpr (Honest) {
        auto moved = widened(x);
        const auto expected = laws::differences([&](long double xi) { return moved[i] = xi, f(moved); }, x[i], 0x1p-7L);
        INFO("by differences: " << expected.value << " +- " << expected.error);
        REQUIRE(std::abs(gradient[i] - expected.value) <= 1e-12L * scale + 8 * expected.error);
        REQUIRE(expected.error <= 1e-9L * scale);
      }
      if (s == 0) REQUIRE(laws::distance(gradient[i], early.gradient[i], scale) <= 1e-13L);
    }
    if (s == 0) REQUIRE(laws::distance(value, early.value, 1) <= 1e-14L);
  }
}

template <class List, std::size_t Inputs, std::size_t Depth, bool Honest, unsigned First, unsigned... K>
void all_hold(std::integer_sequence<unsigned, K...>) {
  (holds<List, First + K, Inputs, Depth, Honest>(), ...);
}
template <class List, std::size_t Inputs, std::size_t Depth, unsigned First, unsigned Count, bool Honest = true>
void seeds_hold() {
  all_hold<List, Inputs, Depth, Honest, First>(std::make_integer_sequence<unsigned, Count>{});
}

using honest = decltype(laws::honest(tl::op::all{}));

}  // namespace

TEST_CASE("short random programs", "[laws][random]") { seeds_hold<honest, 2, 6, 100, 12>(); }
TEST_CASE("middling random programs", "[laws][random]") { seeds_hold<honest, 5, 18, 200, 8>(); }
TEST_CASE("deep random programs", "[laws][random]") { seeds_hold<honest, 8, 40, 300, 5>(); }
TEST_CASE("the deepest random programs", "[laws][random]") { seeds_hold<honest, 12, 60, 500, 4>(); }
TEST_CASE("random programs with operations whose derivative is a definition", "[laws][random]") {
  seeds_hold<tl::op::all, 4, 24, 400, 4, false>();
}

namespace {

template <class List, unsigned First, std::size_t Inputs, std::size_t Depth, unsigned... K>
void count(std::array<int, List::size>& uses, std::integer_sequence<unsigned, K...>) {
  const auto count_one = [&](const auto& code) {
    for (const auto& l : code.lines) ++uses[l.op];
  };
  (count_one(laws::random_program<List, First + K, Inputs, Depth>::code), ...);
}

}  // namespace

TEST_CASE("the random programs contain every operation", "[laws][random]") {
  std::array<int, honest::size> uses{};
  count<honest, 200, 5, 18>(uses, std::make_integer_sequence<unsigned, 8>{});
  count<honest, 300, 8, 40>(uses, std::make_integer_sequence<unsigned, 5>{});
  count<honest, 500, 12, 60>(uses, std::make_integer_sequence<unsigned, 4>{});
  for (std::size_t i = 0; i < uses.size(); ++i) {
    INFO("operation " << i << " of the table");
    CHECK(uses[i] > 0);
  }
}
