// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>

namespace tapeless {

namespace op {
// clang-format off
// A product and the sum that uses it, emitted as one expression. Whether the two become one fma is the user's -ffp-contract setting:
// Clang contracts within an expression only, so the expression has to be there.
struct mul_add : inlined<"mul_add", 3> { static constexpr auto value(auto x, auto y, auto z) { return math::mul_add(x, y, z); } };
struct mul_sub : inlined<"mul_sub", 3> { static constexpr auto value(auto x, auto y, auto z) { return math::mul_sub(x, y, z); } };
struct neg_mul_sub : inlined<"neg_mul_sub", 3> { static constexpr auto value(auto x, auto y, auto z) { return math::neg_mul_sub(x, y, z); } };
struct sub_mul : inlined<"sub_mul", 3> { static constexpr auto value(auto x, auto y, auto z) { return math::sub_mul(x, y, z); } };
// clang-format on
}  // namespace op

namespace detail {

/// Joins products with the sums they feed, where all uses of the product are such sums; the product alone is then dead.
constexpr void fuse_products(buffer<node>& nodes, const buffer<std::int32_t>& outputs) {
  const auto is_real = [](const node& n) { return n.shape.kind() == element::real || n.shape.kind() == element::pack; };
  buffer<std::int32_t> uses(nodes.size()), uses_in_sums(nodes.size());
  for (const node& n : nodes) {
    const bool sum = (n.is<op::add>() || n.is<op::sub>()) && is_real(n);
    for (int k = 0; k < n.op->arity; ++k) {
      ++uses[n.operand[k]];
      if (sum) ++uses_in_sums[n.operand[k]];
    }
  }
  for (const auto o : outputs) ++uses[o];
  const auto fusible = [&](std::int32_t i) { return nodes[i].is<op::mul>() && uses[i] == uses_in_sums[i]; };
  const auto is_negated_product = [&](std::int32_t i) {
    return nodes[i].is<op::neg>() && uses[i] == 1 && nodes[nodes[i].operand[0]].is<op::mul>() &&
           uses[nodes[i].operand[0]] == 1;
  };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    node& n = nodes[i];
    const bool sum = n.is<op::add>();
    if ((!sum && !n.is<op::sub>()) || !is_real(n)) continue;
    if (!sum && is_negated_product(n.operand[0])) {
      const node& product = nodes[nodes[n.operand[0]].operand[0]];
      n.op = describe<op::neg_mul_sub>();
      n.operand[2] = n.operand[1];
      n.operand[0] = product.operand[0];
      n.operand[1] = product.operand[1];
      continue;
    }
    const bool first = fusible(n.operand[0]), second = fusible(n.operand[1]);
    if (!first && !second) continue;
    // Of two products the one with no other use is fused, for then it is gone; or the younger, since the older is ready
    // earlier.
    const std::int32_t more_uses = first && second ? uses[n.operand[0]] - uses[n.operand[1]] : second ? 1 : -1;
    const int k = more_uses > 0 || (more_uses == 0 && n.operand[1] > n.operand[0]) ? 1 : 0;
    const node& product = nodes[n.operand[k]];
    if (first && second) uses_in_sums[n.operand[1 - k]] = -1;  // stays a node of its own
    n.op = sum ? describe<op::mul_add>() : k == 0 ? describe<op::mul_sub>() : describe<op::sub_mul>();
    n.operand[2] = n.operand[1 - k];
    n.operand[0] = product.operand[0];
    n.operand[1] = product.operand[1];
  }
}

}  // namespace detail
}  // namespace tapeless
