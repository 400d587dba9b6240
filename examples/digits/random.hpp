// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <utility>

namespace digits {

/// The standard fixes what mt19937 produces, but not what std::shuffle and the distributions make of it. These do the
/// same with every library.
class random_source {
 public:
  explicit random_source(std::uint32_t seed) : engine_(seed) {}

  /// A whole number from 0 to before `count`.
  std::size_t below(std::size_t count) { return (std::uint64_t{static_cast<std::uint32_t>(engine_())} * count) >> 32; }

  /// Mean 0, deviation 1 (Box and Muller 1958).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(0x1p-32 * (static_cast<double>(engine_()) + 0.5)));
    return radius * std::cos(2 * std::numbers::pi * 0x1p-32 * static_cast<double>(engine_()));
  }

  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
  }

 private:
  std::mt19937 engine_;
};

}  // namespace digits
