// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/derivative.hpp>
#include <tapeless/run/access.hpp>

namespace tapeless {

namespace detail {

/// The cotangent of argument I among those that a pullback returned.
template <std::size_t I, std::size_t Arguments, class C>
constexpr const auto& cotangent_of(const C& c) {
  if constexpr (Arguments == 1 && !(StdTuple<C> || HanaTuple<C>)) return c;
  else {
    static_assert(StdTuple<C> || HanaTuple<C>,
                  "tapeless: the pullback of a function of several arguments returns a "
                  "std::tuple, one cotangent for each; tl::zero where there is none");
    static_assert(member_count<C>() == Arguments, "tapeless: the pullback must return one cotangent for each argument");
    return member<I>(c);
  }
}

/// Appends to a list of partial derivatives those with respect to the scalars of `x`; `cotangent` is like `x`.
template <class X, class C>
constexpr void list_partials(value& list, const X& x, const C& cotangent) {
  if constexpr (NonStructural<C> && real_scalars<X>::all.reals > 0) {
    static_assert(real_scalars<C>::all.reals == real_scalars<X>::all.reals,
                  "tapeless: the pullback must return for each argument a cotangent that is like it");
    buffer<value> partials;
    for_each_run(cotangent, [&](const auto* first, auto count) {
      if constexpr (Real<std::remove_cvref_t<decltype(*first)>>)
        for (std::size_t i = 0; i < count; ++i) partials.push_back(recorded_of(first[i]));
    });
    std::size_t next = 0;
    for_each_run(x, [&](const auto* first, auto count) {
      if constexpr (Real<std::remove_cvref_t<decltype(*first)>>)
        for (std::size_t i = 0; i < count; ++i, ++next)
          if (const value v = recorded_of(first[i]); !v.is_constant() && !partials[next].is_strong_zero())
            list = apply<op::partial_entry>(v, partials[next], list);
    });
  }
}

template <class... A>
inline constexpr bool are_plain = [] {
  bool plain = true;
  (for_each_run_of_type<A>([&]<class S>(std::type_identity<S>, auto) { plain = plain && !enable_operand<S>; }), ...);
  return plain;
}();

}  // namespace detail

/// The function object that `custom_gradient` returns.
template <class F, class Pullback>
struct custom_gradient_function {
  template <class... A>
  constexpr auto operator()(const A&... x) const {
    if constexpr (detail::are_plain<A...>) {
      return F{}(x...);
    } else {
      const auto y = F{}(x...);
      using Y = std::remove_cv_t<decltype(y)>;
      static_assert(detail::Recorded<Y>, "tapeless: a function with a custom gradient must return one number");
      const Y bare = stop_gradient(y);
      const auto cotangents = Pullback{}(Y(one), x..., bare);
      value partials = zero;
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (detail::list_partials(partials, x, detail::cotangent_of<I, sizeof...(A)>(cotangents)), ...);
      }
      (std::index_sequence_for<A...>{});
      return Y(apply<op::with_partials>(bare.untyped(), partials));
    }
  }
};

/// A function with a derivative of its own, for where the derivative of what it does is not what is wanted: an
/// iteration whose result satisfies an equation, a better conditioned form, a surrogate.
///
///     custom_gradient(f, pullback)(x...) == f(x...),   with the derivative given by pullback(g, x..., y), y = f(x...)
///
/// `f` is a stateless generic callable that returns one number. `pullback` returns the cotangents of the arguments,
/// from the cotangent `g` of the result, in which it is linear: of one argument something like that argument, of
/// several a std::tuple of these; `tl::zero` where there is none. It is differentiated like any function where a second
/// derivative is asked for. The result works in every verb and inside other functions; on plain numbers it is `f`.
///
///     constexpr auto root = tl::custom_gradient(
///         [](auto a) { auto x = 1.0 + 0.0 * a; for (int i = 0; i < 6; ++i) x = 0.5 * (x + a / x); return x; },
///         [](auto g, auto, auto y) { return g / (2.0 * y); });   // by y * y == a, whatever the iteration
template <class F, class Pullback>
constexpr custom_gradient_function<F, Pullback> custom_gradient(const F&, const Pullback&) {
  static_assert(
      std::is_empty_v<F> && std::is_empty_v<Pullback>,
      "tapeless: the function and its pullback must be stateless; pass what they capture as further arguments");
  return {};
}

}  // namespace tapeless
