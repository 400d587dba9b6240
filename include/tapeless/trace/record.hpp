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
template <class T, std::size_t... Dims> struct recorded_as<tensor<T, Dims...>> { using type = tensor<recorded_as_t<T>, Dims...>; };
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
      -> std::tuple<recorded_as_t<std::remove_cvref_t<decltype(detail::member<I>(std::declval<S&>()))>>...>;
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

/// A recorded argument to begin with. Each tensor in an array is made on its own: GCC 12 would make one, and copy it
/// for the others bit by bit, with what it owns.
template <class R>
constexpr R unnamed() {
  if constexpr (ArrayLike<R> && !TensorValue<R> && requires { std::tuple_size<R>::value; })
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return R{{((void)I, unnamed<std::tuple_element_t<I, R>>())...}};
    }
  (std::make_index_sequence<std::tuple_size_v<R>>{});
  else return R{}; }
template <class R>
inline constexpr bool holds_tensors = false;
template <RecordedTensor R>
inline constexpr bool holds_tensors<R> = true;
template <class R, std::size_t N>
inline constexpr bool holds_tensors<std::array<R, N>> = holds_tensors<R>;

/// Keeps a recorded argument while the function runs, and hands it over as the caller would have.
template <class A>
struct recorded_argument {
  recorded_as_t<A> storage{};
  constexpr auto& get() { return storage; }
};
template <class A>
requires(!is_view<A> && holds_tensors<recorded_as_t<A>>) struct recorded_argument<A> {
  recorded_as_t<A> storage = unnamed<recorded_as_t<A>>();
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

/// Names every scalar of an argument as the next inputs of a program. Tensors are one input as a whole, and their
/// elements are inputs, too.
struct input_names {
  recorder& r;
  std::int32_t next = 0;

  template <class R>
  constexpr void operator()(R* first, auto count) {
    static_assert(Recorded<R>,
                  "tapeless: every scalar of a struct that is a template must follow its template parameter");
    for (std::size_t place = 0; place < count; ++place) first[place] = R(input(shape(kind<R>)));
  }
  template <RecordedTensor X>
  constexpr void operator()(X& x) {
    x = X(input(X::extents_of));
  }

 private:
  template <class R>
  static constexpr element kind = value::kind_of<recorded_scalar_t<R>>;
  constexpr value input(const shape& s) {
    const value named(&r, r.input(next, s));
    next += static_cast<std::int32_t>(s.size());
    return named;
  }
};

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

/// Lists the scalars of a result, and its tensors of which no element has been touched as one.
struct result_names {
  recording& into;
  constexpr void operator()(auto* first, auto count) const {
    for (std::size_t place = 0; place < count; ++place)
      into.outputs.push_back(recorded_of(first[place]).id_in(into.nodes));
  }
  template <RecordedTensor X>
  constexpr void operator()(X& x) const {
    if (x.is_whole()) into.outputs.push_back(x.whole(into.nodes).id_in(into.nodes));
    else (*this)(x.data(), arg<X::count>{});
  }
};

template <class F, class... A>
constexpr recording record(F f) {
  recording result;
  std::tuple<recorded_argument<A>...> arguments;
  std::apply(
      [&](auto&... each) {
        input_names names{result.nodes};
        (for_each_run(each.get(), names), ...);
        auto returned = f(each.get()...);
        for_each_run(returned, result_names{result});
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
