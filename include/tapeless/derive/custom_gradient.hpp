// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/dual/dual.hpp>
#include <tapeless/dual/jet.hpp>
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
    return detail::member<I>(c);
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

/// An argument `A` in which numbers of type `Below` stand for the duals or series `D`.
template <class D, class Below, class A>
struct lowered_argument {
  using type = A;
};
template <class D, class Below, class A>
using lowered_argument_t = typename lowered_argument<D, Below, std::remove_cv_t<A>>::type;

// clang-format off
template <class D, class Below> struct lowered_argument<D, Below, D> { using type = Below; };
template <class D, class Below, class T, std::size_t N> struct lowered_argument<D, Below, T[N]> { using type = std::array<lowered_argument_t<D, Below, T>, N>; };
template <class D, class Below, template <class, std::size_t> class A, class T, std::size_t N> requires(ArrayLike<A<T, N>> && !is_view<A<T, N>> && !enable_operand<A<T, N>>) struct lowered_argument<D, Below, A<T, N>> { using type = A<lowered_argument_t<D, Below, T>, N>; };
template <class D, class Below, template <class, std::size_t> class A, class T, std::size_t N> requires is_view<A<T, N>> struct lowered_argument<D, Below, A<T, N>> { using type = std::array<lowered_argument_t<D, Below, T>, N>; };
template <class D, class Below, class T, std::size_t R, std::size_t C> struct lowered_argument<D, Below, mat<T, R, C>> { using type = mat<lowered_argument_t<D, Below, T>, R, C>; };
template <class D, class Below, class... T> struct lowered_argument<D, Below, std::tuple<T...>> { using type = std::tuple<lowered_argument_t<D, Below, T>...>; };
template <class D, class Below, class A, class B> struct lowered_argument<D, Below, std::pair<A, B>> { using type = std::pair<lowered_argument_t<D, Below, A>, lowered_argument_t<D, Below, B>>; };
template <class D, class Below, class... T> struct lowered_argument<D, Below, hana::tuple<T...>> { using type = hana::tuple<lowered_argument_t<D, Below, T>...>; };
template <class D, class Below, template <class...> class S, class T, class... R> requires HanaStruct<S<T, R...>> struct lowered_argument<D, Below, S<T, R...>> { using type = S<lowered_argument_t<D, Below, T>, R...>; };
// clang-format on

/// A number one layer below: the value of a dual, the first coefficients of a series.
template <class Below, class D>
constexpr Below lowered_number(const D& x) {
  if constexpr (is_jet<Below>) return x.template to<Below::order>();
  else return x.primal();
}
template <class D, class Below, class To, class A>
constexpr void copy_lowered(To& to, const A& from) {
  if constexpr (std::is_same_v<A, D>) {
    to = lowered_number<Below>(from);
  } else if constexpr (Scalar<A> || std::is_same_v<To, A>) {
    to = from;
  } else if constexpr (Matrix<A>) {
    for (std::size_t place = 0; place < A::size(); ++place)
      copy_lowered<D, Below>(to.elements[place], from.elements[place]);
  } else if constexpr (ArrayLike<A>) {
    for (std::size_t place = 0; place < array_extent<A>; ++place) copy_lowered<D, Below>(to[place], from[place]);
  } else {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (copy_lowered<D, Below>(detail::member<I>(to), detail::member<I>(from)), ...);
    }
    (std::make_index_sequence<member_count<A>()>{});
  }
}
template <class D, class Below, class A>
constexpr lowered_argument_t<D, Below, A> lowered_copy(const A& from) {
  lowered_argument_t<D, Below, A> to{};
  copy_lowered<D, Below>(to, from);
  return to;
}

template <class T>
constexpr void add_product(T& sum, const T& partial, const T& tangent) {
  const T product(apply<op::mul>(partial, tangent));
  sum = T(apply<op::add>(sum, select(is_all_zero(tangent), T(zero), product)));
}
/// The chain rule for one number of an argument; a tangent of zero contributes nothing. Of a series the coefficient at
/// `order` is added to, which the lower ones determine.
template <class T, std::size_t N>
constexpr void add_chained(dual<T, N>& y, const dual<T, N>& x, const T& partial, std::size_t) {
  for (std::size_t place = 0; place < N; ++place) add_product(y.tangent[place], partial, x.tangent[place]);
}
template <class T, std::size_t K, std::size_t M>
constexpr void add_chained(jet<T, K>& y, const jet<T, K>& x, const jet<T, M>& partial, std::size_t order) {
  for (std::size_t place = 1; place <= order; ++place)
    add_product(y[order], quotient_of<T>(product_of<T>(place, partial[order - place]), order), x[place]);
}

/// Adds to what belongs to `y` what the numbers in `x` contribute, given the partial derivatives: `cotangent` is like
/// `x`, one layer below.
template <class Below, class D, class X, class C>
constexpr void add_contributions(D& y, const X& x, const C& cotangent, std::size_t order) {
  if constexpr (NonStructural<C> && real_scalars<X>::all.reals > 0) {
    static_assert(real_scalars<C>::all.reals == real_scalars<X>::all.reals,
                  "tapeless: the pullback must return for each argument a cotangent that is like it");
    std::array<Below, real_scalars<C>::all.reals> partials{};
    std::size_t count = 0, next = 0;
    for_each_run(cotangent, [&](const auto* first, auto extent) {
      if constexpr (Real<std::remove_cvref_t<decltype(*first)>>)
        for (std::size_t place = 0; place < extent; ++place) partials[count++] = Below(first[place]);
    });
    for_each_run(x, [&](const auto* first, auto extent) {
      using S = std::remove_cvref_t<decltype(*first)>;
      if constexpr (std::is_same_v<S, D>)
        for (std::size_t place = 0; place < extent; ++place)
          add_chained(y, first[place], partials[next + place], order);
      if constexpr (Real<S>) next += extent;
    });
  }
}

}  // namespace detail

/// The function object that `custom_gradient` returns.
template <class F, class Pullback>
struct custom_gradient_function {
  template <class... A>
  constexpr auto operator()(const A&... x) const {
    if constexpr (detail::are_plain<A...>) {
      return F{}(x...);
    } else if constexpr (detail::Layered<typename detail::joint_real<A...>::type>) {
      return on_layer<typename detail::joint_real<A...>::type>(std::index_sequence_for<A...>{}, x...);
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

 private:
  /// The function and its pullback one layer below, on what the duals or the coefficients of series are made of.
  template <class D, std::size_t... I, class... A>
  static constexpr D on_layer(std::index_sequence<I...>, const A&... x) {
    using T = typename D::value_type;
    const auto y = custom_gradient_function{}(detail::lowered_copy<D, T>(x)...);
    static_assert(std::is_convertible_v<decltype(y), T>,
                  "tapeless: a function with a custom gradient must return one number");
    D result{T(y)};
    if constexpr (detail::is_dual<D>) add_order<T>(std::index_sequence<I...>{}, result, 0, x...);
    else if constexpr (D::order > 0)
      for (std::size_t order = 1; order <= D::order; ++order)
        add_order<jet<T, D::order - 1>>(std::index_sequence<I...>{}, result, order, x...);
    return result;
  }
  template <class Below, class D, std::size_t... I, class... A>
  static constexpr void add_order(std::index_sequence<I...>, D& result, std::size_t order, const A&... x) {
    const auto cotangents =
        Pullback{}(Below(one), detail::lowered_copy<D, Below>(x)..., detail::lowered_number<Below>(result));
    (detail::add_contributions<Below>(result, x, detail::cotangent_of<I, sizeof...(I)>(cotangents), order), ...);
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
/// derivative is asked for. The result works in every verb, on duals and series, and inside other functions; on plain
/// numbers it is `f`.
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
