// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/view.hpp>

// Products of matrices.
namespace tapeless {

namespace detail {

constexpr value record_matmul(recorder& r, const value& a, const value& b, bool left_transposed, bool right_transposed);

/// The extents of a product of matrices, or of a batch of them.
struct matmul_extents {
  std::size_t batch, rows, columns, depth;
  bool left_transposed, right_transposed;
  constexpr matmul_extents(const shape& a, const shape& b, std::uint64_t flags)
      : batch(a.rank() == 3 ? a.extent(0) : 1),
        rows(a.extent(a.rank() - ((flags & 1) != 0 ? 1 : 2))),
        columns(b.extent(b.rank() - ((flags & 2) != 0 ? 2 : 1))),
        depth(a.extent(a.rank() - ((flags & 1) != 0 ? 2 : 1))),
        left_transposed((flags & 1) != 0),
        right_transposed((flags & 2) != 0) {}
};

}  // namespace detail

namespace op {

/// A B for matrices, or for each pair in two batches of them; the parameter says which of them is transposed (1, 2).
struct matmul : tensor_operation<"matmul", 2> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    const auto flags = detail::parameter_of(n);
    return detail::record_matmul(r, x[0], x[1], (flags & 1) != 0, (flags & 2) != 0);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a, const T* b) {
    const detail::matmul_extents e(call.operand[0], call.operand[1], call.parameter);
    for (std::size_t batch = 0; batch < e.batch; ++batch)
      for (std::size_t i = 0; i < e.rows; ++i)
        for (std::size_t j = 0; j < e.columns; ++j) {
          const auto left = [&](std::size_t at_depth) {
            return a[batch * e.rows * e.depth + (e.left_transposed ? at_depth * e.rows + i : i * e.depth + at_depth)];
          };
          const auto right = [&](std::size_t at_depth) {
            return b[batch * e.columns * e.depth +
                     (e.right_transposed ? j * e.depth + at_depth : at_depth * e.columns + j)];
          };
          T sum = left(0) * right(0);
          for (std::size_t k = 1; k < e.depth; ++k) sum = sum + left(k) * right(k);
          y[(batch * e.rows + i) * e.columns + j] = sum;
        }
  }
  static constexpr value pullback(int i, const value& g, const value* x, const value& y) {
    const auto flags = detail::parameter_of(*y.definition());
    const bool left = (flags & 1) != 0, right = (flags & 2) != 0;
    recorder& r = *y.home();
    if (i == 0)
      return left ? detail::record_matmul(r, x[1], g, right, true) : detail::record_matmul(r, g, x[1], false, !right);
    return right ? detail::record_matmul(r, g, x[0], true, left) : detail::record_matmul(r, x[0], g, !left, false);
  }
};

}  // namespace op

namespace detail {

/// A transpose goes into the product that it feeds.
constexpr value without_transpose(const value& x, bool& transposed) {
  if (!x.is<op::permute>() || parameter_of(*x.definition()) != transposed_axes(x.shape().rank())) return x;
  transposed = !transposed;
  return x.operand(0);
}

constexpr value record_matmul(recorder& r, const value& a, const value& b, bool left_transposed,
                              bool right_transposed) {
  if (a.is_strong_zero() || b.is_strong_zero()) return zero;
  if (r.differentiating()) {  // derivative: factors and signs go out of the product
    if (a.is<op::neg>()) return record_neg(r, record_matmul(r, a.operand(0), b, left_transposed, right_transposed));
    if (b.is<op::neg>()) return record_neg(r, record_matmul(r, a, b.operand(0), left_transposed, right_transposed));
  }
  const value left = without_transpose(a, left_transposed), right = without_transpose(b, right_transposed);
  const std::uint64_t flags = (left_transposed ? 1u : 0u) | (right_transposed ? 2u : 0u);
  const matmul_extents e(left.shape(), right.shape(), flags);
  shape result(element::real);
  if (left.shape().rank() == 3) result = result.with_axis(e.batch);
  return tensor_node<op::matmul>(r, result.with_axis(e.rows).with_axis(e.columns), flags, left, right);
}

}  // namespace detail
}  // namespace tapeless
