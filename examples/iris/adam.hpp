// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/fuse.hpp>

namespace iris {

/// Calls `visit` with corresponding numbers of structures of one shape: numbers, arrays, Hana structs.
template <class Visit, class First, class... Rest>
constexpr void for_each_number(const Visit& visit, First& first, Rest&... rest) {
  using shape = std::remove_const_t<First>;
  if constexpr (std::floating_point<shape>) {
    visit(first, rest...);
  } else if constexpr (boost::hana::Struct<shape>::value) {
    const auto visit_member = [&](auto, auto member) { for_each_number(visit, member(first), member(rest)...); };
    boost::hana::for_each(boost::hana::accessors<shape>(), boost::hana::fuse(visit_member));
  } else {
    for (std::size_t i = 0; i < first.size(); ++i) for_each_number(visit, first[i], rest[i]...);
  }
}

/// Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), for parameters of any structure.
template <class Parameters>
struct adam {
  double rate = 0.01;
  double decay = 0.0;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-8;

  void step(Parameters& parameters, const Parameters& gradient) {
    weight_1 *= beta_1;
    weight_2 *= beta_2;
    const auto move = [&](double& p, double g, double& m, double& v) {
      m += (1 - beta_1) * (g - m);
      v += (1 - beta_2) * (g * g - v);
      p -= rate * (m / (1 - weight_1) / (std::sqrt(v / (1 - weight_2)) + epsilon) + decay * p);
    };
    for_each_number(move, parameters, gradient, mean, square);
  }

  Parameters mean{};    ///< running, of the gradients
  Parameters square{};  ///< running, of their squares
  double weight_1 = 1;  ///< that the zeros `mean` started from still have
  double weight_2 = 1;  ///< that the zeros `square` started from still have
};

}  // namespace iris
