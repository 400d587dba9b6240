// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace bench {

/// Layers h = activation(h * W + b), the last one without, and the mean of the cross-entropies, as PyTorch's own
/// library differentiates them. Without its headers, which stand in a unit of their own: they are C++17, and not C++20
/// to clang.
template <class T>
class torch_step {
 public:
  enum class activation { tanh, relu };
  struct numbers {
    const T* data;
    std::vector<std::int64_t> sizes;
  };

  /// Keeps to where the numbers lie; weights and biases in turn.
  torch_step(activation, const std::vector<numbers>& parameters, const numbers& x, const std::vector<int>& labels);
  /// The value; the gradient goes where it is told to, in the order of the parameters.
  T operator()(T* gradient) const;

 private:
  struct tensors;
  std::shared_ptr<const tensors> held;
};

}  // namespace bench
