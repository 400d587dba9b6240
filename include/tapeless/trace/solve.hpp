// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/inverse.hpp>
#include <tapeless/trace/reduce.hpp>

// Linear algebra for small matrices: factors, systems, inverses, determinants.
namespace tapeless {

/// Which triangle of a matrix a system is made of, and whether it is transposed.
enum class triangle { lower, upper, lower_transposed, upper_transposed };

/// What is known of a matrix.
enum class matrix_kind { general, positive_definite };

namespace detail {

/// A sentence where a matrix is not square, or does not hold real numbers.
template <class A>
struct square_matrix {
  static constexpr shape form = extents_of_type<A>();
  static_assert(form.rank() == 2 && form.extent(0) == form.extent(1),
                "tapeless: the shapes do not fit; this takes a square matrix");
  static_assert(!std::is_integral_v<recorded_scalar_t<scalar_in_t<A>>>,
                "tapeless: this takes a matrix of real numbers; a quotient of whole ones is none");
  static constexpr std::size_t n = form.extent(0);
  static constexpr std::uint64_t code = form.code(), factors = real_shape(n + 1, n).code(),
                                 vector = real_shape(n).code();
  using scalar = typename result_scalar<scalar_in_t<A>>::type;
};

/// A sentence where a right-hand side does not belong to a matrix.
template <class A, class B>
struct linear_system {
  using matrix = square_matrix<A>;
  static constexpr shape form = extents_of_type<B>();
  static_assert((form.rank() == 1 || form.rank() == 2) && form.extent(0) == matrix::n,
                "tapeless: the shapes do not fit; a system takes a square matrix and as many right-hand rows, in a "
                "vector or in the columns of a matrix");
  static_assert(!std::is_integral_v<recorded_scalar_t<scalar_in_t<B>>>,
                "tapeless: this takes a right-hand side of real numbers");
  static constexpr std::uint64_t code = form.code();
  static constexpr std::uint64_t columns = (form.rank() == 1 ? form.with_axis(std::size_t{1}) : form).code();
  using scalar = typename result_scalar<scalar_in_t<A>, scalar_in_t<B>>::type;
};

/// An operation on a system, whatever the form of its right-hand side.
template <class Op, std::uint64_t Matrix, class A, class B>
constexpr auto apply_to_system(std::uint64_t parameter, const A& a, const B& b) {
  using system = linear_system<A, B>;
  return reshaped<system::code>(
      apply_whole<Op, typename system::scalar, system::columns, Matrix, system::columns>(parameter, a, b));
}

/// Operations that share a factorization: as themselves while they are recorded, otherwise carried out at once.
template <class A>
constexpr auto factors_of_matrix(const A& a) {
  return apply_as_they_are<op::lu, square_matrix<A>::factors>(0, a);
}

}  // namespace detail

/// The part of a matrix below its diagonal and on it; zeros above.
///
///     lower_triangle(a)(i, j) == (j <= i ? a(i, j) : 0)
template <detail::TensorValue A>
constexpr auto lower_triangle(const A& a) {
  constexpr auto form = detail::extents_of_type<A>();
  static_assert(form.rank() == 2, "tapeless: the shapes do not fit; a triangle is a matrix's");
  return detail::apply_as_they_are<op::triangle_part, form.code()>(0, a);
}

/// The part of a matrix above its diagonal and on it; zeros below.
///
///     upper_triangle(a)(i, j) == (i <= j ? a(i, j) : 0)
template <detail::TensorValue A>
constexpr auto upper_triangle(const A& a) {
  constexpr auto form = detail::extents_of_type<A>();
  static_assert(form.rank() == 2, "tapeless: the shapes do not fit; a triangle is a matrix's");
  return detail::apply_as_they_are<op::triangle_part, form.code()>(detail::upper_part, a);
}

/// The diagonal of a square matrix, as a vector.
///
///     diagonal(a)[i] == a(i, i)
template <detail::TensorValue A>
constexpr auto diagonal(const A& a) {
  return detail::apply_as_they_are<op::diagonal, detail::square_matrix<A>::vector>(0, a);
}

/// The square matrix with a vector on its diagonal, and zeros elsewhere.
///
///     diagonal(diagonal_matrix(x)) == x
template <detail::TensorValue X>
constexpr auto diagonal_matrix(const X& x) {
  constexpr auto form = detail::extents_of_type<X>();
  static_assert(form.rank() == 1, "tapeless: the shapes do not fit; diagonal_matrix takes a vector");
  return detail::apply_as_they_are<op::diagonal_matrix, detail::real_shape(form.extent(0), form.extent(0)).code()>(0,
                                                                                                                   x);
}

/// The sum of the elements on the diagonal of a square matrix.
///
///     trace(a) == a(0, 0) + a(1, 1) + ...
template <detail::TensorValue A>
constexpr auto trace(const A& a) {
  return sum(diagonal(a));
}

/// The lower triangular factor of a positive definite matrix.
///
///     cholesky(a) * transpose(cholesky(a)) == (a + transpose(a)) / 2
///
/// It sees only the symmetric part of the matrix; so its derivative is symmetric. Where that part is not positive
/// definite the first row that shows it, and what depends on it, is NaN (infinite or NaN below a pivot that is 0).
///
///     const auto z = tl::solve_triangular(tl::cholesky(covariance), x - mean);
///     return -0.5 * tl::squared_norm(z);
template <detail::TensorValue A>
constexpr auto cholesky(const A& a) {
  return detail::apply_as_they_are<op::cholesky, detail::square_matrix<A>::code>(0, a);
}

/// The solution of a triangular system, for a vector or for each column of a matrix.
///
///     solve_triangular(l, b):                               l * x == b, of l only what is not above the diagonal
///     solve_triangular<tl::triangle::upper>(u, b):            u * x == b, of u only what is not below it
///     solve_triangular<tl::triangle::lower_transposed>(l, b): transpose(l) * x == b; and so `upper_transposed`
///
/// The other triangle of the matrix is not looked at, and its derivative is 0. Where the diagonal has a zero, x is
/// infinite or NaN.
template <triangle Which = triangle::lower, detail::TensorValue A, detail::TensorValue B>
constexpr auto solve_triangular(const A& a, const B& b) {
  constexpr bool upper = Which == triangle::upper || Which == triangle::upper_transposed;
  constexpr bool flipped = Which == triangle::lower_transposed || Which == triangle::upper_transposed;
  return detail::apply_to_system<op::triangular_solve, detail::square_matrix<A>::code>(
      (upper ? detail::upper_part : 0) | (flipped ? detail::transposed_system : 0), a, b);
}

/// The solution of a system of linear equations, for a vector or for each column of a matrix.
///
///     a * solve(a, b) == b
///
/// By elimination with partial pivoting; `solve<tl::matrix_kind::positive_definite>` takes the Cholesky factor, half
/// the work, of a matrix that is known to be so (and of others the symmetric part, see `cholesky`). Where the matrix is
/// singular, x is infinite or NaN; where it is nearly so, x is as inaccurate as its condition says.
///
///     const auto step = tl::solve(tl::hessian(f)(x), tl::gradient(f)(x));
template <matrix_kind Kind = matrix_kind::general, detail::TensorValue A, detail::TensorValue B>
constexpr auto solve(const A& a, const B& b) {
  if constexpr (Kind == matrix_kind::positive_definite) {
    const auto factor = cholesky(a);
    return solve_triangular<triangle::lower_transposed>(factor, solve_triangular(factor, b));
  } else if constexpr (detail::any_recorded<A, B>) {
    return detail::apply_to_system<op::solve, detail::square_matrix<A>::code>(0, a, b);
  } else {
    using system = detail::linear_system<A, B>;
    using scalar = typename system::scalar;
    return detail::reshaped<system::code>(
        detail::apply_whole<op::lu_solve, scalar, system::columns, detail::square_matrix<A>::factors, system::columns>(
            0, detail::factors_of_matrix(a), b));
  }
}

/// The inverse of a square matrix.
///
///     a * inverse(a) is the identity
///
/// `solve(a, b)` is faster and more accurate than `inverse(a) * b`. Where the matrix is singular, elements are infinite
/// or NaN.
template <detail::TensorValue A>
constexpr auto inverse(const A& a) {
  using matrix = detail::square_matrix<A>;
  if constexpr (detail::any_recorded<A>) return detail::apply_as_they_are<op::inverse, matrix::code>(0, a);
  else return detail::apply_as_they_are<op::lu_inverse, matrix::code>(0, detail::factors_of_matrix(a));
}

/// The determinant of a square matrix.
///
///     determinant(a * b) == determinant(a) * determinant(b)
///
/// 0 where the matrix is singular (up to rounding). Its derivative there is exact up to order 3, and NaN above.
template <detail::TensorValue A>
constexpr auto determinant(const A& a) {
  using matrix = detail::square_matrix<A>;
  constexpr std::uint64_t number = detail::real_shape().code();
  if constexpr (detail::any_recorded<A>) return detail::apply_as_they_are<op::determinant, number>(0, a);
  else if constexpr (matrix::n <= detail::written_out)
    return detail::apply_as_they_are<op::lu_determinant, number>(0, a);
  else return detail::apply_as_they_are<op::lu_determinant, number>(0, detail::factors_of_matrix(a));
}

/// The logarithm of the absolute value of a square matrix's determinant, which itself may overflow.
///
///     log_determinant(a) == log(abs(determinant(a)))
///
/// `log_determinant<tl::matrix_kind::positive_definite>` takes the Cholesky factor, half the work, of a matrix that is
/// known to be so; NaN where it is not. Where the matrix is singular, minus infinity, and the derivative is NaN.
template <matrix_kind Kind = matrix_kind::general, detail::TensorValue A>
constexpr auto log_determinant(const A& a) {
  constexpr std::uint64_t number = detail::real_shape().code();
  if constexpr (Kind == matrix_kind::positive_definite) {
    return 2.0 * sum(log(diagonal(cholesky(a))));
  } else {
    using matrix = detail::square_matrix<A>;
    static_assert(matrix::n > 0);
    if constexpr (detail::any_recorded<A>) return detail::apply_as_they_are<op::log_determinant, number>(0, a);
    else return detail::apply_as_they_are<op::lu_determinant, number>(1, detail::factors_of_matrix(a));
  }
}

}  // namespace tapeless
