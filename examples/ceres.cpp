// SPDX-License-Identifier: BSL-1.0

// Exact derivatives for a solver that brings its own buffers: a cost function for Ceres (S. Agarwal, K. Mierle and
// others) whose values and Jacobians are written by tl::value_and_jacobian(...).into() straight into the blocks, row by
// row, that Ceres hands out; beside it ceres::AutoDiffCostFunction on the same formula. Both solve a curve fit of the
// NIST reference data for nonlinear regression (Misra1a, 1978), and a bundle adjustment of three cameras and twenty
// points with the projection of ADBench (Srajer, Kukelova, Fitzgibbon, 2018).

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <random>
#include <span>
#include <tuple>
#include <utility>

#include <ceres/ceres.h>

#include <tapeless/tapeless.hpp>

namespace with_ceres {

using measured = std::array<double, 2>;  // what a residual knows besides the parameters

template <int Size, class T>
auto block(T* numbers) {
  return std::span<T, std::size_t{Size}>(numbers, std::size_t{Size});
}

/// The residuals F{}(blocks..., measured), of parameter blocks of these sizes.
template <class F, int Residuals, int... Sizes>
class exact : public ceres::SizedCostFunction<Residuals, Sizes...> {
  measured datum;

  template <std::size_t... I>
  void evaluate(std::index_sequence<I...>, const double* const* parameters, double* residuals, double** j) const {
    const std::tuple x(block<Sizes>(parameters[I])...);
    if (j != nullptr && (... && (j[I] != nullptr))) {  // all that there is, as it shares its work
      const auto all = tl::value_and_jacobian(F{}, tl::wrt<I...>);
      all.into(block<Residuals>(residuals), std::tuple(block<Residuals * Sizes>(j[I])...), std::get<I>(x)..., datum);
      return;
    }
    std::ranges::copy(F{}(std::get<I>(x)..., datum), residuals);
    const auto write = [&](const auto& jacobian, auto rows) { jacobian.into(rows, std::get<I>(x)..., datum); };
    if (j != nullptr)  // there is no block for what is held constant
      ((j[I] ? write(tl::jacobian(F{}, tl::wrt<I>), block<Residuals * Sizes>(j[I])) : void()), ...);
  }

 public:
  explicit exact(const measured& d) : datum(d) {}
  bool Evaluate(const double* const* parameters, double* residuals, double** jacobians) const override {
    return evaluate(std::make_index_sequence<sizeof...(Sizes)>{}, parameters, residuals, jacobians), true;
  }
};

/// The same for ceres::AutoDiffCostFunction, which calls it with pointers to numbers or to ceres::Jet.
template <class F>
struct for_jets {
  measured d;
  bool operator()(const auto* x, auto* r) const { return std::ranges::copy(F()(x, d), r), true; }
  bool operator()(const auto* x, const auto* y, const auto* z, auto* r) const {
    return std::ranges::copy(F()(x, y, z, d), r), true;
  }
};

template <class F, int Residuals, int... Sizes>
ceres::CostFunction* cost_function(bool ours, const measured& d) {
  if (ours) return new exact<F, Residuals, Sizes...>(d);
  return new ceres::AutoDiffCostFunction<for_jets<F>, Residuals, Sizes...>(new for_jets<F>{d});
}

ceres::Solver::Summary solve(ceres::Problem& problem, double tolerance) {
  ceres::Solver::Options options;
  options.linear_solver_type = ceres::DENSE_QR;
  options.max_num_iterations = 100;
  options.function_tolerance = options.parameter_tolerance = options.gradient_tolerance = tolerance;
  options.logging_type = ceres::SILENT;
  ceres::Solver::Summary summary;
  return ceres::Solve(options, &problem, &summary), summary;
}

constexpr const char* names[] = {"Jet", "tapeless"};
double difference(std::span<const double> a, std::span<const double> b) {  // the largest, relative
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::max(largest, std::abs(a[i] - b[i]) / (std::abs(a[i]) + std::abs(b[i]) + 1e-9));
  return largest;
}

// ---- a curve ------------------------------------------------------------------------------------------------------

/// Monomolecular adsorption: b0 (1 - exp(-b1 x)) - y.
struct adsorption {
  constexpr auto operator()(const auto& b, const auto& xy) const {
    using std::exp;
    return std::array{b[0] * (1.0 - exp(-b[1] * xy[0])) - xy[1]};
  }
};
constexpr measured misra1a[] = {{77.6, 10.07},  {114.9, 14.73}, {141.1, 17.94}, {190.8, 23.93}, {239.9, 29.61},
                                {289.0, 35.18}, {332.8, 40.02}, {378.4, 44.82}, {434.8, 50.76}, {477.3, 55.05},
                                {536.8, 61.01}, {593.1, 66.40}, {689.1, 75.47}, {760.0, 81.78}};
constexpr std::array certified{2.3894212918e+02, 5.5015643181e-04};

bool fit_curve() {
  std::array<double, 2> found[]{{500, 1e-4}, {500, 1e-4}};
  std::printf("NIST Misra1a         b0                  b1  steps  from the certified values\n");
  for (const bool ours : {false, true}) {
    auto& b = found[ours];
    ceres::Problem problem;
    for (const auto& xy : misra1a) problem.AddResidualBlock(cost_function<adsorption, 1, 2>(ours, xy), nullptr, &b[0]);
    const auto steps = solve(problem, 1e-15).iterations.size();
    std::printf("  %-9s  %.10f  %.13f  %5zu  %.1e\n", names[ours], b[0], b[1], steps, difference(b, certified));
  }
  return difference(found[0], found[1]) < 1e-9 && difference(found[1], certified) < 1e-9;
}

// ---- bundle adjustment --------------------------------------------------------------------------------------------

/// Where a camera sees a point, less where it was seen: a turn about the axis and by the length of pose[0..2] (O.
/// Rodrigues, 1840) around the centre pose[3..5], and a lens with a focal length and radial distortion.
struct projection {
  constexpr auto operator()(const auto& pose, const auto& lens, const auto& point, const auto& seen) const {
    using std::cos, std::sin, std::sqrt;
    const auto y0 = point[0] - pose[3], y1 = point[1] - pose[4], y2 = point[2] - pose[5];
    const auto theta = sqrt(pose[0] * pose[0] + pose[1] * pose[1] + pose[2] * pose[2]);
    const auto n0 = pose[0] / theta, n1 = pose[1] / theta, n2 = pose[2] / theta, c = cos(theta), s = sin(theta);
    const auto along = (n0 * y0 + n1 * y1 + n2 * y2) * (1.0 - c);
    const auto p0 = y0 * c + (n1 * y2 - n2 * y1) * s + n0 * along;
    const auto p1 = y1 * c + (n2 * y0 - n0 * y2) * s + n1 * along;
    const auto p2 = y2 * c + (n0 * y1 - n1 * y0) * s + n2 * along;
    const auto u = p0 / p2, v = p1 / p2, squared = u * u + v * v;
    const auto scale = lens[0] * (1.0 + squared * (lens[1] + squared * lens[2]));
    return std::array{u * scale - seen[0], v * scale - seen[1]};
  }
};

constexpr std::size_t cameras = 3, points = 20;
struct scene {
  std::array<double, 6 * cameras + 3 + 3 * points> all{
      0.1,  -0.4, 0.05, -1.5, 0.2, 0,     // turn and centre of each camera
      -0.2, 0.02, -0.1, 0,    -1,  0.3,   //
      0.05, 0.4,  0.1,  1.6,  0.1, -0.2,  //
      1,    -0.1, 0.02};                  // the lens, and then the points
  double* pose(std::size_t i) { return &all[6 * i]; }
  double* lens() { return &all[6 * cameras]; }
  double* point(std::size_t k) { return &all[6 * cameras + 3 + 3 * k]; }
};
constexpr auto bundle_cost = cost_function<projection, 2, 6, 3, 3>;
using photographs = std::array<std::array<measured, points>, cameras>;

/// The root mean square of what the parameters leave unexplained, for each degree of freedom.
double adjust(bool ours, scene& s, const photographs& seen) {
  ceres::Problem problem;
  for (std::size_t i = 0; i < cameras; ++i)
    for (std::size_t k = 0; k < points; ++k)
      problem.AddResidualBlock(bundle_cost(ours, seen[i][k]), nullptr, s.pose(i), s.lens(), s.point(k));
  // Place, turn and scale of the whole are free: one camera and one point are known.
  for (double* known : {s.pose(0), s.point(0)}) problem.SetParameterBlockConstant(known);
  const auto summary = solve(problem, 1e-13);
  const double rest = std::sqrt(2 * summary.final_cost / (summary.num_residuals - summary.num_parameters_reduced));
  std::printf("  %-9s  %.12f  %5zu", names[ours], rest, summary.iterations.size());
  std::printf("  %.9f  %.9f  %.9f\n", s.lens()[0], s.lens()[1], s.lens()[2]);
  return rest;
}

bool adjust_bundle() {
  constexpr double noise = 1e-3;  // one of a thousand pixels
  std::mt19937_64 random(2);
  const auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-52 - 1; };  // in [-1, 1)
  const auto error = [&] { return std::sqrt(3.0) * noise * uniform(); };
  scene truth;
  for (double* p = truth.point(0); p <= truth.point(points - 1); p += 3)
    p[0] = 1.5 * uniform(), p[1] = 1.5 * uniform(), p[2] = 4 + uniform();
  photographs seen{};
  for (std::size_t i = 0; i < cameras; ++i)
    for (std::size_t k = 0; k < points; ++k)
      seen[i][k] = projection{}(truth.pose(i), truth.lens(), truth.point(k), measured{error(), error()});
  scene jet = truth;
  for (double* x = jet.pose(1); x != jet.lens(); ++x) *x += 0.05 * uniform();
  jet.lens()[0] = 1.1, jet.lens()[1] = jet.lens()[2] = 0;
  for (double& x : std::span(jet.all).subspan(6 * cameras + 6)) x += 0.2 * uniform();
  scene ours = jet;

  std::printf("bundle adjustment  rms error  steps  focal length, distortion\n");
  const double jet_rest = adjust(false, jet, seen), rest = adjust(true, ours, seen);
  const double apart = difference(ours.all, jet.all);
  std::printf("  true       %.12f         1            -0.1          0.02\n  parameters apart by %.1e\n", noise, apart);
  return apart < 1e-8 && std::abs(rest - jet_rest) < 1e-12 && std::abs(rest - noise) < 0.3 * noise &&
         std::abs(ours.lens()[0] - 1) < 0.02;
}

}  // namespace with_ceres

int main() {
  const bool curve = with_ceres::fit_curve(), bundle = with_ceres::adjust_bundle();
  std::puts(curve && bundle ? "both agree" : "something is wrong");
  return curve && bundle ? 0 : 1;
}
