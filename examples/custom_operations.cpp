// SPDX-License-Identifier: BSL-1.0

// Three ways to tell the library a derivative that it should not, or cannot, find by itself:
//   1. an operation of one's own: a struct with a value and a derivative, exact where plain differentiation is not;
//   2. tl::custom_gradient: another derivative for an existing function, here by the implicit function theorem;
//   3. an operation whose value is known at run time only: a look-up in a measured table.
// All of them then work in every verb, nest, and mix with everything else.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>

#include <tapeless/tapeless.hpp>

namespace custom {

// ---- 1. a struct --------------------------------------------------------------------------------------------------

/// log(1 - exp(-x)) for x > 0, without the cancellation near 0 (M. Maechler, 2012).
struct log1mexp : tl::op::composed<"log1mexp", 1> {
  static constexpr tl::region domain{tl::above(0)};
  static constexpr auto value(auto x) {
    return x < 0.7 ? tl::math::log(-tl::math::expm1(-x)) : tl::math::log1p(-tl::math::exp(-x));
  }
  static constexpr auto partial(auto x, auto) { return tl::one / tl::expm1(x); }
};

constexpr auto careful = [](auto x) { return tl::apply<log1mexp>(x); };
constexpr auto plain = [](auto x) { return log(1.0 - exp(-x)); };

static_assert(tl::check_gradient(careful)(2.0) && tl::check_gradient(plain)(2.0));
static_assert(tl::gradient(careful)(1e-20) == 1e20);  // where 1 - exp(-x) is 0

// ---- 2. custom_gradient -------------------------------------------------------------------------------------------

/// The eccentric anomaly E of an orbit: E - e sin(E) = M (J. Kepler, 1609), by Newton's method.
constexpr auto newton = [](auto anomaly, auto e) {
  auto x = anomaly + e * sin(anomaly);
  for (int i = 0; i < 5; ++i) x = x - (x - e * sin(x) - anomaly) / (1.0 - e * cos(x));
  return x;
};

/// Whatever the iteration does, its result satisfies the equation, and so (1 - e cos(E)) dE = dM + sin(E) de.
constexpr auto kepler = tl::custom_gradient(newton, [](auto g, auto, auto e, auto x) {
  const auto per_anomaly = g / (1.0 - e * cos(x));
  return std::tuple(per_anomaly, sin(x) * per_anomaly);
});

static_assert(tl::check_gradient(kepler)(1.0, 0.3));
static_assert(tl::cost<decltype(tl::gradient(kepler)), double, double>.total() <
              tl::cost<decltype(tl::gradient(newton)), double, double>.total() / 2);

// ---- 3. a value that only the run time knows ----------------------------------------------------------------------

/// A calibration curve as it may come from a file: values at 0, 1, 2, ..., straight lines between.
struct curve {
  static constexpr std::size_t segments = 6;
  std::array<double, segments + 1> at{};

  static std::size_t segment_of(double x) {
    return x < 0 ? 0 : x < segments ? static_cast<std::size_t>(x) : segments - 1;
  }
  double slope(double x) const { return at[segment_of(x) + 1] - at[segment_of(x)]; }
  double operator()(double x) const { return at[segment_of(x)] + (x - static_cast<double>(segment_of(x))) * slope(x); }
};
inline curve calibration;

struct calibrated_slope : tl::op::unary<"calibrated_slope"> {
  static double value(double x) { return calibration.slope(x); }
  static constexpr auto partial(auto, auto) { return tl::zero; }
};
struct calibrated : tl::op::unary<"calibrated"> {
  static double value(double x) { return calibration(x); }
  static constexpr auto partial(auto x, auto) { return tl::apply<calibrated_slope>(x); }
};

constexpr auto energy = [](auto x, auto gain) {
  const auto reading = tl::apply<calibrated>(gain * x);
  return 0.5 * reading * reading;
};

inline bool near(double a, double b) { return std::abs(a - b) <= 1e-12 * std::abs(b); }

}  // namespace custom

int main() {
  using namespace custom;
  std::printf("log(1 - exp(-x)) at x = 1e-20\n  as a struct of its own  %10.4g, derivative %10.4g\n", careful(1e-20),
              tl::gradient(careful)(1e-20));
  std::printf("  as it is written        %10.4g, derivative %10.4g\n", plain(1e-20), tl::gradient(plain)(1e-20));

  const auto [per_anomaly, per_e] = tl::gradient(kepler)(1.0, 0.3);
  const auto [through_anomaly, through_e] = tl::gradient(newton)(1.0, 0.3);
  constexpr auto before = tl::cost<decltype(tl::gradient(newton)), double, double>.total();
  constexpr auto after = tl::cost<decltype(tl::gradient(kepler)), double, double>.total();
  std::printf("Kepler's equation at M = 1, e = 0.3\n  dE/dM = %.15f, dE/de = %.15f\n", per_anomaly, per_e);
  std::printf("  %zu operations instead of %zu through the iteration\n", after, before);

  for (std::size_t i = 0; i < calibration.at.size(); ++i) calibration.at[i] = std::sqrt(static_cast<double>(i));
  const auto [value, gradient] = tl::value_and_gradient(energy)(1.25, 2.0);
  const auto [per_x, per_gain] = gradient;
  std::printf("a calibration curve read at run time\n  energy %.6f, per x %.6f, per gain %.6f\n", value, per_x,
              per_gain);

  const bool right = near(per_anomaly, through_anomaly) && near(per_e, through_e) &&
                     near(per_gain, value * 2 / calibration(2.5) * calibration.slope(2.5) * 1.25) &&
                     tl::check_gradient(energy)(1.25, 2.0);
  std::puts(right ? "all derivatives agree" : "a derivative is wrong");
  return right ? 0 : 1;
}
