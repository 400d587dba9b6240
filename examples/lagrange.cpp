// SPDX-License-Identifier: BSL-1.0

// The maximum of f(x) where g(x) = 0, by the rule of multipliers (J.-L. Lagrange, 1788): it is a stationary point of
// L(m, x) = f(x) - m g(x) in both arguments. Newton's method finds it with the gradient and the Hessian of L; and as
// the multipliers are L's first argument, that Hessian is the bordered Hessian, whose minors tell a maximum from a
// saddle (H. B. Mann, 1943). The multiplier is what f gains for each unit by which its constraint is relaxed.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <utility>

#include <tapeless/tapeless.hpp>

namespace lagrange {

template <std::size_t N>
using point = std::array<double, N>;

// ---- two problems -------------------------------------------------------------------------------------------------

/// The volume of a box in an ellipsoid: 8 x y z, where (x/a)^2 + (y/b)^2 + (z/c)^2 = 1.
constexpr auto box = [](const auto& m, const auto& x, const auto& axes) {
  const auto u = x[0] / axes[0], v = x[1] / axes[1], w = x[2] / axes[2];
  return 8.0 * x[0] * x[1] * x[2] - m[0] * (u * u + v * v + w * w - 1.0);
};

/// x y z on a circle: where x^2 + y^2 + z^2 = 1 and x + y + z = 0.
constexpr auto circle = [](const auto& m, const auto& x) {
  const auto sphere = x[0] * x[0] + x[1] * x[1] + x[2] * x[2] - 1.0, plane = x[0] + x[1] + x[2];
  return x[0] * x[1] * x[2] - m[0] * sphere - m[1] * plane;
};

// ---- linear equations ---------------------------------------------------------------------------------------------

/// Solves a x = b by elimination with the largest pivots, b becoming x, for the first `size` equations and unknowns;
/// returns the determinant of these.
template <std::size_t N>
double solve(tl::mat<double, N, N> a, point<N>& b, std::size_t size = N) {
  double determinant = 1;
  for (std::size_t k = 0; k < size; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < size; ++i)
      if (std::abs(a(i, k)) > std::abs(a(pivot, k))) pivot = i;
    if (pivot != k) {
      for (std::size_t j = k; j < size; ++j) std::swap(a(k, j), a(pivot, j));
      std::swap(b[k], b[pivot]);
      determinant = -determinant;
    }
    determinant *= a(k, k);
    if (a(k, k) == 0) return 0;
    for (std::size_t i = k + 1; i < size; ++i) {
      const double factor = a(i, k) / a(k, k);
      for (std::size_t j = k; j < size; ++j) a(i, j) -= factor * a(k, j);
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t j = i + 1; j < size; ++j) b[i] -= a(i, j) * b[j];
    b[i] /= a(i, i);
  }
  return determinant;
}

// ---- stationary points --------------------------------------------------------------------------------------------

template <std::size_t M, std::size_t N>
struct stationary {
  point<M> multipliers;
  point<N> x;
  double value;  // of the Lagrangian, and so of f, as the constraints are 0
  bool maximum;
};

/// With M constraints of N variables a stationary point is a maximum if the leading minors of the bordered Hessian from
/// order 2 M + 1 to N + M alternate in sign, that of order M + k having the sign of (-1)^k.
template <std::size_t M, std::size_t Size>
bool is_maximum(const tl::mat<double, Size, Size>& bordered) {
  for (std::size_t k = M + 1; k + M <= Size; ++k) {
    point<Size> ignored{};
    const double minor = solve(bordered, ignored, M + k);
    if (!(k % 2 == 0 ? minor > 0 : minor < 0)) return false;
  }
  return true;
}

/// Newton's method on the gradient of the Lagrangian, which takes multipliers, variables, and constants. Seven steps
/// are enough if the Hessian is right.
template <std::size_t M, std::size_t N, class L, class... Constants>
stationary<M, N> find(const L& lagrangian, point<M> m, point<N> x, const Constants&... constants) {
  const auto derivatives = tl::value_gradient_and_hessian(lagrangian, tl::wrt<0, 1>);
  std::printf("  step   L(m, x)    |gradient|\n");
  for (int k = 0;; ++k) {
    const auto [value, gradient, hessian] = derivatives(m, x, constants...);
    const auto& [by_m, by_x] = gradient;  // minus the constraints, and what is to become 0
    point<M + N> step{};
    for (std::size_t i = 0; i < M; ++i) step[i] = by_m[i];
    for (std::size_t i = 0; i < N; ++i) step[M + i] = by_x[i];
    double squares = 0;
    for (const double slope : step) squares += slope * slope;
    std::printf("  %4d  %9.6f  %12.3e\n", k, value, std::sqrt(squares));
    if (squares < 1e-26 || k == 7) return {m, x, value, is_maximum<M>(hessian)};
    solve(hessian, step);
    for (std::size_t i = 0; i < M; ++i) m[i] -= step[i];
    for (std::size_t i = 0; i < N; ++i) x[i] -= step[M + i];
  }
}

// ---- against the closed forms -------------------------------------------------------------------------------------

/// Prints a number and what it should be; whether they agree.
bool agree(const char* name, double found, double exact) {
  std::printf("  %-12s  %19.15f  %19.15f\n", name, found, exact);
  return std::abs(found - exact) < 1e-13 * (1 + std::abs(exact));
}

template <std::size_t M, std::size_t N>
bool agrees(const stationary<M, N>& found, double value, const point<M>& multipliers, const point<N>& x) {
  constexpr const char* names[] = {"x", "y", "z"};
  std::printf("  %-12s  %19s  %19s\n", found.maximum ? "a maximum" : "no maximum", "found", "closed form");
  bool right = agree("value", found.value, value) && found.maximum;
  for (std::size_t i = 0; i < N; ++i) right = agree(names[i], found.x[i], x[i]) && right;
  for (std::size_t i = 0; i < M; ++i) right = agree("multiplier", found.multipliers[i], multipliers[i]) && right;
  return right;
}

}  // namespace lagrange

int main() {
  using namespace lagrange;
  using std::sqrt;

  std::puts("the largest box in an ellipsoid with half axes 1, 2, 3");
  const point<3> axes{1, 2, 3};
  const double root = sqrt(3.0), volume = 8 * axes[0] * axes[1] * axes[2] / (3 * root);
  const auto largest = find<1, 3>(box, {10}, {0.5, 1, 2}, axes);
  bool right = agrees(largest, volume, {1.5 * volume}, {axes[0] / root, axes[1] / root, axes[2] / root});

  std::puts("the largest product of three numbers with sum 0 and squares that sum up to 1");
  const double unit = 1 / sqrt(6.0);
  const auto product = find<2, 3>(circle, {0, 0}, {0.9, -0.3, -0.5});
  right = agrees(product, unit / 3, {sqrt(6.0) / 12, -1.0 / 6}, {2 * unit, -unit, -unit}) && right;

  // The product is largest at three points of the circle, and smallest opposite to them.
  std::puts("from the opposite side");
  right = !find<2, 3>(circle, {0, 0}, {-0.9, 0.3, 0.5}).maximum && right;

  std::puts(right ? "all as it should be" : "something is wrong");
  return right ? 0 : 1;
}
