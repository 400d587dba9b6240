// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mixture.hpp"

namespace kernels {

/// Point by point; what a component adds to its slopes is summed up in place.
template <class Mixture>
struct mixture_in_loops;
template <class T, std::size_t D, std::size_t K, std::size_t N, std::size_t Block>
struct mixture_in_loops<mixture<T, D, K, N, Block>> {
  using problem = mixture<T, D, K, N, Block>;
  static constexpr std::size_t below_diagonal = problem::below_diagonal;

  struct component {
    T start, diagonal[D], below[below_diagonal], mean[D];
    T weight, moments[D], squares[D], mixed[below_diagonal];  // sums over the points, of p, p r, p r c
  };

  static void run(const typename problem::input& in, typename problem::output& out) {
    static const T constant = T(problem::constant());
    component all[K];
    T prior = 0, logs = 0, most_weight = in.p.weight[0], weights = 0;
    for (std::size_t k = 0; k < K; ++k) {
      component& c = all[k];
      c = {};
      c.start = in.p.weight[k];
      most_weight = std::max(most_weight, c.start);
      for (std::size_t i = 0; i < D; ++i) {
        const T log_diagonal = in.p.log_diagonal(k, i);
        c.start += log_diagonal, logs += log_diagonal;
        c.diagonal[i] = std::exp(log_diagonal), c.mean[i] = in.p.mean(k, i);
        prior += c.diagonal[i] * c.diagonal[i];
      }
      for (std::size_t i = 0; i < below_diagonal; ++i) {
        c.below[i] = in.p.below(k, i);
        prior += c.below[i] * c.below[i];
      }
    }
    for (std::size_t k = 0; k < K; ++k) weights += std::exp(in.p.weight[k] - most_weight);

    T sum = 0;
    for (std::size_t n = 0; n < N; ++n) {
      const T* const x = in.points.data() + n * D;
      T r[K][D], centered[K][D], exponent[K], total = 0;
      for (std::size_t k = 0; k < K; ++k) {
        const component& c = all[k];
        T square = 0;
        for (std::size_t i = 0; i < D; ++i) {
          centered[k][i] = x[i] - c.mean[i];
          r[k][i] = c.diagonal[i] * centered[k][i];
          for (std::size_t j = 0; j < i; ++j) r[k][i] += c.below[i * (i - 1) / 2 + j] * centered[k][j];
          square += r[k][i] * r[k][i];
        }
        exponent[k] = c.start - T(0.5) * square;
      }
      T most = exponent[0];
      for (std::size_t k = 1; k < K; ++k) most = std::max(most, exponent[k]);
      for (std::size_t k = 0; k < K; ++k) exponent[k] = std::exp(exponent[k] - most), total += exponent[k];
      sum += most + std::log(total);
      const T inverse = 1 / total;
      for (std::size_t k = 0; k < K; ++k) {
        component& c = all[k];
        const T p = exponent[k] * inverse;
        c.weight += p;
        for (std::size_t i = 0; i < D; ++i) {
          const T slope = p * r[k][i];
          c.moments[i] += slope;
          c.squares[i] += slope * centered[k][i];
          for (std::size_t j = 0; j < i; ++j) c.mixed[i * (i - 1) / 2 + j] += slope * centered[k][j];
        }
      }
    }

    constexpr T square = problem::gamma * problem::gamma;
    out.value =
        constant + sum - T(N) * (most_weight + std::log(weights)) + T(0.5) * square * prior - problem::degrees * logs;
    auto& [g_weight, g_mean, g_log_diagonal, g_below] = out.gradient;
    for (std::size_t k = 0; k < K; ++k) {
      const component& c = all[k];
      g_weight[k] = c.weight - T(N) / weights * std::exp(in.p.weight[k] - most_weight);
      for (std::size_t i = 0; i < D; ++i) {
        g_log_diagonal(k, i) = c.weight - problem::degrees + c.diagonal[i] * (square * c.diagonal[i] - c.squares[i]);
        T slope = c.diagonal[i] * c.moments[i];
        for (std::size_t j = i + 1; j < D; ++j) slope += c.below[j * (j - 1) / 2 + i] * c.moments[j];
        g_mean(k, i) = slope;
      }
      for (std::size_t i = 0; i < below_diagonal; ++i) g_below(k, i) = square * c.below[i] - c.mixed[i];
    }
  }
};

}  // namespace kernels
