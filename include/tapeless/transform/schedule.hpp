// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/trigonometric.hpp>
#include <tapeless/transform/fuse.hpp>
#include <tapeless/transform/order.hpp>
#include <tapeless/transform/pack.hpp>

// From a graph to instructions: in which order, and where each value lives. Values that one block of instructions makes
// and uses itself live in that block's registers, the others in the frame that all blocks share. The split is for the
// compiler's sake: its passes over memory take time that grows with the square of the values in one array.
namespace tapeless {

namespace op {
/// Sine and cosine of one number in one instruction, which leaves the cosine at its second operand.
struct sin_cos : operation<"sin_cos", 2> {};
}  // namespace op

namespace detail {

/// Where a value lives: place i of the frame is i, place i of the block's own registers is -1 - i.
using location = std::int32_t;

struct instruction {
  const operation_info* op = nullptr;
  location result = 0;
  location operand[3] = {-1, -1, -1};
  element kind = element::real;
  element operand_kind[3] = {};
  std::int32_t parameter = 0;
};

/// An input, constant or output on its way into or out of a block.
struct transfer {
  location at = 0;
  element kind = element::real;
  address outside{};
  long double number = 0;
};

struct block {
  std::size_t first_instruction = 0, instructions = 0;
  std::size_t first_load = 0, loads = 0;
  std::size_t first_constant = 0, constants = 0;
  std::size_t first_store = 0, stores = 0;
};

/// How many values of each kind something holds.
struct extent_of_kinds {
  std::int32_t count[4] = {};
  constexpr std::int32_t& operator[](element k) { return count[static_cast<std::size_t>(k)]; }
  constexpr std::int32_t operator[](element k) const { return count[static_cast<std::size_t>(k)]; }
  constexpr void include(const extent_of_kinds& other) {
    for (std::size_t k = 0; k < 4; ++k) count[k] = count[k] < other.count[k] ? other.count[k] : count[k];
  }
};

struct schedule {
  buffer<instruction> instructions;
  buffer<transfer> loads, constants, stores;
  buffer<block> blocks;
  extent_of_kinds frame, registers;
};

/// Instructions in a block: large enough that most values stay inside, small enough for passes that are quadratic in
/// it.
inline constexpr std::int32_t block_size = 64;
/// The same for programs with many results, which are stored where their block ends. (Jacobian of 2 x 15, instructions
/// against hand-written: 1.28 as made in blocks of 64, 1.08 by result in blocks of 8 with g++ 12; 1.12 and 1.06 with
/// clang 19.)
inline constexpr std::int32_t small_block_size = 8;

class scheduler {
 public:
  constexpr scheduler(const buffer<node>& nodes, const call_order& order, const buffer<std::int32_t>& outputs,
                      const address* inputs, const address* results, std::int32_t size_of_block)
      : nodes_(nodes),
        sequence_(order.sequence()),
        inputs_(inputs),
        results_(results),
        block_of_(nodes.size()),
        cosine_of_(nodes.size()),
        crosses_(nodes.size()),
        home_(nodes.size()),
        resident_(nodes.size()) {
    pair_sines();
    place_in_blocks(size_of_block, order.late_call());
    list_stores(outputs);
    for (std::int32_t b = 0; b <= last_block_; ++b) emit_block(b, outputs);
  }
  constexpr schedule& result() { return s_; }

 private:
  static constexpr bool is_leaf(const node& n) { return n.op->arity == 0; }

  /// Finds sine and cosine of the same number, to be computed together where the first of them stands.
  constexpr void pair_sines() {
    buffer<std::int32_t> waiting(nodes_.size());  // by operand: one more than the sine or cosine met first
    for (const auto i : sequence_) {
      const node& n = nodes_[i];
      if (!n.is<op::sin>() && !n.is<op::cos>()) continue;
      std::int32_t& first = waiting[n.operand[0]];
      if (first) cosine_of_[first - 1] = i, cosine_of_[i] = -first;
      else first = i + 1;
    }
  }
  /// Whether node i is computed together with an earlier one.
  constexpr bool is_taken_along(std::int32_t i) const { return cosine_of_[i] < 0; }

  /// A late call starts a block, so that what is ready before it is stored before it.
  constexpr void place_in_blocks(std::int32_t size_of_block, std::int32_t late_call) {
    std::int32_t count = 0;
    for (const std::int32_t i : sequence_) {
      if (is_leaf(nodes_[i])) {
        block_of_[i] = -1;
        continue;
      }
      if (is_taken_along(i)) {
        block_of_[i] = block_of_[-cosine_of_[i] - 1];
        continue;
      }
      if (i == late_call) count = (count + size_of_block - 1) / size_of_block * size_of_block;
      block_of_[i] = last_block_ = count++ / size_of_block;
      for (int k = 0; k < nodes_[i].op->arity; ++k) {
        const auto x = nodes_[i].operand[k];
        crosses_[x] = crosses_[x] || block_of_[x] != last_block_;
      }
    }
  }

  /// Results are stored at the end of the block that makes them; those that no block makes, at the very end.
  constexpr void list_stores(const buffer<std::int32_t>& outputs) {
    first_store_ = buffer<std::int32_t>(last_block_ + 1);
    next_store_ = buffer<std::int32_t>(outputs.size());
    for (std::size_t k = outputs.size(); k-- > 0;) {
      const auto made_in = block_of_[outputs[k]];
      std::int32_t& first = first_store_[made_in < 0 ? last_block_ : made_in];
      next_store_[k] = first, first = static_cast<std::int32_t>(k) + 1;
    }
  }

  /// The location of node `i` for block `b`; leaves are brought into the block's registers on first use.
  constexpr location locate(std::int32_t i, std::int32_t b) {
    const node& n = nodes_[i];
    if (!is_leaf(n)) return home_[i];
    if (resident_[i] != b + 1) {
      resident_[i] = b + 1;
      home_[i] = -1 - used_[n.shape.kind()]++;
      const bool input = n.is<op::input>();
      const transfer t{home_[i], n.shape.kind(), input ? inputs_[n.operand[0]] : address{}, n.number};
      (input ? s_.loads : s_.constants).push_back(t);
    }
    return home_[i];
  }

  /// Gives node i its place.
  constexpr location settle(std::int32_t i) {
    const element kind = nodes_[i].shape.kind();
    return home_[i] = crosses_[i] ? s_.frame[kind]++ : -1 - used_[kind]++;
  }

  constexpr void emit_block(std::int32_t b, const buffer<std::int32_t>& outputs) {
    used_ = {};
    block range{s_.instructions.size(), 0, s_.loads.size(), 0, s_.constants.size(), 0, s_.stores.size(), 0};
    for (; cursor_ < sequence_.size(); ++cursor_) {
      const std::int32_t i = sequence_[cursor_];
      const node& n = nodes_[i];
      if (block_of_[i] < 0 || is_taken_along(i)) continue;
      if (block_of_[i] != b) break;
      instruction c{.op = n.op, .kind = n.shape.kind(), .parameter = static_cast<std::int32_t>(n.number)};
      for (int k = 0; k < n.op->arity; ++k) {
        c.operand[k] = locate(n.operand[k], b);
        c.operand_kind[k] = nodes_[n.operand[k]].shape.kind();
      }
      c.result = settle(i);
      if (cosine_of_[i] > 0) {
        c.op = describe<op::sin_cos>();
        c.operand[1] = settle(cosine_of_[i]);
        if (n.is<op::cos>()) {
          const location cosine = c.result;
          c.result = c.operand[1], c.operand[1] = cosine;
        }
      }
      s_.instructions.push_back(c);
    }
    for (auto k = first_store_[b]; k; k = next_store_[k - 1]) {
      const auto o = outputs[k - 1];
      s_.stores.push_back({locate(o, b), nodes_[o].shape.kind(), results_[k - 1], 0});
    }
    range.instructions = s_.instructions.size() - range.first_instruction;
    range.loads = s_.loads.size() - range.first_load;
    range.constants = s_.constants.size() - range.first_constant;
    range.stores = s_.stores.size() - range.first_store;
    s_.blocks.push_back(range);
    s_.registers.include(used_);
  }

  const buffer<node>& nodes_;
  const buffer<std::int32_t>& sequence_;
  const address* inputs_;
  const address* results_;
  buffer<std::int32_t> block_of_;
  buffer<std::int32_t> cosine_of_;  // of the first of a pair: the second; of the second: minus one minus the first
  buffer<bool> crosses_;
  buffer<location> home_;
  buffer<std::int32_t> resident_;
  buffer<std::int32_t> first_store_, next_store_;  // lists of outputs, each plus one, by block
  extent_of_kinds used_;
  std::int32_t last_block_ = 0;
  std::size_t cursor_ = 0;
  schedule s_;
};

/// Whether some array of inputs is long enough for packs to be worth looking for.
constexpr bool has_long_run(const program_view& p, const address* inputs, std::int32_t length) {
  for (std::int32_t i = 0; i < p.size; ++i)
    if (p[i].is<op::input>() && p[i].shape.kind() == element::real && inputs[p[i].operand[0]].offset + 1 >= length)
      return true;
  return false;
}

/// The schedule of a program whose inputs and outputs lie at the given addresses, for packs of `width` numbers.
constexpr schedule make_schedule(const program_view& whole, const address* inputs, const address* results,
                                 std::int32_t width, arrangement rest = arrangement::as_made) {
  const program less = carried_out(whole);
  const program_view p = less.outputs.size() ? less.view() : whole;
  placed_program placed;
  bool packed = false;
  if (width > 1 && has_long_run(p, inputs, 2 * width)) {
    packer packs(p, inputs, results, width);
    packed = packs.found_any();
    if (packed) placed = packs.packed();
  }
  if (!packed) {
    placed.nodes = buffer<node>(p.size);
    for (std::int32_t i = 0; i < p.size; ++i) placed.nodes[i] = p[i];
    for (std::int32_t o = 0; o < p.output_count; ++o) {
      placed.outputs.push_back(p.outputs[o]);
      placed.results.push_back(results[o]);
    }
  }
  fuse_products(placed.nodes, placed.outputs);
  const call_order order(placed.nodes, placed.outputs, rest);
  scheduler s(placed.nodes, order, placed.outputs, inputs, placed.results.begin(),
              rest == arrangement::by_result      ? small_block_size
              : rest == arrangement::in_one_block ? static_cast<std::int32_t>(placed.nodes.size()) + 1
                                                  : block_size);
  return static_cast<schedule&&>(s.result());
}

}  // namespace detail
}  // namespace tapeless
