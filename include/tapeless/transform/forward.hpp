// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/transform/reverse.hpp>

namespace tapeless::detail {

/// The tangents of a program's nodes, recorded beside the nodes themselves: forward mode (Wengert, 1964).
///
/// The tangent of a node is the sum of its operands' tangents through the operation's own rule; where no operand moves
/// it is a structural zero, and nothing is recorded.
class forward_sweep {
 public:
  constexpr forward_sweep(recorder& r, std::int32_t nodes) : r_(r), dot_(nodes) {}

  constexpr void seed(std::int32_t node, const value& tangent) { dot_[node].sum = tangent; }

  /// False when an operation on the way has no derivative rule.
  constexpr bool run() {
    r_.start_derivative();
    bool complete = true;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(dot_.size()); ++i) {
      const node n = r_[i];
      if (n.op->arity == 0 || n.shape.kind() != element::real || n.is<op::partial_entry>()) continue;
      value& sum = dot_[i].sum;
      const auto add = [&](const value& term) { sum = sum.is_strong_zero() ? term : sum + term; };
      if (n.is<op::with_partials>()) {
        for_each_stated_partial(r_, i, [&](std::int32_t x, const value& partial) {
          if (!tangent(x).is_strong_zero()) add(tangent(x) * partial);
        });
        continue;
      }
      value x[3];
      for (int k = 0; k < n.op->arity; ++k) x[k] = value(&r_, n.operand[k]);
      const value y(&r_, i);
      for (int k = 0; k < n.op->arity; ++k) {
        const value moved = tangent(n.operand[k]);
        if (moved.is_strong_zero()) continue;
        complete = complete && n.op->differentiable();
        // Of an operation on numbers the pullback is linear in what it is given, so it pushes as it pulls.
        const auto push = n.op->tensor ? n.op->tensor->pushforward : n.op->pullback;
        value term = push(k, moved, x, y);
        if (k + 1 < n.op->arity && n.operand[k + 1] == n.operand[k])
          term = term + push(k + 1, moved, x, y), ++k;  // x * x: one term, 2 * x * dx
        add(term);
      }
    }
    r_.end_derivative();
    return complete;
  }

  constexpr const value& tangent(std::int32_t node) const { return dot_[node].sum; }

 private:
  struct slot {
    value sum = zero;
  };
  recorder& r_;
  buffer<slot> dot_;
};

/// Where the inputs of a program stand: one more than the node, 0 for an input that it does not use.
constexpr buffer<std::int32_t> places_of_inputs(const program_view& p, std::int32_t count) {
  buffer<std::int32_t> at(count);
  for (std::int32_t i = 0; i < p.size; ++i)
    if (p[i].is<op::input>() && p[i].operand[0] < count) at[p[i].operand[0]] = i + 1;
  return at;
}

/// What is left of a recording once a derivative has been written into it.
constexpr program finished(const recorder& r, const buffer<std::int32_t>& outputs, std::int32_t derivative_from,
                           bool complete) {
  program result = without_dead_nodes(r.nodes(), outputs, derivative_from);
  coincide(result);
  polish(result);
  result.lacks_rule = !complete;
  return result;
}

/// Inputs of a program by number: those that a derivative is taken with respect to, or those that say how they move.
struct input_list {
  const std::int32_t* place;
  std::int32_t count;
  constexpr std::int32_t operator[](std::integral auto k) const { return place[k]; }
  /// One more than the largest number.
  constexpr std::int32_t bound() const {
    std::int32_t most = 0;
    for (std::int32_t k = 0; k < count; ++k) most = most < place[k] ? place[k] : most;
    return most + 1;
  }
};

constexpr buffer<bool> active_nodes(const recorder& r, std::int32_t size, const input_list& wrt) {
  buffer<bool> wanted(wrt.bound());
  for (std::int32_t k = 0; k < wrt.count; ++k) wanted[wrt[k]] = true;
  const auto known = static_cast<std::int32_t>(wanted.size());
  return activity(r, size, [&](std::int32_t place) { return place < known && wanted[place]; });
}

/// The program that computes the outputs of `p`, if `with_value`, and their tangents, where each input of `wrt` moves
/// as the input of `tangents` beside it says, and all others stay.
constexpr program pushforward_of(const program_view& p, const input_list& wrt, const input_list& tangents,
                                 bool with_value) {
  recorder r;
  reload(r, p);
  forward_sweep sweep(r, p.size);
  const auto at = places_of_inputs(p, wrt.bound());
  for (std::int32_t k = 0; k < wrt.count; ++k)
    if (const auto input = at[wrt[k]]) sweep.seed(input - 1, value(&r, r.input(tangents[k], shape(element::real))));
  const auto derivative_from = r.size();
  const bool complete = sweep.run();
  buffer<std::int32_t> outputs;
  if (with_value)
    for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(p.outputs[o]);
  for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(sweep.tangent(p.outputs[o]).id_in(r));
  return finished(r, outputs, derivative_from, complete);
}

/// The program that computes the cotangents of the inputs of `wrt` from those of the outputs of `p`, the inputs of
/// `cotangents`.
constexpr program pullback_of(const program_view& p, const input_list& wrt, const input_list& cotangents) {
  recorder r;
  reload(r, p);
  const auto active = active_nodes(r, p.size, wrt);
  reverse_sweep sweep(r, active);
  for (std::int32_t o = 0; o < p.output_count; ++o)
    sweep.seed(p.outputs[o], value(&r, r.input(cotangents[o], shape(element::real))));
  const auto derivative_from = r.size();
  const bool complete = sweep.run();
  const auto at = places_of_inputs(p, wrt.bound());
  buffer<std::int32_t> outputs;
  for (std::int32_t k = 0; k < wrt.count; ++k)
    outputs.push_back((at[wrt[k]] ? sweep.cotangent(at[wrt[k]] - 1) : value(zero)).id_in(r));
  return finished(r, outputs, derivative_from, complete);
}

}  // namespace tapeless::detail
