// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "../harness/peak.hpp"

// A problem has inputs, of which `Problem::sample(random)` makes one, and outputs, the value and the gradient by its
// parameters, which have no padding. A variant is a function of an input, and of the output that it fills.
namespace bench {

/// Heap allocations of the process so far.
std::size_t allocations();
/// So many times all variants of a problem run.
extern std::size_t rounds;
/// The only variant that runs if there is one, and how often: for a profiler.
extern std::string only;
extern std::size_t repetitions;

template <class Problem>
struct variant {
  const char* name;
  void (*run)(const typename Problem::input&, typename Problem::output&);
};

inline double median_ratio(const std::vector<double>& x, const std::vector<double>& y) {
  return quantile(ratios(x, y), 0.5);
}

/// What a problem gives: the gradient is like the parameters.
template <class T, class Parameters>
struct result {
  alignas(64) Parameters gradient;
  T value;

  std::span<T> numbers() { return {reinterpret_cast<T*>(&gradient), sizeof gradient / sizeof(T)}; }
};

/// The largest difference of two results, over the largest number in the second one, or of their values; not a number
/// if one of them is not.
template <class T, class Parameters>
double difference(result<T, Parameters>& got, result<T, Parameters>& expected) {
  double scale = 0, error = std::abs(double{got.value} - double{expected.value}) / std::abs(double{expected.value});
  for (const T& x : expected.numbers()) scale = std::max(scale, std::abs(double{x}));
  for (std::size_t k = 0; k < got.numbers().size(); ++k) {
    const double off = std::abs(double{got.numbers()[k]} - double{expected.numbers()[k]}) / scale;
    error = off <= error ? error : off;
  }
  return error;
}

template <class Problem>
struct comparison {
  using T = typename Problem::scalar;
  static constexpr std::size_t inputs = Problem::inputs;
  std::vector<variant<Problem>> variants;  // the first is the code by hand
  std::vector<typename Problem::input> input;
  std::vector<std::vector<double>> seconds;  // of one call, by variant and round; behind them those of the peak
  std::vector<std::size_t> allocated;

  explicit comparison(std::vector<variant<Problem>> all) : variants(std::move(all)), allocated(variants.size()) {
    std::mt19937_64 random(2018);
    for (std::size_t i = 0; i < inputs; ++i) input.push_back(Problem::sample(random));
    check();
    if (only.empty()) measure();
    for (const auto& v : variants)
      if (v.name == only) passes(v, repetitions);
  }

  void check() {
    for (const auto& x : input) {
      alignas(64) static typename Problem::output expected, got;
      variants[0].run(x, expected);
      for (std::size_t v = 0; v < variants.size(); ++v) {
        std::fill(got.numbers().begin(), got.numbers().end(), T(-1e30)), got.value = T(-1e30);
        const std::size_t before = allocations();
        variants[v].run(x, got);
        allocated[v] = std::max(allocated[v], allocations() - before);
        const double error = difference(got, expected);
        if (!(error <= Problem::tolerance)) {
          std::fprintf(stderr, "%s, %s: differs by %g from the code by hand\n", Problem::name, variants[v].name, error);
          std::exit(1);
        }
        if (allocated[v] > 0 && std::string(variants[v].name).starts_with("ours"))
          std::fprintf(stderr, "%s, %s: allocates\n", Problem::name, variants[v].name), std::exit(1);
      }
    }
  }

  void passes(const variant<Problem>& v, std::size_t count) {
    alignas(64) static typename Problem::output out;
    for (std::size_t pass = 0; pass < count; ++pass)
      for (const auto& x : input) {
        v.run(x, out);
        escape(&out);
      }
  }
  double time(const variant<Problem>& v, std::size_t count) {
    passes(v, 1);  // wakes caches and predictors
    const double start = seconds_now();
    passes(v, count);
    return (seconds_now() - start) / static_cast<double>(count * inputs);
  }

  void measure() {
    std::mt19937_64 random(1);
    std::vector<std::size_t> order, count;
    for (std::size_t v = 0; v <= variants.size(); ++v) order.push_back(v);
    for (const auto& v : variants)
      count.push_back(1 + static_cast<std::size_t>(0.001 / (time(v, 1) * static_cast<double>(inputs))));
    seconds.resize(variants.size() + 1);
    for (std::size_t round = 0; round < rounds; ++round) {
      std::shuffle(order.begin(), order.end(), random);
      for (const std::size_t v : order) {
        if (v < variants.size()) {
          seconds[v].push_back(time(variants[v], count[v]));
        } else {
          const double start = seconds_now();
          const std::size_t products = fused_products<T>(2000000, T(1), T(0.5));
          seconds[v].push_back((seconds_now() - start) / static_cast<double>(products));
        }
      }
    }
    print();
  }

  void print() const {
    const std::vector<double>& peak = seconds.back();
    std::printf("%s, %s; peak %.1f GFLOP/s\n", Problem::name, sizeof(T) == 4 ? "float" : "double",
                2e-9 / quantile(peak, 0.5));
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const double median = quantile(seconds[v], 0.5);
      std::printf("  %-26s%12.1f ns%8.3f x hand%4zu allocations", variants[v].name, 1e9 * median,
                  median_ratio(seconds[v], seconds[0]), allocated[v]);
      if (Problem::products > 0)
        std::printf("%9.2f GFLOP/s%6.1f%% of peak", 2e-9 * Problem::products / median,
                    100 * Problem::products * median_ratio(peak, seconds[v]));
      std::puts("");
    }
    std::fflush(stdout);
  }

  /// How much faster this is than another, with the last variants of both.
  template <class Other>
  void print_speedup_over(const Other& other) const {
    if (only.empty())
      std::printf("  %-26s%11.2f x as fast as in double\n", variants.back().name,
                  median_ratio(other.seconds[other.variants.size() - 1], seconds[variants.size() - 1]));
  }
};

}  // namespace bench
