// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/matmul.hpp>
#include <tapeless/trace/whole.hpp>

// Linear algebra's operators: products of matrices and vectors.
namespace tapeless {

namespace detail {

constexpr shape real_shape(auto... extents) { return shape(element::real, extents...); }

/// A and B as the product sees them, and what comes of it.
struct product_form {
  shape left, right, seen{element::real}, result{element::real};
  bool fit = false;
};

constexpr product_form product_of_extents(const shape& a, const shape& b) {
  product_form f{.left = a, .right = b};
  if (a.rank() == 1) f.left = real_shape(std::size_t{1}, a.extent(0));
  if (b.rank() == 1) f.right = real_shape(b.extent(0), std::size_t{1});
  if (a.rank() == 3 && b.rank() == 2) f.left = real_shape(a.extent(0) * a.extent(1), a.extent(2));
  const std::size_t rank = f.left.rank();
  if (rank < 2 || rank > 3 || f.right.rank() != rank) return f;
  f.fit = f.left.extent(rank - 1) == f.right.extent(rank - 2) && (rank == 2 || f.left.extent(0) == f.right.extent(0));
  f.seen = f.result = f.left.with_extent(rank - 1, f.right.extent(rank - 1));
  if (a.rank() == 1) f.result = real_shape(f.seen.extent(1));
  if (b.rank() == 1) f.result = a.rank() == 1 ? shape(element::real) : real_shape(f.seen.extent(0));
  if (a.rank() == 3 && b.rank() == 2) f.result = real_shape(a.extent(0), a.extent(1), f.seen.extent(1));
  return f;
}

/// A sentence where the shapes of two factors do not go together.
template <class Left, class Right>
struct matrix_product {
  static constexpr shape left = extents_of_type<Left>(), right = extents_of_type<Right>();
  static_assert(left.rank() != 1 || right.rank() != 1,
                "tapeless: x * y of two vectors may mean dot(x, y), outer(x, y) or hadamard(x, y); write one of these");
  static constexpr product_form form = product_of_extents(left, right);
  static_assert(form.fit || (left.rank() == 1 && right.rank() == 1),
                "tapeless: the shapes do not fit; A * B needs as many rows in B as A has columns (and batches of one "
                "size), and hadamard(A, B) is the product element by element");
};

/// The same elements with other extents.
template <std::uint64_t To, class X>
constexpr auto reshaped(const X& x) {
  return apply_as_they_are<op::reshape, To>(0, x);
}

constexpr shape transposed(const shape& s) {
  const std::size_t rows = s.rank() - 2, columns = s.rank() - 1;
  return s.with_extent(rows, s.extent(columns)).with_extent(columns, s.extent(rows));
}

template <class A, class B>
constexpr auto multiplied(const A& a, const B& b) {
  constexpr product_form form = matrix_product<A, B>::form;
  using scalar = typename result_scalar<scalar_in_t<A>, scalar_in_t<B>>::type;
  return reshaped<form.result.code()>(
      apply_whole<op::matmul, scalar, form.seen.code(), form.left.code(), form.right.code()>(0, a, b));
}

}  // namespace detail

/// The product of linear algebra: matrix times matrix or vector, vector times matrix, or batches of matrices.
template <detail::TensorValue A, detail::TensorValue B>
constexpr auto apply_to_tensors(op::tag<op::mul>, const A& a, const B& b) {
  return detail::multiplied(a, b);
}

/// The product of two tensors element by element.
///
///     hadamard(a, b)[i] == a[i] * b[i]
///
/// Shapes as for addition: equal, or repeated along axes that are 1 or missing. Others are a compile error.
template <class A, class B>
constexpr auto hadamard(const A& a, const B& b) {
  if constexpr (detail::TensorValue<A> || detail::TensorValue<B>) return detail::apply_elementwise<op::mul>(a, b);
  else return a * b;
}

/// The sum of the products of two vectors' elements.
///
///     dot(a, b) == a[0] b[0] + a[1] b[1] + ...
///
/// Both have the same shape, whatever it is; another is a compile error.
template <detail::TensorValue A, detail::TensorValue B>
constexpr auto dot(const A& a, const B& b) {
  static_assert(detail::same_extents_v<A, B>, "tapeless: the shapes do not fit; dot takes two tensors of one shape");
  return detail::apply_as_they_are<op::sum, detail::real_shape().code()>(0, hadamard(a, b));
}

/// The matrix of all products of an element of one vector and one of the other.
///
///     outer(a, b)(i, j) == a[i] b[j]
template <detail::TensorValue A, detail::TensorValue B>
constexpr auto outer(const A& a, const B& b) {
  constexpr auto left = detail::extents_of_type<A>(), right = detail::extents_of_type<B>();
  static_assert(left.rank() == 1 && right.rank() == 1, "tapeless: the shapes do not fit; outer takes two vectors");
  return hadamard(detail::reshaped<detail::real_shape(left.extent(0), std::size_t{1}).code()>(a), b);
}

/// A matrix, or each of a batch, with rows and columns exchanged.
///
///     transpose(a)(j, i) == a(i, j)
template <detail::TensorValue A>
constexpr auto transpose(const A& a) {
  constexpr auto before = detail::extents_of_type<A>();
  static_assert(before.rank() >= 2, "tapeless: the shapes do not fit; transpose takes a matrix or a batch of them");
  return detail::apply_as_they_are<op::permute, detail::transposed(before).code()>(
      detail::transposed_axes(before.rank()), a);
}

}  // namespace tapeless
