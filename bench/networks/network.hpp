// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include "harness/peak.hpp"
#include "harness/registry.hpp"

// A network has inputs, of which `Network::sample(random)` makes one, and an output, the value and the gradient by its
// parameters, which have no padding. A variant has a function `run` of an input, and of the output that it fills.
namespace bench {

/// What a network gives: the gradient is like the parameters.
template <class T, class Parameters>
struct result {
  alignas(64) Parameters gradient;
  T value;

  std::span<T> numbers() { return {reinterpret_cast<T*>(&gradient), sizeof gradient / sizeof(T)}; }
};

/// The largest difference of two results, over the largest number in the second one, or of their values; not a number
/// if one of them is not.
template <class T, class Parameters>
double difference(result<T, Parameters>& got, result<T, Parameters>& expected) {
  double scale = 0, error = std::abs(double{got.value} - double{expected.value}) / std::abs(double{expected.value});
  for (const T& x : expected.numbers()) scale = std::max(scale, std::abs(double{x}));
  for (std::size_t k = 0; k < got.numbers().size(); ++k) {
    const double off = std::abs(double{got.numbers()[k]} - double{expected.numbers()[k]}) / scale;
    error = off <= error ? error : off;
  }
  return error;
}

template <class Network>
const std::vector<typename Network::input>& samples() {
  static const auto all = [] {
    std::mt19937_64 random(2018);
    std::vector<typename Network::input> x;
    for (std::size_t i = 0; i < Network::inputs; ++i) x.push_back(Network::sample(random));
    return x;
  }();
  return all;
}

struct network {
  template <class Network, class Variant>
  [[gnu::noinline]] static void call(const typename Network::input& in, typename Network::output& out) {
    Variant::run(in, out);
    escape(&out);
  }
  template <class Network, class Variant>
  static void call_on(std::size_t i) {
    alignas(64) static typename Network::output out;
    call<Network, Variant>(samples<Network>()[i], out);
  }
  template <class Network, class Hand, class Variant>
  static checked check() {
    checked all{};
    for (const auto& in : samples<Network>()) {
      alignas(64) static typename Network::output expected, got;
      Hand::run(in, expected);
      Variant::run(in, got);
      got.value = typename Network::scalar(-1e30);
      std::fill(got.numbers().begin(), got.numbers().end(), got.value);
      const auto before = allocations();
      Variant::run(in, got);
      all.allocations = std::max(all.allocations, allocations() - before);
      const double error = difference(got, expected);
      all.error = error <= all.error ? all.error : error;
    }
    return all;
  }
};

template <class Network, class Hand, class Variant>
bool add_network(std::string_view name, int rank) {
  entry e{Network::name, name, rank, network::check<Network, Hand, Variant>, network::call_on<Network, Variant>};
  e.inputs = Network::inputs;
  e.tolerance = Network::tolerance;
  e.products = Network::products;
  e.seconds_of_a_product = seconds_of_a_fused_product<typename Network::scalar>;
  entries().push_back(e);
  return true;
}

}  // namespace bench
