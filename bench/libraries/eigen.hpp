// SPDX-License-Identifier: BSL-1.0
// packages: libeigen3-dev
// headers: Eigen/Core
// folders: eigen3
#pragma once

#include <cmath>

#include <Eigen/Core>

#include <unsupported/Eigen/AutoDiff>

#include "harness/forward.hpp"

namespace Eigen {
/// Which Eigen does not have.
template <class D>
auto erf(const AutoDiffScalar<D>& x) {
  using std::erf, std::exp;
  const auto v = x.value();
  const auto slope = 1.1283791670955125739 * exp(-v * v);
  return AutoDiffScalar<typename AutoDiffScalar<D>::DerType::PlainObject>(erf(v), x.derivatives() * slope);
}
}  // namespace Eigen

namespace bench {

template <class D>
struct evaluated<Eigen::AutoDiffScalar<D>> {
  using type = Eigen::AutoDiffScalar<typename std::remove_cvref_t<D>::PlainObject>;
};

/// Eigen's dual numbers, with vectors of fixed size.
struct eigen : forward_variant<eigen> {
  static constexpr auto name = "Eigen AutoDiffScalar";
  static constexpr int rank = 10;

  template <class T, std::size_t N>
  using number = Eigen::AutoDiffScalar<Eigen::Matrix<T, static_cast<int>(N), 1>>;
  template <class T, std::size_t N>
  static number<T, N> variable(const T& x, std::size_t i) {
    return {x, static_cast<int>(N), static_cast<int>(i)};
  }
  static auto value(const auto& y) { return y.value(); }
  static auto partial(const auto& y, std::size_t i) { return y.derivatives()[static_cast<Eigen::Index>(i)]; }
};

}  // namespace bench
