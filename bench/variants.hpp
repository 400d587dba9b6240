// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <tuple>

#include <tapeless/tapeless.hpp>

#include "kernels/black_scholes.hpp"
#include "kernels/bundle.hpp"
#include "kernels/chain.hpp"
#include "kernels/hessian.hpp"
#include "kernels/rosenbrock.hpp"

namespace bench {

/// What is measured. A kernel is a file, included above and named here.
using kernels = std::tuple<::kernels::black_scholes, ::kernels::chain, ::kernels::rosenbrock, ::kernels::bundle,
                           ::kernels::dense_hessian, ::kernels::banded_hessian>;

/// What a kernel writes: a gradient, like its input, unless it says otherwise.
template <class Kernel>
struct output_of {
  using type = typename Kernel::input;
};
template <class Kernel>
requires requires { typename Kernel::output; }
struct output_of<Kernel> {
  using type = typename Kernel::output;
};
template <class Kernel>
using output = typename output_of<Kernel>::type;

// Every variant is a function of its own, as a caller in another file sees it: none is merged with its neighbours or
// with the loop around it, and each pays for one call.

/// The value alone, without any derivative.
struct primal {
  static constexpr auto name = "primal";
  template <class Kernel>
  [[gnu::noinline]] static auto call(const typename Kernel::input& x, typename Kernel::input&) {
    return Kernel::formula(x);
  }
};

/// Value and gradient as a careful engineer writes them: what the others are compared with.
struct hand {
  static constexpr auto name = "hand";
  template <class Kernel>
  [[gnu::noinline, gnu::flatten]] static auto call(const typename Kernel::input& x, output<Kernel>& g) {
    return Kernel::hand(x, g);
  }
};

struct by_value {
  static constexpr auto name = "by_value";
  template <class Kernel>
  [[gnu::noinline]] static auto call(const typename Kernel::input& x, typename Kernel::input&) {
    return tapeless::value_and_gradient(Kernel::formula)(x);
  }
};

struct into {
  static constexpr auto name = "into";
  template <class Kernel>
  [[gnu::noinline]] static auto call(const typename Kernel::input& x, typename Kernel::input& g) {
    return tapeless::value_and_gradient(Kernel::formula).into(g, x);
  }
};

/// Black-Scholes written with variables instead of arguments, its numbers fixed in the type. The other kernels have no
/// such form: a loop over the inputs would be another type at every turn, and numbers in much-shared terms are carried
/// too often.
struct formula {
  static constexpr auto name = "formula";
  template <class Kernel>
  [[gnu::noinline]] static auto call(const typename Kernel::input& x, typename Kernel::input& g) {
    constexpr tl::variable<"spot"> spot;
    constexpr tl::variable<"strike"> strike;
    constexpr tl::variable<"sigma"> sigma;
    constexpr tl::variable<"tau"> tau;
    constexpr tl::variable<"rate"> rate;
    static constexpr auto f = Kernel::formula(std::tuple(spot, strike, sigma, tau, rate));
    const auto [value, gradient] =
        tl::value_and_gradient(tl::fixed<f>)(spot = x[0], strike = x[1], sigma = x[2], tau = x[3], rate = x[4]);
    g = {gradient[spot], gradient[strike], gradient[sigma], gradient[tau], gradient[rate]};
    return value;
  }
};

/// The same into storage of the caller's, for Jacobians and Hessians.
struct matrix_into {
  static constexpr auto name = "into";
  template <class Kernel>
  [[gnu::noinline]] static auto call(const typename Kernel::input& x, output<Kernel>& g) {
    return Kernel::ours(x, g);
  }
};

template <class Kernel>
struct variants_of {
  using type = std::tuple<primal, hand, by_value, into>;
};
template <>
struct variants_of<::kernels::black_scholes> {
  using type = std::tuple<primal, hand, by_value, into, formula>;
};
template <class Kernel>
requires requires { typename Kernel::output; }
struct variants_of<Kernel> {
  using type = std::tuple<hand, matrix_into>;
};
template <class Kernel>
using variants = typename variants_of<Kernel>::type;

/// Different inputs, used in turn, so that nothing can be learnt from the last call.
template <class Kernel>
const auto& inputs() {
  alignas(64) static const auto all = [] {
    std::array<typename Kernel::input, 128> x{};
    std::mt19937_64 random(1980);
    for (auto& xi : x) xi = Kernel::sample(random);
    return x;
  }();
  return all;
}

template <class... T>
void for_each_type(std::tuple<T...>, auto action) {
  (action(T{}), ...);
}

}  // namespace bench
