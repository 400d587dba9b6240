// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <random>

#include "harness/kernel.hpp"

namespace kernels {

/// One step of ADBench's LSTM (its diagonal cells, its output layer and loss): 2 layers of 4 cells, the loss by all 76
/// parameters.
struct lstm {
  static constexpr auto name = "lstm";
  static constexpr std::size_t layers = 2, n = 4;
  struct input {
    /// For each layer the weights of forget, input and output gate and of the change, then their biases; then the
    /// factors of the input, and factors and biases of the output.
    std::array<double, layers * 8 * n + 3 * n> x;
    /// For each layer what is hidden and the cells; then the input, and what should come out.
    std::array<double, layers * 2 * n + 2 * n> data;
  };
  static constexpr std::size_t extra = layers * 8 * n, outside = layers * 2 * n;

  static constexpr auto formula = [](auto const& x, auto const& data) {
    using bench::held, std::exp, std::log, std::tanh;
    const auto sigmoid = [](const auto& z) { return held(1.0 / (1.0 + exp(-z))); };
    const auto first = [&](std::size_t i) { return held(data[outside + i] * x[extra + i]); };
    std::array flow{first(0), first(1), first(2), first(3)};
    for (std::size_t l = 0; l < layers; ++l)
      for (std::size_t i = 0; i < n; ++i) {
        const auto gate = [&](const auto& from, std::size_t which) {
          return held(from * x[l * 8 * n + which * n + i] + x[l * 8 * n + (4 + which) * n + i]);
        };
        const auto hidden = data[l * 2 * n + i], cell = data[l * 2 * n + n + i];
        const auto forget = sigmoid(gate(flow[i], 0)), in = sigmoid(gate(hidden, 1)), out = sigmoid(gate(flow[i], 2));
        const auto change = held(tanh(gate(hidden, 3)));
        flow[i] = out * tanh(held(cell * forget + in * change));
      }
    for (std::size_t i = 0; i < n; ++i) flow[i] = held(flow[i] * x[extra + n + i] + x[extra + 2 * n + i]);
    const auto normal = held(log(exp(flow[0]) + exp(flow[1]) + exp(flow[2]) + exp(flow[3]) + 2.0));
    auto loss = held((normal - flow[0]) * data[outside + n]);
    for (std::size_t i = 1; i < n; ++i) loss += (normal - flow[i]) * data[outside + n + i];
    return loss;
  };

  /// Backwards through the layers, one cell after another; the loops over the cells are long enough for registers of
  /// four numbers.
  static double hand(input const& in, std::array<double, 76>& g) {
    struct layer {
      double forget[n], in[n], out[n], change[n], squashed[n], from[n];
    } kept[layers];
    const auto& x = in.x;
    const auto& data = in.data;
    double flow[n], e[n], bar[n];
    for (std::size_t i = 0; i < n; ++i) flow[i] = data[outside + i] * x[extra + i];
    for (std::size_t l = 0; l < layers; ++l) {
      layer& k = kept[l];
      const double *w = &x[l * 8 * n], *b = w + 4 * n, *hidden = &data[l * 2 * n], *cell = hidden + n;
      for (std::size_t i = 0; i < n; ++i) {
        k.from[i] = flow[i];
        k.forget[i] = std::exp(-(flow[i] * w[i] + b[i]));
        k.in[i] = std::exp(-(hidden[i] * w[n + i] + b[n + i]));
        k.out[i] = std::exp(-(flow[i] * w[2 * n + i] + b[2 * n + i]));
        k.change[i] = std::tanh(hidden[i] * w[3 * n + i] + b[3 * n + i]);
      }
      for (std::size_t i = 0; i < n; ++i) {
        k.forget[i] = 1 / (1 + k.forget[i]), k.in[i] = 1 / (1 + k.in[i]), k.out[i] = 1 / (1 + k.out[i]);
        k.squashed[i] = cell[i] * k.forget[i] + k.in[i] * k.change[i];
      }
      for (std::size_t i = 0; i < n; ++i) k.squashed[i] = std::tanh(k.squashed[i]);
      for (std::size_t i = 0; i < n; ++i) flow[i] = k.out[i] * k.squashed[i];
    }
    double y[n], sum = 0, gold = 0, loss = 0;
    for (std::size_t i = 0; i < n; ++i) y[i] = flow[i] * x[extra + n + i] + x[extra + 2 * n + i], e[i] = std::exp(y[i]);
    for (std::size_t i = 0; i < n; ++i) sum += e[i], gold += data[outside + n + i];
    const double normal = std::log(sum + 2), scale = gold / (sum + 2);
    for (std::size_t i = 0; i < n; ++i) loss += (normal - y[i]) * data[outside + n + i];
    for (std::size_t i = 0; i < n; ++i) {
      const double y_bar = e[i] * scale - data[outside + n + i];
      g[extra + 2 * n + i] = y_bar;
      g[extra + n + i] = y_bar * flow[i];
      bar[i] = y_bar * x[extra + n + i];
    }
    for (std::size_t l = layers; l-- > 0;) {
      const layer& k = kept[l];
      const double *w = &x[l * 8 * n], *hidden = &data[l * 2 * n], *cell = hidden + n;
      double* to = &g[l * 8 * n];
      for (std::size_t i = 0; i < n; ++i) {
        const double t = k.squashed[i], out_bar = bar[i] * t * (k.out[i] - k.out[i] * k.out[i]);
        const double cell_bar = bar[i] * k.out[i] * (1 - t * t);
        const double forget_bar = cell_bar * cell[i] * (k.forget[i] - k.forget[i] * k.forget[i]);
        const double in_bar = cell_bar * k.change[i] * (k.in[i] - k.in[i] * k.in[i]);
        const double change_bar = cell_bar * k.in[i] * (1 - k.change[i] * k.change[i]);
        to[i] = forget_bar * k.from[i], to[n + i] = in_bar * hidden[i];
        to[2 * n + i] = out_bar * k.from[i], to[3 * n + i] = change_bar * hidden[i];
        to[4 * n + i] = forget_bar, to[5 * n + i] = in_bar, to[6 * n + i] = out_bar, to[7 * n + i] = change_bar;
        bar[i] = forget_bar * w[i] + out_bar * w[2 * n + i];
      }
    }
    for (std::size_t i = 0; i < n; ++i) g[extra + i] = bar[i] * data[outside + i];
    return loss;
  }

  static input sample(std::mt19937_64& random) {
    input in{};
    for (double& xi : in.x) xi = bench::uniform(random, -1, 1);
    for (double& xi : in.data) xi = bench::uniform(random, -1, 1);
    return in;
  }
};

}  // namespace kernels
