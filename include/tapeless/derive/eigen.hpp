// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/eigen.hpp>
#include <tapeless/derive/sparse.hpp>

#if __has_include(<Eigen/SparseCore>)
  #include <Eigen/SparseCore>

namespace tapeless {

/// A sparse matrix of ours as one of Eigen's, without copying anything; the matrix has to outlive the map.
///
///     const auto j = tl::sparse(tl::jacobian(f))(x);
///     Eigen::VectorXd y = tl::as_eigen(j) * v;
template <class T, auto const& Pattern>
auto as_eigen(const sparse_matrix<T, Pattern>& m) {
  using map = Eigen::Map<const Eigen::SparseMatrix<T, Eigen::RowMajor, int>>;
  return map(static_cast<Eigen::Index>(m.rows()), static_cast<Eigen::Index>(m.columns()),
             static_cast<Eigen::Index>(m.nonzeros()), m.row_start.data(), m.column.data(), m.values.data());
}

}  // namespace tapeless
#endif
