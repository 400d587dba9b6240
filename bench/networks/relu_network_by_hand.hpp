// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__GNUC__) && !defined(__clang__)  // of GCC's own functions for AVX-512
  #pragma GCC diagnostic ignored "-Wuninitialized"
  #pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if __has_include(<Eigen/Core>)
  #include <Eigen/Core>
#elif __has_include(<eigen3/Eigen/Core>)
  #include <eigen3/Eigen/Core>
#endif

#include "relu_network.hpp"

namespace kernels {

/// Loops as a careful engineer writes them: the innermost runs along rows, over numbers that do not depend on each
/// other, and what it adds to stays in the first cache.
template <class T>
struct relu_network_in_loops {
  static constexpr std::size_t batch = 32, units = 64, classes = 10;

  /// C = start + A B, the start a row.
  template <std::size_t Rows, std::size_t Columns, std::size_t Depth>
  static void product(const T* a, const T* b, const T* start, T* c) {
    for (std::size_t i = 0; i < Rows; ++i) {
      T sum[Columns];
      for (std::size_t j = 0; j < Columns; ++j) sum[j] = start[j];
      for (std::size_t k = 0; k < Depth; ++k)
        for (std::size_t j = 0; j < Columns; ++j) sum[j] += a[i * Depth + k] * b[k * Columns + j];
      for (std::size_t j = 0; j < Columns; ++j) c[i * Columns + j] = sum[j];
    }
  }
  /// C = A^T B.
  template <std::size_t Rows, std::size_t Columns, std::size_t Depth>
  static void transposed_product(const T* a, const T* b, T* c) {
    for (std::size_t i = 0; i < Rows; ++i) {
      T sum[Columns]{};
      for (std::size_t k = 0; k < Depth; ++k)
        for (std::size_t j = 0; j < Columns; ++j) sum[j] += a[k * Rows + i] * b[k * Columns + j];
      for (std::size_t j = 0; j < Columns; ++j) c[i * Columns + j] = sum[j];
    }
  }
  template <std::size_t Rows, std::size_t Columns>
  static void sum_of_rows(const T* a, T* c) {
    for (std::size_t j = 0; j < Columns; ++j) c[j] = a[j];
    for (std::size_t i = 1; i < Rows; ++i)
      for (std::size_t j = 0; j < Columns; ++j) c[j] += a[i * Columns + j];
  }

  static void run(const typename relu_network<T>::input& in, typename relu_network<T>::output& out) {
    const auto& [w1, b1, w2, b2] = in.p;
    auto& [gw1, gb1, gw2, gb2] = out.gradient;
    alignas(64) T hidden[batch * units], slope_1[batch * units], slope_2[batch * classes],
        w2_transposed[classes * units];
    product<batch, units, units>(in.x.data(), w1.data(), b1.data(), hidden);
    for (T& h : hidden) h = h > 0 ? h : 0;
    product<batch, classes, units>(hidden, w2.data(), b2.data(), slope_2);

    T loss = 0;
    for (std::size_t n = 0; n < batch; ++n) {
      T* const s = slope_2 + n * classes;
      const auto label = static_cast<std::size_t>(in.label[n]);
      T most = s[0], sum = 0;
      for (std::size_t j = 1; j < classes; ++j) most = s[j] > most ? s[j] : most;
      loss += most - s[label];
      for (std::size_t j = 0; j < classes; ++j) s[j] = std::exp(s[j] - most), sum += s[j];
      loss += std::log(sum);
      const T scale = 1 / (T(batch) * sum);
      for (std::size_t j = 0; j < classes; ++j) s[j] *= scale;
      s[label] -= 1 / T(batch);
    }
    out.value = loss / T(batch);

    transposed_product<units, classes, batch>(hidden, slope_2, gw2.data());
    sum_of_rows<batch, classes>(slope_2, gb2.data());
    for (std::size_t i = 0; i < units; ++i)
      for (std::size_t j = 0; j < classes; ++j) w2_transposed[j * units + i] = w2.data()[i * classes + j];
    const T none[units]{};
    product<batch, units, classes>(slope_2, w2_transposed, none, slope_1);
    for (std::size_t i = 0; i < batch * units; ++i) slope_1[i] = hidden[i] > 0 ? slope_1[i] : 0;
    transposed_product<units, units, batch>(in.x.data(), slope_1, gw1.data());
    sum_of_rows<batch, units>(slope_1, gb1.data());
  }
};

#if defined(EIGEN_CORE_H)
/// Matrices of fixed sizes, no temporaries.
template <class T>
struct relu_network_in_eigen {
  template <int Rows, int Columns>
  using matrix = Eigen::Matrix<T, Rows, Columns, Eigen::RowMajor>;
  template <int Rows, int Columns>
  using view = Eigen::Map<matrix<Rows, Columns>, Eigen::Aligned64>;
  template <int Rows, int Columns>
  using constant_view = Eigen::Map<const matrix<Rows, Columns>, Eigen::Aligned64>;

  static void run(const typename relu_network<T>::input& in, typename relu_network<T>::output& out) {
    const auto& [p1, p2, p3, p4] = in.p;
    const constant_view<64, 64> w1(p1.data());
    const constant_view<64, 10> w2(p3.data());
    const constant_view<1, 64> b1(p2.data());
    const constant_view<1, 10> b2(p4.data());
    const constant_view<32, 64> x(in.x.data());
    auto& [g1, g2, g3, g4] = out.gradient;
    view<64, 64> gw1(g1.data());
    view<64, 10> gw2(g3.data());
    view<1, 64> gb1(g2.data());
    view<1, 10> gb2(g4.data());

    matrix<32, 64> hidden;
    hidden.noalias() = x * w1;
    hidden = (hidden.rowwise() + b1).cwiseMax(T(0));
    matrix<32, 10> slope_2;
    slope_2.noalias() = hidden * w2;
    slope_2.rowwise() += b2;
    const Eigen::Matrix<T, 32, 1> most = slope_2.rowwise().maxCoeff();
    slope_2.colwise() -= most;
    T loss = 0;
    for (int n = 0; n < 32; ++n) loss -= slope_2(n, in.label[static_cast<std::size_t>(n)]);
    slope_2 = slope_2.array().exp();
    const Eigen::Matrix<T, 32, 1> sum = slope_2.rowwise().sum();
    out.value = (loss + sum.array().log().sum()) / 32;
    slope_2.array().colwise() *= (T(32) * sum.array()).inverse();
    for (int n = 0; n < 32; ++n) slope_2(n, in.label[static_cast<std::size_t>(n)]) -= T(1) / 32;

    gw2.noalias() = hidden.transpose() * slope_2;
    gb2 = slope_2.colwise().sum();
    matrix<32, 64> slope_1;
    slope_1.noalias() = slope_2 * w2.transpose();
    slope_1 = (hidden.array() > 0).select(slope_1, T(0));
    gw1.noalias() = x.transpose() * slope_1;
    gb1 = slope_1.colwise().sum();
  }
};
#endif

}  // namespace kernels
