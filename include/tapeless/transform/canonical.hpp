// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>

namespace tapeless::detail {

/// A number for what each node computes, whatever the order in which it was recorded.
constexpr buffer<std::uint64_t> digests(const program_view& p) {
  buffer<std::uint64_t> d(p.size);
  for (std::int32_t i = 0; i < p.size; ++i) {
    const node& n = p[i];
    std::uint64_t h = n.op->arity == 0 ? hash_of(n) : n.op->hash * 0x9e3779b97f4a7c15u;
    if (n.op->tensor)
      h = (h ^ static_cast<std::uint64_t>(n.number) ^ n.shape.code() * 0x94d049bb133111ebu) * 0x9e3779b97f4a7c15u;
    std::uint64_t x[3] = {};
    for (int k = 0; k < n.op->arity; ++k) x[k] = d[n.operand[k]];
    if (n.op->commutative && x[1] < x[0]) {
      const auto first = x[0];
      x[0] = x[1], x[1] = first;
    }
    for (int k = 0; k < n.op->arity; ++k) h = (h ^ x[k] ^ (x[k] >> 31)) * 0xbf58476d1ce4e5b9u + (h << 7);
    d[i] = h ^ (h >> 32);
  }
  return d;
}

/// The same program with its nodes in an order that follows from the maths alone: depth first from the results, the
/// operands of a commutative operation by their digests. Two functions with the same maths have the same canonical
/// program.
constexpr program canonical(const program_view& p) {
  const auto digest = digests(p);
  buffer<std::int32_t> place(p.size);  // 0: not reached; otherwise one more than the new number
  program result;
  buffer<std::int32_t> stack;
  std::size_t depth = 0;
  const auto push = [&](std::int32_t i) {
    if (depth == stack.size()) stack.push_back(i);
    else stack[depth] = i;
    ++depth;
  };
  for (std::int32_t o = 0; o < p.output_count; ++o) {
    push(p.outputs[o]);
    while (depth) {
      const std::int32_t i = stack[depth - 1];
      node n = p[i];
      if (n.op->commutative && digest[n.operand[1]] < digest[n.operand[0]]) {
        const auto first = n.operand[0];
        n.operand[0] = n.operand[1], n.operand[1] = first;
      }
      int waiting = -1;
      for (int k = n.op->arity - 1; k >= 0; --k)
        if (!place[n.operand[k]]) waiting = k;
      if (place[i]) {
        --depth;
      } else if (waiting >= 0) {
        push(n.operand[waiting]);
      } else {
        for (int k = 0; k < n.op->arity; ++k) n.operand[k] = place[n.operand[k]] - 1;
        result.nodes.push_back(n);
        place[i] = static_cast<std::int32_t>(result.nodes.size());
        --depth;
      }
    }
    result.outputs.push_back(place[p.outputs[o]] - 1);
  }
  return result;
}

}  // namespace tapeless::detail
