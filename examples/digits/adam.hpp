// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include <boost/hana/accessors.hpp>
#include <boost/hana/at.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/tuple.hpp>

namespace digits {

/// The I-th member of a Hana struct.
template <std::size_t I, class Struct>
auto& member(Struct& from) {
  return boost::hana::second(boost::hana::at_c<I>(boost::hana::accessors<std::remove_const_t<Struct>>()))(from);
}

/// Calls `visit` with corresponding members of Hana structs, which may differ in their scalars.
template <class Visit, class First, class... Rest>
void for_each_member(const Visit& visit, First& first, Rest&... rest) {
  constexpr std::size_t count =
      decltype(boost::hana::length(boost::hana::accessors<std::remove_const_t<First>>()))::value;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto visit_member = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) {
      visit(member<J>(first), member<J>(rest)...);
    };
    (visit_member(std::integral_constant<std::size_t, I>{}), ...);
  }
  (std::make_index_sequence<count>{});
}

/// Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019).
template <class Parameters>
struct adam {
  float decay = 0;
  float beta_1 = 0.9F;
  float beta_2 = 0.999F;
  float epsilon = 1e-8F;

  void step(Parameters& parameters, const Parameters& gradient, float rate) {
    weight_1 *= beta_1;
    weight_2 *= beta_2;
    const float mean_scale = rate / (1 - weight_1), square_scale = 1 / (1 - weight_2), keep = 1 - rate * decay;
    const auto move = [&](std::span<float> p, std::span<const float> g, std::span<float> m, std::span<float> v) {
      for (std::size_t i = 0; i < p.size(); ++i) {
        m[i] += (1 - beta_1) * (g[i] - m[i]);
        v[i] += (1 - beta_2) * (g[i] * g[i] - v[i]);
        p[i] = keep * p[i] - mean_scale * m[i] / (std::sqrt(square_scale * v[i]) + epsilon);
      }
    };
    for_each_member(move, parameters, gradient, mean, square);
  }

  Parameters mean{};    ///< running, of the gradients
  Parameters square{};  ///< running, of their squares
  float weight_1 = 1;   ///< that the zeros `mean` started from still have
  float weight_2 = 1;   ///< that the zeros `square` started from still have
};

}  // namespace digits
