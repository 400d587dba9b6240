// SPDX-License-Identifier: BSL-1.0
// How fast products of matrices of fixed sizes are: product [--rounds=N]
//
// All variants of a shape run once in each round, in shuffled order, on the same numbers, which lie in the caches. The
// peak is that of independent fused products in registers, measured in the same rounds. A ratio compares two times of
// the same round; its median over the rounds is what a busy machine cannot move much.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>
#if defined(__GNUC__) && !defined(__clang__)  // of GCC's own functions for AVX-512
  #pragma GCC diagnostic ignored "-Wuninitialized"
  #pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if __has_include(<Eigen/Core>)
  #include <Eigen/Core>
#elif __has_include(<eigen3/Eigen/Core>)
  #include <eigen3/Eigen/Core>
#endif

#include <tapeless/kernel/product.hpp>

namespace bench {

using tl::detail::product_shape;

constexpr std::string_view isa =
#if defined(__AVX512F__)
    "AVX-512";
#elif defined(__AVX2__)
    "AVX2";
#elif defined(__SSE2__)
    "SSE2";
#else
    "other";
#endif

template <product_shape S, class T>
struct data {
  alignas(64) std::array<T, S.rows * S.depth> a;
  alignas(64) std::array<T, S.depth * S.columns> b;
  alignas(64) std::array<T, S.rows * S.columns> c;
  alignas(64) std::array<T, tl::detail::scratch_elements<S, T>() + 1> scratch;

  data() {
    std::mt19937_64 random(2008);
    std::uniform_real_distribution<T> unit(-1, 1);
    for (T& x : a) x = unit(random);
    for (T& x : b) x = unit(random);
  }
};

struct ours {
  template <product_shape S, class T>
  static void run(data<S, T>& d) {
    tl::detail::multiply<S, tl::detail::product_start::nothing>(d.c.data(), d.a.data(), d.b.data(),
                                                                static_cast<const T*>(nullptr), d.scratch.data());
  }
};

#if defined(EIGEN_CORE_H)
struct eigen {
  template <class T, std::size_t Rows, std::size_t Columns>
  using matrix = Eigen::Matrix<T, static_cast<int>(Rows), static_cast<int>(Columns),
                               (Columns == 1 ? Eigen::ColMajor : Eigen::RowMajor) | Eigen::DontAlign>;
  template <product_shape S, class T>
  static void run(data<S, T>& d) {
    using left = std::conditional_t<S.left_transposed, matrix<T, S.depth, S.rows>, matrix<T, S.rows, S.depth>>;
    using right = std::conditional_t<S.right_transposed, matrix<T, S.columns, S.depth>, matrix<T, S.depth, S.columns>>;
    Eigen::Map<const left> a(d.a.data());
    Eigen::Map<const right> b(d.b.data());
    Eigen::Map<matrix<T, S.rows, S.columns>> c(d.c.data());
    if constexpr (S.left_transposed && S.right_transposed) c.noalias() = a.transpose() * b.transpose();
    else if constexpr (S.left_transposed) c.noalias() = a.transpose() * b;
    else if constexpr (S.right_transposed) c.noalias() = a * b.transpose();
    else c.noalias() = a * b;
  }
};
#endif

/// Fused products a register at a time, without a load: as many as the shape has, or so many that it is long.
struct peak {
  static constexpr std::size_t sums = 12;
  template <product_shape S, class T>
  static constexpr std::size_t steps = tl::detail::rounded_up(
      std::max(S.rows* S.columns* S.depth * sizeof(T) / tl::detail::register_bytes, std::size_t{600}), sums);
  template <product_shape S, class T>
  static constexpr std::size_t products = steps<S, T>* sums* tl::detail::register_bytes / sizeof(T);

  template <product_shape S, class T>
  static void run(data<S, T>& d) {
    using V = tl::detail::register_with<T, tl::detail::register_bytes / sizeof(T)>;
    V sum[sums], x = tl::detail::splat<V>(d.a[0]), y = tl::detail::splat<V>(d.b[0]);
#pragma GCC unroll 12
    for (std::size_t k = 0; k < sums; ++k) sum[k] = x;
    for (std::size_t i = 0; i < steps<S, T>; ++i) {
#pragma GCC unroll 12
      for (std::size_t k = 0; k < sums; ++k) {
        sum[k] = tl::detail::multiply_add(x, y, sum[k]);
        asm volatile("" : "+v"(sum[k]));
      }
    }
  }
};

template <class Variant, product_shape S, class T>
[[gnu::noinline]] void passes(data<S, T>& d, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Variant::run(d);
    benchmark::DoNotOptimize(&d);
    benchmark::ClobberMemory();
  }
}

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
}

double seconds_now() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <product_shape S, class T>
bool agree(data<S, T>& d) {
#if defined(EIGEN_CORE_H)
  eigen::run(d);
  const auto expected = d.c;
  ours::run(d);
  for (std::size_t i = 0; i < d.c.size(); ++i)
    if (!(std::abs(d.c[i] - expected[i]) <= T(S.depth) * std::numeric_limits<T>::epsilon())) return false;
#else
  ours::run(d);
#endif
  return true;
}

template <product_shape S, class T>
void compare(std::size_t rounds) {
  constexpr std::size_t products = S.rows * S.columns * S.depth;
  constexpr std::size_t count = std::max(std::size_t{1}, std::size_t{400000} / (products + 64));
  static data<S, T> d;
  if (!agree(d)) std::fprintf(stderr, "differs from Eigen\n"), std::exit(1);
#if defined(EIGEN_CORE_H)
  constexpr std::size_t variants = 3;
  void (*run[])(data<S, T>&, std::size_t) = {passes<ours, S, T>, passes<peak, S, T>, passes<eigen, S, T>};
#else
  constexpr std::size_t variants = 2;
  void (*run[])(data<S, T>&, std::size_t) = {passes<ours, S, T>, passes<peak, S, T>};
#endif
  std::vector<double> seconds[3];
  std::array<std::size_t, variants> order;
  for (std::size_t v = 0; v < variants; ++v) order[v] = v;
  std::mt19937_64 random(1);
  for (std::size_t round = 0; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t v : order) {
      run[v](d, 1);  // wakes caches and predictors
      const double start = seconds_now();
      run[v](d, count);
      seconds[v].push_back(seconds_now() - start);
    }
  }
  const auto median_ratio = [&](std::size_t v) {
    std::vector<double> ratio;
    for (std::size_t i = 0; i < seconds[v].size(); ++i) ratio.push_back(seconds[v][i] / seconds[0][i]);
    return ratio.empty() ? std::nan("") : quantile(ratio, 0.5);
  };
  constexpr double peak_products = static_cast<double>(peak::products<S, T>) / static_cast<double>(products);
  const double median = quantile(seconds[0], 0.5) / static_cast<double>(count);
  std::printf("%4zu x%4zu x%4zu %s%s  %-7s%10.1f%10.1f%9.0f%%%10.2f\n", S.rows, S.columns, S.depth,
              S.left_transposed ? "T" : "N", S.right_transposed ? "T" : "N", sizeof(T) == 4 ? "float" : "double",
              median * 1e9, 2e-9 * static_cast<double>(products) / median, 100 * median_ratio(1) / peak_products,
              median_ratio(2));
}

template <product_shape... S>
struct shapes {};

/// A network of 64, 64 and 10 numbers on 32 points: forwards, then the gradients of its matrices, then of what goes in.
/// Then matrices of networks of a few neurons with a vector: the product, the one with the transpose, and the outer
/// one. Then awkward and larger ones.
using all =
    shapes<product_shape{32, 64, 64}, product_shape{64, 64, 32, true}, product_shape{32, 64, 64, false, true},
           product_shape{32, 10, 64}, product_shape{64, 10, 32, true}, product_shape{32, 64, 10, false, true},
           product_shape{16, 1, 4}, product_shape{4, 1, 16, true}, product_shape{16, 4, 1},  //
           product_shape{16, 1, 16}, product_shape{16, 1, 16, true}, product_shape{16, 16, 1}, product_shape{3, 1, 16},
           product_shape{16, 1, 3, true}, product_shape{3, 16, 1}, product_shape{64, 1, 64},
           product_shape{64, 1, 64, true}, product_shape{1, 64, 64}, product_shape{1, 1, 512}, product_shape{7, 11, 13},
           product_shape{4, 4, 4}, product_shape{3, 3, 3}, product_shape{128, 128, 128}, product_shape{256, 256, 256}>;

template <product_shape... S>
void compare_all(shapes<S...>, std::size_t rounds) {
  (compare<S, double>(rounds), ...);
  (compare<S, float>(rounds), ...);
}

}  // namespace bench

int main(int argc, char** argv) {
  std::size_t rounds = 201;
  for (int i = 1; i < argc; ++i)
    if (const std::string_view option = argv[i]; option.starts_with("--rounds="))
      rounds = std::max(1ul, std::strtoul(argv[i] + 9, nullptr, 10));
  const bool gcc = std::string_view(__VERSION__).find("lang") == std::string_view::npos;
  std::printf("%s%s; %s; %zu rounds; rows x columns x depth, N or T: left and right as they are or transposed\n",
              gcc ? "GCC " : "", __VERSION__, bench::isa.data(), rounds);
  std::printf("%-28s%7s%10s%10s%10s\n", "product", "ns", "GFLOP/s", "of peak", "x Eigen");
  bench::compare_all(bench::all{}, rounds);
}
