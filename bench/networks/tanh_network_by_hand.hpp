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

#include "tanh_network.hpp"

namespace kernels {

/// Loops as a careful engineer writes them, with the functions of the C library: short ones are unrolled, so that
/// compilers bring what is left of a loop into vectors, sums stay in registers, and nothing overlaps.
template <class T>
struct tanh_network_in_loops {
  template <std::size_t In, std::size_t Out>
  static void layer(const T* __restrict x, const T* __restrict w, const T* __restrict b, T* __restrict y) {
    for (std::size_t j = 0; j < Out; ++j) {
      T sum = b[j];
#pragma GCC unroll 16
      for (std::size_t i = 0; i < In; ++i) sum += x[i] * w[i * Out + j];
      y[j] = sum;
    }
  }
  /// From the slopes of a layer's sums to those of its parameters, and of its inputs' sums.
  template <std::size_t In, std::size_t Out>
  static void parameter_slopes(const T* __restrict x, const T* __restrict slope, T* __restrict gw, T* __restrict gb) {
    for (std::size_t j = 0; j < Out; ++j) gb[j] = slope[j];
    for (std::size_t j = 0; j < Out; ++j) {
#pragma GCC unroll 16
      for (std::size_t i = 0; i < In; ++i) gw[i * Out + j] = x[i] * slope[j];
    }
  }
  template <std::size_t In, std::size_t Out>
  static void input_slopes(const T* __restrict x, const T* __restrict w, const T* __restrict slope,
                           T* __restrict below) {
    constexpr std::size_t lanes = 4;  // sums that compilers bring into one register
    T sum[In][lanes];
    for (std::size_t i = 0; i < In; ++i)
      for (std::size_t k = 0; k < lanes; ++k) {
        T s = 0;
#pragma GCC unroll 16
        for (std::size_t j = k; j < Out; j += lanes) s += w[i * Out + j] * slope[j];
        sum[i][k] = s;
      }
    for (std::size_t i = 0; i < In; ++i)
      below[i] = (1 - x[i] * x[i]) * ((sum[i][0] + sum[i][1]) + (sum[i][2] + sum[i][3]));
  }

  static void run(const typename tanh_network<T>::input& in, typename tanh_network<T>::output& out) {
    const auto& [w1, b1, w2, b2, w3, b3] = in.p;
    auto& [gw1, gb1, gw2, gb2, gw3, gb3] = out.gradient;
    const T* const x = in.x.data();
    T first[16], second[16], scores[3], slope_1[16], slope_2[16], slope_3[3];
    layer<4, 16>(x, w1.data(), b1.data(), first);
    for (T& y : first) y = std::tanh(y);
    layer<16, 16>(first, w2.data(), b2.data(), second);
    for (T& y : second) y = std::tanh(y);
    layer<16, 3>(second, w3.data(), b3.data(), scores);

    const T most = std::max(std::max(scores[0], scores[1]), scores[2]);
    for (std::size_t j = 0; j < 3; ++j) slope_3[j] = std::exp(scores[j] - most);
    const T sum = slope_3[0] + slope_3[1] + slope_3[2], inverse = 1 / sum;
    out.value = std::log(sum) - (scores[in.label] - most);
    for (T& s : slope_3) s *= inverse;
    slope_3[in.label] -= 1;

    parameter_slopes<16, 3>(second, slope_3, gw3.data(), gb3.data());
    input_slopes<16, 3>(second, w3.data(), slope_3, slope_2);
    parameter_slopes<16, 16>(first, slope_2, gw2.data(), gb2.data());
    input_slopes<16, 16>(first, w2.data(), slope_2, slope_1);
    parameter_slopes<4, 16>(x, slope_1, gw1.data(), gb1.data());
  }
};

#if defined(EIGEN_CORE_H)
/// Matrices of fixed sizes; Eigen's tanh is in vectors for float, and the C library's for double.
template <class T>
struct tanh_network_in_eigen {
  template <int Rows, int Columns>
  using matrix = Eigen::Matrix<T, Rows, Columns, (Columns > 1 ? Eigen::RowMajor : Eigen::ColMajor)>;
  template <int Rows, int Columns>
  using view = Eigen::Map<matrix<Rows, Columns>>;
  template <int Rows, int Columns>
  using constant_view = Eigen::Map<const matrix<Rows, Columns>>;
  template <int Columns>
  using row = matrix<1, Columns>;

  static void run(const typename tanh_network<T>::input& in, typename tanh_network<T>::output& out) {
    const auto& [p1, p2, p3, p4, p5, p6] = in.p;
    const constant_view<4, 16> w1(p1.data());
    const constant_view<16, 16> w2(p3.data());
    const constant_view<16, 3> w3(p5.data());
    const constant_view<1, 16> b1(p2.data()), b2(p4.data());
    const constant_view<1, 3> b3(p6.data());
    const constant_view<1, 4> x(in.x.data());
    auto& [g1, g2, g3, g4, g5, g6] = out.gradient;
    view<4, 16> gw1(g1.data());
    view<16, 16> gw2(g3.data());
    view<16, 3> gw3(g5.data());
    view<1, 16> gb1(g2.data()), gb2(g4.data());
    view<1, 3> gb3(g6.data());

    row<16> first = b1, second = b2;
    row<3> scores = b3;
    first.noalias() += x * w1;
    first = first.array().tanh();
    second.noalias() += first * w2;
    second = second.array().tanh();
    scores.noalias() += second * w3;
    const T most = scores.maxCoeff();
    row<3> probability = (scores.array() - most).exp();
    const T sum = probability.sum();
    out.value = std::log(sum) - (scores[in.label] - most);
    probability /= sum;
    probability[in.label] -= 1;

    gb3 = probability;
    gw3.noalias() = second.transpose() * probability;
    row<16> slope;
    slope.noalias() = probability * w3.transpose();
    gb2 = slope.array() * (1 - second.array().square());
    gw2.noalias() = first.transpose() * gb2;
    slope.noalias() = gb2 * w2.transpose();
    gb1 = slope.array() * (1 - first.array().square());
    gw1.noalias() = x.transpose() * gb1;
  }
};
#endif

}  // namespace kernels
