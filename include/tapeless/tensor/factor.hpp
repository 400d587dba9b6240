// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/choice.hpp>
#include <tapeless/tensor/matmul.hpp>

// Parts of matrices, triangular systems and the Cholesky factor: what linear algebra is put together from.
//
// Derivatives: M. B. Giles, Collected matrix derivative results for forward and reverse mode algorithmic
// differentiation, 2008 (systems, inverse, determinant); I. Murray, Differentiation of the Cholesky decomposition,
// 2016, after S. P. Smith, Differentiation of the Cholesky algorithm, 1995.
namespace tapeless {

namespace detail {

/// Which part of a matrix is kept, as bits of a parameter.
inline constexpr std::uint64_t upper_part = 1, half_diagonal = 2;
/// What a triangular system is, as bits of a parameter, with `upper_part`.
inline constexpr std::uint64_t transposed_system = 2;

constexpr value record_triangle(recorder& r, const value& x, std::uint64_t part);
constexpr value record_diagonal(recorder& r, const value& x);
constexpr value record_diagonal_matrix(recorder& r, const value& x);
constexpr value record_triangular_solve(recorder& r, const value& t, const value& b, std::uint64_t which);
constexpr value transpose_of(recorder& r, const value& x) { return record_permute(r, x, transposed_axes(2)); }

// Arithmetic on any type of number. What is infinite or no number stays in a constant expression, too.
template <class T>
constexpr auto times(const T& a, const T& b) {
  return T(apply<op::mul>(a, b));
}
template <class T>
constexpr auto over(const T& a, const T& b) {
  return T(apply<op::div>(a, b));
}
/// y - a b.
template <class T>
constexpr auto without(const T& y, const T& a, const T& b) {
  return T(apply<op::sub>(y, times(a, b)));
}

/// Solves T Y = Y in place for `columns` columns, T being a triangle of order n: the lower one, if `lower`, of t or of
/// t transposed; its diagonal is 1 if `unit`.
template <class T>
constexpr auto substitute(const T* t, T* y, std::size_t n, std::size_t columns, bool lower, bool transposed,
                          bool unit) {
  for (std::size_t step = 0; step < n; ++step) {
    const std::size_t i = lower ? step : n - 1 - step;
    for (std::size_t before = 0; before < step; ++before) {
      const std::size_t j = lower ? before : n - 1 - before;
      const T factor = transposed ? t[j * n + i] : t[i * n + j];
      for (std::size_t c = 0; c < columns; ++c)
        y[i * columns + c] = without(y[i * columns + c], factor, y[j * columns + c]);
    }
    if (!unit)
      for (std::size_t c = 0; c < columns; ++c) y[i * columns + c] = over(y[i * columns + c], t[i * n + i]);
  }
}

}  // namespace detail

namespace op {

/// A matrix with zeros above its diagonal, or below it; the diagonal may be halved.
struct triangle_part : tensor_operation<"triangle", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_triangle(r, x[0], detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const std::size_t rows = call.result.extent(0), columns = call.result.extent(1);
    const bool upper = (call.parameter & detail::upper_part) != 0, half = (call.parameter & detail::half_diagonal) != 0;
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j) {
        const std::size_t at = i * columns + j;
        if (i == j && half) y[at] = detail::times(T(0.5L), x[at]);
        else if (i == j || (j > i) == upper) y[at] = x[at];
        else y[at] = T(0);
      }
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_triangle(*y.home(), g, detail::parameter_of(*y.definition()));
  }
};

/// The diagonal of a square matrix.
struct diagonal : tensor_operation<"diagonal", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node&, const value* x) { return detail::record_diagonal(r, x[0]); }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const std::size_t n = call.result.extent(0);
    for (std::size_t i = 0; i < n; ++i) y[i] = x[i * n + i];
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_diagonal_matrix(*y.home(), g);
  }
};

/// The square matrix that has a vector on its diagonal and zeros elsewhere.
struct diagonal_matrix : tensor_operation<"diagonal_matrix", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node&, const value* x) {
    return detail::record_diagonal_matrix(r, x[0]);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const std::size_t n = call.result.extent(0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) y[i * n + j] = i == j ? x[i] : T(0);
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_diagonal(*y.home(), g);
  }
};

/// The solution X of T X = B, where T is one triangle of a matrix, as it is or transposed; the parameter says which.
struct triangular_solve : tensor_operation<"solve_triangular", 2> {
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_triangular_solve(r, x[0], x[1], detail::parameter_of(n));
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* t, const T* b) {
    const bool upper = (call.parameter & detail::upper_part) != 0;
    const bool transposed = (call.parameter & detail::transposed_system) != 0;
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = b[i];
    detail::substitute(t, y, call.result.extent(0), call.result.extent(1), upper == transposed, transposed, false);
  }
  static constexpr value pullback(int i, const value& g, const value* x, const value& y) {
    recorder& r = *y.home();
    const std::uint64_t which = detail::parameter_of(*y.definition());
    const value bar = detail::record_triangular_solve(r, x[0], g, which ^ detail::transposed_system);
    if (i == 1) return bar;
    const value both = (which & detail::transposed_system) != 0 ? detail::record_matmul(r, y, bar, false, true)
                                                                : detail::record_matmul(r, bar, y, false, true);
    return -detail::record_triangle(r, both, which & detail::upper_part);
  }
  static constexpr value pushforward(int i, const value& dx, const value* x, const value& y) {
    recorder& r = *y.home();
    const std::uint64_t which = detail::parameter_of(*y.definition());
    if (i == 1) return detail::record_triangular_solve(r, x[0], dx, which);
    const value moved = detail::record_triangle(r, dx, which & detail::upper_part);
    const value right = detail::record_matmul(r, moved, y, (which & detail::transposed_system) != 0, false);
    return -detail::record_triangular_solve(r, x[0], right, which);
  }
};

/// The lower triangular L with L L' = (A + A') / 2.
struct cholesky : tensor_operation<"cholesky", 1> {
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a) {
    const std::size_t n = call.result.extent(0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        T rest = a[i * n + j];
        if (i != j) rest = detail::times(T(0.5L), T(tapeless::apply<add>(rest, a[j * n + i])));
        for (std::size_t k = 0; k < j; ++k) rest = detail::without(rest, y[i * n + k], y[j * n + k]);
        y[i * n + j] = i == j ? T(tapeless::apply<sqrt>(rest)) : detail::over(rest, y[j * n + j]);
      }
      for (std::size_t j = i + 1; j < n; ++j) y[i * n + j] = T(0);
    }
  }
  /// L^-T S L^-1 with S = phi(L' G), where phi keeps the lower triangle and half of the diagonal; symmetric.
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    using namespace detail;
    recorder& r = *y.home();
    const value s = record_triangle(r, record_matmul(r, y, g, true, false), half_diagonal);
    const value left = record_triangular_solve(r, y, s, transposed_system);
    const value both = record_triangular_solve(r, y, transpose_of(r, left), transposed_system);
    return value(0.5) * (both + transpose_of(r, both));
  }
  /// L phi(L^-1 dA L^-T) for the symmetric part of dA.
  static constexpr value pushforward(int, const value& dx, const value*, const value& y) {
    using namespace detail;
    recorder& r = *y.home();
    const value moved = value(0.5) * (dx + transpose_of(r, dx));
    const value left = record_triangular_solve(r, y, moved, 0);
    const value both = record_triangular_solve(r, y, transpose_of(r, left), 0);
    return record_matmul(r, y, record_triangle(r, both, half_diagonal), false, false);
  }
};
constexpr value cholesky::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<cholesky>(r, n.shape, 0, x[0]);
}

}  // namespace op

namespace detail {

constexpr value record_triangle(recorder& r, const value& x, std::uint64_t part) {
  if (x.is_strong_zero()) return x;
  if (part < half_diagonal && x.is<op::triangle_part>() && parameter_of(*x.definition()) == part) return x;
  if (r.differentiating() && x.is<op::neg>()) return record_neg(r, record_triangle(r, x.operand(0), part));
  return tensor_node<op::triangle_part>(r, x.shape(), part, x);
}

constexpr value record_diagonal(recorder& r, const value& x) {
  if (!x.is_tensor()) return x;
  if (x.is<op::diagonal_matrix>()) return x.operand(0);
  return tensor_node<op::diagonal>(r, shape(x.kind(), x.shape().extent(0)), 0, x);
}
constexpr value record_diagonal_matrix(recorder& r, const value& x) {
  if (x.is_strong_zero()) return x;
  const std::size_t n = x.shape().extent(0);
  return tensor_node<op::diagonal_matrix>(r, shape(x.kind(), n, n), 0, x);
}

constexpr value record_triangular_solve(recorder& r, const value& t, const value& b, std::uint64_t which) {
  if (b.is_strong_zero()) return b;
  if (r.differentiating() && b.is<op::neg>())  // derivative: the sign goes out of the system
    return record_neg(r, record_triangular_solve(r, t, b.operand(0), which));
  return tensor_node<op::triangular_solve>(r, b.shape(), which, t, b);
}

}  // namespace detail
}  // namespace tapeless
