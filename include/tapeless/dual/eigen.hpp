// SPDX-License-Identifier: BSL-1.0
#pragma once

#if __has_include(<Eigen/Core>)

  #include <Eigen/Core>

  #include <tapeless/dual/dual.hpp>

// Duals as the scalars of Eigen's matrices. Not part of tapeless.hpp: who uses Eigen includes this as well.
//
//     Eigen::Matrix<tl::dual<double, 3>, 3, 3> a = ...;
//     auto x = a.partialPivLu().solve(b).eval();  // x(i).tangent: how the solution changes

/// What Eigen asks of a scalar. Precision and range are those of the number that a dual is made of; expressions of
/// duals cost more than those of plain numbers.
template <class T, std::size_t N>
struct Eigen::NumTraits<tapeless::dual<T, N>> : Eigen::GenericNumTraits<tapeless::dual<T, N>> {
  using Real = tapeless::dual<T, N>;
  using NonInteger = Real;
  using Nested = Real;
  using Literal = typename Eigen::NumTraits<T>::Literal;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = static_cast<int>(N + 1) * static_cast<int>(Eigen::NumTraits<T>::ReadCost),
    AddCost = static_cast<int>(N + 1) * static_cast<int>(Eigen::NumTraits<T>::AddCost),
    MulCost = static_cast<int>(2 * N + 1) * static_cast<int>(Eigen::NumTraits<T>::MulCost)
  };
  static constexpr Real epsilon() { return std::numeric_limits<T>::epsilon(); }
  static constexpr Real dummy_precision() { return Real(Eigen::NumTraits<T>::dummy_precision()); }
  static constexpr Real highest() { return std::numeric_limits<T>::max(); }
  static constexpr Real lowest() { return std::numeric_limits<T>::lowest(); }
  static constexpr Real infinity() { return std::numeric_limits<T>::infinity(); }
  static constexpr Real quiet_NaN() { return std::numeric_limits<T>::quiet_NaN(); }
  static constexpr int digits10() { return std::numeric_limits<T>::digits10; }
};

/// Matrices of duals beside plain matrices and numbers.
template <class T, std::size_t N, class Operation>
struct Eigen::ScalarBinaryOpTraits<tapeless::dual<T, N>, T, Operation> {
  using ReturnType = tapeless::dual<T, N>;
};
template <class T, std::size_t N, class Operation>
struct Eigen::ScalarBinaryOpTraits<T, tapeless::dual<T, N>, Operation> {
  using ReturnType = tapeless::dual<T, N>;
};

#endif
