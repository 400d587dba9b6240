// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "interpreter.hpp"

#include <tapeless/transform/canonical.hpp>

// The canonical order of a graph follows from the maths alone.
namespace {

/// The nodes of a program in another order: any in which operands come first, and commutative operands swapped.
tl::program shuffled(const tl::program_view& p, unsigned seed) {
  laws::generator g(seed);
  std::vector<std::int32_t> place(static_cast<std::size_t>(p.size), -1);
  tl::program result;
  for (std::int32_t left = p.size; left > 0;) {
    const auto i = static_cast<std::int32_t>(g.below(static_cast<unsigned>(p.size)));
    tl::node n = p[i];
    bool ready = place[static_cast<std::size_t>(i)] < 0;
    for (int k = 0; k < n.op->arity && ready; ++k) ready = place[static_cast<std::size_t>(n.operand[k])] >= 0;
    if (!ready) continue;
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = place[static_cast<std::size_t>(n.operand[k])];
    if (n.op->commutative && g.below(2)) std::swap(n.operand[0], n.operand[1]);
    place[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(result.nodes.size());
    result.nodes.push_back(n);
    --left;
  }
  for (std::int32_t o = 0; o < p.output_count; ++o)
    result.outputs.push_back(place[static_cast<std::size_t>(p.outputs[o])]);
  return result;
}

bool equal(const tl::program_view& a, const tl::program_view& b) {
  bool same = a.size == b.size && a.output_count == b.output_count;
  for (std::int32_t i = 0; same && i < a.size; ++i) same = tl::detail::same_node(a[i], b[i]);
  for (std::int32_t o = 0; same && o < a.output_count; ++o) same = a.outputs[o] == b.outputs[o];
  return same;
}

tl::program random_program(unsigned seed, bool gradient) {
  using list = tl::op::all;
  const auto code = laws::make_plan<list, 4, 25>(seed);
  tl::recorder r;
  std::vector<tl::recorded<double>> v;
  for (std::int32_t i = 0; i < 4; ++i) v.emplace_back(tl::value(&r, r.input(i, tl::shape(tl::element::real))));
  for (const laws::line& l : code.lines) {
    tl::recorded<double> x[3];
    for (int k = 0; k < 3; ++k)
      x[k] = l.operand[k] < 0 ? tl::recorded<double>(laws::literals[-1 - l.operand[k]])
                              : v[static_cast<std::size_t>(l.operand[k])];
    v.push_back(laws::table_of<list>::run(l.op, x[0], x[1], x[2]));
  }
  tl::detail::buffer<std::int32_t> outputs;
  outputs.push_back((v.back() * v[v.size() - 2] + v[v.size() - 3]).untyped().id_in(r));
  if (!gradient) return tl::detail::without_dead_nodes(r.nodes(), outputs);
  const std::int32_t places[] = {0, 1, 2, 3};
  return tl::detail::gradient_of(tl::detail::without_dead_nodes(r.nodes(), outputs).view(), places, 4, true);
}

}  // namespace

TEST_CASE("the order of recording does not show", "[transform][canonical]") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    const auto p = random_program(seed, seed % 2);
    const auto first = tl::detail::canonical(p.view());
    for (unsigned k = 0; k < 5; ++k)
      REQUIRE(equal(tl::detail::canonical(shuffled(p.view(), 10 * seed + k).view()).view(), first.view()));
  }
}

TEST_CASE("canonical twice is canonical once, and nothing else changes", "[transform][canonical]") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    const auto p = random_program(seed, seed % 2);
    const auto once = tl::detail::canonical(p.view());
    REQUIRE(equal(tl::detail::canonical(once.view()).view(), once.view()));
    REQUIRE(once.nodes.size() == p.nodes.size());
    const std::vector<double> x{0.3, -0.7, 1.9, 0.1};
    const auto a = graphs::interpret(p.view(), x), b = graphs::interpret(once.view(), x);
    for (std::size_t o = 0; o < a.size(); ++o) REQUIRE(graphs::identical(a[o], b[o]));
  }
}

TEST_CASE("different graphs stay different", "[transform][canonical]") {
  for (unsigned seed = 0; seed < 200; ++seed)
    REQUIRE(!equal(tl::detail::canonical(random_program(seed, false).view()).view(),
                   tl::detail::canonical(random_program(seed + 1, false).view()).view()));
}
