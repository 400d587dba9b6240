// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/element.hpp>
#include <tapeless/tensor/view.hpp>
#include <tapeless/transform/forward.hpp>

// Derivatives of programs on tensors. What is differentiated with respect to is a tensor as a whole, though its
// elements may have been used one by one, too.
namespace tapeless::detail {

/// An input: a number, or a tensor whose elements are inputs, too.
struct tensor_target {
  std::int32_t place = 0;
  shape form{};

  constexpr std::int32_t end() const { return place + static_cast<std::int32_t>(form.size()); }
  /// Whether a node is this input as a whole, or one of its elements.
  constexpr bool is(const node& n) const {
    return n.is<op::input>() && n.operand[0] == place && n.shape.same_extents(form);
  }
  constexpr bool has_element(const node& n) const {
    return n.is<op::input>() && n.shape.is_scalar() && !form.is_scalar() && n.operand[0] >= place &&
           n.operand[0] < end();
  }
};

struct tensor_targets {
  const tensor_target* target;
  std::int32_t count;
  constexpr const tensor_target* begin() const { return target; }
  constexpr const tensor_target* end() const { return target + count; }
};

/// The cotangent of a target: that of the tensor as a whole, and those of its elements where they were touched alone.
constexpr value cotangent_of(recorder& r, const reverse_sweep& sweep, const program_view& p, const tensor_target& t) {
  value sum = zero;
  for (std::int32_t i = 0; i < p.size; ++i)
    if (t.is(p[i])) sum = sweep.cotangent(i);
  bool touched = false;
  for (std::int32_t i = 0; i < p.size; ++i) {
    if (!t.has_element(p[i])) continue;
    if (!touched) sum = shaped(r, sum, t.form);
    touched = true;
    sum = sum +
          record_place_element(r, sweep.cotangent(i), static_cast<std::uint64_t>(p[i].operand[0] - t.place), t.form);
  }
  return sum;
}

/// The program that computes the cotangents of the targets, after the outputs of `p` if `with_value`. The outputs'
/// cotangents are the inputs `seeds`; where there are none, the only output is a number, and its cotangent 1. Where
/// nothing depends on a target its output is a structural zero.
constexpr program gradient_on_tensors(const program_view& p, const tensor_targets& wrt, const tensor_targets& seeds,
                                      bool with_value) {
  recorder r;
  reload(r, p);
  const auto active = activity(r, p.size, [&](std::int32_t place) {
    for (const tensor_target& t : wrt)
      if (place >= t.place && place < t.end()) return true;
    return false;
  });
  reverse_sweep sweep(r, active);
  if (seeds.count == 0) sweep.seed(p.outputs[0], one);
  for (std::int32_t o = 0; o < seeds.count; ++o)
    if (seeds.target[o].place >= 0)
      sweep.seed(p.outputs[o], value(&r, r.input(seeds.target[o].place, seeds.target[o].form)));
  const std::int32_t derivative_from = r.size();
  const bool complete = sweep.run();
  buffer<std::int32_t> outputs;
  if (with_value)
    for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(p.outputs[o]);
  for (const tensor_target& t : wrt) outputs.push_back(cotangent_of(r, sweep, p, t).id_in(r));
  return finished(r, outputs, derivative_from, complete);
}

/// The program that computes the outputs of `p`, if `with_value`, and their tangents, where each target moves as the
/// input of `tangents` beside it says.
constexpr program pushforward_on_tensors(const program_view& p, const tensor_targets& wrt,
                                         const tensor_targets& tangents, bool with_value) {
  recorder r;
  reload(r, p);
  forward_sweep sweep(r, p.size);
  for (std::int32_t k = 0; k < wrt.count; ++k) {
    const tensor_target &t = wrt.target[k], &by = tangents.target[k];
    for (std::int32_t i = 0; i < p.size; ++i) {
      if (t.is(p[i])) sweep.seed(i, value(&r, r.input(by.place, by.form)));
      else if (t.has_element(p[i]))
        sweep.seed(i, value(&r, r.input(by.place + p[i].operand[0] - t.place, shape(element::real))));
    }
  }
  const auto derivative_from = r.size();
  const bool complete = sweep.run();
  buffer<std::int32_t> outputs;
  if (with_value)
    for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(p.outputs[o]);
  for (std::int32_t o = 0; o < p.output_count; ++o)
    if (p[p.outputs[o]].shape.kind() == element::real) outputs.push_back(sweep.tangent(p.outputs[o]).id_in(r));
  return finished(r, outputs, derivative_from, complete);
}

}  // namespace tapeless::detail
