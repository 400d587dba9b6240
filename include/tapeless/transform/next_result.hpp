// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>

namespace tapeless::detail {

/// Which of many results to compute next: the one after which the fewest values wait in registers. (Entries of a matrix
/// row by row keep what the next row needs, and nothing fits into 16 registers. Instructions of the neo-Hookean
/// Hessian, row by row and so: 1039 and 923 with g++ 12, 1038 and 916 with clang 19.)
class next_result {
 public:
  constexpr next_result(const buffer<node>& nodes, const buffer<bool>& live, const buffer<bool>& placed)
      : placed_(placed), reads_(nodes.size()), users_(nodes.size()), used_(nodes.size()), met_(nodes.size()) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (!live[i]) continue;
      for (int k = 0; k < nodes[i].op->arity; ++k)
        if (const auto x = nodes[i].operand[k]; nodes[x].op->arity) {
          reads_[i].value[reads_[i].count++] = x;
          users_[x] += !placed[i];
        }
    }
  }

  /// Of the first few that are not there yet, or -1.
  constexpr std::int32_t among(const buffer<std::int32_t>& outputs) {
    std::int32_t best = -1, least = 0, looked_at = 0;
    while (first_ < outputs.size() && placed_[outputs[first_]]) ++first_;
    for (std::size_t o = first_; o < outputs.size() && looked_at < window; ++o) {
      if (placed_[outputs[o]]) continue;
      ++looked_at;
      const std::int32_t price = price_of(outputs[o]);
      if (best < 0 || price < least) best = outputs[o], least = price;
    }
    return best;
  }

  /// Has to be told of each node that is placed.
  constexpr void note(std::int32_t node) {
    for (std::int32_t k = 0; k < reads_[node].count; ++k) --users_[reads_[node].value[k]];
  }

 private:
  static constexpr std::int32_t window = 16;
  static constexpr std::size_t too_many = 32;

  /// The operands that are computed; inputs and constants wait in memory.
  struct operands {
    std::int32_t value[3] = {};
    std::int32_t count = 0;
  };

  /// Four times the growth of what waits, and the operations until then. What takes many operations is as good as any
  /// other of that kind.
  constexpr std::int32_t price_of(std::int32_t output) {
    ++visit_;
    waiting_[0] = output, met_[output] = visit_;
    std::size_t size = 1;
    std::int32_t growth = 0;
    for (std::size_t m = 0; m < size; ++m) {
      const operands& reads = reads_[waiting_[m]];
      for (std::int32_t k = 0; k < reads.count; ++k) {
        const std::int32_t x = reads.value[k];
        if (met_[x] != visit_) {
          met_[x] = visit_, used_[x] = 0;
          if (!placed_[x]) {
            if (size == too_many) return dear;
            waiting_[size++] = x;
            ++growth;
          }
        }
        growth -= ++used_[x] == users_[x];
      }
    }
    return 4 * growth + static_cast<std::int32_t>(size);
  }

  static constexpr std::int32_t dear = 1000;
  const buffer<bool>& placed_;
  buffer<operands> reads_;
  buffer<std::int32_t> users_;        // of each value: operations to come that read it
  buffer<std::int32_t> used_, met_;   // how many of these a result has, and which one that was
  std::int32_t waiting_[too_many]{};  // what the result waits for, itself included
  std::int32_t visit_ = 0;
  std::size_t first_ = 0;
};

}  // namespace tapeless::detail
