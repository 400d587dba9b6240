// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace iris {

/// Pretends to read and write `object`, so that the compiler cannot drop work whose result nobody uses.
inline void keep(auto& object) { asm volatile("" : : "r"(&object) : "memory"); }

/// The time of one call of `work(i)` in nanoseconds: the median of 101 measurements of a thousand calls each.
double median_nanoseconds(const auto& work) {
  using clock = std::chrono::steady_clock;
  constexpr std::size_t calls = 1000;
  std::array<double, 101> times{};
  for (double& time : times) {
    const auto start = clock::now();
    for (std::size_t i = 0; i < calls; ++i) work(i);
    time = std::chrono::duration<double, std::nano>(clock::now() - start).count() / calls;
  }
  std::ranges::nth_element(times, times.begin() + times.size() / 2);
  return times[times.size() / 2];
}

}  // namespace iris
