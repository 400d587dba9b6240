// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "table/rules.hpp"

// Whether text that was printed about an operation, compiled, is the graph that it was printed from. page.py writes the
// calls of these functions.
namespace table {

/// A program with its constants as they are printed: doubles, of which structural ones are no others.
constexpr tl::program with_plain_constants(const tl::program_view& p) {
  tl::recorder nodes;
  tl::detail::buffer<std::int32_t> place(static_cast<std::size_t>(p.size)), outputs;
  for (std::int32_t i = 0; i < p.size; ++i) {
    tl::node n = p[i];
    if (n.is_constant()) n.op = tl::detail::describe<tl::op::constant>(), n.number = static_cast<double>(n.number);
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = place[n.operand[k]];
    place[i] = nodes.intern(n);
  }
  for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(place[p.outputs[o]]);
  return tl::detail::canonical(tl::detail::without_dead_nodes(nodes.nodes(), outputs).view());
}

constexpr bool same_program(const tl::program_view& a, const tl::program_view& b) {
  const tl::program p = with_plain_constants(a), q = with_plain_constants(b);
  bool same = p.nodes.size() == q.nodes.size() && p.outputs[0] == q.outputs[0];
  for (std::size_t i = 0; same && i < p.nodes.size(); ++i) same = tl::detail::same_node(p.nodes[i], q.nodes[i]);
  return same;
}

template <class Op, class Printed, class Rule>
consteval bool prints(Printed, Rule) {
  return with_argument_types<Op>([]<class... A> {
    return same_program(tl::detail::program_of<Printed, A...>::graph.view(),
                        tl::detail::program_of<Rule, A...>::graph.view());
  });
}

/// The printed name is the one by which the operation is called.
template <class Op, class Printed>
consteval bool is_call(Printed) {
  return with_argument_types<Op>([]<class... A> {
    return std::is_same_v<tl::graph_of<Printed, A...>, tl::graph_of<laws::function_of<Op>, A...>>;
  });
}

// clang-format off
template <class Op> consteval bool is_formula(auto printed) { return prints<Op>(printed, formula_of<Op>{}); }
template <class Op> consteval bool is_kink(auto printed) { return prints<Op>(printed, kink_function_of<Op>{}); }
template <class Op, std::size_t I> consteval bool is_partial(auto printed) { return prints<Op>(printed, partial_of<Op, I>{}); }
// clang-format on

}  // namespace table
