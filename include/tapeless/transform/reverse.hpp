// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>
#include <tapeless/transform/balance.hpp>
#include <tapeless/transform/coincide.hpp>

namespace tapeless::detail {

/// No constant expression gets past this.
inline void reloaded_equal_nodes() { __builtin_trap(); }

/// Puts a finished program of distinct nodes back into a recorder, node for node.
constexpr void reload(recorder& r, const program_view& p) {
  for (std::int32_t i = 0; i < p.size; ++i)
    if (r.intern(p[i]) != i) reloaded_equal_nodes();
}

/// The same program with equal nodes as one: the last touches to a derivative leave some that are equal.
constexpr program distinct(const program_view& p) {
  recorder r;
  buffer<std::int32_t> place(p.size), outputs;
  for (std::int32_t i = 0; i < p.size; ++i) {
    node n = p[i];
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = place[n.operand[k]];
    place[i] = r.intern(n);
  }
  for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(place[p.outputs[o]]);
  return without_dead_nodes(r.nodes(), outputs);
}

/// Which nodes the derivative passes through: real ones that depend on an input under differentiation.
template <class IsActiveInput>
constexpr buffer<bool> activity(const recorder& r, std::int32_t size, IsActiveInput is_active_input) {
  buffer<bool> active(size);
  for (std::int32_t i = 0; i < size; ++i) {
    const node& n = r[i];
    if (n.shape.kind() != element::real) continue;
    bool a = n.is<op::input>() && is_active_input(n.operand[0]);
    for (int k = 0; k < n.op->arity; ++k) a = a || active[n.operand[k]];
    active[i] = a;
  }
  return active;
}

/// Node `root`, recorded again with `by` in the place of node `old`.
constexpr value replaced(recorder& r, std::int32_t root, std::int32_t old, const value& by) {
  if (root <= old) return root == old ? by : value(&r, root);
  buffer<value> made(root - old + 1);
  made[0] = by;
  for (std::int32_t i = old + 1; i <= root; ++i) {
    const node n = r[i];
    value& y = made[i - old] = value(&r, i);
    value x[3];
    bool touched = false;
    for (int k = 0; k < n.op->arity; ++k) {
      const std::int32_t operand = n.operand[k];
      x[k] = operand < old ? value(&r, operand) : made[operand - old];
      touched = touched || !same(x[k], value(&r, operand));
    }
    if (touched) y = record_again(r, n, x);
  }
  return made[root - old];
}

/// Calls `f(x, partial)` for each partial derivative that is stated of node i. Where a partial names the value, it is
/// the one that it belongs to, so that it is differentiated rightly in its turn.
template <class F>
constexpr void for_each_stated_partial(recorder& r, std::int32_t i, F f) {
  const std::int32_t bare = r[i].operand[0];
  const value whole(&r, i);
  for (std::int32_t e = r[i].operand[1]; r[e].is<op::partial_entry>(); e = r[e].operand[2])
    f(r[e].operand[0], replaced(r, r[e].operand[1], bare, whole));
}

/// The cotangents of a program's nodes, recorded beside the nodes themselves (reverse mode: Speelpenning, 1980).
///
/// A cotangent is the sum over the uses of a node; the sum starts with its first term, not with a zero.
class reverse_sweep {
 public:
  constexpr reverse_sweep(recorder& r, const buffer<bool>& active) : r_(r), active_(active), bar_(active.size()) {}

  constexpr void seed(std::int32_t output, const value& cotangent) { add(output, cotangent); }

  /// False when an operation on the way has no derivative rule.
  constexpr bool run() {
    r_.start_derivative();
    bool complete = true;
    for (std::int32_t i = static_cast<std::int32_t>(active_.size()) - 1; i >= 0; --i) {
      const value g = cotangent(i);
      if (!active_[i] || is_absent(g)) continue;
      const node n = r_[i];
      if (n.op->arity == 0) continue;
      if (n.is<op::with_partials>()) {
        for_each_stated_partial(r_, i, [&](std::int32_t x, const value& partial) {
          if (active_[x]) add(x, g * partial);
        });
        continue;
      }
      complete = complete && n.op->differentiable();
      value x[3];
      for (int k = 0; k < n.op->arity; ++k) x[k] = value(&r_, n.operand[k]);
      const value y(&r_, i);
      for (int k = 0; k < n.op->arity; ++k) {
        if (!active_[n.operand[k]]) continue;
        value term = n.op->pullback(k, g, x, y);
        // Both operands the same, as in x * x: one term, so that it can become 2 * x before it meets the other uses.
        if (k + 1 < n.op->arity && n.operand[k + 1] == n.operand[k]) term = term + n.op->pullback(k + 1, g, x, y), ++k;
        add(n.operand[k], term);
      }
    }
    r_.end_derivative();
    return complete;
  }

  constexpr const value& cotangent(std::int32_t node) const { return bar_[node].sum; }

 private:
  static constexpr bool is_absent(const value& g) { return g.is_strong_zero(); }

  constexpr void add(std::int32_t node, const value& term) {
    value& sum = bar_[node].sum;
    sum = is_absent(sum) ? term : sum + term;
  }

  struct slot {
    value sum = zero;
  };

  recorder& r_;
  const buffer<bool>& active_;
  buffer<slot> bar_;
};

/// The last touches to a derivative.
///
/// `a * (1 / y)` becomes `a / y` again where nothing else uses the reciprocal. A constant in front of a product goes to
/// the factor that is ready earlier: `k * (a * b)` becomes `(k * a) * b`, one multiplication less between `b` and the
/// result.
constexpr void polish(program& p) {
  buffer<std::int32_t> uses(p.nodes.size());
  for (const node& n : p.nodes)
    for (int k = 0; k < n.op->arity; ++k) ++uses[n.operand[k]];
  for (const auto o : p.outputs) ++uses[o];
  const auto lone = [&](std::int32_t i) { return uses[i] == 1; };
  const auto constant = [&](std::int32_t i) { return p.nodes[i].is<op::constant>(); };
  bool changed = false;
  for (std::size_t i = 0; i < p.nodes.size(); ++i) {
    if (!p.nodes[i].is<op::mul>()) continue;
    node& n = p.nodes[i];
    for (int k = 0; k < 2; ++k) {
      node& x = p.nodes[n.operand[k]];
      if (!lone(n.operand[k])) continue;
      if (x.is<op::div>() && constant(x.operand[0]) && p.nodes[x.operand[0]].number == 1) {
        const std::int32_t numerator = n.operand[1 - k], denominator = x.operand[1];
        n.op = describe<op::div>();
        n.operand[0] = numerator, n.operand[1] = denominator;
        changed = true;
        break;
      }
      if (k == 1 && x.is<op::mul>() && constant(n.operand[0]) && n.operand[1] >= p.derivative_from) {
        const std::int32_t younger = x.operand[0] > x.operand[1] ? 0 : 1;
        const std::int32_t last = x.operand[younger];
        x.operand[1] = x.operand[1 - younger];
        x.operand[0] = n.operand[0];
        n.operand[0] = last;
      }
    }
  }
  if (changed) p = without_dead_nodes(p.nodes, p.outputs);
}

/// Nobody is told what the passes of `gradient_of` do.
struct unwatched {
  constexpr void operator()(const char*, const buffer<node>&) const {}
};

/// The program that computes the partial derivatives of the only output of `p` with respect to the inputs at `places`,
/// after that output itself if `with_value`. After each pass `watch(name of the pass, nodes)` is called.
template <class Watch = unwatched>
constexpr program gradient_of(const program_view& p, const std::int32_t* places, std::int32_t count, bool with_value,
                              const Watch& watch = {}) {
  recorder r;
  reload(r, p);
  buffer<bool> wanted;
  for (std::int32_t k = 0; k < count; ++k) {
    while (static_cast<std::int32_t>(wanted.size()) <= places[k]) wanted.push_back(false);
    wanted[places[k]] = true;
  }
  const auto active = activity(
      r, p.size, [&](std::int32_t place) { return place < static_cast<std::int32_t>(wanted.size()) && wanted[place]; });
  reverse_sweep sweep(r, active);
  sweep.seed(p.outputs[0], one);
  const bool complete = sweep.run();
  watch("simplification rules", r.nodes());

  buffer<std::int32_t> input_at(wanted.size());
  for (std::int32_t i = 0; i < p.size; ++i)
    if (p[i].is<op::input>() && p[i].operand[0] < static_cast<std::int32_t>(wanted.size()))
      input_at[p[i].operand[0]] = i + 1;
  buffer<std::int32_t> outputs;
  if (with_value) outputs.push_back(p.outputs[0]);
  for (std::int32_t k = 0; k < count; ++k) {
    const auto input = input_at[places[k]];
    outputs.push_back((input ? sweep.cotangent(input - 1) : value(zero)).id_in(r));
  }
  program result = without_dead_nodes(r.nodes(), outputs, p.size);
  watch("dead nodes", result.nodes);
  coincide(result);
  watch("equal polynomials", result.nodes);
  polish(result);
  sum_balancer(result).run();
  watch("reciprocals and constant factors", result.nodes);
  result.lacks_rule = !complete;
  return result;
}

}  // namespace tapeless::detail
