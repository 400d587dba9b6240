// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <limits>
#include <random>
#include <type_traits>
#include <utility>

#include <tapeless/tapeless.hpp>

#include "../sweep.hpp"
#include "catch.hpp"

namespace {

using real = long double;
template <class T, std::size_t N>
using square = tl::mat<T, N, N>;

/// The elements of a tensor as numbers of another type.
template <class T, class S, std::size_t R, std::size_t C>
tl::mat<T, R, C> as(const tl::mat<S, R, C>& x) {
  tl::mat<T, R, C> y{};
  for (std::size_t k = 0; k < y.size(); ++k) y.data()[k] = static_cast<T>(x.data()[k]);
  return y;
}

/// Reproducible numbers between -1 and 1.
template <class T, std::size_t R, std::size_t C>
tl::mat<T, R, C> random_matrix(unsigned seed) {
  std::mt19937 engine(seed);
  tl::mat<T, R, C> a{};
  for (T& each : a) each = static_cast<T>(static_cast<double>(engine()) / 2147483648.0 - 1);
  return a;
}
template <class T, std::size_t N>
square<T, N> definite_matrix(unsigned seed) {
  const auto a = random_matrix<T, N, N>(seed);
  auto spd = a * transpose(a);
  for (std::size_t i = 0; i < N; ++i) spd(i, i) += T(0.5);
  return spd;
}

/// What elimination in long double makes of a system, written down independently; the determinant beside it.
template <std::size_t N, std::size_t C>
std::pair<tl::mat<real, N, C>, real> eliminated(square<real, N> a, tl::mat<real, N, C> b) {
  real determinant = 1;
  for (std::size_t k = 0; k < N; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < N; ++i)
      if (std::abs(a(i, k)) > std::abs(a(pivot, k))) pivot = i;
    if (pivot != k) determinant = -determinant;
    for (std::size_t j = 0; j < N; ++j) std::swap(a(k, j), a(pivot, j));
    for (std::size_t j = 0; j < C; ++j) std::swap(b(k, j), b(pivot, j));
    determinant *= a(k, k);
    for (std::size_t i = 0; i < N; ++i) {
      if (i == k) continue;
      const real factor = a(i, k) / a(k, k);
      for (std::size_t j = 0; j < N; ++j) a(i, j) -= factor * a(k, j);
      for (std::size_t j = 0; j < C; ++j) b(i, j) -= factor * b(k, j);
    }
  }
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < C; ++j) b(i, j) /= a(i, i);
  return {b, determinant};
}
template <std::size_t N>
square<real, N> identity() {
  square<real, N> a{};
  for (std::size_t i = 0; i < N; ++i) a(i, i) = 1;
  return a;
}

/// The largest difference of two tensors' elements, relative to the largest of the second.
template <class A, class B>
real difference(const A& a, const B& b) {
  real most = 0, size = 1;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const real distance = std::abs(static_cast<real>(a.data()[k]) - static_cast<real>(b.data()[k]));
    most = !(distance <= most) ? distance : most;
    size = std::max(size, std::abs(static_cast<real>(b.data()[k])));
  }
  return most / size;
}

template <class F>
struct function {
  /// The function with so much beside it that it is not expanded to numbers.
  static constexpr auto large = [](const auto& a, const auto& b, const auto& ballast) {
    return F{}(a, b) + 0.125 * tl::squared_norm(ballast);
  };
};

/// Gradients in both ways that a program is run, against central differences of the function in long double.
template <class F, std::size_t N, std::size_t C>
real gradient_error(F f, const square<double, N>& a, const tl::mat<double, N, C>& b) {
  const auto wide_a = as<real>(a);
  const auto wide_b = as<real>(b);
  const auto differences = [&](const auto& x, auto value) {
    auto slope = x;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const real h = 1e-5L;
      auto up = x, down = x;
      up.data()[k] += h, down.data()[k] -= h;
      slope.data()[k] = (value(up) - value(down)) / (2 * h);
    }
    return slope;
  };
  const auto by_a = differences(wide_a, [&](const auto& x) { return f(x, wide_b); });
  const auto by_b = differences(wide_b, [&](const auto& x) { return f(wide_a, x); });
  real worst = 0;
  const auto compare = [&](const auto& slope_a, const auto& slope_b) {
    worst = std::max({worst, difference(slope_a, by_a), difference(slope_b, by_b)});
  };
  const auto [small_a, small_b] = tl::gradient(f)(a, b);
  compare(small_a, small_b);
  tl::vec<double, 130> ballast{};
  ballast.fill(0.5);
  const auto [value, all] = tl::value_and_gradient(function<F>::large)(a, b, ballast);
  compare(std::get<0>(all), std::get<1>(all));
  const real own = f(wide_a, wide_b) + 0.125L * 130 * 0.25L;
  return std::max({worst, std::abs(static_cast<real>(value) - own) / std::max(1.0L, std::abs(own)),
                   difference(std::get<2>(all), 0.25 * ballast)});
}

// Numbers that depend on every element of a result, unsymmetrically.
constexpr auto mixed = [](const auto& x) {
  auto weights = x;
  for (std::size_t k = 0; k < x.size(); ++k) weights.data()[k] = 0.5 + 0.25 * static_cast<double>(k % 5);
  return sum(hadamard(x, weights)) + 0.5 * tl::squared_norm(x);
};

constexpr auto of_solution = [](const auto& a, const auto& b) { return mixed(solve(a, b)); };
constexpr auto of_definite = [](const auto& a, const auto& b) {
  return mixed(tl::solve<tl::matrix_kind::positive_definite>(a, b));
};
constexpr auto of_inverse = [](const auto& a, const auto& b) { return mixed(inverse(a) * b); };
constexpr auto of_determinant = [](const auto& a, const auto& b) { return determinant(a) * b(0, 0); };
constexpr auto of_log_determinant = [](const auto& a, const auto& b) { return log_determinant(a) * b(0, 0); };
constexpr auto of_definite_log_determinant = [](const auto& a, const auto& b) {
  return tl::log_determinant<tl::matrix_kind::positive_definite>(a) * b(0, 0);
};
constexpr auto of_cholesky = [](const auto& a, const auto& b) { return mixed(cholesky(a)) + b(0, 0); };
template <tl::triangle Which>
constexpr auto of_triangle = [](const auto& a, const auto& b) { return mixed(tl::solve_triangular<Which>(a, b)); };

template <std::size_t N>
real worst_gradient() {
  constexpr unsigned seed = 7 + N;
  auto a = random_matrix<double, N, N>(seed);
  const auto b = random_matrix<double, N, 2>(seed + 100);
  const auto spd = definite_matrix<double, N>(seed + 200);
  for (std::size_t i = 0; i < N; ++i) a(i, (i + 1) % N) += 3;  // its pivots stand elsewhere
  auto strong = random_matrix<double, N, N>(seed);
  for (std::size_t i = 0; i < N; ++i) strong(i, i) += 3;
  using tl::triangle;
  return std::max(
      {gradient_error(of_solution, a, b), gradient_error(of_inverse, a, b), gradient_error(of_log_determinant, a, b),
       gradient_error(of_determinant, a, b), gradient_error(of_definite, spd, b), gradient_error(of_cholesky, spd, b),
       gradient_error(of_definite_log_determinant, spd, b), gradient_error(of_triangle<triangle::lower>, strong, b),
       gradient_error(of_triangle<triangle::upper>, strong, b),
       gradient_error(of_triangle<triangle::lower_transposed>, strong, b),
       gradient_error(of_triangle<triangle::upper_transposed>, strong, b)});
}

/// Values in precision T against elimination in long double, and identities, in units of T's precision.
template <class T, std::size_t N>
real worst_value() {
  constexpr unsigned seed = 40 + N;
  auto a = random_matrix<T, N, N>(seed);
  for (std::size_t i = 0; i < N; ++i) a(i, (i + 1) % N) += T(3);
  const auto b = random_matrix<T, N, 3>(seed + 1);
  const auto spd = definite_matrix<T, N>(seed + 2);
  const auto [solution, det] = eliminated(as<real>(a), as<real>(b));
  const auto [definite_solution, definite_det] = eliminated(as<real>(spd), as<real>(b));
  const auto relative = [](real x, real y) { return std::abs(x - y) / std::max(1.0L, std::abs(y)); };
  const auto factor = cholesky(spd);
  static_assert(std::is_same_v<std::remove_cvref_t<decltype(factor)>, square<T, N>>);
  bool is_lower = true;
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = i + 1; j < N; ++j) is_lower = is_lower && factor(i, j) == 0;
  const real worst = std::max(
      {difference(solve(a, b), solution), difference(inverse(a), eliminated(as<real>(a), identity<N>()).first),
       difference(tl::solve<tl::matrix_kind::positive_definite>(spd, b), definite_solution),
       difference(factor * transpose(factor), spd), difference(solve(spd, b), definite_solution),
       relative(static_cast<real>(determinant(a)), det), relative(static_cast<real>(determinant(spd)), definite_det),
       relative(static_cast<real>(log_determinant(a)), std::log(std::abs(det))),
       relative(static_cast<real>(tl::log_determinant<tl::matrix_kind::positive_definite>(spd)),
                std::log(definite_det))});
  return is_lower ? worst / std::numeric_limits<T>::epsilon() : std::numeric_limits<real>::infinity();
}

/// A function of the gradient of a function, so that its gradient takes the derivative of every pullback.
template <class F>
struct slope_of {
  static constexpr auto large = [](const auto& a, const auto& b, const auto& ballast) {
    const auto slope = tl::gradient(function<F>::large)(a, b, ballast);
    return mixed(std::get<0>(slope)) + mixed(std::get<1>(slope)) + tl::squared_norm(ballast);
  };
};

/// Second derivatives by differences of the first, and forward against reverse.
template <class F, std::size_t N>
double second_error(F, const square<double, N>& a) {
  const auto b = random_matrix<double, N, 2>(3);
  tl::vec<double, 130> ballast{};
  const auto slope = tl::gradient(slope_of<F>::large, tl::wrt<0>)(a, b, ballast);
  auto expected = a;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double h = 1e-5;
    auto up = a, down = a;
    up.data()[k] += h, down.data()[k] -= h;
    expected.data()[k] = (slope_of<F>::large(up, b, ballast) - slope_of<F>::large(down, b, ballast)) / (2 * h);
  }
  const auto along = random_matrix<double, N, N>(4);
  const auto [value, tangent] = tl::jvp(function<F>::large, tl::wrt<0>)(a, b, ballast, along);
  const auto first = tl::gradient(function<F>::large, tl::wrt<0>)(a, b, ballast);
  const double moved = sum(hadamard(first, along));
  return std::max(static_cast<double>(difference(slope, expected)),
                  1e3 * std::abs(tangent - moved) / std::max(1.0, std::abs(moved)));
}

/// How many factorizations a program carries out.
template <class Program>
constexpr int factorizations() {
  const tl::program p = tl::detail::lowered(Program::graph.view());
  int count = 0;
  for (const tl::node& n : p.nodes) count += n.is<tl::op::lu>();
  return count;
}

constexpr tl::mat<double, 2, 2> two{4, 2, 2, 3};
constexpr double inf = std::numeric_limits<double>::infinity();

}  // namespace

#ifdef TAPELESS_SWEEP
  #define SIZES 1, 2, 3, 4, 5, 7, 16
  #define SIZES_OF_GRADIENTS 1, 2, 3, 4, 5, 7
#else
  #define SIZES 1, 2, 4, 7
  #define SIZES_OF_GRADIENTS 4
#endif
TEMPLATE_TEST_CASE_SIG("systems, inverses and determinants are those of elimination", "[tensor][solve]",
                       ((std::size_t N), N), SIZES) {
  CHECK(worst_value<double, N>() < 2000);
  if constexpr (sweep::is_on || N == 4) {
    CHECK(worst_value<float, N>() < 2000);
    CHECK(worst_value<long double, N>() < 4000);
  }
}

TEMPLATE_TEST_CASE_SIG("their gradients are those of central differences", "[tensor][solve]", ((std::size_t N), N),
                       SIZES_OF_GRADIENTS) {
  CHECK(worst_gradient<N>() < 1e-7L);
}

TEST_CASE("so are their gradients' gradients, and the tangent agrees", "[tensor][solve]") {
  const auto four_rows = random_matrix<double, 4, 4>(3) + 3.0 * as<double>(identity<4>());
  CHECK(second_error(of_solution, four_rows) < 1e-6);
  CHECK(second_error(of_determinant, random_matrix<double, 3, 3>(2)) < 1e-6);
  CHECK(second_error(of_cholesky, definite_matrix<double, 4>(5)) < 1e-6);
#ifdef TAPELESS_SWEEP
  CHECK(second_error(of_log_determinant, four_rows) < 1e-6);
  CHECK(second_error(of_determinant, random_matrix<double, 2, 2>(1) + tl::mat<double, 2, 2>{2, 0, 0, 3}) < 1e-6);
  CHECK(second_error(of_triangle<tl::triangle::lower>, four_rows) < 1e-6);
#endif
}

TEST_CASE("large systems have gradients, too", "[tensor][solve]") {
  auto a = random_matrix<double, 16, 16>(1);
  for (std::size_t i = 0; i < 16; ++i) a(i, (i + 5) % 16) += 4;
  const auto b = random_matrix<double, 16, 1>(2);
  const auto x = solve(a, b);
  const auto g = tl::gradient([](const auto& m, const auto& v) { return sum(solve(m, v)); })(a, b);
  tl::mat<double, 16, 1> ones{};
  ones.fill(1);
  const auto bar = solve(transpose(a), ones);
  CHECK(difference(std::get<1>(g), bar) < 1e-13L);
  CHECK(difference(std::get<0>(g), -(bar * transpose(x))) < 1e-13L);
  const auto log_slope = tl::gradient([](const auto& m) { return log_determinant(m); })(a);
  CHECK(difference(log_slope, transpose(inverse(a))) < 1e-12L);
  const auto spd = definite_matrix<double, 16>(7);
  const auto definite_slope =
      tl::gradient([](const auto& m) { return tl::log_determinant<tl::matrix_kind::positive_definite>(m); })(spd);
  CHECK(difference(definite_slope, inverse(spd)) < 1e-11L);
}

TEST_CASE("one factorization serves a matrix's solutions, inverse and determinants, and their derivatives",
          "[tensor][solve]") {
  constexpr auto f = [](const auto& a, const auto& b) {
    return sum(solve(a, b)) + log_determinant(a) + determinant(a) + sum(inverse(a));
  };
  using program =
      tl::detail::tensor_gradient_program<decltype(f), tl::selection<0, 1>, tl::detail::yield::value_and_gradient,
                                          square<double, 12>, tl::vec<double, 12>>;
  STATIC_REQUIRE(factorizations<program>() == 1);
}

TEST_CASE("second derivatives of small ones are Hessians", "[tensor][solve]") {
  constexpr auto quadratic = [](const auto& x) { return 0.5 * dot(x, solve(two, x)); };
  const auto h = tl::hessian(quadratic)(tl::vec{1.0, -2.0});
  CHECK(difference(h, inverse(two)) < 1e-15L);
  constexpr auto area = [](const auto& a) { return determinant(a); };
  const auto of_area = tl::hessian(area)(two);  // of a d - b c
  CHECK(of_area(0, 3) == 1);
  CHECK(of_area(1, 2) == -1);
  CHECK(of_area(0, 0) == 0);
}

TEST_CASE("linear algebra in constant expressions", "[tensor][solve]") {
  constexpr auto x = solve(two, tl::vec{2.0, 5.0});
  STATIC_REQUIRE(x == tl::vec{-0.5, 2.0});
  STATIC_REQUIRE(determinant(two) == 8);
  STATIC_REQUIRE(inverse(two) == tl::mat<double, 2, 2>{0.375, -0.25, -0.25, 0.5});
  constexpr auto l = cholesky(tl::mat<double, 2, 2>{4, 2, 2, 10});
  STATIC_REQUIRE(l == tl::mat<double, 2, 2>{2, 0, 1, 3});
  STATIC_REQUIRE(tl::solve_triangular(l, tl::vec{2.0, 7.0}) == tl::vec{1.0, 2.0});
  STATIC_REQUIRE(tl::solve_triangular<tl::triangle::lower_transposed>(l, tl::vec{4.0, 6.0}) == tl::vec{1.0, 2.0});
  STATIC_REQUIRE(lower_triangle(two) + upper_triangle(two) - diagonal_matrix(diagonal(two)) == two);
  STATIC_REQUIRE(trace(two) == 7);
  constexpr auto area = [](const auto& a) { return determinant(a); };
  STATIC_REQUIRE(tl::gradient(area)(two) == tl::mat<double, 2, 2>{3, -2, -2, 4});
  constexpr auto total = [](const auto& a, const auto& b) { return sum(solve(a, b)); };
  STATIC_REQUIRE(tl::gradient(total, tl::wrt<1>)(two, tl::vec{2.0, 5.0}) == tl::vec{0.125, 0.25});
}

TEST_CASE("duals go through", "[tensor][solve]") {
  using dual = tl::dual<double>;
  const tl::mat<dual, 2, 2> a{dual(4.0, {1.0}), dual(2.0), dual(2.0), dual(3.0)};
  CHECK(determinant(a).tangent[0] == 3);
  CHECK(log_determinant(a).tangent[0] == Approx(0.375));
  CHECK(inverse(a)(0, 0).tangent[0] == Approx(-0.375 * 0.375));
  CHECK(cholesky(a)(0, 0).tangent[0] == Approx(0.25));
  const auto x = solve(a, tl::vec<dual, 2>{dual(2.0), dual(5.0)});
  CHECK(x[0].tangent[0] == Approx(0.375 * 0.5));
}

TEST_CASE("singular and indefinite matrices give infinities and NaN", "[tensor][solve]") {
  constexpr tl::mat<double, 2, 2> singular{1, 2, 2, 4};
  STATIC_REQUIRE(determinant(singular) == 0);
  STATIC_REQUIRE(log_determinant(singular) == -inf);
  constexpr auto is_finite = [](const auto& x) {
    bool finite = true;
    for (std::size_t k = 0; k < x.size(); ++k) finite = finite && std::isfinite(x.data()[k]);
    return finite;
  };
  CHECK(!is_finite(inverse(singular)));
  CHECK(!is_finite(solve(singular, tl::vec{1.0, 1.0})));
  CHECK(std::isnan(cholesky(tl::mat<double, 2, 2>{1, 2, 2, 1})(1, 1)));
  CHECK(std::isnan(cholesky(tl::mat<double, 2, 2>{-1, 0, 0, 1})(0, 0)));
  CHECK(!std::isfinite(tl::solve_triangular(tl::mat<double, 2, 2>{0, 0, 1, 1}, tl::vec{1.0, 1.0})[0]));
  // Up to order 3 the determinant is differentiated as the polynomial that it is, in small and in large programs.
  constexpr auto volume = [](const auto& a, const auto&) { return determinant(a); };
  constexpr tl::mat<double, 3, 3> flat{1, 2, 3, 4, 5, 6, 5, 7, 9};
  const tl::mat<double, 3, 3> cofactors{3, -6, 3, 3, -6, 3, -3, 6, -3};
  CHECK(tl::gradient(volume, tl::wrt<0>)(flat, 0.0) == cofactors);
  const tl::vec<double, 130> ballast{};
  CHECK(tl::gradient(function<std::remove_const_t<decltype(volume)>>::large, tl::wrt<0>)(flat, 0.0, ballast) ==
        cofactors);
  // Of order 4, elimination meets a column of zeros.
  const tl::mat<double, 4, 4> rank_2{1, 2, 3, 4, 2, 4, 6, 8, 1, 1, 1, 1, 3, 5, 7, 9};
  CHECK(determinant(rank_2) == 0);
  CHECK(log_determinant(rank_2) == -inf);
  CHECK(tl::value_and_gradient(volume, tl::wrt<0>)(rank_2, 0.0).value == 0);
}

TEST_CASE("what is above or below is not looked at", "[tensor][solve]") {
  const tl::mat<double, 2, 2> a{2, inf, 3, 4};
  CHECK(tl::solve_triangular(a, tl::vec{2.0, 7.0}) == tl::vec{1.0, 1.0});
  constexpr auto f = [](const auto& l) { return sum(tl::solve_triangular(l, tl::vec{2.0, 7.0})); };
  CHECK(tl::gradient(f)(tl::mat<double, 2, 2>{2, 9, 3, 4})(0, 1) == 0);
  constexpr auto g = [](const auto& m) { return cholesky(m)(1, 0); };  // of the symmetric part
  CHECK(cholesky(tl::mat<double, 2, 2>{4, 1, 3, 10}) == cholesky(tl::mat<double, 2, 2>{4, 2, 2, 10}));
  CHECK(tl::gradient(g)(tl::mat<double, 2, 2>{4, 1, 3, 10}) == tl::mat<double, 2, 2>{-0.125, 0.25, 0.25, 0});
}
