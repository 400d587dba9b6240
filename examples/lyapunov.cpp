// SPDX-License-Identifier: BSL-1.0

// How fast neighbours of a chaotic orbit part: the Lyapunov exponents of the Lorenz system (E. N. Lorenz, 1963). A
// small frame of vectors is carried along by the Jacobian of each step of the integrator, made orthonormal again (J. P.
// Gram, 1883; E. Schmidt, 1907), and the logarithms of its stretching are averaged (Benettin, Galgani, Giorgilli,
// Strelcyn, 1980; Shimada, Nagashima, 1979). Volumes shrink by the trace of the field's Jacobian, here a constant: so
// the sum of the exponents is known, up to the integrator's error, which falls as dt^4.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>

#include <tapeless/tapeless.hpp>

namespace lyapunov {

constexpr double sigma = 10, rho = 28, beta = 8.0 / 3, dt = 0.002;
using state = std::array<double, 3>;

constexpr auto lorenz = [](const auto& s) {
  return std::array{sigma * (s[1] - s[0]), s[0] * (rho - s[2]) - s[1], s[0] * s[1] - beta * s[2]};
};

/// One step of the classical method of fourth order (W. Kutta, 1901). What is differentiated below is this step, not
/// the equations: the frame moves exactly as the numerical orbit's neighbours do.
constexpr auto step = [](const auto& s) {
  const auto moved = [&s](const auto& slope, double h) {
    return std::array{s[0] + h * slope[0], s[1] + h * slope[1], s[2] + h * slope[2]};
  };
  const auto k1 = lorenz(s), k2 = lorenz(moved(k1, dt / 2)), k3 = lorenz(moved(k2, dt / 2)), k4 = lorenz(moved(k3, dt));
  auto next = k1;
  for (std::size_t i = 0; i < 3; ++i) next[i] = s[i] + dt / 6 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
  return next;
};

/// The derivative of a step is a program of this many operations, the step itself included.
using derivative = decltype(tl::value_and_jacobian(step));
static_assert(tl::cost<derivative, state>.total() < 250);

double dot(const state& a, const state& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Carries the orbit and its frame over one step.
void advance(state& x, std::array<state, 3>& frame) {
  const auto [next, jacobian] = tl::value_and_jacobian(step)(x);
  x = next;
  for (state& v : frame) {
    const state before = v;
    for (std::size_t i = 0; i < 3; ++i)
      v[i] = jacobian(i, 0) * before[0] + jacobian(i, 1) * before[1] + jacobian(i, 2) * before[2];
  }
}

/// Makes the frame orthonormal, and adds the logarithms of the lengths that it had to `growth`.
void orthonormalise(std::array<state, 3>& frame, state& growth) {
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double along = dot(frame[a], frame[b]);
      for (std::size_t i = 0; i < 3; ++i) frame[a][i] -= along * frame[b][i];
    }
    const double length = std::sqrt(dot(frame[a], frame[a]));
    for (double& element : frame[a]) element /= length;
    growth[a] += std::log(length);
  }
}

}  // namespace lyapunov

int main() {
  using namespace lyapunov;
  state x{1, 1, 1}, exponents{}, growth{};
  std::array<state, 3> frame{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  const int transient = 10'000, steps = 1'000'000;
  for (int k = 0; k < transient; ++k) {  // onto the attractor, and the frame into its directions
    advance(x, frame);
    orthonormalise(frame, growth);
  }
  growth = {};
  const double sum = -(sigma + 1 + beta);
  std::printf("     time  exponents                          sum + %.4f\n", -sum);
  for (int k = 1; k <= steps; ++k) {
    advance(x, frame);
    orthonormalise(frame, growth);
    if (k % (steps / 8) != 0) continue;
    const double time = k * dt;
    for (std::size_t i = 0; i < 3; ++i) exponents[i] = growth[i] / time;
    std::printf("  %7.0f  %9.5f  %9.5f  %9.5f  %11.2e\n", time, exponents[0], exponents[1], exponents[2],
                exponents[0] + exponents[1] + exponents[2] - sum);
  }
  // The literature's values: J. C. Sprott, Chaos and Time-Series Analysis, 2003.
  const bool right = std::abs(exponents[0] - 0.9056) < 0.02 && std::abs(exponents[1]) < 0.005 &&
                     std::abs(exponents[2] + 14.5723) < 0.02 &&
                     std::abs(exponents[0] + exponents[1] + exponents[2] - sum) < 1e-6;
  std::printf("  expected  0.9056     0.0000   -14.5723\n%s\n", right ? "all as it should be" : "something is wrong");
  return right ? 0 : 1;
}
