// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/simplify.hpp>
#include <tapeless/transform/rows.hpp>

// Vectorization as a transformation of the graph: neighbours in a row become one node of vector shape, and every later
// pass and the emitted code treat it as any node. Compilers do this well on loops, which are gone by now, and badly on
// straight-line code, which GCC 12 makes slower (Rosenbrock's function: twice the instructions).
namespace tapeless {

namespace op {
// clang-format off
struct splat : inlined<"splat", 1> {};  // one number in every lane
struct lane : inlined<"lane", 1> {};    // the lane that the node's number names
struct join : inlined<"join", 2> {};    // neighbouring lanes of two packs; the number is 16 * (first lane of the one) + (of the other)
// clang-format on
}  // namespace op

namespace detail {

/// A program together with the addresses of its results. A result of vector shape covers as many addresses as it has
/// lanes.
struct placed_program {
  buffer<node> nodes;
  buffer<std::int32_t> outputs;
  buffer<address> results;
};

class packer {
 public:
  constexpr packer(const program_view& p, const address* inputs, const address* results, std::int32_t width)
      : p_(p), results_(results), width_(width), rows_(p, inputs), pack_of_(p.size), starting_(p.size) {
    for (std::int32_t row = rows_.first_computed(); row < rows_.size(); ++row) cut(row);
    if (packs_.size()) mark_stored();
    any_ = keep_useful();
  }

  constexpr bool found_any() const { return any_; }
  constexpr placed_program packed() {
    new_id_ = buffer<std::int32_t>(p_.size + static_cast<std::int32_t>(packs_.size()));
    lane_ = buffer<std::int32_t>(p_.size);
    splat_ = buffer<std::int32_t>(p_.size);
    load_ = buffer<std::int32_t>(p_.size);
    for (std::size_t q = 0; q < packs_.size(); ++q)
      if (packs_[q].live && packs_[q].stored) {
        visit(p_.size + static_cast<std::int32_t>(q));
        out_.outputs.push_back(new_id_[static_cast<std::size_t>(p_.size) + q] - 1);
        out_.results.push_back(results_[packs_[q].first_output]);
        for (std::int32_t k = 0; k < width_; ++k) covered_[packs_[q].first_output + k] = true;
      }
    for (std::int32_t o = 0; o < p_.output_count; ++o) {
      if (covered_[o]) continue;
      visit(unit_of(p_.outputs[o]));
      out_.outputs.push_back(scalar(p_.outputs[o]));
      out_.results.push_back(results_[o]);
    }
    return static_cast<placed_program&&>(out_);
  }

 private:
  /// What a pack takes as an operand: inputs side by side, one number in every lane, a pack, or lanes of two
  /// neighbouring packs.
  enum class source { input, splat, pack, join };
  struct operand {
    source from = source::input;
    std::int32_t a = -1, b = -1;
    std::int32_t first = 0, then = 0;
  };
  struct pack {
    std::int32_t row = 0, start = 0;
    operand x[2];
    std::int32_t first_output = 0;
    bool live = false, stored = false, used_by_scalar = false, deep = false;
  };

  constexpr std::int32_t member(const pack& q, std::int32_t k) const { return rows_.member(q.row, q.start + k); }

  /// Cuts a row into packs wherever it is long enough; the last pack of a stretch overlaps the one before it rather
  /// than be short.
  constexpr void cut(std::int32_t row) {
    std::int32_t first = rows_.lowest(row);
    while (first <= rows_.highest(row)) {
      std::int32_t end = first;
      while (rows_.member(row, end) >= 0) ++end;
      if (end - first >= width_) {
        std::int32_t start = first;
        for (; start + width_ <= end; start += width_) try_pack(row, start);
        if (start < end) try_pack(row, end - width_);
      }
      first = end + 1;
      while (first <= rows_.highest(row) && rows_.member(row, first) < 0) ++first;
    }
  }

  constexpr void try_pack(std::int32_t row, std::int32_t start) {
    pack q;
    q.row = row, q.start = start;
    const node& n = p_[rows_.member(row, start)];
    for (int k = 0; k < n.op->arity; ++k)
      if (!find_operand(n.operand[k], k == rows_.common_operand(n), q.x[k], q.deep)) return;
    packs_.push_back(q);
    const auto number = static_cast<std::int32_t>(packs_.size());
    starting_[rows_.member(row, start)] = number;
    for (std::int32_t k = 0; k < width_; ++k)
      if (std::int32_t& p = pack_of_[member(q, k)]; !p) p = number;
  }

  constexpr bool find_operand(std::int32_t first_lane, bool common, operand& x, bool& deep) const {
    const std::int32_t row = common ? -1 : rows_.row_of(first_lane), index = rows_.index_of(first_lane);
    x.a = first_lane;
    if (row < 0) {
      x.from = source::splat;
    } else if (rows_.is_input(row)) {
      x.from = source::input;
    } else if (starting_[first_lane]) {
      x.from = source::pack, x.a = starting_[first_lane] - 1, deep = true;
    } else {
      x.from = source::join, deep = true;
      x.a = start_between(row, index - width_ + 1, index - 1) - 1;
      if (x.a < 0) return false;
      x.first = index - packs_[x.a].start;
      x.b = start_between(row, index + 1, packs_[x.a].start + width_) - 1;
      if (x.b < 0) return false;
      x.then = packs_[x.a].start + width_ - packs_[x.b].start;
    }
    return true;
  }
  /// The last pack of a row that starts between two indices, plus one.
  constexpr std::int32_t start_between(std::int32_t row, std::int32_t lowest, std::int32_t highest) const {
    for (std::int32_t i = highest; i >= lowest; --i)
      if (const auto m = rows_.member(row, i); m >= 0 && starting_[m]) return starting_[m];
    return 0;
  }

  /// Packs whose lanes are results at neighbouring addresses are stored whole.
  constexpr void mark_stored() {
    covered_ = buffer<bool>(p_.output_count);
    buffer<std::int32_t> output(p_.size);
    for (std::int32_t o = 0; o < p_.output_count; ++o) output[p_.outputs[o]] = o + 1;
    for (pack& q : packs_) {
      q.first_output = output[member(q, 0)] - 1;
      q.stored = q.first_output >= 0;
      for (std::int32_t k = 1; k < width_ && q.stored; ++k) {
        const std::int32_t o = output[member(q, k)] - 1;
        q.stored = o == q.first_output + k && results_[o].run == results_[q.first_output].run &&
                   results_[o].offset == results_[q.first_output].offset + k;
      }
    }
    for (std::int32_t i = 0; i < p_.size; ++i)
      if (!pack_of_[i])
        for (int k = 0; k < p_[i].op->arity; ++k)
          if (const auto q = pack_of_[p_[i].operand[k]]) packs_[q - 1].used_by_scalar = true;
  }

  /// A pack pays if it is stored whole, feeds another that pays, or if it is more than one operation before its lanes
  /// are taken apart.
  constexpr bool keep_useful() {
    bool any = false;
    for (std::size_t q = packs_.size(); q-- > 0;) {
      pack& p = packs_[q];
      p.live = p.live || p.stored || (p.deep && p.used_by_scalar);
      any = any || p.live;
      for (operand& x : p.x) {
        if (x.from == source::pack || x.from == source::join)
          (p.live ? packs_[x.a].live : packs_[x.a].used_by_scalar) = true;
        if (x.from == source::join) (p.live ? packs_[x.b].live : packs_[x.b].used_by_scalar) = true;
      }
    }
    return any;
  }

  /// What has to be made before a scalar can be used: the scalar itself, or the pack that it is a lane of.
  constexpr std::int32_t unit_of(std::int32_t i) const {
    const auto q = pack_of_[i];
    return q && packs_[q - 1].live ? p_.size + q - 1 : i;
  }
  /// The k-th thing that a unit waits for, or -1.
  constexpr std::int32_t awaited(std::int32_t unit, int k) const {
    if (unit < p_.size) return k < p_[unit].op->arity ? unit_of(p_[unit].operand[k]) : -1;
    const operand& x = packs_[unit - p_.size].x[k / 2];
    if (k % 2) return x.from == source::join ? p_.size + x.b : -1;
    return x.from == source::splat ? unit_of(x.a) : x.from == source::input || x.a < 0 ? -1 : p_.size + x.a;
  }

  constexpr void visit(std::int32_t root) {
    std::size_t depth = 0;
    const auto push = [&](std::int32_t unit) {
      if (depth == stack_.size()) stack_.push_back(unit);
      else stack_[depth] = unit;
      ++depth;
    };
    push(root);
    while (depth) {
      const std::int32_t unit = stack_[depth - 1];
      std::int32_t waiting = -1;
      for (int k = 0; k < 4 && waiting < 0 && !new_id_[unit]; ++k)
        if (const auto other = awaited(unit, k); other >= 0 && !new_id_[other]) waiting = other;
      if (waiting >= 0) {
        push(waiting);
        continue;
      }
      --depth;
      if (!new_id_[unit]) new_id_[unit] = (unit < p_.size ? make_scalar(unit) : make_pack(packs_[unit - p_.size])) + 1;
    }
  }

  constexpr std::int32_t append(const node& n) {
    out_.nodes.push_back(n);
    return static_cast<std::int32_t>(out_.nodes.size()) - 1;
  }
  constexpr std::int32_t make_scalar(std::int32_t i) {
    node n = p_[i];
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = scalar(p_[i].operand[k]);
    return append(n);
  }
  constexpr std::int32_t make_pack(const pack& q) {
    node n = p_[member(q, 0)];
    n.shape = pack_shape();
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = vector(q.x[k]);
    return append(n);
  }
  /// A node of the old program as a number of the new one.
  constexpr std::int32_t scalar(std::int32_t i) {
    const std::int32_t unit = unit_of(i);
    if (unit < p_.size) return new_id_[unit] - 1;
    if (!lane_[i]) {
      const auto k = rows_.index_of(i) - packs_[unit - p_.size].start;
      lane_[i] = append({describe<op::lane>(), {new_id_[unit] - 1, -1, -1}, {}, static_cast<long double>(k)}) + 1;
    }
    return lane_[i] - 1;
  }
  constexpr std::int32_t vector(const operand& x) {
    const auto made = [&](std::int32_t q) { return new_id_[p_.size + q] - 1; };
    if (x.from == source::pack) return made(x.a);
    if (x.from == source::join)
      return append({describe<op::join>(),
                     {made(x.a), made(x.b), -1},
                     pack_shape(),
                     static_cast<long double>(16 * x.first + x.then)});
    std::int32_t& kept = x.from == source::splat ? splat_[x.a] : load_[x.a];
    if (!kept && x.from == source::splat)
      kept = append({describe<op::splat>(), {scalar(x.a), -1, -1}, pack_shape(), 0}) + 1;
    if (!kept) {
      node n = p_[x.a];
      n.shape = pack_shape();
      kept = append(n) + 1;
    }
    return kept - 1;
  }
  constexpr shape pack_shape() const { return {element::pack, width_}; }

  program_view p_;
  const address* results_;
  std::int32_t width_;
  row_table rows_;
  buffer<pack> packs_;
  buffer<std::int32_t> pack_of_;   // the first pack that a node is a lane of, plus one
  buffer<std::int32_t> starting_;  // the pack whose first lane a node is, plus one
  buffer<bool> covered_;           // outputs that a whole pack stores
  bool any_ = false;

  buffer<std::int32_t> new_id_, lane_, splat_, load_, stack_;  // each plus one
  placed_program out_;
};

}  // namespace detail
}  // namespace tapeless
