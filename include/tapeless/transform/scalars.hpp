// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/rule.hpp>

// A program on tensors as one on numbers: what it takes to differentiate it entry by entry, or to run it where it is
// small enough for straight-line code.
namespace tapeless::detail {

constexpr bool is_on_tensors(const node& n) { return n.op->tensor != nullptr || !n.shape.is_scalar(); }

constexpr bool uses_tensors(const program_view& p) {
  for (std::int32_t i = 0; i < p.size; ++i)
    if (is_on_tensors(p[i])) return true;
  return false;
}

/// The elements of every node of a program, recorded as numbers one by one.
class element_recorder {
 public:
  constexpr explicit element_recorder(const program_view& p) : p_(p), first_(p.size + 1) {
    for (std::int32_t i = 0; i < p.size; ++i) first_[i + 1] = first_[i] + p[i].shape.size();
    elements_ = buffer<value>(first_[p.size]);
    for (std::int32_t i = 0; i < p.size; ++i) record(i);
  }

  constexpr program outputs_only() {
    buffer<std::int32_t> outputs;
    for (std::int32_t o = 0; o < p_.output_count; ++o)
      for (std::size_t k = first_[p_.outputs[o]]; k < first_[p_.outputs[o] + 1]; ++k)
        outputs.push_back(elements_[k].id_in(r_));
    return without_dead_nodes(r_.nodes(), outputs);
  }

 private:
  constexpr void record(std::int32_t i) {
    const node& n = p_[i];
    value* const y = &elements_[first_[i]];
    if (n.is<op::input>()) {
      for (std::size_t k = 0; k < n.shape.size(); ++k)
        y[k] = value(&r_, r_.input(n.operand[0] + static_cast<std::int32_t>(k), shape(n.shape.kind())));
    } else if (n.is<op::structural>()) {
      y[0] = n.number == 0 ? value(zero) : value(one);
    } else if (n.is<op::constant>()) {
      y[0] = value::constant(n.number, n.shape.kind());
    } else if (n.op->tensor) {
      const value* x[3] = {};
      shape shapes[3];
      for (int k = 0; k < n.op->arity; ++k) x[k] = &elements_[first_[n.operand[k]]], shapes[k] = p_[n.operand[k]].shape;
      n.op->tensor->elements(n, shapes, x, y);
    } else {
      for (std::size_t e = 0; e < n.shape.size(); ++e) {
        value x[3];
        for (int k = 0; k < n.op->arity; ++k)
          x[k] = elements_[first_[n.operand[k]] + (p_[n.operand[k]].shape.is_scalar() ? 0 : e)];
        y[e] = n.op->record(r_, x);
      }
    }
  }

  recorder r_;
  const program_view p_;
  buffer<std::size_t> first_;
  buffer<value> elements_;
};

/// The same program, number by number; results and inputs that are tensors are as many numbers.
constexpr program on_scalars(program&& p) {
  if (!uses_tensors(p.view())) return static_cast<program&&>(p);
  element_recorder elements(p.view());
  return elements.outputs_only();
}
constexpr program on_scalars(const program_view& p) {
  element_recorder elements(p);
  return elements.outputs_only();
}

/// How many operations on numbers a program takes.
constexpr std::size_t scalar_operations(const program_view& p) {
  std::size_t count = 0;
  for (std::int32_t i = 0; i < p.size; ++i) {
    const node& n = p[i];
    if (n.op->arity == 0) continue;
    std::size_t most = n.shape.size();
    for (int k = 0; k < n.op->arity; ++k)
      most = most < p[n.operand[k]].shape.size() ? p[n.operand[k]].shape.size() : most;
    count += most;
  }
  return count;
}

}  // namespace tapeless::detail
