// SPDX-License-Identifier: BSL-1.0
#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <utility>

#include <tapeless/tapeless.hpp>

#include "../sweep.hpp"
#include "catch.hpp"

// The same operations as Eigen's, on all shapes from 1 to 5 and some awkward ones.
namespace {

/// Reproducible numbers between -1 and 1.
template <std::size_t R, std::size_t C>
tl::mat<double, R, C> random_matrix(unsigned seed) {
  std::mt19937 engine(seed);
  tl::mat<double, R, C> a{};
  for (double& each : a) each = static_cast<double>(engine()) / 2147483648.0 - 1;
  return a;
}
template <std::size_t N>
tl::vec<double, N> random_vector(unsigned seed) {
  const auto line = random_matrix<N, 1>(seed);
  return line.column(0);
}

/// Eigen's own copy, of a size that is known at run time only: else its templates would be made for every shape.
using dynamic = Eigen::MatrixXd;
template <std::size_t R, std::size_t C>
dynamic in_eigen(const tl::mat<double, R, C>& a) {
  return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      a.data(), static_cast<Eigen::Index>(R), static_cast<Eigen::Index>(C));
}
template <std::size_t N>
dynamic in_eigen(const tl::vec<double, N>& x) {
  return Eigen::Map<const Eigen::VectorXd>(x.data(), static_cast<Eigen::Index>(N));
}

bool is_close(double a, double b) { return std::abs(a - b) <= 1e-11 * std::max(1.0, std::abs(b)); }
/// A tensor of ours beside a matrix of Eigen's that was computed from the same numbers.
bool is_close(const dynamic& ours, const dynamic& theirs) {
  return (ours - theirs).cwiseAbs().maxCoeff() <= 1e-11 * std::max(1.0, theirs.cwiseAbs().maxCoeff());
}
template <class Ours>
requires requires(const Ours& x) { in_eigen(x); }
bool is_close(const Ours& ours, const dynamic& theirs) { return is_close(in_eigen(ours), theirs); }

template <std::size_t R, std::size_t C>
bool elements_agree() {
  const auto a = random_matrix<R, C>(R * 10 + C), b = random_matrix<R, C>(R * 10 + C + 100);
  const auto row = random_vector<C>(3);
  const auto ea = in_eigen(a), eb = in_eigen(b);
  const auto er = in_eigen(row);
  return is_close(a + b, ea + eb) && is_close(a - 2.0 * b, ea - 2 * eb) &&
         is_close(hadamard(a, b), ea.cwiseProduct(eb)) &&
         is_close(a / (2.0 + b), (ea.array() / (2 + eb.array())).matrix()) &&
         is_close(tanh(a), ea.array().tanh().matrix()) && is_close(exp(a), ea.array().exp().matrix()) &&
         is_close(a + row, ea.rowwise() + er.col(0).transpose()) && is_close(transpose(a), ea.transpose()) &&
         is_close(sum(a), ea.sum()) && is_close(mean(a), ea.mean()) && is_close(max(a), ea.maxCoeff()) &&
         is_close(min(a), ea.minCoeff()) && is_close(norm(a), ea.norm()) &&
         is_close(tl::squared_norm(a), ea.squaredNorm()) && is_close(dot(a, b), ea.cwiseProduct(eb).sum()) &&
         is_close(tl::sum<0>(a), ea.colwise().sum().transpose()) && is_close(tl::sum<1>(a), ea.rowwise().sum()) &&
         is_close(tl::max<0>(a), ea.colwise().maxCoeff().transpose()) &&
         is_close(tl::max<1>(a), ea.rowwise().maxCoeff()) && is_close(tl::mean<1>(a), ea.rowwise().mean());
}

template <std::size_t R, std::size_t K, std::size_t C>
bool products_agree() {
  const auto a = random_matrix<R, K>(R * 10 + K);
  const auto transposed_a = transpose(a);
  const auto b = random_matrix<K, C>(K * 10 + C);
  const auto transposed_b = transpose(b);
  const auto x = random_vector<K>(5);
  const auto y = random_vector<R>(6);
  const auto ea = in_eigen(a);
  const auto eb = in_eigen(b);
  const auto ex = in_eigen(x);
  const auto ey = in_eigen(y);
  return is_close(a * b, ea * eb) && is_close(transpose(transposed_a) * b, ea * eb) &&
         is_close(a * transpose(transposed_b), ea * eb) && is_close(a * x, ea * ex) &&
         is_close(y * a, ea.transpose() * ey) && is_close(outer(y, x), ey * ex.transpose());
}

/// And recorded, as one program that is large enough to run as kernels.
template <std::size_t R, std::size_t K, std::size_t C>
bool gradients_agree() {
  constexpr auto f = [](const auto& a, const auto& b, const auto& ballast) {
    return sum(tanh(a * b)) + tl::squared_norm(ballast);
  };
  const auto a = random_matrix<R, K>(R * 10 + K);
  const auto b = random_matrix<K, C>(K * 10 + C);
  const tl::vec<double, 130> ballast{};
  const auto ea = in_eigen(a);
  const auto eb = in_eigen(b);
  const auto [value, slope] = tl::value_and_gradient(f, tl::wrt<0, 1>)(a, b, ballast);
  const dynamic inner = (ea * eb).array().tanh().matrix();
  const dynamic bar = (1 - inner.array().square()).matrix();
  return is_close(value, inner.sum()) && is_close(std::get<0>(slope), bar * eb.transpose()) &&
         is_close(std::get<1>(slope), ea.transpose() * bar);
}

template <std::size_t N>
bool systems_agree() {
  auto a = random_matrix<N, N>(N);
  for (std::size_t i = 0; i < N; ++i) a(i, (i + 1) % N) += 2;
  auto definite = a * transpose(a);
  for (std::size_t i = 0; i < N; ++i) definite(i, i) += 0.5;
  const auto b = random_matrix<N, 3>(N + 50);
  const auto x = random_vector<N>(N + 60);
  for (std::size_t i = 0; i < N; ++i) a(i, i) += 4;
  const dynamic ea = in_eigen(a), ed = in_eigen(definite);
  const auto eb = in_eigen(b);
  const auto ex = in_eigen(x);
  constexpr auto positive = tl::matrix_kind::positive_definite;
  const auto lower = ea.triangularView<Eigen::Lower>();
  const auto upper = ea.triangularView<Eigen::Upper>();
  using tl::triangle;
  return is_close(solve(a, b), ea.partialPivLu().solve(eb)) && is_close(solve(a, x), ea.partialPivLu().solve(ex)) &&
         is_close(tl::solve<positive>(definite, b), ed.llt().solve(eb)) && is_close(inverse(a), ea.inverse()) &&
         is_close(determinant(a), ea.determinant()) &&
         is_close(log_determinant(a), std::log(std::abs(ea.determinant()))) &&
         is_close(tl::log_determinant<positive>(definite), std::log(ed.determinant())) &&
         is_close(cholesky(definite), dynamic(ed.llt().matrixL())) &&
         is_close(tl::solve_triangular(a, b), lower.solve(eb)) &&
         is_close(tl::solve_triangular<triangle::upper>(a, b), upper.solve(eb)) &&
         is_close(tl::solve_triangular<triangle::lower_transposed>(a, b), lower.transpose().solve(eb)) &&
         is_close(tl::solve_triangular<triangle::upper_transposed>(a, b), upper.transpose().solve(eb)) &&
         is_close(lower_triangle(a), dynamic(lower)) && is_close(upper_triangle(a), dynamic(upper)) &&
         is_close(diagonal(a), ea.diagonal()) && is_close(trace(a), ea.trace());
}

// All extents from 1 to 5 in the sweep. Otherwise the first of each list: each extent in front and behind; of products
// all pairs, each with another third extent.
template <std::size_t... I>
bool all_elements(std::index_sequence<I...>) {
  return (elements_agree<I % 5 + 1, (I / 5 + 3 * I) % 5 + 1>() && ...);
}
template <std::size_t... I>
bool all_products(std::index_sequence<I...>) {
  return (products_agree<I % 5 + 1, I / 5 % 5 + 1, (I / 25 + I / 5 + I) % 5 + 1>() && ...);
}

}  // namespace

TEST_CASE("what is done element by element, and sums, norms and extremes, are Eigen's", "[tensor][eigen]") {
  CHECK(all_elements(std::make_index_sequence < sweep::is_on ? 25 : 5 > {}));
  CHECK(elements_agree<1, 17>());
  CHECK(elements_agree<13, 1>());
  CHECK(elements_agree<7, 11>());
}

TEST_CASE("products are Eigen's", "[tensor][eigen]") {
  CHECK(all_products(std::make_index_sequence < sweep::is_on ? 125 : 25 > {}));
  CHECK(products_agree<1, 13, 7>());
  CHECK(products_agree<17, 1, 5>());
  CHECK(products_agree<11, 19, 23>());
}

TEST_CASE("gradients through products are Eigen's", "[tensor][eigen]") {
  CHECK(gradients_agree<1, 5, 3>());
  CHECK(gradients_agree<5, 3, 1>());
  CHECK(gradients_agree<13, 17, 19>());
}

#ifdef TAPELESS_SWEEP
  #define SIZES 1, 2, 3, 4, 5, 11, 16
#else
  #define SIZES 1, 4, 11
#endif
TEMPLATE_TEST_CASE_SIG("systems, inverses, determinants and factors are Eigen's", "[tensor][eigen]",
                       ((std::size_t N), N), SIZES) {
  CHECK(systems_agree<N>());
}
