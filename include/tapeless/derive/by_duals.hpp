// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/jacobian.hpp>
#include <tapeless/dual/dual.hpp>

// Derivatives of functions that cannot be recorded, since they branch or loop on what they compute: they are run on
// dual numbers.
namespace tapeless {

struct by_duals_t {};
/// Asks for forward mode on dual numbers: `gradient(f, tl::by_duals)`, `jacobian(f, tl::by_duals)`.
inline constexpr by_duals_t by_duals{};

namespace detail {

/// A structure in which D stands for the real numbers.
template <class D, class A>
struct with_reals {
  using type = std::conditional_t<Real<A>, D, A>;
};
template <class D, class A>
using with_reals_t = typename with_reals<D, std::remove_cv_t<A>>::type;

// clang-format off
template <class D, class T, std::size_t N> struct with_reals<D, T[N]> { using type = std::array<with_reals_t<D, T>, N>; };
template <class D, template <class, std::size_t> class A, class T, std::size_t N> requires(ArrayLike<A<T, N>> && !is_view<A<T, N>>) struct with_reals<D, A<T, N>> { using type = A<with_reals_t<D, T>, N>; };
template <class D, template <class, std::size_t> class A, class T, std::size_t N> requires(ArrayLike<A<T, N>> && is_view<A<T, N>>) struct with_reals<D, A<T, N>> { using type = std::array<with_reals_t<D, T>, N>; };
template <class D, class T, std::size_t R, std::size_t C> struct with_reals<D, mat<T, R, C>> { using type = mat<with_reals_t<D, T>, R, C>; };
template <class D, class... T> struct with_reals<D, std::tuple<T...>> { using type = std::tuple<with_reals_t<D, T>...>; };
template <class D, class A, class B> struct with_reals<D, std::pair<A, B>> { using type = std::pair<with_reals_t<D, A>, with_reals_t<D, B>>; };
template <class D, class... T> struct with_reals<D, hana::tuple<T...>> { using type = hana::tuple<with_reals_t<D, T>...>; };
template <class D, template <class...> class S, class T, class... R> requires HanaStruct<S<T, R...>> struct with_reals<D, S<T, R...>> { using type = S<with_reals_t<D, T>, R...>; };
// clang-format on

/// Copies an argument, its real numbers as duals of which those from `first` on are the directions.
template <class X, class A>
constexpr void seed(X& moving, const A& x, std::size_t& next, std::size_t first) {
  if constexpr (Scalar<A>) {
    if constexpr (Real<A>) {
      moving = X(static_cast<typename X::value_type>(x));
      const std::size_t direction = next++ - first;  // wraps around where it is none
      if (direction < moving.tangent.size()) moving.tangent[direction] = typename X::value_type(1);
    } else {
      moving = x;
    }
  } else if constexpr (Matrix<A>) {
    for (std::size_t place = 0; place < A::size(); ++place)
      seed(moving.elements[place], x.elements[place], next, first);
  } else if constexpr (ArrayLike<A>) {
    for (std::size_t place = 0; place < array_extent<A>; ++place) seed(moving[place], x[place], next, first);
  } else if constexpr (!StaticConstant<A>) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (seed(detail::member<I>(moving), detail::member<I>(x), next, first), ...);
    }
    (std::make_index_sequence<member_count<A>()>{});
  }
}

/// The directions that one run of the function takes: all of few, else as many as registers hold.
constexpr std::size_t directions_at_once(std::size_t all) { return all <= 16 ? all : 8; }

/// Calls `f` on duals as often as it takes, and `receive(result, first direction)` after each call.
template <class D, class F, class Receive, class... A>
constexpr void run_on_duals(const F& f, std::size_t directions, const Receive& receive, const A&... x) {
  for (std::size_t first = 0; first < directions; first += std::tuple_size_v<decltype(D::tangent)>) {
    std::tuple<with_reals_t<D, A>...> moving{};
    std::size_t next = 0;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (seed(std::get<I>(moving), x, next, first), ...);
      static_assert(
          requires { f(std::get<I>(moving)...); },
          "tapeless: the function cannot be called with duals; check the number of arguments, and that its parameters "
          "are generic");
      receive(f(std::get<I>(moving)...), first);
    }
    (std::index_sequence_for<A...>{});
  }
}

template <class... A>
struct dual_call {
  static constexpr std::size_t directions = (real_scalars<A>::all.reals + ...);
  static_assert(directions > 0,
                "tapeless: there is nothing to differentiate with respect to; no argument holds a real number");
  using scalar = typename joint_real<A...>::type;
  using number = dual<scalar, directions_at_once(directions)>;
  using gradient = typename gradient_result<typename resolved<selection<>, A...>::type, A...>::type;
};

}  // namespace detail

/// The function object that `gradient(f, by_duals)` returns; it holds a copy of the function, which may hold data.
template <class F>
struct dual_gradient_function {
  F f;
  template <class... A>
  constexpr auto operator()(const A&... x) const {
    using call = detail::dual_call<A...>;
    using scalar = typename call::scalar;
    typename call::gradient g{};
    const auto receive = [&](const auto& result, std::size_t first) {
      static_assert(std::is_convertible_v<decltype(result), typename call::number>,
                    "tapeless: gradient needs a scalar-valued function; use tl::jacobian for several results");
      const typename call::number total = result;
      std::size_t next = 0;
      detail::for_each_run(g, [&](auto* run, auto extent) {
        using S = std::remove_cvref_t<decltype(*run)>;
        if constexpr (detail::Real<S>)
          for (std::size_t place = 0; place < extent; ++place, ++next)
            if (next - first < total.tangent.size()) run[place] = static_cast<S>(total.tangent[next - first]);
      });
    };
    static_assert(std::is_floating_point_v<scalar>, "tapeless: by_duals differentiates plain numbers");
    detail::run_on_duals<typename call::number>(f, call::directions, receive, x...);
    return g;
  }
};

/// The function object that `jacobian(f, by_duals)` returns; it holds a copy of the function, which may hold data.
template <class F>
struct dual_jacobian_function {
  F f;
  template <class... A>
  constexpr auto operator()(const A&... x) const {
    using call = detail::dual_call<A...>;
    using result = std::remove_cvref_t<decltype(f(std::declval<detail::with_reals_t<typename call::number, A>&>()...))>;
    constexpr std::size_t rows = detail::real_scalars<result>::all.reals;
    static_assert(rows > 0, "tapeless: a Jacobian needs a function that returns real numbers");
    mat<typename call::scalar, rows, call::directions> j{};
    const auto receive = [&](const auto& returned, std::size_t first) {
      std::size_t row = 0;
      detail::for_each_run(returned, [&](const auto* run, auto extent) {
        using S = std::remove_cvref_t<decltype(*run)>;
        if constexpr (std::is_same_v<S, typename call::number>)
          for (std::size_t place = 0; place < extent; ++place, ++row)
            for (std::size_t k = 0; k < run[place].tangent.size() && first + k < call::directions; ++k)
              j(row, first + k) = run[place].tangent[k];
        else if constexpr (detail::Real<S>) row += extent;
      });
    };
    detail::run_on_duals<typename call::number>(f, call::directions, receive, x...);
    return j;
  }
};

/// The gradient of a function that may branch and loop on what it computes, or holds data, by forward mode on dual
/// numbers.
///
///     gradient(f, by_duals)(x...) == (df/dx0, df/dx1, ...), as `gradient` gives it
///
/// `f` is called with `dual`s in the place of real numbers, of up to 16 directions at once, of more in groups of 8; the
/// branches taken are those that the numbers take. Costs a multiple of `f` that grows with the number of arguments:
/// what can be recorded is better left to `gradient(f)`. Usable in constant expressions where `f` is.
///
///     constexpr auto root = [](auto a) {
///       auto x = a;
///       while (x * x - a > 1e-12 || a - x * x > 1e-12) x = 0.5 * (x + a / x);
///       return x;
///     };
///     const double slope = tl::gradient(root, tl::by_duals)(2.0);
template <class F>
constexpr dual_gradient_function<F> gradient(const F& f, by_duals_t) {
  return {f};
}
/// The Jacobian of such a function, a `tl::mat`.
template <class F>
constexpr dual_jacobian_function<F> jacobian(const F& f, by_duals_t) {
  return {f};
}

}  // namespace tapeless
