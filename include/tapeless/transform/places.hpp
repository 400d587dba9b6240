// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/transform/loops.hpp>
#include <tapeless/transform/schedule.hpp>

// Where the tensors of a program live: in the caller's arguments and results where they can, otherwise in a workspace
// whose places serve one tensor after another. All of it is known before anything runs.
namespace tapeless::detail {

enum class where : unsigned char { nowhere, workspace, input, data, output, constant, table };

/// A tensor's first element: the workspace from `offset` on, or a run of the caller's arguments or results.
struct storage {
  where kind = where::nowhere;
  std::int32_t run = 0;
  std::size_t offset = 0;
  constexpr storage at(std::size_t further) const { return {kind, run, offset + further}; }
};

/// What a program's inputs and outputs are bound to.
struct bound_places {
  const address* inputs;
  const address* outputs;
  const shape* output_shapes;
};

class place_finder {
 public:
  /// `line` is the number of elements in a cache line, at which large tensors begin.
  constexpr place_finder(const program_view& p, const step_maker& made, const bound_places& bound, std::size_t line)
      : p_(p), made_(made), bound_(bound), line_(line), home_(p.size), last_(p.size), in_place_(made.steps().size()) {
    bind_outputs();
    find_last_uses();
    for (std::int32_t s = 0; s < static_cast<std::int32_t>(made_.steps().size()); ++s) give_places(s);
  }

  /// The elements that the workspace has.
  constexpr std::size_t workspace() const { return workspace_; }
  /// The numbers of all tensors that are known here and now, one after another.
  constexpr const buffer<long double>& tables() const { return tables_; }
  /// Whether a loop writes over what it reads.
  constexpr bool is_in_place(std::int32_t s) const { return in_place_[s]; }
  /// The outputs that no step makes where they are wanted.
  constexpr const buffer<std::int32_t>& copies() const { return copies_; }
  constexpr storage output(std::int32_t o) const {
    return {where::output, bound_.outputs[o].run, static_cast<std::size_t>(bound_.outputs[o].offset)};
  }

  /// Whether a node is only computed along with what needs it.
  constexpr bool is_nowhere(std::int32_t i) const { return made_.is_inline(i) && !made_.is_stored(i); }

  /// Where the elements of a node lie.
  constexpr storage located(std::int32_t i) {
    std::size_t offset = 0;
    const std::int32_t h = step_maker::holder(p_, i, offset);
    const node& n = p_[h];
    if (n.is_constant()) return {.kind = where::constant};
    if (made_.is_table(h)) return table_of(h).at(offset);
    if (!n.is<op::input>()) return home_[h].at(offset);
    const address a = bound_.inputs[n.operand[0]];
    const bool is_data = n.shape.kind() != element::real;
    return storage{is_data ? where::data : where::input, a.run, static_cast<std::size_t>(a.offset)}.at(offset);
  }

 private:
  /// The numbers of a tensor of constants, listed when it is first wanted.
  constexpr storage table_of(std::int32_t i) {
    if (home_[i].kind == where::table) return home_[i];
    home_[i] = {where::table, 0, tables_.size()};
    for (std::size_t k = 0; k < p_[i].shape.size(); ++k) tables_.push_back(0);
    for (std::int32_t at = i;; at = p_[at].operand[0]) {
      const bool first = p_[at].is<op::place_element>();
      const std::uint64_t index = first ? parameter_of(p_[at]) : parameter_of(p_[at]) / 2;
      tables_[home_[i].offset + index] += p_[p_[at].operand[first ? 0 : 1]].number;
      if (first) return home_[i];
    }
  }

  /// Results are made where the caller wants them; what is no result of any step is copied at the end.
  constexpr void bind_outputs() {
    for (std::int32_t o = 0; o < p_.output_count; ++o) {
      std::size_t offset = 0;
      const std::int32_t h = step_maker::holder(p_, p_.outputs[o], offset);
      const bool whole = p_[h].shape.size() == bound_.output_shapes[o].size();
      if (p_[h].op->arity == 0 || made_.is_table(h) || !whole || home_[h].kind != where::nowhere) copies_.push_back(o);
      else home_[h] = output(o);
    }
    // A tensor to which elements are added grows where it will be stored.
    for (std::int32_t i = p_.size; i-- > 0;) {
      if (!p_[i].is<op::add_element>() || home_[i].kind != where::output) continue;
      const std::int32_t before = p_[i].operand[0];
      const bool grows = p_[before].is<op::add_element>() || p_[before].is<op::place_element>();
      if (grows && home_[before].kind == where::nowhere && is_used_once(before)) home_[before] = home_[i];
    }
  }
  constexpr bool is_used_once(std::int32_t i) const {
    int uses = 0;
    for (std::int32_t k = 0; k < p_.size; ++k)
      for (int x = 0; x < p_[k].op->arity; ++x) uses += p_[k].operand[x] == i;
    for (std::int32_t o = 0; o < p_.output_count; ++o) uses += p_.outputs[o] == i;
    return uses == 1;
  }
  constexpr void find_last_uses() {
    for (std::int32_t i = 0; i < p_.size; ++i) {
      if (p_[i].op->arity == 0 || is_nowhere(i) || made_.step_of(i) < 0 || step_maker::is_alias(p_, i)) continue;
      const std::int32_t s = made_.step_of(i);
      const auto use = [&](std::int32_t x) {
        std::size_t offset = 0;
        const std::int32_t h = step_maker::holder(p_, x, offset);
        if (last_[h] < s) last_[h] = s;
      };
      if (made_.steps()[s].node == i || made_.steps()[s].finish == i)
        for (int k = 0; k < p_[i].op->arity; ++k) use(p_[i].operand[k]);
      else
        made_.for_each_access(i, [&](const loop_access& a) {
          if (a.node >= 0) use(a.node);
        });
    }
    const auto end = static_cast<std::int32_t>(made_.steps().size());
    for (const std::int32_t o : copies_) {
      std::size_t offset = 0;
      last_[step_maker::holder(p_, p_.outputs[o], offset)] = end;
    }
  }

  struct block {
    std::size_t first, size;
    std::int32_t until;  // the last step that needs it
  };

  /// A place for each tensor that step s stores, the lowest that is free.
  constexpr void give_places(std::int32_t s) {
    for (std::int32_t i = 0; i < p_.size; ++i) {
      if (made_.step_of(i) != s || !made_.is_stored(i) || step_maker::is_alias(p_, i)) continue;
      if (home_[i].kind != where::nowhere) continue;
      const std::int32_t before = p_[i].operand[0];
      if (p_[i].is<op::add_element>() && home_[before].kind == where::workspace && last_[before] == s &&
          p_[before].op->arity > 0 && p_[i].operand[1] != before) {  // in place
        home_[i] = home_[before];
        for (block& b : blocks_)
          if (b.first == home_[i].offset && b.until == s) b.until = last_[i];
        continue;
      }
      if (take_over(i, s)) continue;
      const std::size_t size = p_[i].shape.size();
      home_[i] = {where::workspace, 0, lowest_free(size, s)};
      blocks_.push_back({home_[i].offset, size, last_[i]});
      const std::size_t end = home_[i].offset + size;
      workspace_ = workspace_ < end ? end : workspace_;
    }
  }
  /// A loop writes over what it reads, where that is read for the last time and element by element, so each before it
  /// is written.
  constexpr bool take_over(std::int32_t i, std::int32_t s) {
    if (made_.steps()[s].node >= 0 || step_maker::is_reduction(p_[i])) return false;
    std::int32_t members = 0;  // they will be one block of instructions
    for (std::int32_t k = 0; k < p_.size; ++k) members += made_.step_of(k) == s;
    if (members > block_size) return false;
    std::int32_t heir_of = -1;
    const auto look = [&](const loop_access& a) {
      if (a.node < 0 || heir_of >= 0) return;
      std::size_t offset = 0;
      const std::int32_t h = step_maker::holder(p_, a.node, offset);
      if (home_[h].kind == where::workspace && last_[h] == s && made_.step_of(h) < s && p_[h].op->arity > 0 &&
          p_[h].shape.size() == p_[i].shape.size() && is_read_in_place(h, s) && !inherited(h))
        heir_of = h;
    };
    for (std::int32_t k = 0; k < p_.size; ++k)
      if (made_.step_of(k) == s && !step_maker::is_alias(p_, k) && !is_nowhere(k)) made_.for_each_access(k, look);
    if (heir_of < 0) return false;
    home_[i] = home_[heir_of];
    in_place_[s] = true;
    for (block& b : blocks_)
      if (b.first == home_[i].offset && b.until == s) b.until = last_[i];
    return true;
  }
  constexpr bool is_read_in_place(std::int32_t h, std::int32_t s) const {
    bool in_place = true;
    for (std::int32_t k = 0; k < p_.size; ++k)
      if (made_.step_of(k) == s && !step_maker::is_alias(p_, k) && !is_nowhere(k))
        made_.for_each_access(k, [&](const loop_access& a) {
          std::size_t offset = 0;
          if (a.node < 0 || step_maker::holder(p_, a.node, offset) != h) return;
          in_place = in_place && a.kind == access_kind::full && p_[a.node].shape.size() == p_[h].shape.size();
        });
    return in_place;
  }
  /// Whether the place of a tensor is another's already.
  constexpr bool inherited(std::int32_t h) const {
    for (const block& b : blocks_)
      if (b.first == home_[h].offset && b.until == last_[h]) return false;
    return true;
  }

  constexpr std::size_t lowest_free(std::size_t size, std::int32_t s) const {
    const auto aligned = [&](std::size_t at) { return size < line_ ? at : (at + line_ - 1) / line_ * line_; };
    const auto is_free = [&](std::size_t at) {
      for (const block& b : blocks_)
        if (b.until >= s && at < b.first + b.size && b.first < at + size) return false;
      return true;
    };
    std::size_t lowest = is_free(0) ? 0 : static_cast<std::size_t>(-1);
    for (const block& b : blocks_)
      if (const std::size_t at = aligned(b.first + b.size); b.until >= s && at < lowest && is_free(at)) lowest = at;
    return lowest;
  }

  const program_view p_;
  const step_maker& made_;
  const bound_places bound_;
  const std::size_t line_;
  buffer<storage> home_;
  buffer<std::int32_t> last_, copies_;
  buffer<bool> in_place_;
  buffer<block> blocks_;
  buffer<long double> tables_;
  std::size_t workspace_ = 0;
};

}  // namespace tapeless::detail
