// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/buffer.hpp>
#include <tapeless/op/piecewise.hpp>
#include <tapeless/tensor/factor.hpp>

// General systems, inverses and determinants. Each is an operation of its own as long as derivatives are taken; what is
// carried out is one factorization of the matrix, which all of them share.
namespace tapeless {

namespace detail {

constexpr value record_solve(recorder& r, const value& a, const value& b, bool transposed);
constexpr value record_inverse(recorder& r, const value& a);
constexpr value record_cofactors(recorder& r, const value& a);
constexpr value record_mixed_cofactors(recorder& r, const value& a, const value& b);

/// Matrices up to this order have their determinants written out.
inline constexpr std::size_t written_out = 3;

template <class C, class T>
constexpr auto exchange_if(const C& condition, T& a, T& b) {
  const T before = a;
  a = either(condition, b, a);
  b = either(condition, before, b);
}

/// Whether a row's number, kept among the elements, is i.
template <class T>
constexpr auto is_row(const T& number, std::size_t i) {
  return apply<op::equal>(number, T(static_cast<long double>(i)));
}

/// Exchanges rows of y as the factorization did, or back.
template <class T>
constexpr auto permute_rows(const T* exchanged, T* y, std::size_t n, std::size_t columns, bool back) {
  for (std::size_t step = 0; step < n; ++step) {
    const std::size_t k = back ? n - 1 - step : step;
    for (std::size_t i = k + 1; i < n; ++i) {
      const auto here = is_row(exchanged[k], i);
      if constexpr (std::same_as<decltype(here), const bool>)
        if (!here) continue;
      for (std::size_t c = 0; c < columns; ++c) exchange_if(here, y[k * columns + c], y[i * columns + c]);
    }
  }
}

/// P A = L U in place: U, below it L without its diagonal of ones, and below that for each row the one that it was
/// exchanged with. The pivot is the largest in its column; where all of them are 0 nothing is left to eliminate. No
/// step depends on a comparison but by selection, so that elements may be nodes of a graph.
template <class T>
constexpr auto factor(T* a, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) {
    T most = T(apply<op::abs>(a[k * n + k])), row = T(static_cast<long double>(k));
    for (std::size_t i = k + 1; i < n; ++i) {
      const T size = T(apply<op::abs>(a[i * n + k]));
      const auto more = apply<op::less>(most, size);
      row = either(more, T(static_cast<long double>(i)), row);
      most = either(more, size, most);
    }
    a[n * n + k] = row;
    for (std::size_t i = k + 1; i < n; ++i) {
      const auto here = is_row(row, i);
      if constexpr (std::same_as<decltype(here), const bool>)
        if (!here) continue;
      for (std::size_t j = 0; j < n; ++j) exchange_if(here, a[k * n + j], a[i * n + j]);
    }
    const T pivot = a[k * n + k];
    const auto none = apply<op::equal>(pivot, T(0));
    for (std::size_t i = k + 1; i < n; ++i) {
      const T multiple = either(none, T(0), over(a[i * n + k], pivot));
      a[i * n + k] = multiple;
      for (std::size_t j = k + 1; j < n; ++j) a[i * n + j] = without(a[i * n + j], multiple, a[k * n + j]);
    }
  }
}

template <class T>
constexpr auto solve_factored(const T* lu, T* y, std::size_t n, std::size_t columns, bool transposed) {
  if (!transposed) permute_rows(lu + n * n, y, n, columns, false);
  substitute(lu, y, n, columns, true, transposed, !transposed);
  substitute(lu, y, n, columns, false, transposed, transposed);
  if (transposed) permute_rows(lu + n * n, y, n, columns, true);
}

template <class T>
constexpr auto write_identity(T* y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) y[i * n + j] = T(i == j ? 1 : 0);
}

/// The factorization of a matrix, for elements that are nodes of a graph: only in constant expressions.
template <class T>
constexpr auto factored(const T* a, std::size_t n) {
  buffer<T> lu((n + 1) * n);
  for (std::size_t i = 0; i < n * n; ++i) lu[i] = a[i];
  factor(lu.begin(), n);
  return lu;
}

template <class T>
constexpr auto written_out_determinant(const T* a, std::size_t n) {
  if (n == 1) return a[0];
  const auto minor = [&](std::size_t from, std::size_t by, std::size_t less, std::size_t less_by) {
    return without(times(a[from], a[by]), a[less], a[less_by]);
  };
  if (n == 2) return minor(0, 3, 1, 2);
  const T first = without(times(a[0], minor(4, 8, 5, 7)), a[1], minor(3, 8, 5, 6));
  return T(apply<op::add>(first, times(a[2], minor(3, 7, 4, 6))));
}

/// The determinant from the factors, or the logarithm of its absolute value.
template <class T>
constexpr auto factored_determinant_of(const T* lu, std::size_t n, bool logarithm) {
  T result = T(logarithm ? 0 : 1);
  for (std::size_t k = 0; k < n; ++k) {
    const T pivot = lu[k * n + k];
    if (logarithm) {
      result = T(apply<op::add>(result, T(apply<op::log>(T(apply<op::abs>(pivot))))));
    } else {
      result = times(result, pivot);
      if (k + 1 < n) result = either(is_row(lu[n * n + k], k), result, T(apply<op::neg>(result)));
    }
  }
  return result;
}

}  // namespace detail

namespace op {

// ---- what is carried out --------------------------------------------------------------------------------------------

/// The factors of a square matrix, and one row more with the exchanges that partial pivoting made.
struct lu : tensor_operation<"lu", 1> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a) {
    const std::size_t n = call.operand[0].extent(0);
    for (std::size_t i = 0; i < n * n; ++i) y[i] = a[i];
    detail::factor(y, n);
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};
constexpr value lu::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<lu>(r, n.shape, 0, x[0]);
}

/// The solution of a system from the factors of its matrix; the parameter says whether that is transposed.
struct lu_solve : tensor_operation<"lu_solve", 2> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* factors, const T* b) {
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = b[i];
    detail::solve_factored(factors, y, call.result.extent(0), call.result.extent(1), call.parameter != 0);
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};
constexpr value lu_solve::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<lu_solve>(r, n.shape, detail::parameter_of(n), x[0], x[1]);
}

struct lu_inverse : tensor_operation<"lu_inverse", 1> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* factors) {
    const std::size_t n = call.result.extent(0);
    detail::write_identity(y, n);
    detail::solve_factored(factors, y, n, n, false);
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};
constexpr value lu_inverse::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<lu_inverse>(r, n.shape, 0, x[0]);
}

/// The determinant from the factors, or from a small matrix itself; with parameter 1 the logarithm of its size.
struct lu_determinant : tensor_operation<"lu_determinant", 1> {
  static constexpr bool has_derivative = false;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    const std::size_t n = call.operand[0].extent(1);
    y[0] = call.operand[0].extent(0) == n ? detail::written_out_determinant(x, n)
                                          : detail::factored_determinant_of(x, n, call.parameter != 0);
  }
  static constexpr value pullback(int, const value&, const value*, const value&) { return zero; }
};
constexpr value lu_determinant::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<lu_determinant>(r, n.shape, detail::parameter_of(n), x[0]);
}

}  // namespace op

namespace detail {
constexpr value factors_of(recorder& r, const value& a) {
  const std::size_t n = a.shape().extent(0);
  return tensor_node<op::lu>(r, shape(a.kind(), n + 1, n), 0, a);
}
}  // namespace detail

}  // namespace tapeless
