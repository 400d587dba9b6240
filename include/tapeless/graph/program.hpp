// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <initializer_list>

#include <tapeless/graph/recorder.hpp>

namespace tapeless {

/// A finished program for reading: nodes in an order in which operands come first, and the nodes that are its results.
struct program_view {
  const node* nodes;
  std::int32_t size;
  const std::int32_t* outputs;
  std::int32_t output_count;

  constexpr const node& operator[](std::int32_t i) const { return nodes[i]; }
};

/// The order in which the chain rule is applied to a graph (transform/eliminate.hpp). `cheapest` is one of the others:
/// that of fewest operations.
enum class order : unsigned char { cheapest, forward, reverse, mixed };

/// A program inside one constant expression.
struct program {
  detail::buffer<node> nodes;
  detail::buffer<std::int32_t> outputs;
  bool lacks_rule = false;  // a derivative went through an operation without a derivative rule
  order accumulated = order::reverse;
  std::int32_t derivative_from = 0;  // operations from here on were made by differentiation

  constexpr program_view view() const {
    return {nodes.begin(), static_cast<std::int32_t>(nodes.size()), outputs.begin(),
            static_cast<std::int32_t>(outputs.size())};
  }
};

namespace detail {

/// A program that outlives its constant expression. When it does not fit, only its size is kept.
template <std::size_t Capacity, std::size_t Outputs>
struct frozen_program {
  std::size_t size = 0;
  bool lacks_rule = false;
  order accumulated = order::reverse;
  std::int32_t output_count = 0;  // a tensor is one output, if it is a whole one
  std::int32_t outputs[Outputs ? Outputs : 1]{};
  node nodes[Capacity ? Capacity : 1]{};

  constexpr program_view view() const { return {nodes, static_cast<std::int32_t>(size), outputs, output_count}; }
};

template <std::size_t Capacity, std::size_t Outputs>
constexpr auto freeze(const program& p) {
  frozen_program<Capacity, Outputs> frozen;
  frozen.size = p.nodes.size();
  frozen.lacks_rule = p.lacks_rule;
  frozen.accumulated = p.accumulated;
  if (p.nodes.size() <= Capacity)
    for (std::size_t i = 0; i < p.nodes.size(); ++i) frozen.nodes[i] = p.nodes[i];
  frozen.output_count = static_cast<std::int32_t>(p.outputs.size());
  for (std::size_t i = 0; i < p.outputs.size(); ++i) frozen.outputs[i] = p.outputs[i];
  return frozen;
}

/// The nodes that the outputs depend on, renumbered: inputs and constants first, then the others in their old order.
/// Those from `derivative_from` on belong to a derivative.
template <class Nodes>
constexpr program without_dead_nodes(const Nodes& nodes, const buffer<std::int32_t>& outputs,
                                     std::int32_t derivative_from = 0) {
  buffer<std::int32_t> place(nodes.size());
  for (const auto o : outputs) place[o] = 1;
  for (std::size_t i = nodes.size(); i-- > 0;)
    if (place[i])
      for (int k = 0; k < nodes[i].op->arity; ++k) place[nodes[i].operand[k]] = 1;
  program p;
  for (const bool leaves : {true, false})
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (!leaves && static_cast<std::int32_t>(i) == derivative_from)
        p.derivative_from = static_cast<std::int32_t>(p.nodes.size());
      if (!place[i] || (nodes[i].op->arity == 0) != leaves) continue;
      node n = nodes[i];
      for (int k = 0; k < n.op->arity; ++k) n.operand[k] = place[n.operand[k]] - 1;
      p.nodes.push_back(n);
      place[i] = static_cast<std::int32_t>(p.nodes.size());
    }
  for (const auto o : outputs) p.outputs.push_back(place[o] - 1);
  return p;
}

/// The program as it is carried out: what only speaks of derivatives is gone, and with it what only derivatives needed.
/// Empty where there is nothing of the kind.
constexpr program carried_out(const program_view& p) {
  bool found = false;
  for (std::int32_t i = 0; i < p.size; ++i) found = found || p[i].op->transparent;
  if (!found) return {};
  buffer<std::int32_t> same_as(p.size);
  buffer<node> nodes(p.size);
  for (std::int32_t i = 0; i < p.size; ++i) {
    nodes[i] = p[i];
    for (int k = 0; k < p[i].op->arity; ++k) nodes[i].operand[k] = same_as[p[i].operand[k]];
    same_as[i] = p[i].op->transparent ? nodes[i].operand[0] : i;
  }
  buffer<std::int32_t> outputs;
  for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(same_as[p.outputs[o]]);
  return without_dead_nodes(nodes, outputs);
}

}  // namespace detail
}  // namespace tapeless
