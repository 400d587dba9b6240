// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <numbers>

#include <boost/hana/define_struct.hpp>
#include <tapeless/tapeless.hpp>

#include "network.hpp"

namespace kernels {

// clang-format off
template <class T, std::size_t D, std::size_t K>
struct mixture_parameters {
  BOOST_HANA_DEFINE_STRUCT(mixture_parameters,
    (tl::vec<T, K>, weight),
    (tl::mat<T, K, D>, mean),
    (tl::mat<T, K, D>, log_diagonal),
    (tl::mat<T, K, D * (D - 1) / 2>, below));
};
// clang-format on

/// ADBench's Gaussian mixture (Srajer, Kukelova, Fitzgibbon, 2018): the log-likelihood of N points of D dimensions
/// under K components, by weights, means and the Cholesky factors of the precisions, the diagonals by their logarithms,
/// with a Wishart prior.
template <class T, std::size_t D, std::size_t K, std::size_t N, std::size_t Block>
struct mixture {
  using scalar = T;
  static constexpr const char* name = D == 2 ? "mixture d=2 K=5 N=1000" : "mixture d=10 K=25 N=1000";
  static constexpr std::size_t inputs = 2, below_diagonal = D * (D - 1) / 2;
  static constexpr double tolerance = sizeof(T) == 8 ? 1e-12 : 1e-4;
  /// Of triangles and vectors, forward and back.
  static constexpr double products = 2 * double{N} * K * (D * (D + 1) / 2);
  static constexpr T gamma = 1, degrees = 0;
  using parameters = mixture_parameters<T, D, K>;
  using output = bench::result<T, parameters>;

  struct input {
    alignas(64) parameters p;
    alignas(64) tl::mat<T, N, D> points;
    alignas(64) tl::tensor<T, N / Block, D + 1, Block> x;  // blocks of the same points, a coordinate in a row, and ones
    tl::vec<int, K * D * D> place;  // where the elements of the factors are among the parameters; the last one is 0
  };
  static input sample(std::mt19937_64& random) {
    std::normal_distribution<T> normal;
    input in{};
    auto& [weight, mean, log_diagonal, below] = in.p;
    const auto fill = [&](auto& all, T scale) {
      for (T& each : all) each = scale * normal(random);
    };
    fill(weight, T(0.5)), fill(mean, T(1)), fill(log_diagonal, T(0.3)), fill(below, T(0.3)), fill(in.points, T(1));
    for (std::size_t n = 0; n < N; ++n)
      for (std::size_t i = 0; i <= D; ++i) in.x(n / Block, i, n % Block) = i < D ? in.points(n, i) : T(1);
    for (std::size_t k = 0; k < K; ++k)
      for (std::size_t i = 0; i < D; ++i)
        for (std::size_t j = 0; j < D; ++j)
          in.place[(k * D + i) * D + j] = static_cast<int>(j > i    ? K * (D + below_diagonal)
                                                           : j == i ? k * D + i
                                                                    : K * D + k * below_diagonal + i * (i - 1) / 2 + j);
    return in;
  }

  /// What does not depend on the parameters.
  static double constant() {
    const double degrees_of_freedom = D + degrees + 1.0;
    double log_gamma = 0.25 * D * (D - 1) * std::log(std::numbers::pi);
    for (std::size_t j = 0; j < D; ++j) log_gamma += std::lgamma(0.5 * (degrees_of_freedom - static_cast<double>(j)));
    const double prior = degrees_of_freedom * D * (std::log(double{gamma}) - 0.5 * std::log(2.0)) - log_gamma;
    return -0.5 * N * D * std::log(2 * std::numbers::pi) - K * prior;
  }

  /// All factors are one matrix, beside it a column that moves the points: a product with a block of points is what
  /// they are in the coordinates of all components.
  static constexpr auto likelihood_by_products = [](const auto& p, const auto& x, const auto& place) {
    const auto diagonal = exp(p.log_diagonal);
    const auto numbers =
        concat(tl::reshape<K * D>(diagonal), tl::reshape<K * below_diagonal>(p.below), tl::vec<T, 1>{});
    const auto factors = tl::reshape<K, D, D>(gather(numbers, place));
    const auto moved = factors * tl::reshape<K, D, 1>(p.mean);
    const auto all = tl::reshape<K * D, D + 1>(concat<2>(factors, -moved));
    const auto sum_of_logs = tl::sum<1>(p.log_diagonal);
    const auto start = tl::reshape<K, 1>(p.weight + sum_of_logs);
    auto value = T(0.5 * gamma * gamma) * (squared_norm(diagonal) + squared_norm(p.below)) -
                 degrees * sum(sum_of_logs) - T(N) * logsumexp(p.weight);
    for (std::size_t b = 0; b < N / Block; ++b) {
      const auto r = tl::reshape<K, D, Block>(all * row(x, b));
      const auto t = start - T(0.5) * tl::sum<1>(hadamard(r, r));
      const auto most = stop_gradient(tl::max<0>(t));
      value = value + sum(most + log(tl::sum<0>(exp(t - most))));
    }
    return value;
  };

  /// Coordinate by coordinate and component by component, each a vector of all points.
  static constexpr auto likelihood_by_coordinates = [](const auto& p, const auto& x, const auto&) {
    const auto diagonal = exp(p.log_diagonal);
    const auto sum_of_logs = tl::sum<1>(p.log_diagonal);
    const auto points = tl::reshape<D + 1, N>(x);
    const auto start = p.weight + sum_of_logs;
    const auto exponent = [&](std::size_t k) {
      const auto moved = [&](std::size_t j) { return row(points, j) - p.mean(k, j); };
      const auto squared = [&](std::size_t i) {
        auto r = diagonal(k, i) * moved(i);
        for (std::size_t j = 0; j < i; ++j) r = r + p.below(k, i * (i - 1) / 2 + j) * moved(j);
        return hadamard(r, r);
      };
      auto sum = squared(0);
      for (std::size_t i = 1; i < D; ++i) sum = sum + squared(i);
      return start[k] - T(0.5) * sum;
    };
    auto most = exponent(0);
    for (std::size_t k = 1; k < K; ++k) most = max(most, exponent(k));
    most = stop_gradient(most);
    auto all = exp(exponent(0) - most);
    for (std::size_t k = 1; k < K; ++k) all = all + exp(exponent(k) - most);
    return sum(most + log(all)) + T(0.5 * gamma * gamma) * (squared_norm(diagonal) + squared_norm(p.below)) -
           degrees * sum(sum_of_logs) - T(N) * logsumexp(p.weight);
  };
};

}  // namespace kernels
