// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>

#include <tapeless/tapeless.hpp>

#include "forward.hpp"

// Every variant is a function of its own, as a caller in another file sees it: none is merged with its neighbours or
// with the loop around it, and each pays for one call.
namespace bench {

/// The function alone, without any derivative.
struct primal {
  static constexpr auto name = "primal";
  static constexpr int rank = 0;
  template <class Kernel>
  static constexpr bool supports = true;
  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    const auto y = evaluate<Kernel>(active<Kernel>(in), in);
    if constexpr (GivesJacobian<Kernel>) {
      std::copy(y.begin(), y.end(), out.begin());
      return y[0];
    } else {
      return y;
    }
  }
};

/// The derivatives as a careful engineer writes them: what all others are compared with.
struct hand {
  static constexpr auto name = "hand";
  static constexpr int rank = 1;
  template <class Kernel>
  static constexpr bool supports = true;
  template <class Kernel>
  [[gnu::noinline, gnu::flatten]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    return Kernel::hand(in, out);
  }
};

/// Into `out`, whatever the kind of derivative; `f` is the kernel's formula, or the same as a formula of variables.
template <class Kernel, class F>
[[gnu::always_inline]] inline double derive_into(const F& f, const typename Kernel::input& in, output<Kernel>& out) {
  constexpr std::size_t first = GivesHessian<Kernel> ? size<Kernel> : values<Kernel>;
  const std::span<double, first> head(out.data(), first);
  const std::span<double, output<Kernel>{}.size() - first> tail(out.data() + first, out.size() - first);
  const auto run = [&](const auto& verb) __attribute__((always_inline)) {
    if constexpr (WithData<Kernel>) {
      if constexpr (first == 0) return verb.into(tail, in.x, in.data);
      else return verb.into(head, tail, in.x, in.data);
    } else {
      if constexpr (first == 0) return verb.into(tail, in);
      else return verb.into(head, tail, in);
    }
  };
  if constexpr (GivesHessian<Kernel>) {
    return run(tl::value_gradient_and_hessian(f, tl::wrt<0>));
  } else if constexpr (GivesJacobian<Kernel>) {
    run(tl::value_and_jacobian(f, tl::wrt<0>));
    return out[0];
  } else {
    return run(tl::value_and_gradient(f, tl::wrt<0>));
  }
}

struct lambda {
  static constexpr auto name = "lambda";
  static constexpr int rank = 2;
  template <class Kernel>
  static constexpr bool supports = true;
  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    return derive_into<Kernel>(Kernel::formula, in, out);
  }
};

/// Variables xa, xb, ...
template <std::size_t I>
inline constexpr tl::variable<tl::label<3>({'x', static_cast<char>('a' + I), '\0'})> x;

template <class Kernel>
inline constexpr auto written = []<std::size_t... I>(std::index_sequence<I...>) {
  return Kernel::as_formula(std::tuple(x<I>...));
}
(std::make_index_sequence<size<Kernel>>{});
/// A kernel made of variables instead of numbers, as a function of these in order; its constants are in the type.
template <class Kernel>
inline constexpr auto formula_of = []<std::size_t... I>(std::index_sequence<I...>) {
  return tl::function(tl::fixed<written<Kernel>>, x<I>...);
}
(std::make_index_sequence<size<Kernel>>{});

struct formula {
  static constexpr auto name = "formula";
  static constexpr int rank = 3;
  template <class Kernel>
  static constexpr bool supports = requires {
    Kernel::as_formula;
  };
  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    return tl::value_and_gradient(formula_of<Kernel>).into(out, in);
  }
};

struct dual : forward_variant<dual> {
  static constexpr auto name = "dual";
  static constexpr int rank = 4;
  template <class T, std::size_t N>
  using number = tl::dual<T, N>;
  template <class T, std::size_t N>
  static constexpr auto variables(const std::array<T, N>& x) {
    return number<T, N>::variables(x);
  }
  static constexpr auto value(const auto& y) { return y.value; }
  static constexpr auto partial(const auto& y, std::size_t i) { return y.tangent[i]; }
};

}  // namespace bench
