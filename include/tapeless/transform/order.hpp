// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>

namespace tapeless::detail {

/// Puts nodes in the order in which they are best carried out, and leaves out those that nothing needs.
///
/// Calls come first, level by level (a level is the number of calls beneath), each with the arithmetic it waits for: so calls that do
/// not wait for each other stand side by side and the processor overlaps them. What is left follows in the order of the graph.
class call_order {
 public:
  constexpr call_order(const buffer<node>& nodes, const buffer<std::int32_t>& outputs)
      : nodes_(nodes), place_(nodes.size()), level_(nodes.size()) {
    const auto live = reachable(outputs);
    sort_calls(live);
    for (const auto c : calls_) visit(c);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (live[i]) visit(static_cast<std::int32_t>(i));
    for (const auto o : outputs) result_.outputs.push_back(place_[at(o)] - 1);
  }
  constexpr program& result() { return result_; }

 private:
  static constexpr std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }

  constexpr buffer<bool> reachable(const buffer<std::int32_t>& outputs) const {
    buffer<bool> live(nodes_.size());
    for (const auto o : outputs) live[at(o)] = true;
    for (std::size_t i = nodes_.size(); i-- > 0;)
      if (live[i])
        for (int k = 0; k < nodes_[i].op->arity; ++k) live[at(nodes_[i].operand[k])] = true;
    return live;
  }

  /// The calls by level, then by age: a counting sort.
  constexpr void sort_calls(const buffer<bool>& live) {
    buffer<std::int32_t> start;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      std::int32_t l = 0;
      for (int k = 0; k < nodes_[i].op->arity; ++k)
        if (l < level_[at(nodes_[i].operand[k])]) l = level_[at(nodes_[i].operand[k])];
      level_[i] = l + (nodes_[i].op->calls_library ? 1 : 0);
      if (!is_call(i, live)) continue;
      while (start.size() <= at(level_[i]) + 1) start.push_back(0);
      ++start[at(level_[i]) + 1];
    }
    for (std::size_t l = 1; l < start.size(); ++l) start[l] += start[l - 1];
    calls_ = buffer<std::int32_t>(start.size() ? at(start[start.size() - 1]) : 0);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (is_call(i, live)) calls_[at(start[at(level_[i])]++)] = static_cast<std::int32_t>(i);
  }
  constexpr bool is_call(std::size_t i, const buffer<bool>& live) const { return live[i] && nodes_[i].op->calls_library; }

  /// Appends a node after everything it waits for.
  constexpr void visit(std::int32_t root) {
    if (place_[at(root)]) return;
    std::size_t depth = 0;
    const auto push = [&](std::int32_t i) {
      if (depth == stack_.size()) stack_.push_back(i);
      else stack_[depth] = i;
      ++depth;
    };
    push(root);
    while (depth) {
      const std::int32_t i = stack_[depth - 1];
      const node& n = nodes_[at(i)];
      int waiting = -1;
      for (int k = n.op->arity - 1; k >= 0; --k)
        if (!place_[at(n.operand[k])]) waiting = k;
      if (waiting >= 0) {
        push(n.operand[waiting]);
        continue;
      }
      --depth;
      if (place_[at(i)]) continue;
      node moved = n;
      for (int k = 0; k < n.op->arity; ++k) moved.operand[k] = place_[at(n.operand[k])] - 1;
      result_.nodes.push_back(moved);
      place_[at(i)] = static_cast<std::int32_t>(result_.nodes.size());
    }
  }

  const buffer<node>& nodes_;
  buffer<std::int32_t> place_;  // 0: not placed yet; otherwise one more than the new number
  buffer<std::int32_t> level_;  // the number of calls on the longest way to a node, itself included
  buffer<std::int32_t> calls_, stack_;
  program result_;
};

}  // namespace tapeless::detail
