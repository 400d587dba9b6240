// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/transform/places.hpp>

// A program on tensors as a list of steps, each with the places of what it reads and writes; a loop is a program on
// numbers, whose inputs are what is read in each place.
namespace tapeless::detail {

struct planned_access {
  storage from;
  access_kind kind = access_kind::full;
};
struct planned_result {
  storage to;
  result_kind kind = result_kind::store;
  bool largest = false;
};

struct planned_step {
  const operation_info* op = nullptr;      // null: a loop
  const operation_info* finish = nullptr;  // applied to the elements of a product
  storage to{}, from[3]{};
  long double number[3]{};  // of what is a constant among the operands
  tensor_call call{};
  std::size_t size = 0, inner = 0, middle = 1;  // of a loop: all its places, those in a run, the runs in a block
  bool in_place = false;                        // a result lies where something lay that is read
  std::size_t first_node = 0, nodes = 0, first_output = 0, outputs = 0, first_access = 0, accesses = 0;
};

struct tensor_plan {
  buffer<planned_step> steps;
  buffer<node> nodes;  // of the loops, one after another, as programs on numbers
  buffer<std::int32_t> outputs;
  buffer<planned_access> accesses;
  buffer<planned_result> results;  // beside outputs
  buffer<long double> tables;      // of constants
  std::size_t workspace = 0;       // in elements
};

class tensor_planner {
 public:
  constexpr tensor_planner(const program_view& p, const bound_places& bound, std::size_t line)
      : p_(p), bound_(bound), made_(p), places_(p, made_, bound, line), local_(p.size), seen_(p.size) {
    for (std::int32_t s = 0; s < static_cast<std::int32_t>(made_.steps().size()); ++s) {
      if (made_.steps()[s].node >= 0) plan_operation(s);
      else plan_loop(s);
    }
    for (const std::int32_t o : places_.copies()) plan_copy(o);
    plan_.workspace = places_.workspace();
    for (const long double number : places_.tables()) plan_.tables.push_back(number);
  }
  constexpr tensor_plan& result() { return plan_; }

 private:
  constexpr void plan_operation(std::int32_t s) {
    const tensor_step& step = made_.steps()[s];
    const node& n = p_[step.node];
    planned_step planned{.op = n.op, .size = n.shape.size()};
    planned.call = {n.shape, {}, parameter_of(n)};
    for (int k = 0; k < n.op->arity; ++k) {
      planned.call.operand[k] = p_[n.operand[k]].shape;
      planned.from[k] = places_.located(n.operand[k]);
      planned.number[k] = p_[n.operand[k]].number;
    }
    if (step.finish >= 0) planned.finish = p_[step.finish].op;
    planned.to = places_.located(step.finish >= 0 ? step.finish : step.node);
    plan_.steps.push_back(planned);
  }

  /// A loop as a program on numbers: its inputs are what is read in each place.
  constexpr void plan_loop(std::int32_t s) {
    const tensor_step& step = made_.steps()[s];
    planned_step planned{.size = step.size,
                         .inner = step.form.inner ? step.form.inner : step.size,
                         .middle = step.form.middle ? step.form.middle : 1,
                         .in_place = places_.is_in_place(s)};
    planned.first_access = plan_.accesses.size();
    planned.first_node = plan_.nodes.size();
    planned.first_output = plan_.outputs.size();
    loop_ = s;
    first_access_ = planned.first_access;
    nodes_ = buffer<node>();
    buffer<std::int32_t> outputs;
    for (std::int32_t i = 0; i < p_.size; ++i) {
      if (made_.step_of(i) != s || step_maker::is_alias(p_, i) || places_.is_nowhere(i)) continue;
      const bool reduces = step_maker::is_reduction(p_[i]);
      if (!reduces && !made_.is_stored(i)) continue;
      planned_result r{.to = places_.located(i)};
      if (reduces) {
        r.kind = reduction_for(access_through(p_[p_[i].operand[0]].shape, parameter_of(p_[i])).kind);
        r.largest = p_[i].is<op::largest>();
        outputs.push_back(read(p_[i].operand[0]));
      } else {
        outputs.push_back(computed(i));
      }
      plan_.results.push_back(r);
    }
    const program p = without_dead_nodes(nodes_, outputs);
    for (const node& n : p.nodes) plan_.nodes.push_back(n);
    for (const auto o : p.outputs) plan_.outputs.push_back(o);
    planned.nodes = p.nodes.size();
    planned.outputs = p.outputs.size();
    planned.accesses = plan_.accesses.size() - planned.first_access;
    plan_.steps.push_back(planned);
  }

  /// The place in the loop's program of what a member reads.
  constexpr std::int32_t read(std::int32_t x) {
    if (made_.is_inline(x)) return computed(x);
    const loop_access a = made_.access_of(x);
    if (a.node < 0) return constant_of_node(x);
    std::size_t offset = 0;
    const std::int32_t h = step_maker::holder(p_, a.node, offset);
    const bool same_place = p_[h].shape.size() == p_[a.node].shape.size();
    const bool reduced = step_maker::is_reduction(p_[h]);
    if (a.kind == access_kind::full && same_place && made_.step_of(h) == loop_ && made_.is_in_loop(h) && !reduced)
      return computed(h);
    return input(a, p_[a.node].shape.kind());
  }
  constexpr std::int32_t computed(std::int32_t i) {
    if (seen_[i] == loop_ + 1) return local_[i];
    node n = p_[i];
    std::int32_t at;
    if (n.is<op::broadcast>()) {
      loop_access a = access_through(n.shape, parameter_of(n));
      a.node = n.operand[0];
      at = p_[a.node].is_constant() ? constant_of_node(a.node) : input(a, n.shape.kind());
    } else {
      for (int k = 0; k < n.op->arity; ++k) n.operand[k] = read(p_[i].operand[k]);
      n.shape = shape(n.shape.kind());
      at = append(n);
    }
    seen_[i] = loop_ + 1;
    return local_[i] = at;
  }
  constexpr std::int32_t constant_of_node(std::int32_t x) {
    while (p_[x].is<op::broadcast>()) x = p_[x].operand[0];
    return append(p_[x]);
  }
  constexpr std::int32_t input(const loop_access& a, element kind) {
    const planned_access wanted{places_.located(a.node), a.kind};
    std::size_t place = first_access_;
    for (; place < plan_.accesses.size(); ++place) {
      const planned_access& there = plan_.accesses[place];
      if (there.kind == wanted.kind && there.from.kind == wanted.from.kind && there.from.run == wanted.from.run &&
          there.from.offset == wanted.from.offset)
        break;
    }
    if (place == plan_.accesses.size()) plan_.accesses.push_back(wanted);
    const auto number = static_cast<std::int32_t>(place - first_access_);
    const bool as_reals = wanted.from.kind != where::data &&
                          wanted.from.kind != where::table;  // the workspace holds conditions and whole numbers as such
    const auto taken = append(
        {.op = describe<op::input>(), .operand = {number, -1, -1}, .shape = shape(as_reals ? element::real : kind)});
    if (!as_reals || kind == element::real) return taken;
    if (kind == element::integer)
      return append({.op = describe<op::as_integer>(), .operand = {taken, -1, -1}, .shape = shape(kind)});
    const auto none = append({.op = describe<op::constant>(), .shape = shape(element::real)});
    return append({.op = describe<op::not_equal>(), .operand = {taken, none, -1}, .shape = shape(kind)});
  }
  constexpr std::int32_t append(const node& n) {
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (same_node(nodes_[i], n)) return static_cast<std::int32_t>(i);
    nodes_.push_back(n);
    return static_cast<std::int32_t>(nodes_.size()) - 1;
  }

  /// Results that are inputs, constants, or there twice.
  constexpr void plan_copy(std::int32_t o) {
    const std::size_t size = bound_.output_shapes[o].size();
    planned_step planned{.size = size, .inner = size};
    planned.first_access = first_access_ = plan_.accesses.size();
    planned.first_node = plan_.nodes.size();
    planned.first_output = plan_.outputs.size();
    nodes_ = buffer<node>();
    const node& n = p_[p_.outputs[o]];
    const access_kind kind = n.shape.size() == size ? access_kind::full : access_kind::everywhere;
    if (n.is_constant()) append(n);
    else input({p_.outputs[o], kind}, n.shape.kind());
    plan_.nodes.push_back(nodes_[0]);
    plan_.outputs.push_back(0);
    plan_.results.push_back({.to = places_.output(o)});
    planned.nodes = planned.outputs = 1;
    planned.accesses = plan_.accesses.size() - first_access_;
    plan_.steps.push_back(planned);
  }

  const program_view p_;
  const bound_places bound_;
  step_maker made_;
  place_finder places_;
  buffer<std::int32_t> local_, seen_;  // by node: its place in the program of the loop that was numbered last
  buffer<node> nodes_;
  std::int32_t loop_ = 0;
  std::size_t first_access_ = 0;
  tensor_plan plan_;
};

}  // namespace tapeless::detail
