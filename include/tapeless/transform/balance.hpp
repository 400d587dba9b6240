// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>

namespace tapeless::detail {

/// Makes vectors possible where a derivative sums over an array, as for the mean of a density: a chain of sums has no
/// two additions that could be one. The terms are added in columns instead, four apart, and then the columns. The order
/// of such a sum is ours to choose; the function's own sums stay as they are.
class sum_balancer {
 public:
  constexpr explicit sum_balancer(program& p)
      : p_(p), uses_(p.nodes.size()), user_(p.nodes.size()), met_(p.nodes.size()) {}

  constexpr void run() {
    const auto size = static_cast<std::int32_t>(p_.nodes.size());
    for (std::int32_t i = 0; i < size; ++i)
      for (int k = 0; k < p_.nodes[i].op->arity; ++k)
        ++uses_[p_.nodes[i].operand[k]], user_[p_.nodes[i].operand[k]] = i;
    for (const auto o : p_.outputs) uses_[o] += 2;
    bool changed = false;
    buffer<std::int32_t> place(p_.nodes.size());
    for (std::int32_t i = 0; i < size; ++i) {
      node n = p_.nodes[i];
      if (is_sum(i) && !is_inner(i) && collect(i)) {
        place[i] = balanced(place);
        changed = true;
        continue;
      }
      for (int k = 0; k < n.op->arity; ++k) n.operand[k] = place[n.operand[k]];
      place[i] = append(n);
    }
    if (!changed) return;
    for (std::int32_t& o : p_.outputs) o = place[o];
    const bool lacks_rule = p_.lacks_rule;
    p_ = without_dead_nodes(made_, p_.outputs, place[p_.derivative_from]);
    p_.lacks_rule = lacks_rule;
  }

 private:
  static constexpr std::size_t columns = 4, fewest = 2 * columns;
  static constexpr int deepest = 6;

  constexpr bool is_sum(std::int32_t i) const {
    const node& n = p_.nodes[i];
    return i >= p_.derivative_from && n.shape == shape(element::real) &&
           (n.is<op::add>() || n.is<op::sub>() || n.is<op::neg>());
  }
  constexpr bool is_inner(std::int32_t i) const { return uses_[i] == 1 && is_sum(user_[i]); }

  /// The terms of a sum, by sign. False where too few are alike.
  constexpr bool collect(std::int32_t root) {
    terms_[0] = {}, terms_[1] = {};
    std::size_t waiting = 0;
    const auto push = [&](std::int32_t i, bool minus) {
      if (waiting == stack_.size()) stack_.push_back({});
      stack_[waiting++] = {i, minus};
    };
    push(root, false);
    while (waiting) {
      const auto [i, minus] = stack_[--waiting];
      const node& n = p_.nodes[i];
      if (i == root || (is_sum(i) && is_inner(i))) {
        for (int k = 0; k < n.op->arity; ++k)
          push(n.operand[k], minus != (n.is<op::neg>() || (n.is<op::sub>() && k == 1)));
        continue;
      }
      if (met_[i] == root + 1) return false;  // the same term twice
      met_[i] = root + 1;
      terms_[minus].push_back(i);
    }
    negative_ = terms_[1].size() >= fewest;
    buffer<std::int32_t>& many = terms_[negative_];
    if (many.size() < fewest) return false;
    sort_by_inputs(many);
    return alike(many, 0);
  }

  /// What grows from neighbour to neighbour: the places of the inputs that a node is made of.
  constexpr std::int32_t inputs_below(std::int32_t i, int depth = 0) const {
    const node& n = p_.nodes[i];
    if (n.is<op::input>()) return n.operand[0];
    std::int32_t sum = 0;
    for (int k = 0; k < n.op->arity && depth < deepest; ++k) sum += inputs_below(n.operand[k], depth + 1);
    return sum;
  }
  /// The last first.
  constexpr void sort_by_inputs(buffer<std::int32_t>& list) const {
    buffer<std::int32_t> keys;
    for (const auto i : list) keys.push_back(inputs_below(i));
    for (std::size_t k = 1; k < list.size(); ++k)
      for (std::size_t j = k; j > 0 && keys[j - 1] < keys[j]; --j) {
        const std::int32_t key = keys[j], term = list[j];
        keys[j] = keys[j - 1], list[j] = list[j - 1];
        keys[j - 1] = key, list[j - 1] = term;
      }
  }

  /// Whether nodes do the same to neighbouring elements, as far as one can see without addresses.
  constexpr bool alike(const buffer<std::int32_t>& list, int depth) const {
    const node& first = p_.nodes[list[0]];
    bool same = true, next = first.is<op::input>() && p_.nodes[list[1]].is<op::input>();
    const std::int32_t step = next ? p_.nodes[list[1]].operand[0] - first.operand[0] : 0;
    bool works = depth < deepest && first.shape.kind() == element::real &&
                 (first.is<op::mul>() || first.is<op::add>() || first.is<op::sub>() || first.is<op::div>() ||
                  first.is<op::neg>());
    for (std::size_t k = 1; k < list.size(); ++k) {
      const node& n = p_.nodes[list[k]];
      same = same && list[k] == list[0];
      next = next && n.is<op::input>() && n.operand[0] - p_.nodes[list[k - 1]].operand[0] == step;
      works = works && n.op == first.op;
    }
    if (same || (next && (step == 1 || step == -1))) return true;
    if (!works) return false;
    for (int k = 0; k < first.op->arity; ++k) {
      buffer<std::int32_t> operands;
      for (const auto i : list) {
        const node& n = p_.nodes[i];
        operands.push_back(n.operand[n.op->commutative && is_turned(n, first) ? 1 - k : k]);
      }
      if (!alike(operands, depth + 1)) return false;
    }
    return true;
  }
  /// Whether the operands of one node are those of another in the other order.
  constexpr bool is_turned(const node& n, const node& first) const {
    const auto same_kind = [&](int a, int b) { return p_.nodes[n.operand[a]].op == p_.nodes[first.operand[b]].op; };
    if (n.operand[0] == first.operand[0] || n.operand[1] == first.operand[1]) return false;
    if (n.operand[0] == first.operand[1] || n.operand[1] == first.operand[0]) return true;
    return !same_kind(0, 0) && same_kind(0, 1) && same_kind(1, 0);
  }

  constexpr std::int32_t append(const node& n) {
    made_.push_back(n);
    return static_cast<std::int32_t>(made_.size()) - 1;
  }
  template <class Op>
  constexpr std::int32_t append(std::int32_t a, std::int32_t b = -1) {
    return append(node{.op = describe<Op>(), .operand = {a, b, -1}, .shape = shape(element::real)});
  }

  constexpr std::int32_t balanced(const buffer<std::int32_t>& place) {
    buffer<std::int32_t>& list = terms_[negative_];  // from the youngest to the oldest
    const std::size_t whole = list.size() / columns * columns;
    std::int32_t sums[columns];
    for (std::size_t c = 0; c < columns; ++c) sums[c] = place[list[whole - 1 - c]];
    for (std::size_t k = columns; k < whole; ++k)
      sums[k % columns] = append<op::add>(sums[k % columns], place[list[whole - 1 - k]]);
    const std::int32_t even = append<op::add>(sums[0], sums[2]), odd = append<op::add>(sums[1], sums[3]);
    std::int32_t all = append<op::add>(even, odd);
    for (std::size_t k = whole; k < list.size(); ++k) all = append<op::add>(all, place[list[k]]);
    const buffer<std::int32_t>& rest = terms_[!negative_];
    if (!negative_) {
      for (const auto i : rest) all = append<op::sub>(all, place[i]);
      return all;
    }
    if (!rest.size()) return append<op::neg>(all);
    std::int32_t others = place[rest[0]];
    for (std::size_t k = 1; k < rest.size(); ++k) others = append<op::add>(others, place[rest[k]]);
    return append<op::sub>(others, all);
  }

  program& p_;
  struct signed_node {
    std::int32_t node = 0;
    bool minus = false;
  };
  buffer<std::int32_t> uses_, user_;
  buffer<std::int32_t> met_;  // the last root among whose terms a node was, plus one
  buffer<signed_node> stack_;
  buffer<std::int32_t> terms_[2];  // added, subtracted
  bool negative_ = false;
  buffer<node> made_;
};

}  // namespace tapeless::detail
