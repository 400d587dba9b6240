// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/selection.hpp>
#include <tapeless/graph/replay.hpp>

// A derivative inside a function that is being recorded: its program is recorded again on the arguments it is given
// there. The program was made on inputs of its own, so nothing of the surrounding function can be taken for one of them
// (no perturbation confusion).
namespace tapeless::detail {

template <class A>
struct plain {
  using type = A;
};
/// The type of an argument outside of any recording.
template <class A>
using plain_t = typename plain<std::remove_cv_t<A>>::type;

template <class T>
struct plain<recorded<T>> {
  using type = T;
};
template <class T, std::size_t N>
struct plain<T[N]> {
  using type = plain_t<T>[N];
};
template <template <class, std::size_t> class A, class T, std::size_t N>
requires ArrayLike<A<T, N>>
struct plain<A<T, N>> {
  using type = A<plain_t<T>, N>;
};
template <class T, std::size_t R, std::size_t C>
struct plain<mat<T, R, C>> {
  using type = mat<plain_t<T>, R, C>;
};
template <class T, std::size_t... Dims>
struct plain<tensor<T, Dims...>> {
  using type = tensor<plain_t<T>, Dims...>;
};
template <class... T>
struct plain<std::tuple<T...>> {
  using type = std::tuple<plain_t<T>...>;
};
template <class A, class B>
struct plain<std::pair<A, B>> {
  using type = std::pair<plain_t<A>, plain_t<B>>;
};
template <class... T>
struct plain<hana::tuple<T...>> {
  using type = hana::tuple<plain_t<T>...>;
};
template <class S>
struct plain<recorded_struct<S>> {
  using type = S;
};
template <template <class...> class S, class T, class... R>
requires HanaStruct<S<T, R...>>
struct plain<S<T, R...>> {
  using type = S<plain_t<T>, R...>;
};

/// Whether any scalar of the arguments is recorded.
template <class... A>
inline constexpr bool is_recorded = [] {
  bool found = false;
  (for_each_run_of_type<A>([&]<class S>(std::type_identity<S>, auto) { found = found || Recorded<S>; }), ...);
  return found;
}();

/// An argument as its derivative meets it: once one argument is recorded, all results are.
template <bool Recorded, class A>
struct met {
  using type = A;
};
template <class A>
struct met<true, A> {
  using type = recorded_as_t<plain_t<A>>;
};
template <bool Recorded, class A>
using met_t = typename met<Recorded, A>::type;

/// The outputs of a program on arguments of which some are recorded.
template <class Program, class... A>
constexpr buffer<value> replayed(const A&... x) {
  buffer<value> in;
  recorder* home = nullptr;
  (for_each_run(x,
                [&](const auto* first, auto extent) {
                  for (std::size_t place = 0; place < extent; ++place) {
                    in.push_back(recorded_of(first[place]));
                    if (!home) home = in[in.size() - 1].home();
                  }
                }),
   ...);
  recorder constants_only;
  return replay(home ? *home : constants_only, Program::graph.view(), in);
}

/// Gives the recorded scalars of `g` the outputs from `next` on.
template <class G>
constexpr void write_recorded(const buffer<value>& out, std::size_t& next, G& g) {
  for_each_run(g, [&](auto* first, auto extent) {
    using S = std::remove_cvref_t<decltype(*first)>;
    if constexpr (Recorded<S>)
      for (std::size_t place = 0; place < extent; ++place) first[place] = S(out[next++]);
  });
}

/// Runs a program on recorded arguments, leaving recorded results.
template <class Program, class V, class G, class... A>
constexpr void run_within(V& value_out, G& g, const A&... x) {
  const auto out = replayed<Program>(x...);
  std::size_t next = out.size() - static_cast<std::size_t>(Program::targets.count);
  if (next) value_out = V(out[0]);
  write_recorded(out, next, g);
}

}  // namespace tapeless::detail
