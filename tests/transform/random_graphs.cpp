// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "interpreter.hpp"
#include "laws/dual.hpp"

#include <tapeless/transform/canonical.hpp>

// Thousands of random functions, recorded and differentiated at run time.
namespace {

using graphs::identical;
using tl::detail::address;

using exact = tl::op::list<tl::op::add, tl::op::sub, tl::op::mul, tl::op::div, tl::op::neg, tl::op::sqrt,
                           tl::op::select, tl::op::less_equal>;

/// The random program of `code`, on whatever behaves like a number.
template <class List, class T, class Plan>
T run(const Plan& code, const std::array<T, Plan::inputs>& x) {
  std::vector<T> v(x.begin(), x.end());
  for (const laws::line& l : code.lines) {
    T operand[3];
    for (int k = 0; k < 3; ++k)
      operand[k] = l.operand[k] < 0 ? T(laws::literals[-1 - l.operand[k]]) : v[static_cast<std::size_t>(l.operand[k])];
    v.push_back(laws::table_of<List>::run(l.op, operand[0], operand[1], operand[2]));
  }
  T sum = v.back();
  for (std::size_t i = 0; i + 1 < v.size(); ++i)
    if (!code.used[i]) sum += v[i];
  return sum;
}

template <class List, class Plan>
tl::program record(const Plan& code) {
  tl::recorder r;
  std::array<tl::recorded<double>, Plan::inputs> x;
  std::int32_t place = 0;
  for (auto& xi : x) xi = tl::recorded<double>(tl::value(&r, r.input(place++, tl::shape(tl::element::real))));
  tl::detail::buffer<std::int32_t> outputs;
  outputs.push_back(run<List>(code, x).untyped().id_in(r));
  return tl::detail::without_dead_nodes(r.nodes(), outputs);
}

template <std::size_t Inputs>
tl::program derived(const tl::program& p) {
  std::int32_t places[Inputs];
  for (std::size_t i = 0; i < Inputs; ++i) places[i] = static_cast<std::int32_t>(i);
  return tl::detail::gradient_of(p.view(), places, static_cast<std::int32_t>(Inputs), true);
}

/// Value and gradient of the graph against the function on duals; then every schedule of that graph against the graph.
template <class List, std::size_t Inputs, std::size_t Depth>
void check(unsigned seed) {
  const auto code = laws::make_plan<List, Inputs, Depth>(seed);
  const tl::program gradient = derived<Inputs>(record<List>(code));
  for (const auto& x : code.at) {
    INFO("seed " << seed);
    const auto got = graphs::interpret(gradient.view(), {x.begin(), x.end()});
    REQUIRE(laws::distance(got[0], run<List>(code, x), 1) <= 1e-14L);
    std::array<double, Inputs> expected{};
    double scale = 0.1;
    for (std::size_t i = 0; i < Inputs; ++i) {
      expected[i] = laws::directional([&](const auto& v) { return run<List>(code, v); }, x, i);
      scale = std::max(scale, std::abs(expected[i]));
    }
    for (std::size_t i = 0; i < Inputs; ++i) {
      INFO("component " << i << ": " << got[1 + i] << ", expected " << expected[i]);
      REQUIRE(laws::distance(got[1 + i], expected[i], scale) <= 1e-12L);
    }
  }
  address inputs[Inputs], results[Inputs + 1] = {{0, 0}};
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(Inputs); ++i) inputs[i] = {0, i}, results[i + 1] = {1, i};
  const auto canonical = tl::detail::canonical(gradient.view());
  for (const int width : {1, 2, 4, 8}) {
    const auto plan = tl::detail::make_schedule(gradient.view(), inputs, results, width);
    const std::vector<double> x(code.at[0].begin(), code.at[0].end());
    graphs::rows out{{0}, std::vector<double>(Inputs)};
    graphs::machine(plan, static_cast<std::size_t>(width)).run({x}, out);
    const auto expected = graphs::interpret(gradient.view(), x), same = graphs::interpret(canonical.view(), x);
    INFO("seed " << seed << ", width " << width);
    REQUIRE(identical(out[0][0], expected[0]));
    for (std::size_t i = 0; i < Inputs; ++i) REQUIRE(identical(out[1][i], expected[1 + i]));
    for (std::size_t i = 0; i <= Inputs; ++i) REQUIRE(identical(same[i], expected[i]));
  }
}

/// A function of exact operations gives the same bits once recorded, whatever the arguments.
void check_bits(unsigned seed) {
  const auto code = laws::make_plan<exact, 2, 5>(seed);
  const tl::program p = record<exact>(code);
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double specials[] = {
      0.0, -0.0, 1.0, -1.0, 0.1, -2.5, inf, -inf, std::numeric_limits<double>::quiet_NaN(), 5e-324, 1.5e308, -1.5e308};
  for (const double x : specials)
    for (const double y : specials) {
      const double got = graphs::interpret(p.view(), {x, y})[0], expected = run<exact>(code, std::array{x, y});
      if (identical(got, expected)) continue;
      INFO("seed " << seed << " at " << x << ", " << y << ": " << got << ", plainly " << expected);
      REQUIRE(identical(got, expected));
    }
}

}  // namespace

TEST_CASE("random graphs, their derivatives and schedules", "[transform][random]") {
  for (unsigned seed = 0; seed < 4000; ++seed) check<tl::op::all, 3, 8>(seed);
  for (unsigned seed = 20000; seed < 20500; ++seed) check<tl::op::all, 6, 30>(seed);
  for (unsigned seed = 30000; seed < 30040; ++seed) check<tl::op::all, 8, 90>(seed);
}

TEST_CASE("random graphs of exact operations and their derivatives", "[transform][random]") {
  for (unsigned seed = 40000; seed < 45000; ++seed) check<exact, 3, 6>(seed);
  for (unsigned seed = 50000; seed < 50300; ++seed) check<exact, 8, 40>(seed);
}

TEST_CASE("recording changes no bit of exact operations", "[transform][random]") {
  for (unsigned seed = 100000; seed < 160000; ++seed) check_bits(seed);
}
