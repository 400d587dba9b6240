// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <tapeless/kernel/shape.hpp>

#include "measure.hpp"

namespace bench {

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

template <class T>
double seconds_of_a_fused_product() {
  const double start = seconds_now();
  const std::size_t products = fused_products(2000000, T(1), T(0.5));
  return (seconds_now() - start) / static_cast<double>(products);
}

}  // namespace bench
