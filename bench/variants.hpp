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

/// The kernels written with variables instead of arguments, their numbers in the type.
namespace formulas {
/// xa, xb, ...
template <std::size_t I>
inline constexpr tl::variable<tl::label<3>({'x', static_cast<char>('a' + I), '\0'})> x;

inline constexpr auto black_scholes = ::kernels::black_scholes::formula(std::tuple(x<0>, x<1>, x<2>, x<3>, x<4>));
inline constexpr auto chain =
    ::kernels::chain::written(std::tuple(x<0>, x<1>, x<2>, x<3>), tl::number<0.25>, tl::number<0.5>, tl::number<1.0>,
                              tl::number<1.5>, tl::number<2.0>);

template <std::size_t... I>
constexpr auto all_variables(std::index_sequence<I...>) {
  return std::tuple(x<I>...);
}
template <std::size_t... I>
constexpr auto make_rosenbrock(std::index_sequence<I...>) {
  const auto terms = (... + ::kernels::rosenbrock::term(x<I>, x<I + 1>, tl::number<1.0>, tl::number<100.0>));
  return std::apply([&](const auto&... in_order) { return tl::function(terms, in_order...); },
                    all_variables(std::make_index_sequence<16>{}));
}
inline constexpr auto rosenbrock = make_rosenbrock(std::make_index_sequence<15>{});
}  // namespace formulas

struct formula {
  static constexpr auto name = "formula";
  template <class Kernel>
  [[gnu::noinline]] static auto call(const typename Kernel::input& x, typename Kernel::input& g) {
    if constexpr (std::is_same_v<Kernel, ::kernels::rosenbrock>) {
      return tapeless::value_and_gradient(formulas::rosenbrock).into(g, x);
    } else if constexpr (std::is_same_v<Kernel, ::kernels::chain>) {
      return by_name(formulas::chain, x, g, std::make_index_sequence<4>{});
    } else {
      return by_name(tl::fixed<formulas::black_scholes>, x, g, std::make_index_sequence<5>{});
    }
  }

 private:
  template <class F, class Input, std::size_t... I>
  [[gnu::always_inline]] static auto by_name(const F& f, const Input& in, Input& g, std::index_sequence<I...>) {
    const auto [value, gradient] = tapeless::value_and_gradient(f)((formulas::x<I> = in[I])...);
    g = {gradient[formulas::x<I>]...};
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
