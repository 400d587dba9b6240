// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "kernel.hpp"
#include "measure.hpp"

namespace bench {

/// Heap allocations of the process so far.
std::size_t allocations();

struct checked {
  double error;             ///< the largest difference from the code by hand, over the largest component
  std::size_t allocations;  ///< in one call, at most
};

/// A variant on a kernel, whatever their types.
struct entry {
  std::string_view kernel, variant;
  int rank;  ///< in a row of the report: 0 for the primal, 1 for the code by hand, 2.. for ours, 10.. for others
  checked (*check)();
  void (*call)(std::size_t input);  ///< one call, on one of the inputs
  std::size_t inputs = 128;
  double tolerance = rank < 10 ? 1e-12 : 1e-9;
  double products = 0;  ///< fused products of matrices, in a call: for networks, of which the share of the peak is told
  double (*seconds_of_a_product)() = nullptr;  ///< at the peak
};

std::vector<entry>& entries();

template <class Variant, class Kernel>
void call_on(std::size_t i) {
  alignas(64) static output<Kernel> out;
  const double value = Variant::template call<Kernel>(inputs<Kernel>()[i], out);
  escape(&value);
  escape(&out);
}

template <class Variant, class Kernel>
checked check() {
  checked all{};
  for (const auto& x : inputs<Kernel>()) {
    output<Kernel> expected{}, got{};
    const double expected_value = Kernel::hand(x, expected);
    if constexpr (Variant::rank > 0) Variant::template call<Kernel>(x, got);  // tapes are made in the first call
    const auto before = allocations();
    const double value = Variant::template call<Kernel>(x, got);
    all.allocations = std::max(all.allocations, allocations() - before);
    double scale = std::abs(expected_value), error = std::abs(value - expected_value);
    const std::size_t compared = Variant::rank == 0 ? values<Kernel> : got.size();
    for (std::size_t k = 0; k < compared; ++k) {
      scale = std::max(scale, std::abs(expected[k]));
      const double difference = std::abs(got[k] - expected[k]);
      error = difference <= error ? error : difference;  // keeps what is not a number
    }
    all.error = error / scale <= all.error ? all.error : error / scale;
  }
  return all;
}

template <class Kernel, class... Variant>
bool add() {
  const auto one = []<class V>(V) {
    if constexpr (V::template supports<Kernel>)
      entries().push_back({Kernel::name, V::name, V::rank, check<V, Kernel>, call_on<V, Kernel>});
  };
  (one(Variant{}), ...);
  return true;
}

}  // namespace bench
