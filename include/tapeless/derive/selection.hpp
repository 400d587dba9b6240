// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program.hpp>

// Which arguments are differentiated, and the types that hold their derivatives.
namespace tapeless {

/// Variables of a formula, by name.
template <class... Variables>
struct named_selection {};

/// Restricts a derivative to some arguments, counted from 0, `gradient(f, wrt<1>)`, or to some variables of a formula,
/// `gradient(f, wrt(y))`. The others are data; no code is made for them.
template <std::size_t... I, class... Variables>
constexpr std::conditional_t<sizeof...(Variables) == 0, selection<I...>, named_selection<Variables...>> wrt(
    const Variables&...) {
  return {};
}

namespace detail {

template <class W>
inline constexpr bool is_selection = false;
template <std::size_t... I>
inline constexpr bool is_selection<selection<I...>> = true;
template <class... V>
inline constexpr bool is_selection<named_selection<V...>> = true;

/// What a verb was told about which derivatives are wanted; `wrt<1>` alone is a function.
template <class Wrt>
struct chosen {
  using type = Wrt;
};
template <class Wrt>
struct chosen<Wrt (*)()> {
  using type = Wrt;
};
template <class Wrt>
using chosen_t = typename chosen<std::decay_t<Wrt>>::type;

/// Whether a callable holds numbers, or names its arguments: a formula, a lambda that captures. Such a one is taken
/// apart by the `formula` layer.
template <class F>
inline constexpr bool is_taken_apart = std::is_class_v<F> && !std::is_empty_v<F>;

/// A verb on such a callable.
template <template <class, class> class Verb, class F, class Wrt>
struct on_parts;

template <template <class, class> class Verb, class F, class Wrt>
constexpr auto make_verb(const F& f) {
  if constexpr (is_taken_apart<F>) return on_parts<Verb, F, chosen_t<Wrt>>{f};
  else return Verb<F, chosen_t<Wrt>>{};
}

/// Where the gradient with respect to an argument of type A is kept: A itself, or an array where A cannot be returned.
template <class A>
struct gradient_storage {
  using type = A;
};
template <class A>
struct gradient_storage<const A> : gradient_storage<A> {};
template <class T, std::size_t N>
struct gradient_storage<T[N]> {
  using type = std::array<typename gradient_storage<T>::type, N>;
};
template <class A>
requires is_view<A>
struct gradient_storage<A> {
  using type = std::array<std::remove_cvref_t<decltype(std::declval<A&>()[0])>, array_extent<A>>;
};

template <class A>
inline constexpr bool has_reals = real_scalars<A>::all.reals > 0;
template <class A>
inline constexpr bool has_data = real_scalars<A>::all.data > 0;

/// The selection itself; or, where it names none, every argument that holds a real number.
template <std::size_t Next, class Chosen, class... A>
struct resolve {
  using type = Chosen;
};
template <std::size_t Next, std::size_t... I, class A, class... Rest>
struct resolve<Next, selection<I...>, A, Rest...>
    : resolve<Next + 1, std::conditional_t<has_reals<A>, selection<I..., Next>, selection<I...>>, Rest...> {};

template <class Wrt, class... A>
struct resolved {
  using type = Wrt;
};
template <class... A>
struct resolved<selection<>, A...> : resolve<0, selection<>, A...> {};

template <class... G>
struct one_or_tuple {
  using type = std::tuple<G...>;
};
template <class G>
struct one_or_tuple<G> {
  using type = G;
};

/// Storage that a caller offers for a gradient has as many real numbers as the gradient.
template <class Offered, class Gradient>
constexpr void check_storage() {
  using offered = std::remove_cvref_t<Offered>;
  static_assert(Structure<offered>,
                "tapeless: a gradient is written into a scalar, an array, a tuple or a Hana struct");
  static_assert(real_scalars<offered>::all.reals == real_scalars<Gradient>::all.reals &&
                    real_scalars<offered>::all.runs == real_scalars<Gradient>::all.runs,
                "tapeless: the storage for the gradient must be like the arguments that are differentiated");
}

template <class Wrt, class... A>
struct gradient_result;
template <std::size_t... I, class... A>
struct gradient_result<selection<I...>, A...> {
  static_assert(sizeof...(I) > 0,
                "tapeless: there is nothing to differentiate with respect to; no argument holds a real number");
  static_assert(((I < sizeof...(A)) && ...),
                "tapeless: wrt names an argument that the call does not have; arguments count from 0");
  template <std::size_t J>
  using argument = typename std::tuple_element_t < J<sizeof...(A) ? J : 0, std::tuple<std::type_identity<A>...>>::type;
  static_assert((has_reals<argument<I>> && ...),
                "tapeless: wrt names an argument without real numbers; integers, bools and enums are data");
  using type = typename one_or_tuple<typename gradient_storage<argument<I>>::type...>::type;
};

}  // namespace detail
}  // namespace tapeless
