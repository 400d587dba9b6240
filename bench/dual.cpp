// SPDX-License-Identifier: BSL-1.0
// How long duals take for a value with all of its derivatives, next to the same by hand, by the library's reverse mode,
// and with Ceres' Jet and Eigen's AutoDiffScalar, where these are installed: dual [--rounds=N]
//
// All variants run once in each round, in turn, for the same number of calls. A ratio compares two times of the same
// round; the median over the rounds is what a busy machine cannot move much.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "variants.hpp"

#if __has_include(<Eigen/Core>)
  #include <Eigen/Core>

  #include <unsupported/Eigen/AutoDiff>
#endif
#if __has_include(<Eigen/Core>) && __has_include(<ceres/jet.h>)
  #include <ceres/jet.h>
#endif

namespace bench {

template <class Kernel>
inline constexpr std::size_t size = std::tuple_size_v<typename Kernel::input>;

struct dual {
  static constexpr auto name = "dual";
  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& x, typename Kernel::input& g) {
    const auto y = Kernel::formula(tl::dual<double, size<Kernel>>::variables(x));
    g = y.tangent;
    return y.value;
  }
};

/// Ceres multiplies by the reciprocal where the others divide: quicker, and rounded twice.
struct ceres_jet {
  static constexpr auto name = "ceres";
#if __has_include(<Eigen/Core>) && __has_include(<ceres/jet.h>)
  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& x, typename Kernel::input& g) {
    std::array<ceres::Jet<double, size<Kernel>>, size<Kernel>> in;
    for (std::size_t i = 0; i < x.size(); ++i) in[i] = {x[i], static_cast<int>(i)};
    const auto y = Kernel::formula(in);
    for (std::size_t i = 0; i < x.size(); ++i) g[i] = y.v[static_cast<int>(i)];
    return y.a;
  }
#endif
};

#if __has_include(<Eigen/Core>)
/// Every step evaluated, as in code that names its scalar type; with `auto` Eigen's expressions would outlive what they
/// refer to.
template <int N>
struct eigen_number {
  using base = Eigen::AutoDiffScalar<Eigen::Matrix<double, N, 1>>;
  base x;

  // clang-format off
  friend eigen_number operator+(const eigen_number& a, const eigen_number& b) { return {a.x + b.x}; }
  friend eigen_number operator-(const eigen_number& a, const eigen_number& b) { return {a.x - b.x}; }
  friend eigen_number operator*(const eigen_number& a, const eigen_number& b) { return {a.x * b.x}; }
  friend eigen_number operator/(const eigen_number& a, const eigen_number& b) { return {a.x / b.x}; }
  friend eigen_number operator+(double a, const eigen_number& b) { return {a + b.x}; }
  friend eigen_number operator*(double a, const eigen_number& b) { return {a * b.x}; }
  friend eigen_number operator*(const eigen_number& a, double b) { return {a.x * b}; }
  friend eigen_number operator-(const eigen_number& a) { return {-a.x}; }
  friend eigen_number sin(const eigen_number& a) { return {sin(a.x)}; }
  friend eigen_number exp(const eigen_number& a) { return {exp(a.x)}; }
  friend eigen_number log(const eigen_number& a) { return {log(a.x)}; }
  friend eigen_number sqrt(const eigen_number& a) { return {sqrt(a.x)}; }
  friend eigen_number tanh(const eigen_number& a) { return {tanh(a.x)}; }
  friend eigen_number erf(const eigen_number& a) {  // which Eigen does not have
    const double v = a.x.value();
    return {base(std::erf(v), a.x.derivatives() * (1.1283791670955125739 * std::exp(-v * v)))};
  }
  // clang-format on
};
#endif
struct eigen {
  static constexpr auto name = "eigen";
#if __has_include(<Eigen/Core>)
  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& x, typename Kernel::input& g) {
    constexpr int n = size<Kernel>;
    std::array<eigen_number<n>, size<Kernel>> in;
    for (int i = 0; i < n; ++i) in[static_cast<std::size_t>(i)].x = {x[static_cast<std::size_t>(i)], n, i};
    const auto y = Kernel::formula(in);
    for (int i = 0; i < n; ++i) g[static_cast<std::size_t>(i)] = y.x.derivatives()[i];
    return y.x.value();
  }
#endif
};

template <class Variant>
concept Installed = requires(const ::kernels::chain::input& x, ::kernels::chain::input& g) {
  Variant::template call<::kernels::chain>(x, g);
};

template <class Variant, class Kernel>
bool is_right() {
  for (const auto& x : inputs<Kernel>()) {
    typename Kernel::input expected{}, got{};
    double scale = std::abs(Kernel::hand(x, expected));
    Variant::template call<Kernel>(x, got);
    for (const double e : expected) scale = std::max(scale, std::abs(e));
    for (std::size_t i = 0; i < got.size(); ++i)
      if (!(std::abs(got[i] - expected[i]) <= 1e-12 * scale)) {
        std::fprintf(stderr, "%s/%s: component %zu is %.17g, by hand %.17g\n", Kernel::name, Variant::name, i, got[i],
                     expected[i]);
        return false;
      }
  }
  return true;
}

/// Nanoseconds of one call.
template <class Variant, class Kernel>
double measured() {
  using clock = std::chrono::steady_clock;
  constexpr int passes = 16;
  alignas(64) static typename Kernel::input g;
  double total = 0;
  const auto start = clock::now();
  for (int pass = 0; pass < passes; ++pass)
    for (const auto& x : inputs<Kernel>()) {
      total += Variant::template call<Kernel>(x, g);
      asm volatile("" : : "r"(&g) : "memory");
    }
  const std::chrono::duration<double, std::nano> time = clock::now() - start;
  asm volatile("" : : "r"(&total) : "memory");
  return time.count() / (passes * static_cast<double>(inputs<Kernel>().size()));
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <class Kernel, class... Variant>
bool compare(std::size_t rounds, std::tuple<Variant...>) {
  if (!(is_right<Variant, Kernel>() && ...)) return false;
  std::vector<double> times[sizeof...(Variant)], ratios[sizeof...(Variant)];
  for (std::size_t round = 0; round < rounds; ++round) {
    const double now[] = {measured<Variant, Kernel>()...};
    for (std::size_t i = 0; i < sizeof...(Variant); ++i) {
      times[i].push_back(now[i]);
      ratios[i].push_back(now[i] / now[0]);
    }
  }
  std::size_t i = 0;
  ((std::printf("%-16s%-10s%9.2f%9.3f\n", Kernel::name, Variant::name, median(times[i]), median(ratios[i])), ++i), ...);
  return true;
}

/// Those that are installed.
template <class... Variant>
constexpr auto installed(std::tuple<Variant...>) {
  return std::tuple_cat(std::conditional_t<Installed<Variant>, std::tuple<Variant>, std::tuple<>>{}...);
}

}  // namespace bench

int main(int argc, char** argv) {
  using namespace bench;
  std::size_t rounds = 201;
  for (const std::string_view word : std::vector<std::string_view>(argv + 1, argv + argc))
    if (word.starts_with("--rounds=")) rounds = std::max(1ul, std::strtoul(word.substr(9).data(), nullptr, 10));
  const auto all = installed(std::tuple<hand, into, dual, ceres_jet, eigen>{});
  if (!Installed<ceres_jet>) std::puts("Ceres is not there (Debian: libceres-dev): its column is left out");
  if (!Installed<eigen>) std::puts("Eigen is not there (Debian: libeigen3-dev): its column is left out");
  std::printf("%-16s%-10s%9s%9s\n", "kernel", "variant", "ns", "x hand");
  const bool right = compare<::kernels::black_scholes>(rounds, all) && compare<::kernels::chain>(rounds, all);
  return right ? 0 : 1;
}
