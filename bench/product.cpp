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

#include "harness/measure.hpp"
#include "harness/peak.hpp"

namespace bench {

using tl::detail::product_shape;

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

template <class Variant, product_shape S, class T>
[[gnu::noinline]] void passes(data<S, T>& d, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Variant::run(d);
    escape(&d);
  }
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
  constexpr std::size_t variants = 2;
  void (*run[])(data<S, T>&, std::size_t) = {passes<ours, S, T>, passes<eigen, S, T>};
#else
  constexpr std::size_t variants = 1;
  void (*run[])(data<S, T>&, std::size_t) = {passes<ours, S, T>};
#endif
  const auto seconds = in_shuffled_rounds(variants + 1, rounds, [&](std::size_t v) {
    if (v == variants) return seconds_of_a_fused_product<T>();
    run[v](d, 1);  // wakes caches and predictors
    const double start = seconds_now();
    run[v](d, count);
    return (seconds_now() - start) / static_cast<double>(count);
  });
  const double median = quantile(seconds[0], 0.5),
               share = products * quantile(ratios(seconds[variants], seconds[0]), 0.5);
  const double eigen_over_ours = variants == 2 ? quantile(ratios(seconds[1], seconds[0]), 0.5) : std::nan("");
  std::printf("%4zu x%4zu x%4zu %s%s  %-7s%10.1f%10.1f%9.0f%%%10.2f\n", S.rows, S.columns, S.depth,
              S.left_transposed ? "T" : "N", S.right_transposed ? "T" : "N", sizeof(T) == 4 ? "float" : "double",
              median * 1e9, 2e-9 * static_cast<double>(products) / median, 100 * share, eigen_over_ours);
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
  const std::size_t rounds = bench::rounds_in(argc, argv);
  std::printf("%s; %s; %zu rounds; rows x columns x depth, N or T: left and right as they are or transposed\n",
              bench::compiler().c_str(), bench::isa.data(), rounds);
  std::printf("%-28s%7s%10s%10s%10s\n", "product", "ns", "GFLOP/s", "of peak", "x Eigen");
  bench::compare_all(bench::all{}, rounds);
}
