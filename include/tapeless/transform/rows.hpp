// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>

namespace tapeless::detail {

/// Where a scalar lies outside the program: in which run of the arguments, and at which place in it.
struct address {
  std::int32_t run = 0;
  std::int32_t offset = 0;
};

/// Finds the rows of a program: nodes that do the same to neighbouring elements, as the iterations of a loop over an
/// array do.
///
/// The inputs of one run form a row, indexed by their place. A node of arithmetic belongs to the row of its signature:
/// its operation and, for each operand, the row of that operand and how far its index is from the node's own; or the
/// operand itself where it belongs to no row. A node's index is that of its first operand that has one. So a row's
/// nodes differ in their index alone. An element that meets many others in the same operation counts as no row's: it is
/// the same number for all of them, like the mean among the arguments of a density.
class row_table {
 public:
  constexpr row_table(const program_view& p, const address* inputs)
      : p_(p), row_(static_cast<std::size_t>(p.size)), index_(static_cast<std::size_t>(p.size)), table_(64) {
    for (std::int32_t i = 0; i < p.size; ++i)
      if (is_real_input(i)) {
        row_[i] = inputs[p[i].operand[0]].run + 1;
        index_[i] = inputs[p[i].operand[0]].offset;
        if (input_runs_ < row_[i]) input_runs_ = row_[i];
      }
    count_meetings();
    for (std::int32_t i = 0; i < p.size; ++i)
      if (is_elementwise(p[i])) classify(i);
    list_members();
  }

  constexpr std::int32_t row_of(std::int32_t node) const { return row_[node] - 1; }  // -1: none
  constexpr std::int32_t index_of(std::int32_t node) const { return index_[node]; }
  constexpr bool is_input(std::int32_t row) const { return row < input_runs_; }
  constexpr std::int32_t first_computed() const { return input_runs_; }
  constexpr std::int32_t size() const { return input_runs_ + static_cast<std::int32_t>(signatures_.size()); }

  /// Which operand is the same for many nodes, if one is and the other is not; else -1.
  constexpr int common_operand(const node& n) const {
    constexpr std::int32_t many = 6;  // more than neighbours in a row make of each other
    if (n.op->arity < 2) return -1;
    const bool first = meetings_[n.operand[0]] >= many, second = meetings_[n.operand[1]] >= many;
    return first == second ? -1 : first ? 0 : 1;
  }

  /// The indices that a computed row may have, and the node at one of them, or -1.
  constexpr std::int32_t lowest(std::int32_t row) const { return ranges_[row].lowest; }
  constexpr std::int32_t highest(std::int32_t row) const { return ranges_[row].highest; }
  constexpr std::int32_t member(std::int32_t row, std::int32_t index) const {
    const range& r = ranges_[row];
    return index < r.lowest || index > r.highest ? -1 : members_[r.first + index - r.lowest] - 1;
  }

 private:
  struct signature {
    const operation_info* op = nullptr;
    std::int32_t row[3] = {};    // of an operand, plus one; 0: it belongs to none
    std::int32_t which[3] = {};  // the distance of its index; without a row the operand itself
  };
  struct range {
    std::int32_t lowest = 0x7fffffff, highest = -1, first = 0;
  };

  constexpr bool is_real_input(std::int32_t i) const {
    return p_[i].is<op::input>() && p_[i].shape.kind() == element::real;
  }
  static constexpr bool is_elementwise(const node& n) {
    return n.shape == shape(element::real) &&
           (n.is<op::add>() || n.is<op::sub>() || n.is<op::mul>() || n.is<op::div>() || n.is<op::neg>());
  }
  static constexpr bool same(const signature& a, const signature& b) {
    return a.op == b.op && a.row[0] == b.row[0] && a.which[0] == b.which[0] && a.row[1] == b.row[1] &&
           a.which[1] == b.which[1];
  }

  /// How often a node is an operand of one kind of operation with two different operands: at most, over the kinds.
  constexpr void count_meetings() {
    meetings_ = buffer<std::int32_t>(p_.size);
    const operation_info* const kinds[] = {describe<op::add>(), describe<op::sub>(), describe<op::mul>(),
                                           describe<op::div>()};
    for (const auto* kind : kinds) {
      buffer<std::int32_t> met(p_.size);
      for (std::int32_t i = 0; i < p_.size; ++i)
        if (p_[i].op == kind && is_elementwise(p_[i]) && p_[i].operand[0] != p_[i].operand[1])
          for (int k = 0; k < 2; ++k)
            if (const std::int32_t x = p_[i].operand[k]; meetings_[x] < ++met[x]) meetings_[x] = met[x];
    }
  }

  constexpr void classify(std::int32_t i) {
    const node& n = p_[i];
    const int common = common_operand(n);
    const auto row = [&](int k) { return k == common ? 0 : row_[n.operand[k]]; };
    // Either order of the operands of a commutative operation is the same row: the one with a lower row first.
    const auto goes_last = [&](int k) { return row(k) ? row(k) : 0x7fffffff; };
    const bool turned = n.op->commutative && (goes_last(0) > goes_last(1) ||
                                              (row(0) == row(1) && index_[n.operand[0]] > index_[n.operand[1]]));
    std::int32_t own = -1;
    signature s;
    s.op = n.op;
    std::uint64_t hash = n.op->hash;
    for (int k = 0; k < n.op->arity; ++k) {
      const int from = turned ? 1 - k : k;
      s.row[k] = row(from);
      if (s.row[k] && own < 0) own = index_[n.operand[from]];
      s.which[k] = s.row[k] ? index_[n.operand[from]] - own : n.operand[from];
      hash = (hash ^ static_cast<std::uint64_t>(s.row[k] * 8191 + s.which[k])) * 0x9e3779b97f4a7c15u;
      hash ^= hash >> 29;
    }
    if (own < 0) return;
    index_[i] = own;
    row_[i] = input_runs_ + 1 + find(s, hash);
  }

  constexpr std::int32_t find(const signature& s, std::uint64_t hash) {
    std::size_t slot = hash & (table_.size() - 1);
    while (const std::int32_t there = table_[slot].row) {
      if (same(signatures_[there - 1], s)) return there - 1;
      slot = (slot + 1) & (table_.size() - 1);
    }
    signatures_.push_back(s);
    const auto row = static_cast<std::int32_t>(signatures_.size());
    table_[slot] = {row, hash};
    if (signatures_.size() * 2 > table_.size()) rehash();
    return row - 1;
  }
  constexpr void rehash() {
    buffer<entry> larger(table_.size() * 4);
    for (const entry& e : table_) {
      if (!e.row) continue;
      std::size_t slot = e.hash & (larger.size() - 1);
      while (larger[slot].row) slot = (slot + 1) & (larger.size() - 1);
      larger[slot] = e;
    }
    table_ = static_cast<buffer<entry>&&>(larger);
  }

  constexpr void list_members() {
    ranges_ = buffer<range>(size());
    for (std::int32_t i = 0; i < p_.size; ++i) {
      if (!row_[i]) continue;
      range& r = ranges_[row_of(i)];
      if (index_[i] < r.lowest) r.lowest = index_[i];
      if (index_[i] > r.highest) r.highest = index_[i];
    }
    std::int32_t total = 0;
    for (range& r : ranges_) {
      r.first = total;
      if (r.highest >= 0) total += r.highest - r.lowest + 1;
    }
    members_ = buffer<std::int32_t>(total);
    for (std::int32_t i = 0; i < p_.size; ++i)
      if (row_[i]) members_[ranges_[row_of(i)].first + index_[i] - ranges_[row_of(i)].lowest] = i + 1;
  }

  struct entry {
    std::int32_t row = 0;
    std::uint64_t hash = 0;
  };
  program_view p_;
  buffer<std::int32_t> row_, index_;  // row plus one
  buffer<std::int32_t> meetings_;
  std::int32_t input_runs_ = 0;
  buffer<signature> signatures_;
  buffer<entry> table_;
  buffer<range> ranges_;
  buffer<std::int32_t> members_;
};

}  // namespace tapeless::detail
