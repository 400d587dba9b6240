// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/cost.hpp>
#include <tapeless/transform/reverse.hpp>

// What a derivative costs after each of the passes that make it.
namespace tapeless::detail {

/// The operations of a program, which may still have dead nodes, as `cost` counts them: all, and of these the calls of
/// functions and the divisions.
struct pass_cost {
  const char* pass = nullptr;
  std::size_t operations = 0, calls = 0, divisions = 0;

  constexpr pass_cost() = default;
  constexpr pass_cost(const char* name, const node* nodes, std::size_t size) : pass(name) {
    for (std::size_t i = 0; i < size; ++i) {
      const node& n = nodes[i];
      if (n.op->arity == 0 || n.op->transparent || n.is<op::partial_entry>() || n.is<op::as_real>() ||
          n.is<op::unsigned_as_real>() || n.is<op::as_integer>())
        continue;
      ++operations;
      calls += n.op->calls_library;
      divisions += n.is<op::div>();
    }
  }
};

/// The reverse sweep of a textbook: for each use of a value the rule of the operation that uses it, written out by
/// itself, and the sums of these. Nothing is shared, and nothing is simplified that the rule alone does not show.
class written_out_sweep {
 public:
  constexpr written_out_sweep(const program_view& p, const buffer<bool>& active) : p_(p), bar_(p.size) {
    for (std::int32_t i = 0; i < p.size; ++i) put(p[i]);
    if (active[p.outputs[0]])
      bar_[p.outputs[0]] = put({.op = describe<op::constant>(), .shape = shape(element::real), .number = 1}) + 1;
    for (std::int32_t i = p.size; i-- > 0;) {
      if (!bar_[i]) continue;
      if (p[i].is<op::with_partials>()) {
        for (std::int32_t e = p[i].operand[1]; p[e].is<op::partial_entry>(); e = p[e].operand[2])
          if (active[p[e].operand[0]])
            add(p[e].operand[0], put(of_reals(describe<op::mul>(), bar_[i] - 1, p[e].operand[1])));
        continue;
      }
      for (int k = 0; k < p[i].op->arity; ++k)
        if (active[p[i].operand[k]]) add_rule(i, k);
    }
  }

  constexpr const buffer<node>& nodes() const { return nodes_; }
  /// Where the cotangent of a node of the function is; -1 if it has none.
  constexpr std::int32_t cotangent(std::int32_t i) const { return bar_[i] - 1; }

 private:
  static constexpr node of_reals(const operation_info* op, std::int32_t a, std::int32_t b) {
    return {.op = op, .operand = {a, b, -1}, .shape = shape(element::real)};
  }
  constexpr std::int32_t put(const node& n) {
    nodes_.push_back(n);
    return static_cast<std::int32_t>(nodes_.size()) - 1;
  }
  constexpr void add(std::int32_t to, std::int32_t term) {
    bar_[to] = (bar_[to] ? put(of_reals(describe<op::add>(), bar_[to] - 1, term)) : term) + 1;
  }

  /// What node `i` contributes to its operand `k`, recorded where nothing is known of its operands.
  constexpr void add_rule(std::int32_t i, int k) {
    const node& n = p_[i];
    std::int32_t outside[5] = {0, 0, 0, i, bar_[i] - 1};
    recorder r;
    value x[3];
    for (int j = 0; j < n.op->arity; ++j) {
      outside[j] = n.operand[j];
      x[j] = value(&r, r.input(j, p_[n.operand[j]].shape));
    }
    const value y(&r, r.input(3, n.shape)), g(&r, r.input(4, shape(element::real)));
    const value term = n.op->pullback(k, g, x, y);
    if (term.is_strong_zero()) return;
    buffer<std::int32_t> result;
    result.push_back(term.id_in(r));
    const program rule = without_dead_nodes(r.nodes(), result);
    buffer<std::int32_t> at(rule.nodes.size());
    for (std::size_t m = 0; m < rule.nodes.size(); ++m) {
      node copy = rule.nodes[m];
      for (int j = 0; j < copy.op->arity; ++j) copy.operand[j] = at[copy.operand[j]];
      at[m] = copy.is<op::input>() ? outside[copy.operand[0]] : put(copy);
    }
    add(n.operand[k], at[rule.outputs[0]]);
  }

  const program_view& p_;
  buffer<node> nodes_;
  buffer<std::int32_t> bar_;  // of each node of the function its cotangent, plus one; 0: none yet
};

/// The same nodes with the same operation on the same operands only once.
constexpr recorder shared(const buffer<node>& nodes) {
  recorder r;
  buffer<std::int32_t> at(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    node n = nodes[i];
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = at[n.operand[k]];
    if (n.op->commutative && n.operand[1] < n.operand[0]) {
      const auto first = n.operand[0];
      n.operand[0] = n.operand[1], n.operand[1] = first;
    }
    at[i] = r.intern(n);
  }
  return r;
}

/// The real nodes that depend on the inputs at `places`.
constexpr buffer<bool> active_nodes(const program_view& p, const std::int32_t* places, std::int32_t count) {
  recorder r;
  reload(r, p);
  return activity(r, p.size, [&](std::int32_t place) {
    bool wanted = false;
    for (std::int32_t k = 0; k < count; ++k) wanted = wanted || places[k] == place;
    return wanted;
  });
}

/// The cost of value and gradient from pass to pass, the function before all of them first.
///
/// The engine shares and simplifies each node when it is recorded. Here the textbook's sweep is shared first, and what
/// else the engine does not record is the simplification rules'. All later passes are the engine's own, watched.
constexpr buffer<pass_cost> cost_by_pass(const program_view& function, const std::int32_t* places, std::int32_t count) {
  buffer<pass_cost> costs;
  const auto note = [&](const char* pass, const buffer<node>& nodes) {
    costs.push_back({pass, nodes.begin(), nodes.size()});
  };
  const auto note_program = [&](const char* pass, const program_view& whole) {
    const program less = carried_out(whole);
    const program_view p = less.outputs.size() ? less.view() : whole;
    costs.push_back({pass, p.nodes, static_cast<std::size_t>(p.size)});
  };
  note_program("function", function);
  const written_out_sweep sweep(function, active_nodes(function, places, count));
  note("reverse sweep, rule by rule", sweep.nodes());
  note("common subexpressions", shared(sweep.nodes()).nodes());
  note_program("what only derivatives need", gradient_of(function, places, count, true, note).view());
  return costs;
}

}  // namespace tapeless::detail
