// SPDX-License-Identifier: BSL-1.0
// packages: libtorch-dev libopenblas0-pthread
// headers: torch/csrc/autograd/autograd.h
// links: torch_cpu c10
// counted: no
#pragma once

#include "networks/relu_network_by_hand.hpp"
#include "networks/tanh_network_by_hand.hpp"
#include "torch/step.hpp"

namespace bench {

/// PyTorch's own library, on one thread: for the networks only.
struct torch {
  template <class Kernel>
  static constexpr bool supports = false;

  template <class T>
  static torch_step<T> step(const kernels::tanh_network<T>*, const typename kernels::tanh_network<T>::input& in) {
    const auto& [w1, b1, w2, b2, w3, b3] = in.p;
    return {torch_step<T>::activation::tanh,
            {{w1.data(), {4, 16}},
             {b1.data(), {16}},
             {w2.data(), {16, 16}},
             {b2.data(), {16}},
             {w3.data(), {16, 3}},
             {b3.data(), {3}}},
            {in.x.data(), {1, 4}},
            {in.label}};
  }
  template <class T>
  static torch_step<T> step(const kernels::relu_network<T>*, const typename kernels::relu_network<T>::input& in) {
    const auto& [w1, b1, w2, b2] = in.p;
    return {torch_step<T>::activation::relu,
            {{w1.data(), {64, 64}}, {b1.data(), {64}}, {w2.data(), {64, 10}}, {b2.data(), {10}}},
            {in.x.data(), {32, 64}},
            {in.label.begin(), in.label.end()}};
  }
};

/// Tensors are made once for each sample.
template <class Network>
struct by_torch {
  static void run(const typename Network::input& in, typename Network::output& out) {
    static const auto steps = [] {
      std::vector<torch_step<typename Network::scalar>> all;
      for (const auto& each : samples<Network>())
        all.push_back(torch::step(static_cast<const Network*>(nullptr), each));
      return all;
    }();
    out.value = steps[static_cast<std::size_t>(&in - samples<Network>().data())](out.numbers().data());
  }
};
template <class T>
bool add_torch() {
  using tanh = kernels::tanh_network<T>;
  using relu = kernels::relu_network<T>;
  return add_network<tanh, kernels::tanh_network_in_loops<T>, by_torch<tanh>>("libtorch", 11) &&
         add_network<relu, kernels::relu_network_in_loops<T>, by_torch<relu>>("libtorch", 11);
}
static const bool torch_added = add_torch<double>() && add_torch<float>();

}  // namespace bench
