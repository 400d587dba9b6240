// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/jacobian.hpp>
#include <tapeless/derive/tensor_pushforward.hpp>

namespace tapeless {

/// A value together with the change that a change of the arguments makes of it.
template <class V, class D>
struct valued_tangent {
  V value;
  D tangent;
};

namespace detail {

/// The types of a call's arguments, apart from those that follow them: a tangent for each argument under
/// differentiation.
template <class Wrt, class Arguments, class... Rest>
struct split;
template <std::size_t... I, class... A>
requires(sizeof...(I) > 0) struct split<selection<I...>, types<A...>> {
  static constexpr std::size_t arguments = sizeof...(A) > sizeof...(I) ? sizeof...(A) - sizeof...(I) : 0;
};
template <class... A>
struct split<selection<>, types<A...>> {
  static constexpr std::size_t arguments = [] {
    constexpr bool moves[] = {has_reals<A>..., false};
    std::size_t count = 0, moving = 0;
    while (count + moving < sizeof...(A)) moving += moves[count++];
    return count + moving == sizeof...(A) ? count : 0;
  }();
};

/// The first of a list of types, and the others.
template <class First, class Places, class... X>
struct cut;
template <std::size_t... I, std::size_t... J, class... X>
struct cut<std::index_sequence<I...>, std::index_sequence<J...>, X...> {
  template <std::size_t K>
  using at = typename std::tuple_element_t<K, std::tuple<std::type_identity<X>...>>::type;
  using first = types<at<I>...>;
  using rest = types<at<sizeof...(I) + J>...>;
};
template <std::size_t First, class... X>
using cut_at = cut<std::make_index_sequence<First>, std::make_index_sequence<sizeof...(X) - First>, X...>;

template <class F, class Wrt, class Arguments, class Tangents>
struct pushforward_maker;
template <class F, class Wrt, class... A, class... D>
struct pushforward_maker<F, Wrt, types<A...>, types<D...>> {
  using primal = primal_program<F, A...>;
  using rows = real_results<primal>;
  using wrt = columns<Wrt, A...>;
  static constexpr layout<A..., D...> arguments{};
  static constexpr auto tangents = real_leaves<D...>(layout<A...>::count.leaves);
  static constexpr std::size_t outputs = rows::size * 2;
  static constexpr std::size_t guess = primal::graph.size * 4 + outputs + 64;
  static constexpr program make() { return pushforward_of(rows::view(), wrt::list, tangents, true); }
};

/// The product of Hessian and vector: the tangent of the gradient's program.
template <class F, class Wrt, class Arguments, class Tangents>
struct hessian_product_maker;
template <class F, class Wrt, class... A, class... D>
struct hessian_product_maker<F, Wrt, types<A...>, types<D...>> {
  using gradient = gradient_program<F, Wrt, yield::gradient, A...>;
  using wrt = columns<Wrt, A...>;
  static constexpr layout<A..., D...> arguments{};
  static constexpr auto tangents = real_leaves<D...>(layout<A...>::count.leaves);
  static constexpr std::size_t outputs = wrt::size;
  static constexpr std::size_t guess = gradient::graph.size * 4 + outputs + 64;
  static constexpr program make() {
    return pushforward_of(distinct(gradient::graph.view()).view(), wrt::list, tangents, false);
  }
};

template <class F, class Wrt, class Arguments, class Cotangent>
struct pullback_maker;
template <class F, class Wrt, class... A, class C>
struct pullback_maker<F, Wrt, types<A...>, types<C>> {
  using primal = primal_program<F, A...>;
  using rows = real_results<primal>;
  using wrt = columns<Wrt, A...>;
  static constexpr layout<A..., C> arguments{};
  static constexpr auto cotangents = real_leaves<C>(layout<A...>::count.leaves);
  static constexpr std::size_t outputs = wrt::size;
  static constexpr std::size_t guess = primal::graph.size * 6 + outputs + 64;
  static constexpr program make() { return pullback_of(rows::view(), wrt::list, cotangents); }
};

/// Arguments of types A... and what follows them in a call: tangents, or a cotangent.
template <class Wrt, class Arguments, class Rest>
struct accompanied;
template <class Wrt, class... A, class... D>
struct accompanied<Wrt, types<A...>, types<D...>> {
  static constexpr bool recorded = is_recorded<A..., D...>;
  using selected = typename resolved<Wrt, A...>::type;
  using scalar = typename joint_real<met_t<recorded, A>..., met_t<recorded, D>...>::type;
  using arguments = types<plain_t<A>...>;
  using rest = types<plain_t<D>...>;
  using like_arguments = typename gradient_result<selected, met_t<recorded, A>...>::type;
  static constexpr std::size_t reals = columns<selected, plain_t<A>...>::size;
  static constexpr std::size_t reals_that_follow = (std::size_t{0} + ... + real_scalars<D>::all.reals);

  template <class F>
  static constexpr bool tensors = runs_on_tensors<F, plain_t<A>...>();
  template <class F>
  using primal = tensor_program<F, plain_t<A>...>;
  template <class F>
  using like_result = met_t<recorded, plain_t<typename primal<F>::result>>;
};

/// Runs what one of two makers makes: that for tensors where the function is a graph of these, else that for numbers.
template <class OnTensors, class OnNumbers, class Call, bool Tensors, bool Settle, class G, class... X>
[[gnu::always_inline]] constexpr void run_either(G& g, const X&... x) {
  if constexpr (Tensors && !Call::recorded) {
    typename Call::scalar unused;
    run_on_tensors<derived_tensor_program<OnTensors>, Settle>(unused, g, x...);
  } else {
    run_derived<derived_program<OnNumbers>, typename Call::scalar, Settle>(g, x...);
  }
}

template <std::size_t First, class Wrt, class... X>
using accompanied_from = accompanied<Wrt, typename cut_at<First, X...>::first, typename cut_at<First, X...>::rest>;

template <class Wrt, class... X>
constexpr auto with_tangents() {
  constexpr std::size_t arguments = split<Wrt, types<X...>>::arguments;
  static_assert(arguments > 0,
                "tapeless: the call takes the arguments, and then a tangent for each one that is differentiated");
  using call = accompanied_from<arguments, Wrt, X...>;
  static_assert(arguments == 0 || call::reals == call::reals_that_follow,
                "tapeless: a tangent must be like its argument: as many real numbers, in the same order");
  return call{};
}
template <class F, class Wrt, class... X>
constexpr auto with_cotangent() {
  static_assert(sizeof...(X) > 1, "tapeless: the call takes the arguments, and then a cotangent for the result");
  using call = accompanied_from<sizeof...(X) - 1, Wrt, X...>;
  static_assert(real_scalars<plain_t<typename call::template primal<F>::result>>::all.reals == call::reals_that_follow,
                "tapeless: a cotangent must be like the result: as many real numbers, in the same order");
  return call{};
}

}  // namespace detail

/// The function object that `jvp` returns.
template <class F, class Wrt>
struct jvp_function {
  template <class... X>
  [[gnu::always_inline]] constexpr auto operator()(const X&... x) const {
    using call = decltype(detail::with_tangents<Wrt, X...>());
    using maker = detail::pushforward_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    using on_tensors =
        detail::tensor_pushforward_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    using result = typename call::template like_result<F>;
    valued_tangent<result, result> r;
    detail::clear_data(r.value), detail::clear_data(r.tangent);
    auto places = std::tie(r.value, r.tangent);
    detail::run_either<on_tensors, maker, call, call::template tensors<F>, false>(places, x...);
    return r;
  }
};

/// The function object that `vjp` returns.
template <class F, class Wrt>
struct vjp_function {
  template <class... X>
  [[gnu::always_inline]] constexpr auto operator()(const X&... x) const {
    using call = decltype(detail::with_cotangent<F, Wrt, X...>());
    using maker = detail::pullback_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    using on_tensors =
        detail::tensor_pullback_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    typename call::like_arguments g;
    detail::clear_data(g);
    detail::run_either<on_tensors, maker, call, call::template tensors<F>, false>(g, x...);
    return g;
  }

  /// Writes the cotangents into `g`, which is like the arguments (several: `std::tie(...)`).
  template <class G, class... X>
  [[gnu::always_inline]] constexpr void into(G&& g, const X&... x) const {
    using call = decltype(detail::with_cotangent<F, Wrt, X...>());
    using maker = detail::pullback_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    using on_tensors =
        detail::tensor_pullback_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    detail::check_storage<G, typename call::like_arguments>();
    detail::run_either<on_tensors, maker, call, call::template tensors<F>, true>(g, x...);
  }
};

/// The function object that `hvp` returns.
template <class F, class Wrt>
struct hvp_function {
  template <class... X>
  [[gnu::always_inline]] constexpr auto operator()(const X&... x) const {
    using call = decltype(detail::with_tangents<Wrt, X...>());
    using maker =
        detail::hessian_product_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    using on_tensors =
        detail::tensor_hessian_product_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    typename call::like_arguments g;
    detail::clear_data(g);
    detail::run_either<on_tensors, maker, call, call::template tensors<F>, false>(g, x...);
    return g;
  }

  /// Writes the product into `g`, which is like the arguments (several: `std::tie(...)`).
  template <class G, class... X>
  [[gnu::always_inline]] constexpr void into(G&& g, const X&... x) const {
    using call = decltype(detail::with_tangents<Wrt, X...>());
    using maker =
        detail::hessian_product_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    using on_tensors =
        detail::tensor_hessian_product_maker<F, typename call::selected, typename call::arguments, typename call::rest>;
    detail::check_storage<G, typename call::like_arguments>();
    detail::run_either<on_tensors, maker, call, call::template tensors<F>, true>(g, x...);
  }
};

/// The product of Jacobian and tangent: how the result changes when the arguments do (forward mode; the pushforward).
///
///     jvp(f)(x..., dx...) == {.value = f(x...), .tangent = jacobian(f)(x...) * dx}
///
/// After the arguments comes a tangent, like the argument, for each one that holds real numbers; for `jvp(f,
/// wrt<I...>)` one for each that is named. Value and tangent are like the function's result. Costs about as much as two
/// or three calls of `f`. A tangent of another shape is a compile error.
///
///     constexpr auto polar = [](auto r, auto angle) { return std::array{r * cos(angle), r * sin(angle)}; };
///     auto [at, velocity] = tl::jvp(polar)(2.0, 0.5, 0.1, 0.0);
template <class F, class Wrt = selection<>>
constexpr auto jvp(const F&, const Wrt& = {}) {
  return jvp_function<F, detail::chosen_t<Wrt>>{};
}

/// The product of cotangent and Jacobian: how a function of the result changes with the arguments (reverse mode; the
/// pullback).
///
///     vjp(f)(x..., y_bar) == y_bar^T * jacobian(f)(x...)
///
/// `y_bar` is like the function's result; what is returned is like the argument, a std::tuple for several. For a
/// scalar-valued function `vjp(f)(x, 1.0)` is the gradient. A cotangent of another shape is a compile error.
///
///     constexpr auto polar = [](auto r, auto angle) { return std::array{r * cos(angle), r * sin(angle)}; };
///     auto [r_bar, angle_bar] = tl::vjp(polar)(2.0, 0.5, std::array{1.0, 0.0});
template <class F, class Wrt = selection<>>
constexpr auto vjp(const F&, const Wrt& = {}) {
  return vjp_function<F, detail::chosen_t<Wrt>>{};
}

/// The product of Hessian and vector, without the Hessian: the tangent of the gradient.
///
///     hvp(f)(x..., v...) == hessian(f)(x...) * v
///
/// `v` and the result are like the argument (several: a vector after the arguments for each, a std::tuple). Costs a
/// small multiple of the gradient, whatever the number of arguments.
///
///     constexpr auto f = [](const auto& x) { return x[0] * x[0] * x[1]; };
///     static_assert(tl::hvp(f)(std::array{3.0, 5.0}, std::array{1.0, 0.0}) == std::array{10.0, 6.0});
template <class F, class Wrt = selection<>>
constexpr auto hvp(const F&, const Wrt& = {}) {
  return hvp_function<F, detail::chosen_t<Wrt>>{};
}

}  // namespace tapeless
