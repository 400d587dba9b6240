// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/replay.hpp>
#include <tapeless/tensor/matmul.hpp>

// From what a program means to what is carried out: composed operations become simple ones, and what is added to a
// product becomes what the product starts with.
namespace tapeless {

namespace op {
/// A B + C, where C is a matrix, or one row that is added to all.
struct matmul_add : tensor_operation<"matmul_add", 3> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a, const T* b, const T* c) {
    matmul::compute(call, y, a, b);
    const std::size_t repeated = call.operand[2].size();
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = y[i] + c[i % repeated];
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};
constexpr value matmul_add::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<matmul_add>(r, n.shape, detail::parameter_of(n), x[0], x[1], x[2]);
}
}  // namespace op

namespace detail {

class lowering {
 public:
  constexpr explicit lowering(const program_view& p) : p_(p), uses_(p.size), made_(p.size) {
    for (std::int32_t i = 0; i < p.size; ++i)
      for (int k = 0; k < p[i].op->arity; ++k) ++uses_[p[i].operand[k]];
    for (std::int32_t o = 0; o < p.output_count; ++o) ++uses_[p.outputs[o]];
    for (std::int32_t i = 0; i < p.size; ++i) made_[i] = lowered(i);
  }
  constexpr program result() {
    buffer<std::int32_t> outputs;
    for (std::int32_t o = 0; o < p_.output_count; ++o) outputs.push_back(made_[p_.outputs[o]].id_in(r_));
    return without_dead_nodes(r_.nodes(), outputs);
  }

 private:
  constexpr value lowered(std::int32_t i) {
    const node& n = p_[i];
    if (n.op->arity == 0) return {&r_, r_.intern(n)};
    if (n.op->transparent) return made_[n.operand[0]];
    if (n.is<op::add>())
      for (int side = 0; side < 2; ++side)
        if (const value y = product_with_start(n, side); y.is_tensor()) return y;
    value x[3];
    for (int k = 0; k < n.op->arity; ++k) {
      x[k] = made_[n.operand[k]];
      if (n.op->tensor && !n.is<op::broadcast>()) x[k] = shaped(r_, x[k], p_[n.operand[k]].shape);
    }
    if (n.op->tensor && n.op->tensor->meaning) return n.op->tensor->meaning(r_, n, x);
    return record_again(r_, n, x);
  }

  /// `product + start` as one node, where nothing else needs the product.
  constexpr value product_with_start(const node& sum, int side) {
    std::int32_t product = sum.operand[side];
    if (uses_[product] != 1) return zero;
    if (p_[product].is<op::reshape>()) product = p_[product].operand[0];
    if (uses_[product] != 1 || !p_[product].is<op::matmul>() || p_[product].shape.rank() != 2) return zero;
    const value y = made_[product], added = made_[sum.operand[1 - side]];
    if (!y.is<op::matmul>() || !added.is_tensor()) return zero;
    const shape form = y.shape();
    const bool same_form = form.same_extents(sum.shape);
    const bool is_row = same_form && added.is<op::broadcast>() && parameter_of(*added.definition()) == 2;
    const value start = is_row ? added.operand(0) : record_reshape(r_, added, form);
    const value fused =
        tensor_node<op::matmul_add>(r_, form, parameter_of(*y.definition()), y.operand(0), y.operand(1), start);
    return record_reshape(r_, fused, sum.shape);
  }

  const program_view p_;
  recorder r_;
  buffer<std::int32_t> uses_;
  buffer<value> made_;
};

constexpr program lowered(const program_view& p) {
  lowering l(p);
  return l.result();
}

}  // namespace detail
}  // namespace tapeless
