// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/exponential.hpp>
#include <tapeless/tensor/solve.hpp>

// The operations of linear algebra that are differentiated as such (Giles 2008); each means work on shared factors.
namespace tapeless::op {

/// The solution X of A X = B, or of A' X = B with parameter 1.
struct solve : tensor_operation<"solve", 2> {
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_solve(r, x[0], x[1], detail::parameter_of(n) != 0);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a, const T* b) {
    const std::size_t n = call.result.extent(0);
    const auto factors = detail::factored(a, n);
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = b[i];
    detail::solve_factored(factors.begin(), y, n, call.result.extent(1), call.parameter != 0);
  }
  static constexpr value meaning(recorder& r, const node& n, const value* x) {
    return detail::tensor_node<lu_solve>(r, n.shape, detail::parameter_of(n), detail::factors_of(r, x[0]), x[1]);
  }
  static constexpr value pullback(int i, const value& g, const value* x, const value& y) {
    recorder& r = *y.home();
    const bool transposed = detail::parameter_of(*y.definition()) != 0;
    const value bar = detail::record_solve(r, x[0], g, !transposed);
    if (i == 1) return bar;
    return -(transposed ? detail::record_matmul(r, y, bar, false, true)
                        : detail::record_matmul(r, bar, y, false, true));
  }
  static constexpr value pushforward(int i, const value& dx, const value* x, const value& y) {
    recorder& r = *y.home();
    const bool transposed = detail::parameter_of(*y.definition()) != 0;
    if (i == 1) return detail::record_solve(r, x[0], dx, transposed);
    return -detail::record_solve(r, x[0], detail::record_matmul(r, dx, y, transposed, false), transposed);
  }
};

/// The inverse of a square matrix.
struct inverse : tensor_operation<"inverse", 1> {
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node&, const value* x) { return detail::record_inverse(r, x[0]); }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a) {
    const std::size_t n = call.result.extent(0);
    const auto factors = detail::factored(a, n);
    detail::write_identity(y, n);
    detail::solve_factored(factors.begin(), y, n, n, false);
  }
  static constexpr value meaning(recorder& r, const node& n, const value* x) {
    return detail::tensor_node<lu_inverse>(r, n.shape, 0, detail::factors_of(r, x[0]));
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    recorder& r = *y.home();
    return -detail::record_matmul(r, detail::record_matmul(r, y, g, true, false), y, false, true);
  }
  static constexpr value pushforward(int, const value& dx, const value*, const value& y) {
    recorder& r = *y.home();
    return -detail::record_matmul(r, detail::record_matmul(r, y, dx, false, false), y, false, false);
  }
};

/// The cofactors of a matrix of order 2: linear, and its own adjoint.
struct cofactors : tensor_operation<"cofactors", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node&, const value* x) { return detail::record_cofactors(r, x[0]); }
  template <class T>
  static constexpr auto compute(const detail::tensor_call&, T* y, const T* a) {
    y[0] = a[3];
    y[1] = T(tapeless::apply<neg>(a[2]));
    y[2] = T(tapeless::apply<neg>(a[1]));
    y[3] = a[0];
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_cofactors(*y.home(), g);
  }
};

/// What is linear in each of two matrices of order 3, and twice the cofactors of a matrix that is both. With a third
/// matrix multiplied into it the three are alike, so it is its own adjoint.
struct mixed_cofactors : tensor_operation<"mixed_cofactors", 2> {
  static constexpr bool is_linear = true;
  static constexpr bool commutative = true;
  static constexpr value record(recorder& r, const node&, const value* x) {
    return detail::record_mixed_cofactors(r, x[0], x[1]);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call&, T* y, const T* a, const T* b) {
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        const auto at = [&](std::size_t down, std::size_t across) { return (i + down) % 3 * 3 + (j + across) % 3; };
        const T left = detail::without(detail::times(a[at(1, 1)], b[at(2, 2)]), a[at(1, 2)], b[at(2, 1)]);
        const T right = detail::without(detail::times(b[at(1, 1)], a[at(2, 2)]), b[at(1, 2)], a[at(2, 1)]);
        y[i * 3 + j] = T(tapeless::apply<add>(left, right));
      }
  }
  static constexpr value pullback(int i, const value& g, const value* x, const value& y) {
    return detail::record_mixed_cofactors(*y.home(), g, x[1 - i]);
  }
};

/// The determinant of a square matrix. Up to order 3 the derivative is that of the polynomial, wherever it is taken;
/// above it takes the inverse.
struct determinant : tensor_operation<"determinant", 1> {
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a) {
    const std::size_t n = call.operand[0].extent(0);
    y[0] = n <= detail::written_out ? detail::written_out_determinant(a, n)
                                    : detail::factored_determinant_of(detail::factored(a, n).begin(), n, false);
  }
  static constexpr value meaning(recorder& r, const node& n, const value* x) {
    const bool small = x[0].shape().extent(0) <= detail::written_out;
    return detail::tensor_node<lu_determinant>(r, n.shape, 0, small ? x[0] : detail::factors_of(r, x[0]));
  }
  static constexpr value slope(const value& g, const value& a, const value& y) {
    recorder& r = *y.home();
    switch (a.shape().extent(0)) {
      case 1:
        return detail::record_broadcast(r, g, a.shape(), 0);
      case 2:
        return g * detail::record_cofactors(r, a);
      case 3:
        return (value(0.5) * g) * detail::record_mixed_cofactors(r, a, a);
      default:
        return (g * y) * detail::transpose_of(r, detail::record_inverse(r, a));
    }
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) { return slope(g, x[0], y); }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    return detail::record_sum(*y.home(), dx * detail::shaped(*y.home(), slope(one, x[0], y), x[0].shape()), 0);
  }
};
constexpr value determinant::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<determinant>(r, n.shape, 0, x[0]);
}

/// The logarithm of the determinant's absolute value.
struct log_determinant : tensor_operation<"log_determinant", 1> {
  static constexpr bool is_composed = true;
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* a) {
    const std::size_t n = call.operand[0].extent(0);
    y[0] = detail::factored_determinant_of(detail::factored(a, n).begin(), n, true);
  }
  static constexpr value meaning(recorder& r, const node& n, const value* x) {
    return detail::tensor_node<lu_determinant>(r, n.shape, 1, detail::factors_of(r, x[0]));
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    recorder& r = *y.home();
    return g * detail::transpose_of(r, detail::record_inverse(r, x[0]));
  }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    return detail::record_sum(*y.home(), dx * pullback(0, one, x, y), 0);
  }
};
constexpr value log_determinant::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<log_determinant>(r, n.shape, 0, x[0]);
}

}  // namespace tapeless::op

namespace tapeless::detail {

constexpr value record_solve(recorder& r, const value& a, const value& b, bool transposed) {
  if (b.is_strong_zero()) return b;
  if (r.differentiating() && b.is<op::neg>())  // derivative: the sign goes out of the system
    return record_neg(r, record_solve(r, a, b.operand(0), transposed));
  return tensor_node<op::solve>(r, b.shape(), transposed, a, b);
}
constexpr value record_inverse(recorder& r, const value& a) { return tensor_node<op::inverse>(r, a.shape(), 0, a); }
constexpr value record_cofactors(recorder& r, const value& a) {
  if (a.is_strong_zero()) return a;
  return tensor_node<op::cofactors>(r, a.shape(), 0, a);
}
constexpr value record_mixed_cofactors(recorder& r, const value& a, const value& b) {
  if (a.is_strong_zero() || b.is_strong_zero()) return zero;
  return tensor_node<op::mixed_cofactors>(r, a.shape(), 0, a, b);
}

}  // namespace tapeless::detail
