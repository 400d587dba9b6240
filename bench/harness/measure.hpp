// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <string_view>
#include <vector>

// What all benches share: a clock, rounds, medians.
namespace bench {

inline constexpr std::string_view isa =
#if defined(__AVX512F__)
    "AVX-512";
#elif defined(__AVX2__)
    "AVX2";
#elif defined(__AVX__)
    "AVX";
#elif defined(__SSE2__)
    "SSE2";
#else
    "other";
#endif

inline std::string compiler() {
#if defined(__clang__)
  return __VERSION__;
#else
  return "GCC " __VERSION__;
#endif
}

/// Keeps the compiler from knowing what is stored where `p` points to.
inline void escape(const void* p) { asm volatile("" : : "r"(p) : "memory"); }

/// Of this thread: what others do on the machine counts less.
inline double seconds_now() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

inline double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at), above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

/// Two times of the same round, as a ratio; of all rounds.
inline std::vector<double> ratios(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<double> all;
  for (std::size_t i = 0; i < x.size(); ++i) all.push_back(x[i] / y[i]);
  return all;
}

/// What `seconds(variant)` gives, by variant and round: all variants run once in each round, in shuffled order, so that
/// what else the machine does meets them alike.
template <class Seconds>
std::vector<std::vector<double>> in_shuffled_rounds(std::size_t variants, std::size_t rounds, Seconds&& seconds) {
  std::mt19937_64 random(1);
  std::vector<std::vector<double>> all(variants);
  std::vector<std::size_t> order;
  for (std::size_t v = 0; v < variants; ++v) order.push_back(v);
  for (std::size_t round = 0; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t v : order) all[v].push_back(seconds(v));
  }
  return all;
}

/// What --rounds=N says.
inline std::size_t rounds_in(int argc, char** argv) {
  std::size_t rounds = 201;
  for (int i = 1; i < argc; ++i)
    if (const std::string_view option = argv[i]; option.starts_with("--rounds="))
      rounds = std::max(1ul, std::strtoul(argv[i] + 9, nullptr, 10));
  return rounds;
}

}  // namespace bench
