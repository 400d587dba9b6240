// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/element.hpp>
#include <tapeless/tensor/extreme.hpp>
#include <tapeless/tensor/view.hpp>
#include <tapeless/transform/lower.hpp>

// From a program on tensors to steps: loops, each of which carries out many operations element by element and reduces
// what it has, and operations that are steps of their own. Values that one loop makes and uses itself are never stored.
namespace tapeless::detail {

/// How a loop over runs of `inner` elements, `middle` of which make a block, reads a tensor: element by element, the
/// same run every time, the same run for each block, one element for each run, or one for all.
enum class access_kind : unsigned char { full, row, block, column, everywhere };

/// What a loop does with a value: stores it, or adds it up (finds the largest) over everything, over each run, over all
/// runs for each place in them, or over the runs of each block.
enum class result_kind : unsigned char { store, all, inner, outer, middle };

/// The result of a reduction that a broadcast of the given access undoes.
constexpr result_kind reduction_for(access_kind kept) {
  switch (kept) {
    case access_kind::everywhere:
      return result_kind::all;
    case access_kind::column:
      return result_kind::inner;
    case access_kind::row:
      return result_kind::outer;
    case access_kind::block:
      return result_kind::middle;
    default:
      return result_kind::store;
  }
}

/// The length of runs and of blocks of them that something needs of a loop; 0 for any.
struct loop_form {
  std::size_t inner = 0, middle = 0;

  constexpr bool agrees_with(const loop_form& other) const {
    return (!inner || !other.inner || inner == other.inner) && (!middle || !other.middle || middle == other.middle);
  }
  constexpr loop_form together_with(const loop_form& other) const {
    return {inner ? inner : other.inner, middle ? middle : other.middle};
  }
};

struct loop_access {
  std::int32_t node = -1;  // what is read
  access_kind kind = access_kind::full;
  loop_form form{};
};

struct tensor_step {
  std::int32_t node = -1;    // what an operation of its own makes; a loop has none
  std::int32_t finish = -1;  // of a product: the node that is applied to its elements as they are made
  std::size_t size = 0;
  loop_form form{};
};

/// How the axes that are kept lie among all, those of extent 1 aside: node -2 if no loop can follow.
constexpr loop_access access_through(const shape& whole, std::uint64_t kept) {
  std::size_t extent[4] = {}, groups = 0;  // of neighbours that are all kept or all not
  bool first = false, last = false;
  for (std::size_t axis = 0; axis < whole.rank(); ++axis) {
    if (whole.extent(axis) == 1) continue;
    const bool has = (kept >> axis & 1) != 0;
    if (groups == 0) first = has;
    if (groups == 0 || has != last) extent[groups++] = 1;
    extent[groups - 1] *= whole.extent(axis);
    last = has;
  }
  if (groups == 0 || (groups == 1 && first)) return {};
  if (groups == 1) return {.kind = access_kind::everywhere};
  if (groups == 2 && first) return {.kind = access_kind::column, .form = {extent[1], 1}};
  if (groups == 2) return {.kind = access_kind::row, .form = {extent[1], 0}};
  if (groups == 3 && first) return {.kind = access_kind::block, .form = {extent[2], extent[1]}};
  return {.node = -2};
}

class step_maker {
 public:
  constexpr step_maker(const program_view& p) : p_(p), step_(p.size), stored_(p.size), table_(p.size), uses_(p.size) {
    for (std::int32_t i = 0; i < p.size; ++i)
      for (int k = 0; k < p[i].op->arity; ++k) ++uses_[p[i].operand[k]];
    for (std::int32_t o = 0; o < p.output_count; ++o) ++uses_[p.outputs[o]];
    for (std::int32_t i = 0; i < p.size; ++i) step_[i] = -1, table_[i] = is_put_together_of_constants(i);
    for (std::int32_t i = 0; i < p.size; ++i) place(i);
    for (std::int32_t o = 0; o < p.output_count; ++o) store(p.outputs[o]);
  }

  constexpr const buffer<tensor_step>& steps() const { return steps_; }
  /// The step that makes a node; -1 for inputs and constants.
  constexpr std::int32_t step_of(std::int32_t i) const { return step_[i]; }
  constexpr bool is_stored(std::int32_t i) const { return stored_[i]; }

  /// Whether a node is but another form of the elements of its operand, which lie where they lie.
  static constexpr bool is_alias(const program_view& p, std::int32_t i) {
    if (p[i].is<op::reshape>() || p[i].is<op::element_at>()) return true;
    return p[i].is<op::slice>() && part_runs(p[p[i].operand[0]].shape, p[i].shape, parameter_of(p[i])).outer == 1;
  }
  /// The node that holds the elements, and where they begin in it.
  static constexpr std::int32_t holder(const program_view& p, std::int32_t i, std::size_t& offset) {
    for (; is_alias(p, i); i = p[i].operand[0])
      if (p[i].is<op::element_at>()) offset += parameter_of(p[i]);
      else if (p[i].is<op::slice>())
        offset += part_runs(p[p[i].operand[0]].shape, p[i].shape, parameter_of(p[i])).first;
    return i;
  }

  static constexpr bool is_reduction(const node& n) { return n.is<op::sum>() || n.is<op::largest>(); }
  /// What is computed wherever it is needed, since it costs little: conditions, whole numbers.
  constexpr bool is_inline(std::int32_t i) const {
    const node& n = p_[i];
    return n.op->arity > 0 && !n.op->tensor && n.shape.kind() != element::real;
  }
  /// Whether a tensor is known here and now, number by number.
  constexpr bool is_table(std::int32_t i) const { return table_[i]; }
  constexpr bool is_in_loop(std::int32_t i) const {
    return step_[i] >= 0 && steps_[step_[i]].node < 0 && !is_alias(p_, i);
  }

  /// How a member of a loop reads an operand; constants have node -1.
  constexpr loop_access access_of(std::int32_t x) const {
    if (p_[x].is_constant()) return {.node = -1, .kind = access_kind::everywhere};
    if (p_[x].is<op::broadcast>() && !(is_in_loop(x) || is_step(x))) return broadcast_access(x);
    return {.node = x};
  }
  /// Calls `f(access)` for all that a member reads, also by way of what is computed inline.
  template <class F>
  constexpr void for_each_access(std::int32_t i, const F& f) const {
    const node& n = p_[i];
    if (n.is<op::broadcast>()) return f(broadcast_access(i));
    for (int k = 0; k < n.op->arity; ++k) {
      if (is_inline(n.operand[k])) for_each_access(n.operand[k], f);
      else f(access_of(n.operand[k]));
    }
  }

 private:
  constexpr bool is_step(std::int32_t i) const { return step_[i] >= 0 && steps_[step_[i]].node == i; }
  constexpr loop_access broadcast_access(std::int32_t i) const {
    if (p_[p_[i].operand[0]].is_constant()) return {.node = -1, .kind = access_kind::everywhere};
    loop_access a = access_through(p_[i].shape, parameter_of(p_[i]));
    a.node = p_[i].operand[0];
    return a;
  }

  constexpr bool is_put_together_of_constants(std::int32_t i) const {
    const node& n = p_[i];
    if (n.is<op::place_element>()) return p_[n.operand[0]].is_constant();
    return n.is<op::add_element>() && table_[n.operand[0]] && p_[n.operand[1]].is_constant();
  }

  constexpr void store(std::int32_t i) {
    std::size_t offset = 0;
    const std::int32_t h = holder(p_, i, offset);
    if (p_[h].op->arity == 0 || table_[h]) return;
    if (step_[h] < 0) put_into_loop(h);  // a broadcast that is wanted as it is
    stored_[h] = true;
    for (std::int32_t alias = i; alias != h; alias = p_[alias].operand[0]) step_[alias] = step_[h];
  }

  constexpr void place(std::int32_t i) {
    const node& n = p_[i];
    if (n.op->arity == 0 || is_inline(i) || table_[i]) return;
    if (is_alias(p_, i)) {
      step_[i] = step_[n.operand[0]];
      return;
    }
    if (n.is<op::broadcast>()) {
      loop_access a = access_through(n.shape, parameter_of(n));
      if (a.node == -2) step_of_its_own(i);
      return;
    }
    if (!n.op->tensor) {
      if (finishes_product(i)) return;
      put_into_loop(i);
    } else if (is_reduction(n) && reduction_of(i).node != -2) {
      put_into_loop(i);
    } else {
      step_of_its_own(i);
    }
  }

  /// A function of one number whose only argument is a product that nobody else needs.
  constexpr bool finishes_product(std::int32_t i) {
    const node& n = p_[i];
    if (n.op->arity != 1) return false;
    std::size_t offset = 0;
    const std::int32_t x = holder(p_, n.operand[0], offset);
    if (!(p_[x].is<op::matmul>() || p_[x].is<op::matmul_add>()) || p_[x].shape.rank() != 2) return false;
    for (std::int32_t alias = n.operand[0];; alias = p_[alias].operand[0]) {
      if (uses_[alias] != 1) return false;
      if (alias == x) break;
      if (!p_[alias].is<op::reshape>()) return false;
    }
    if (steps_[step_[x]].finish >= 0) return false;
    steps_[step_[x]].finish = i;
    step_[i] = step_[x];
    stored_[x] = false, stored_[i] = true;
    return true;
  }

  constexpr void step_of_its_own(std::int32_t i) {
    for (int k = 0; k < p_[i].op->arity; ++k) store(p_[i].operand[k]);
    step_[i] = static_cast<std::int32_t>(steps_.size());
    steps_.push_back({.node = i});
    stored_[i] = true;
  }

  /// What a reduction does in a loop over its operand: a row access where the kept axes are the last.
  constexpr loop_access reduction_of(std::int32_t i) const {
    return access_through(p_[p_[i].operand[0]].shape, parameter_of(p_[i]));
  }

  constexpr void put_into_loop(std::int32_t i) {
    const bool reduces = is_reduction(p_[i]);
    const std::size_t size = (reduces ? p_[p_[i].operand[0]].shape : p_[i].shape).size();
    std::int32_t earliest = 0;
    loop_form form = reduces ? reduction_of(i).form : loop_form{};
    bool clash = false;
    for_each_access(i, [&](const loop_access& a) {  // what was to be repeated on the way, but now has a form of its own
      if (a.node < 0) return;
      std::size_t offset = 0;
      const std::int32_t h = holder(p_, a.node, offset);
      if (p_[h].op->arity > 0 && step_[h] < 0 && !table_[h]) store(a.node);
    });
    for_each_access(i, [&](const loop_access& a) {
      if (a.node < 0) return;
      std::size_t offset = 0;
      const std::int32_t h = holder(p_, a.node, offset);
      const bool alongside = a.kind == access_kind::full && is_in_loop(h) && is_same_place(a.node, h) && !is_reduced(h);
      const std::int32_t from = step_[h] < 0 ? 0 : alongside ? step_[h] : step_[h] + 1;
      earliest = earliest < from ? from : earliest;
      clash = clash || !form.agrees_with(a.form);
      form = form.together_with(a.form);
    });
    if (clash) return make_operands_full(i);
    std::int32_t at = static_cast<std::int32_t>(steps_.size());
    for (std::int32_t s = at; s-- > earliest;) {
      const tensor_step& candidate = steps_[s];
      if (candidate.node >= 0 || candidate.size != size) continue;
      if (!form.agrees_with(candidate.form)) continue;
      at = s;
      break;
    }
    if (at == static_cast<std::int32_t>(steps_.size())) steps_.push_back({.size = size});
    steps_[at].form = form.together_with(steps_[at].form);
    step_[i] = at;
    if (reduces) stored_[i] = true;
    for_each_access(i, [&](const loop_access& a) {
      if (a.node < 0) return;
      std::size_t offset = 0;
      const std::int32_t h = holder(p_, a.node, offset);
      if (step_[h] != at || !is_same_place(a.node, h) || a.kind != access_kind::full || is_reduced(h)) store(a.node);
    });
  }

  /// Whether a form of node h has its elements in the same places.
  constexpr bool is_same_place(std::int32_t form, std::int32_t h) const {
    return p_[form].shape.size() == p_[h].shape.size();
  }
  constexpr bool is_reduced(std::int32_t i) const { return is_in_loop(i) && is_reduction(p_[i]); }

  /// Where the operands are repeated in ways that one loop cannot follow, they are written out first.
  constexpr void make_operands_full(std::int32_t i) {
    const node& n = p_[i];
    for (int k = 0; k < n.op->arity; ++k)
      if (p_[n.operand[k]].is<op::broadcast>() && step_[n.operand[k]] < 0 && access_of(n.operand[k]).node >= 0)
        step_of_its_own(n.operand[k]);
    put_into_loop(i);
  }

  const program_view p_;
  buffer<std::int32_t> step_;
  buffer<bool> stored_, table_;
  buffer<std::int32_t> uses_;
  buffer<tensor_step> steps_;
};

}  // namespace tapeless::detail
