// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "data.hpp"

/// From one table to a training set and a held-out set on a common scale.
namespace iris {

/// The standard fixes what mt19937 produces, but not what std::shuffle and the distributions make of it. These two do
/// the same with every library.
class random_source {
 public:
  explicit random_source(std::uint32_t seed) : engine_(seed) {}

  double uniform(double low, double high) { return low + (high - low) * 0x1p-32 * static_cast<double>(engine_()); }

  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t left = items.size(); left > 1; --left)
      std::swap(items[left - 1], items[(std::uint64_t{static_cast<std::uint32_t>(engine_())} * left) >> 32]);
  }

 private:
  std::mt19937 engine_;
};

struct split {
  std::vector<flower> train, test;
};

/// Goes through the classes one by one, in random order within each, and holds out every third flower, so that both
/// sets get their share of every class.
inline split stratified_split(std::vector<flower> flowers, random_source& random) {
  random.shuffle(std::span(flowers));
  split parts;
  std::size_t seen = 0;
  for (int label = 0; label < static_cast<int>(classes); ++label)
    for (const auto& f : flowers)
      if (f.label == label) (++seen % 3 == 0 ? parts.test : parts.train).push_back(f);
  return parts;
}

/// Shifts and stretches each feature to mean 0 and deviation 1, by what the training set alone says about them.
struct standardiser {
  vector<double, features> mean{};
  vector<double, features> deviation{};

  explicit standardiser(std::span<const flower> train) {
    const auto count = static_cast<double>(train.size());
    for (std::size_t j = 0; j < features; ++j) {
      for (const auto& f : train) mean[j] += f.x[j] / count;
      for (const auto& f : train) deviation[j] += (f.x[j] - mean[j]) * (f.x[j] - mean[j]) / count;
      deviation[j] = deviation[j] > 0 ? std::sqrt(deviation[j]) : 1;
    }
  }

  vector<double, features> operator()(vector<double, features> x) const {
    for (std::size_t j = 0; j < features; ++j) x[j] = (x[j] - mean[j]) / deviation[j];
    return x;
  }

  std::vector<flower> operator()(std::vector<flower> flowers) const {
    for (auto& f : flowers) f.x = (*this)(f.x);
    return flowers;
  }
};

}  // namespace iris
