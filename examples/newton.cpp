// SPDX-License-Identifier: BSL-1.0

// Second and first derivatives at work in the two classics of optimisation. Newton's method, x - H^-1 g with the exact
// Hessian: near the minimum each step doubles the number of right digits (the valley: H. H. Rosenbrock, 1960). And the
// least squares of a curve fit, x - (J^T J + lambda D)^-1 J^T r with the exact Jacobian (K. Levenberg, 1944;
// D. Marquardt, 1963).

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <random>
#include <vector>

#include <tapeless/tapeless.hpp>

namespace newton {

template <std::size_t N>
using point = std::array<double, N>;

template <std::size_t N>
double length(const point<N>& x) {
  double sum = 0;
  for (const double element : x) sum += element * element;
  return std::sqrt(sum);
}

/// Solves a x = b for a symmetric a, as L L^T (A.-L. Cholesky, 1910). False where a is not positive definite.
template <std::size_t N>
bool solve(tl::mat<double, N, N> a, point<N> b, point<N>& x) {
  for (std::size_t j = 0; j < N; ++j) {
    for (std::size_t k = 0; k < j; ++k) a(j, j) -= a(j, k) * a(j, k);
    if (!(a(j, j) > 0)) return false;
    a(j, j) = std::sqrt(a(j, j));
    for (std::size_t i = j + 1; i < N; ++i) {
      for (std::size_t k = 0; k < j; ++k) a(i, j) -= a(i, k) * a(j, k);
      a(i, j) /= a(j, j);
    }
  }
  for (std::size_t i = 0; i < N; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a(i, k) * b[k];
    b[i] /= a(i, i);
  }
  for (std::size_t i = N; i-- > 0;) {
    for (std::size_t k = i + 1; k < N; ++k) b[i] -= a(k, i) * b[k];
    b[i] /= a(i, i);
  }
  x = b;
  return true;
}

// ---- Newton's method ----------------------------------------------------------------------------------------------

constexpr auto rosenbrock = [](const auto& x) {
  const auto valley = x[1] - x[0] * x[0], along = 1.0 - x[0];
  return along * along + 100.0 * valley * valley;
};

/// 20 log(exp(x_0) + ... + exp(x_5)) + |x - (0, 1, ..., 5)|^2 / 2: the logarithm couples all the variables.
constexpr auto coupled = [](const auto& x) {
  auto sum = exp(x[0]);
  auto squares = x[0] * x[0];
  for (std::size_t i = 1; i < 6; ++i) {
    const auto away = x[i] - static_cast<double>(i);
    sum += exp(x[i]);
    squares += away * away;
  }
  return 20.0 * log(sum) + 0.5 * squares;
};

/// The points that the method passes. A step is halved until the function decreases, rounding aside; where the Hessian
/// is not positive definite, it is made so by a multiple of the identity.
template <std::size_t N, class F>
std::vector<point<N>> minimise(const F& f, point<N> x) {
  std::vector<point<N>> path{x};
  while (path.size() < 50) {
    const auto [value, gradient, hessian] = tl::value_gradient_and_hessian(f)(x);
    auto shifted = hessian;
    point<N> step{};
    for (double shift = 1e-3; !solve(shifted, gradient, step) && shift < 1e9; shift *= 10)
      for (std::size_t i = 0; i < N; ++i) shifted(i, i) = hessian(i, i) + shift;
    point<N> next{};
    for (double part = 1; part > 1e-6; part /= 2) {
      for (std::size_t i = 0; i < N; ++i) next[i] = x[i] - part * step[i];
      if (f(next) <= value + 1e-14 * std::abs(value)) break;
    }
    path.push_back(x = next);
    if (length(step) < 1e-13) break;
  }
  return path;
}

/// Prints f, the gradient, and the distance e to the last point; true if e grows no faster than its square before.
template <std::size_t N, class F>
bool converges_quadratically(const char* name, const F& f, const std::vector<point<N>>& path) {
  std::printf("%s\n  step          f(x)    |gradient|    distance e   e / (e before)^2\n", name);
  bool quadratic = length(tl::gradient(f)(path.back())) < 1e-12;
  double before = 1;
  for (std::size_t k = 0; k + 1 < path.size(); ++k) {
    point<N> away = path[k];
    for (std::size_t i = 0; i < N; ++i) away[i] -= path.back()[i];
    const double e = length(away), ratio = e / (before * before);
    std::printf("  %4zu  %12.8f  %12.3e  %12.3e", k, f(path[k]), length(tl::gradient(f)(path[k])), e);
    if (k > 0 && e > 1e-14) {  // below, all is rounding
      std::printf("  %17.4f", ratio);
      if (before < 1e-2) quadratic = quadratic && ratio < 30;
    }
    std::puts("");
    before = e;
  }
  return quadratic && path.size() < 25;
}

// ---- Levenberg-Marquardt ------------------------------------------------------------------------------------------

constexpr std::size_t samples = 20;
using data = std::array<double, samples>;
using model = point<3>;  // amplitude, rate, offset

/// The model less what was measured. Of its three arguments only the first is sought: wrt<0>.
constexpr auto residuals = [](const auto& p, const auto& time, const auto& measured) {
  std::array<std::remove_cvref_t<decltype(p[0] + time[0])>, samples> r{};
  for (std::size_t i = 0; i < samples; ++i) r[i] = p[0] * exp(-p[1] * time[i]) + p[2] - measured[i];
  return r;
};

struct fitted {
  model parameters, deviation;  // and the standard deviations of the parameters
  int steps;
};

fitted fit(model p, const data& time, const data& measured) {
  tl::mat<double, 3, 3> normal{};
  double lambda = 1e-3, squares = 0;
  int steps = 0;
  for (bool moved = true; moved && steps < 100; ++steps) {
    const auto [r, j] = tl::value_and_jacobian(residuals, tl::wrt<0>)(p, time, measured);
    model slope{};
    normal = {}, squares = 0;
    for (std::size_t i = 0; i < samples; ++i) {
      squares += r[i] * r[i];
      for (std::size_t a = 0; a < 3; ++a) {
        slope[a] += j(i, a) * r[i];
        for (std::size_t b = 0; b < 3; ++b) normal(a, b) += j(i, a) * j(i, b);
      }
    }
    moved = false;
    for (; !moved && lambda < 1e9; lambda *= 10) {
      auto damped = normal;
      for (std::size_t a = 0; a < 3; ++a) damped(a, a) *= 1 + lambda;
      model step{}, next = p;
      if (!solve(damped, slope, step) || length(step) < 1e-14 * length(p)) break;
      for (std::size_t a = 0; a < 3; ++a) next[a] -= step[a];
      if ((moved = length(residuals(next, time, measured)) < std::sqrt(squares))) p = next, lambda /= 100;
    }
  }
  model deviation{};  // the diagonal of the inverse of J^T J, times the variance of the residuals
  for (std::size_t a = 0; a < 3; ++a) {
    model unit{}, column{};
    unit[a] = 1;
    if (solve(normal, unit, column)) deviation[a] = std::sqrt(column[a] * squares / double(samples - 3));
  }
  return {p, deviation, steps};
}

bool recovers(double noise) {
  constexpr model truth{2.5, 1.3, 0.5};
  std::mt19937_64 random(1);
  data time{}, measured{};
  for (std::size_t i = 0; i < samples; ++i) {
    time[i] = 0.2 * static_cast<double>(i);
    const double between = static_cast<double>(random() >> 11U) * 0x1p-53;
    measured[i] = truth[0] * std::exp(-truth[1] * time[i]) + truth[2] + noise * (2 * between - 1);
  }
  const auto [found, deviation, steps] = fit({1, 0.5, 0}, time, measured);
  std::printf("a exp(-b t) + c with errors up to %.2f, %d steps\n  true      found  deviation\n", noise, steps);
  bool right = true;
  for (std::size_t a = 0; a < 3; ++a) {
    std::printf("  %4.1f  %9.6f  %9.6f\n", truth[a], found[a], deviation[a]);
    right = right && std::abs(found[a] - truth[a]) < (noise > 0 ? 4 * deviation[a] : 1e-12);
  }
  return right;
}

}  // namespace newton

int main() {
  using namespace newton;
  const auto valley = minimise<2>(rosenbrock, {-1.2, 1});
  bool right = converges_quadratically("Rosenbrock's function", rosenbrock, valley);
  right = right && std::abs(valley.back()[0] - 1) < 1e-13 && std::abs(valley.back()[1] - 1) < 1e-13;
  right = converges_quadratically("six coupled variables", coupled, minimise<6>(coupled, {})) && right;
  right = recovers(0) && right;
  right = recovers(0.05) && right;
  std::puts(right ? "all as it should be" : "something is wrong");
  return right ? 0 : 1;
}
