// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/replay.hpp>
#include <tapeless/transform/eliminate.hpp>
#include <tapeless/transform/forward.hpp>

// Jacobians and Hessians as programs, by elimination of all nodes between inputs and results.
namespace tapeless::detail {

/// Weights that are recorded. They are products of partial derivatives, and not what pullbacks make of a cotangent:
/// each is a factor of many products.
struct recorded_weights {
  using type = value;
  static constexpr value times(const value& a, const value& b) { return a * b; }
  static constexpr value twice(const value& w) { return literal(2) * w; }
  static constexpr value sum(const value& a, const value& b) { return a + b; }
};
using recorded_elimination = elimination<recorded_weights>;

/// A program in a recorder, with the partial derivatives of its operations on edges between the nodes that depend on
/// the inputs at some places.
class linearized {
 public:
  constexpr linearized(const program_view& p, const input_list& wrt, std::int32_t sinks)
      : program_(p), graph_({}, p.size + sinks) {
    reload(r_, p);
    active_ = active_nodes(r_, p.size, wrt);
    at_ = places_of_inputs(p, wrt.bound());
    between_ = buffer<bool>(p.size);
    for (std::int32_t i = 0; i < p.size; ++i)
      between_[i] = active_[i] && p[i].op->arity > 0 && !p[i].is<op::partial_entry>();
  }

  constexpr recorder& nodes() { return r_; }
  constexpr recorded_elimination& graph() { return graph_; }
  constexpr const buffer<bool>& active() const { return active_; }
  constexpr bool complete() const { return complete_; }
  constexpr std::int32_t first_of_derivative() const { return program_.size; }

  /// The node of the input at a place, -1 where it is not used.
  constexpr std::int32_t input(std::int32_t place) const { return at_[place] - 1; }

  /// Puts the partial derivatives of all operations on the edges.
  constexpr void connect() {
    for (std::int32_t i = 0; i < program_.size; ++i) {
      if (!between_[i]) continue;
      const node n = r_[i];
      if (n.is<op::with_partials>()) {
        for_each_stated_partial(r_, i, [&](std::int32_t x, const value& partial) {
          if (active_[x]) graph_.connect(x, i, partial);
        });
        continue;
      }
      complete_ = complete_ && n.op->differentiable();
      for (int k = 0; k < n.op->arity; ++k) {
        bool met = !active_[n.operand[k]];
        for (int earlier = 0; earlier < k; ++earlier) met = met || n.operand[earlier] == n.operand[k];
        if (met) continue;
        const value w = partial(i, n.operand[k]);
        if (!w.is_strong_zero()) graph_.connect(n.operand[k], i, w);
      }
    }
  }

  constexpr order eliminate(order wanted, std::int32_t sinks) {
    const auto chosen = best_order(graph_, program_.size + sinks, between_, wanted);
    r_.share_factors();
    for (const auto v : chosen.sequence) graph_.eliminate(v);
    return chosen.kind;
  }

  /// Adds the curvature that node i brings in itself: second derivatives of its operation, times its cotangent.
  ///
  /// The operation's rule is recorded on inputs of its own and differentiated there, where nothing can be taken for one
  /// of them; then again on the operands.
  constexpr void bend(std::int32_t i, const value& cotangent) {
    const node n = r_[i];
    recorder own;
    value x[3], partial[3];
    for (int k = 0; k < n.op->arity; ++k) x[k] = value(&own, own.input(k, r_[n.operand[k]].shape));
    const value y(&own, own.input(n.op->arity, n.shape));
    bool curved = false;
    for (int k = 0; k < n.op->arity; ++k) {
      if (!active_[n.operand[k]]) continue;
      partial[k] = n.op->pullback(k, one, x, y);
      curved = curved || !partial[k].is_constant();
    }
    if (!curved) return;
    buffer<value> operands(n.op->arity + 1);
    for (int k = 0; k < n.op->arity; ++k) operands[k] = value(&r_, n.operand[k]);
    operands[n.op->arity] = value(&r_, i);
    for (int l = 0; l < n.op->arity; ++l) {
      if (!active_[n.operand[l]]) continue;
      forward_sweep sweep(own, own.size());
      sweep.seed(x[l].id(), one);
      sweep.seed(y.id(), partial[l]);
      complete_ = sweep.run() && complete_;
      for (int k = 0; k <= l; ++k) {
        if (!active_[n.operand[k]] || partial[k].is_constant()) continue;
        const value second = sweep.tangent(partial[k].id());
        if (second.is_strong_zero()) continue;
        buffer<std::int32_t> wanted;
        wanted.push_back(second.id_in(own));
        const auto again = replay(r_, without_dead_nodes(own.nodes(), wanted).view(), operands);
        const value w = cotangent * again[0];
        if (w.is_strong_zero()) continue;
        const bool both = k != l && n.operand[k] == n.operand[l];
        graph_.bend(n.operand[k], n.operand[l], both ? recorded_weights::twice(w) : w);
      }
    }
  }

 private:
  /// The partial derivative of node i with respect to another, at all places where that is its operand.
  constexpr value partial(std::int32_t i, std::int32_t operand) {
    const node n = r_[i];
    value x[3], sum = zero;
    for (int k = 0; k < n.op->arity; ++k) x[k] = value(&r_, n.operand[k]);
    for (int k = 0; k < n.op->arity; ++k)
      if (n.operand[k] == operand) sum = sum + n.op->pullback(k, one, x, value(&r_, i));
    return sum;
  }

  program_view program_;
  recorder r_;
  recorded_elimination graph_;
  buffer<bool> active_, between_;
  buffer<std::int32_t> at_;
  bool complete_ = true;
};

/// The program that computes the outputs of `p`, if `with_value`, and row by row their derivatives with respect to the
/// inputs at `places`.
constexpr program jacobian_of(const program_view& p, const input_list& wrt, order wanted, bool with_value) {
  linearized linear(p, wrt, p.output_count);
  recorder& r = linear.nodes();
  r.start_derivative();
  linear.connect();
  for (std::int32_t o = 0; o < p.output_count; ++o)
    if (linear.active()[p.outputs[o]]) linear.graph().connect(p.outputs[o], p.size + o, one);
  const order chosen = linear.eliminate(wanted, p.output_count);
  r.end_derivative();
  buffer<std::int32_t> outputs;
  if (with_value)
    for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(p.outputs[o]);
  for (std::int32_t o = 0; o < p.output_count; ++o)
    for (std::int32_t k = 0; k < wrt.count; ++k) {
      const auto input = linear.input(wrt[k]);
      const value* w = input < 0 ? nullptr : linear.graph().edge(input, p.size + o);
      outputs.push_back((w ? *w : value(zero)).id_in(r));
    }
  program result = finished(r, outputs, linear.first_of_derivative(), linear.complete());
  result.accumulated = chosen;
  return result;
}

/// Second derivatives by way of the gradient's program, where rules are stated that only a whole program can follow.
constexpr program jacobian_of_gradient(const program_view& p, const input_list& wrt, order wanted) {
  const program first = gradient_of(p, wrt.place, wrt.count, true);
  // Value and gradient; then by rows the gradient again, and the Hessian.
  program both = jacobian_of(distinct(first.view()).view(), wrt, wanted, true);
  buffer<std::int32_t> outputs;
  for (std::int32_t o = 0; o < static_cast<std::int32_t>(both.outputs.size()); ++o)
    if (o <= wrt.count || o > 2 * wrt.count) outputs.push_back(both.outputs[o]);
  program result = without_dead_nodes(both.nodes, outputs, both.derivative_from);
  result.lacks_rule = first.lacks_rule || both.lacks_rule;
  result.accumulated = both.accumulated;
  return result;
}

constexpr bool states_partials(const program_view& p) {
  for (std::int32_t i = 0; i < p.size; ++i)
    if (p[i].is<op::with_partials>()) return true;
  return false;
}

/// The program that computes the only output of `p`, its derivatives with respect to the inputs of `wrt`, and row by
/// row the second derivatives.
constexpr program hessian_of(const program_view& p, const input_list& wrt, order wanted) {
  if (states_partials(p)) return jacobian_of_gradient(p, wrt, wanted);
  linearized linear(p, wrt, 0);
  recorder& r = linear.nodes();
  reverse_sweep sweep(r, linear.active());
  sweep.seed(p.outputs[0], one);
  const bool first = sweep.run();
  r.start_derivative();
  linear.connect();
  for (std::int32_t i = p.size - 1; i >= 0; --i)
    if (linear.active()[i] && p[i].op->arity > 0 && !sweep.cotangent(i).is_strong_zero())
      linear.bend(i, sweep.cotangent(i));
  const order chosen = linear.eliminate(wanted, 0);
  r.end_derivative();
  buffer<std::int32_t> outputs;
  outputs.push_back(p.outputs[0]);
  for (std::int32_t k = 0; k < wrt.count; ++k) {
    const auto input = linear.input(wrt[k]);
    outputs.push_back((input < 0 ? value(zero) : sweep.cotangent(input)).id_in(r));
  }
  for (std::int32_t k = 0; k < wrt.count; ++k)
    for (std::int32_t l = 0; l < wrt.count; ++l) {
      const auto a = linear.input(wrt[k]), b = linear.input(wrt[l]);
      const value* w = a < 0 || b < 0 ? nullptr : linear.graph().curvature(a, b);
      outputs.push_back((w ? *w : value(zero)).id_in(r));
    }
  program result = finished(r, outputs, linear.first_of_derivative(), first && linear.complete());
  result.accumulated = chosen;
  return result;
}

/// The same program with only some of its outputs, from one on.
constexpr program only_outputs(const program& p, std::size_t from) {
  buffer<std::int32_t> outputs;
  for (std::size_t o = from; o < p.outputs.size(); ++o) outputs.push_back(p.outputs[o]);
  program result = without_dead_nodes(p.nodes, outputs, p.derivative_from);
  result.lacks_rule = p.lacks_rule;
  result.accumulated = p.accumulated;
  return result;
}

}  // namespace tapeless::detail
