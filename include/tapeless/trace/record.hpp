// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/structure.hpp>

// Running a function on recorded arguments.
namespace tapeless::detail {

template <class A>
struct recorded_as;
/// The type that stands for an argument of type `A` inside the recorded function: the same structure of recorded
/// scalars.
template <class A>
using recorded_as_t = typename recorded_as<std::remove_cv_t<A>>::type;

// clang-format off
template <class A> requires std::is_arithmetic_v<A> struct recorded_as<A> { using type = recorded<A>; };
template <class A> requires std::is_enum_v<A> struct recorded_as<A> { using type = recorded<typename enum_scalar<A>::type>; };
template <class T> struct recorded_as<recorded<T>> { using type = recorded<T>; };
template <StaticConstant A> struct recorded_as<A> { using type = A; };
template <class T, std::size_t N> struct recorded_as<T[N]> { using type = recorded_as_t<T>[N]; };
template <template <class, std::size_t> class A, class T, std::size_t N> requires ArrayLike<A<T, N>> struct recorded_as<A<T, N>> { using type = A<recorded_as_t<T>, N>; };
template <class T, std::size_t R, std::size_t C> struct recorded_as<mat<T, R, C>> { using type = mat<recorded_as_t<T>, R, C>; };
template <class... T> struct recorded_as<std::tuple<T...>> { using type = std::tuple<recorded_as_t<T>...>; };
template <class A, class B> struct recorded_as<std::pair<A, B>> { using type = std::pair<recorded_as_t<A>, recorded_as_t<B>>; };
template <class... T> struct recorded_as<hana::tuple<T...>> { using type = hana::tuple<recorded_as_t<T>...>; };
// clang-format on

/// Stands for a Hana struct that is not a template over its scalar: the same members under the same names, recorded. It
/// is a Hana struct itself, so `hana::at_key(p, name)`, `hana::members(p)` and the like read both alike.
template <class S>
struct recorded_struct {
  template <std::size_t... I>
  static auto members_of(std::index_sequence<I...>)
      -> std::tuple<recorded_as_t<std::remove_cvref_t<decltype(member<I>(std::declval<S&>()))>>...>;
  decltype(members_of(std::make_index_sequence<member_count<S>()>{})) members;
};

template <class S>
struct rebound {
  using type = recorded_struct<S>;
};
template <template <class...> class S, class T, class... R>
struct rebound<S<T, R...>> {
  using type = S<recorded_as_t<T>, R...>;
};
template <template <class, auto, auto...> class S, class T, auto N, auto... M>
struct rebound<S<T, N, M...>> {
  using type = S<recorded_as_t<T>, N, M...>;
};
template <HanaStruct S>
struct recorded_as<S> : rebound<S> {};

/// Keeps a recorded argument while the function runs, and hands it over as the caller would have.
template <class A>
struct recorded_argument {
  recorded_as_t<A> storage{};
  constexpr auto& get() { return storage; }
};
template <class A>
requires is_view<A>
struct recorded_argument<A> {
  using element_type = std::remove_cvref_t<decltype(std::declval<A&>()[0])>;
  recorded_as_t<element_type> storage[array_extent<A>]{};
  recorded_as_t<A> view{storage, array_extent<A>};
  constexpr auto& get() { return view; }
};

/// Names every scalar of `x` as the next inputs of a program.
template <class X>
constexpr void bind_inputs(recorder& r, std::int32_t& next, X& x) {
  for_each_run(x, [&](auto* first, auto count) {
    using R = std::remove_cvref_t<decltype(*first)>;
    static_assert(Recorded<R>,
                  "tapeless: every scalar of a struct that is a template must follow its template parameter");
    for (std::size_t place = 0; place < count; ++place) {
      constexpr element kind = value::kind_of<recorded_scalar_t<R>>;
      first[place] = R(value(&r, r.input(next++, shape(kind))));
    }
  });
}

constexpr value recorded_of(const auto& x) {
  using X = std::remove_cvref_t<decltype(x)>;
  if constexpr (Recorded<X>) return x.untyped();
  else return constant_of(static_cast<typename literal_scalar<X>::type>(x));
}

template <class F, class... A>
concept Recordable = requires(F f, recorded_argument<A>... a) {
  f(a.get()...);
};

template <class F, class... A>
using recorded_result =
    std::remove_cvref_t<decltype(std::declval<F&>()(std::declval<recorded_argument<A>&>().get()...))>;

/// What a function does to arguments of types `A...`: its nodes and the scalars of its result.
struct recording {
  recorder nodes;
  buffer<std::int32_t> outputs;
};

template <class F, class... A>
constexpr recording record(F f) {
  recording result;
  std::tuple<recorded_argument<A>...> arguments;
  std::apply(
      [&](auto&... each) {
        std::int32_t next = 0;
        (bind_inputs(result.nodes, next, each.get()), ...);
        auto returned = f(each.get()...);
        for_each_run(returned, [&](auto* first, auto count) {
          for (std::size_t place = 0; place < count; ++place)
            result.outputs.push_back(recorded_of(first[place]).id_in(result.nodes));
        });
      },
      arguments);
  return result;
}

}  // namespace tapeless::detail

template <class S>
struct boost::hana::accessors_impl<tapeless::detail::recorded_struct<S>> {
  template <std::size_t... I>
  static constexpr auto pairs(std::index_sequence<I...>) {
    return hana::make_tuple(hana::make_pair(hana::first(hana::at_c<I>(hana::accessors<S>())),
                                            [](auto&& s) -> decltype(auto) { return (std::get<I>(s.members)); })...);
  }
  static constexpr auto apply() { return pairs(std::make_index_sequence<tapeless::detail::member_count<S>()>{}); }
};
