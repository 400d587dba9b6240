// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <ctime>
#include <string_view>

#include <tapeless/kernel/shape.hpp>

namespace bench {

inline constexpr std::string_view isa =
#if defined(__AVX512F__)
    "AVX-512";
#elif defined(__AVX2__)
    "AVX2";
#elif defined(__SSE2__)
    "SSE2";
#else
    "other";
#endif

inline double seconds_now() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// At least so many fused products of independent numbers, a register at a time and without a load: what the processor
/// can do at most. Returns how many they were.
template <class T>
[[gnu::noinline]] std::size_t fused_products(std::size_t at_least, const T& left, const T& right) {
  constexpr std::size_t sums = 12, width = tl::detail::register_bytes / sizeof(T);
  using V = tl::detail::register_with<T, width>;
  const std::size_t steps = tl::detail::rounded_up(at_least, sums * width);
  V sum[sums], x = tl::detail::splat<V>(left), y = tl::detail::splat<V>(right);
#pragma GCC unroll 12
  for (std::size_t k = 0; k < sums; ++k) sum[k] = x;
  for (std::size_t i = 0; i < steps; ++i) {
#pragma GCC unroll 12
    for (std::size_t k = 0; k < sums; ++k) {
      sum[k] = tl::detail::multiply_add(x, y, sum[k]);
      asm volatile("" : "+v"(sum[k]));
    }
  }
  return steps * sums * width;
}

}  // namespace bench
