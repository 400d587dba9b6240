// SPDX-License-Identifier: BSL-1.0
// packages: libboost-dev
// headers: boost/math/differentiation/autodiff.hpp
#pragma once

#include <boost/math/differentiation/autodiff.hpp>

#include "harness/registry.hpp"

namespace bench {

/// Boost's Taylor series: one pass for each derivative with one direction each. (Several variables at once, its
/// make_ftuple, are series in each variable: 2^n coefficients of which n are wanted.)
struct boost_autodiff {
  static constexpr auto name = "Boost autodiff";
  static constexpr int rank = 10;
  template <class Kernel>
  static constexpr bool supports = true;

  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    using namespace boost::math::differentiation;
    constexpr std::size_t n = size<Kernel>;
    const auto& at = active<Kernel>(in);
    if constexpr (GivesHessian<Kernel>) {
      using number = autodiff_fvar<double, 1, 1>;  // a series in one variable with coefficients in another
      const auto constant = [&](std::size_t i) { return number(at[i]); };
      const auto outer = [&](std::size_t i) { return number(make_fvar<double, 1>(at[i])); };
      std::array<number, n> x;
      for (std::size_t i = 0; i < n; ++i) x[i] = constant(i);
      double result = 0;
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i; j < n; ++j) {
          x[i] = outer(i);
          x[j] = i == j ? outer(i) + number(0.0, true) : number(at[j], true);
          const auto y = evaluate<Kernel>(x, in);
          out[n + i * n + j] = out[n + j * n + i] = y.derivative(1, 1);
          if (i == j) out[i] = y.derivative(1, 0), result = y.derivative(0, 0);
          x[i] = constant(i), x[j] = constant(j);
        }
      return result;
    } else {
      using number = autodiff_fvar<double, 1>;
      std::array<number, n> x;
      for (std::size_t i = 0; i < n; ++i) x[i] = number(at[i], false);
      double result = 0;
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = number(at[i], true);
        const auto y = evaluate<Kernel>(x, in);
        x[i] = number(at[i], false);
        if constexpr (GivesJacobian<Kernel>) {
          for (std::size_t r = 0; r < Kernel::results; ++r) {
            out[r] = y[r].derivative(0);
            out[Kernel::results + r * n + i] = y[r].derivative(1);
          }
          result = out[0];
        } else {
          out[i] = y.derivative(1);
          result = y.derivative(0);
        }
      }
      return result;
    }
  }
};
}  // namespace bench
