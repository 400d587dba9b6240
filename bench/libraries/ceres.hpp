// SPDX-License-Identifier: BSL-1.0
// packages: libceres-dev libeigen3-dev
// headers: ceres/jet.h Eigen/Core
// folders: eigen3
#pragma once

#include <Eigen/Core>

#include <ceres/jet.h>

#include "harness/forward.hpp"

// Which Ceres has for one level only.
namespace ceres {
template <class T, int M, int N>
using nested = Jet<Jet<T, M>, N>;
// clang-format off
template <class T, int M, int N> nested<T, M, N> operator+(nested<T, M, N> x, double s) { x.a += s; return x; }
template <class T, int M, int N> nested<T, M, N> operator*(nested<T, M, N> x, double s) {
  x.a *= s;
  for (int i = 0; i < N; ++i) x.v[i] *= s;
  return x;
}
template <class T, int M, int N> auto operator+(double s, const nested<T, M, N>& x) { return x + s; }
template <class T, int M, int N> auto operator-(const nested<T, M, N>& x, double s) { return x + -s; }
template <class T, int M, int N> auto operator-(double s, const nested<T, M, N>& x) { return -x + s; }
template <class T, int M, int N> auto operator*(double s, const nested<T, M, N>& x) { return x * s; }
template <class T, int M, int N> auto operator/(double s, const nested<T, M, N>& x) { return Jet<T, M>(s) / x; }
// clang-format on
}  // namespace ceres

namespace bench {

/// Ceres' dual numbers. Ceres multiplies by the reciprocal where others divide: quicker, and rounded twice.
struct ceres : forward_variant<ceres> {
  static constexpr auto name = "Ceres Jet";
  static constexpr int rank = 10;

  template <class T, std::size_t N>
  using number = ::ceres::Jet<T, static_cast<int>(N)>;
  template <class T, std::size_t N>
  static number<T, N> variable(const T& x, std::size_t i) {
    return {x, static_cast<int>(i)};
  }
  static auto value(const auto& y) { return y.a; }
  static auto partial(const auto& y, std::size_t i) { return y.v[static_cast<Eigen::Index>(i)]; }
};

}  // namespace bench
