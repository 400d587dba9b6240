// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/mat.hpp>

#if __has_include(<Eigen/Core>)
  #include <Eigen/Core>

namespace tapeless {

namespace detail {

/// Row by row, but for a single column, which Eigen wants column by column.
template <class T, std::size_t R, std::size_t C>
using eigen_matrix = Eigen::Matrix<std::remove_const_t<T>, static_cast<int>(R), static_cast<int>(C),
                                   (C == 1 && R > 1) ? Eigen::ColMajor : Eigen::RowMajor>;
template <class T, std::size_t R, std::size_t C>
using eigen_map =
    Eigen::Map<std::conditional_t<std::is_const_v<T>, const eigen_matrix<T, R, C>, eigen_matrix<T, R, C>>>;

}  // namespace detail

/// A vector as a column vector of Eigen's, a matrix as one of Eigen's: its very elements, so that the value has to
/// outlive the map, and what is written into the one is written into the other.
///
///     tl::mat<double, 2, 2> a{4, 1, 1, 3};
///     tl::vec<double, 2> b{1, 2}, x{};
///     tl::as_eigen(x) = tl::as_eigen(a).inverse() * tl::as_eigen(b);
template <class T, std::size_t N>
auto as_eigen(vec<T, N>& v) {
  return detail::eigen_map<T, N, 1>(v.data());
}
template <class T, std::size_t N>
auto as_eigen(const vec<T, N>& v) {
  return detail::eigen_map<const T, N, 1>(v.data());
}
template <class T, std::size_t R, std::size_t C>
auto as_eigen(mat<T, R, C>& m) {
  return detail::eigen_map<T, R, C>(m.data());
}
template <class T, std::size_t R, std::size_t C>
auto as_eigen(const mat<T, R, C>& m) {
  return detail::eigen_map<const T, R, C>(m.data());
}

/// A matrix or expression of Eigen's whose size is of its type, as a value: a vec of a single column, else a mat.
///
///     tl::vec<double, 3> v = tl::from_eigen(Eigen::Vector3d(1, 2, 3));
template <class Derived>
auto from_eigen(const Eigen::DenseBase<Derived>& expression) {
  constexpr auto rows = Derived::RowsAtCompileTime, columns = Derived::ColsAtCompileTime;
  static_assert(rows > 0 && columns > 0, "tapeless: from_eigen takes matrices whose size is part of their type");
  constexpr auto R = static_cast<std::size_t>(rows), C = static_cast<std::size_t>(columns);
  std::conditional_t<C == 1, vec<typename Derived::Scalar, R>, mat<typename Derived::Scalar, R, C>> values{};
  as_eigen(values) = expression;
  return values;
}

}  // namespace tapeless
#endif
