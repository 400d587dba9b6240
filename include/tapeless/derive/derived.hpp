// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/run_program.hpp>
#include <tapeless/derive/within.hpp>
#include <tapeless/transform/accumulate.hpp>

// What the derivatives beyond the gradient share: which scalars of the arguments move, how a program is made of the
// function's, and how it is run on the caller's storage.
namespace tapeless::detail {

/// The numbers of some of the scalars of arguments.
template <std::size_t Count>
struct scalar_list {
  std::int32_t count = 0;
  std::int32_t place[Count + 1]{};
  constexpr operator input_list() const { return {place, count}; }  // NOLINT(google-explicit-constructor)
  constexpr void push_back(std::size_t leaf) { place[count++] = static_cast<std::int32_t>(leaf); }
};

/// The real scalars of arguments of types A..., which are counted from `first`.
template <class... A>
constexpr auto real_leaves(std::size_t first) {
  constexpr layout<A...> arguments{};
  scalar_list<arguments.count.reals> list;
  for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf)
    if (arguments.real[leaf]) list.push_back(first + leaf);
  return list;
}

/// The real scalars of the chosen ones among arguments of types A..., in the order of the choice.
template <class Wrt, class... A>
struct columns;
template <std::size_t... I, class... A>
struct columns<selection<I...>, A...> {
  static constexpr layout<A...> arguments{};
  /// How many there are in each chosen argument, and in all.
  static constexpr std::size_t in_argument(std::size_t chosen) {
    std::size_t count = 0;
    for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf)
      count += arguments.real[leaf] && arguments.argument[leaf] == chosen;
    return count;
  }
  static constexpr std::size_t blocks[] = {in_argument(I)...};
  static constexpr std::size_t size = (in_argument(I) + ...);
  static constexpr auto list = [] {
    scalar_list<size> all;
    for (const std::size_t chosen : {I...})
      for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf)
        if (arguments.real[leaf] && arguments.argument[leaf] == chosen) all.push_back(leaf);
    return all;
  }();
};

/// The function's program with its real results only; integers among them have no derivative.
template <class Primal>
struct real_results {
  static constexpr auto list = [] {
    constexpr layout<plain_t<typename Primal::result>> results{};
    scalar_list<results.count.reals> all;
    for (std::size_t leaf = 0; leaf < results.count.leaves; ++leaf)
      if (results.real[leaf]) all.push_back(static_cast<std::size_t>(Primal::graph.outputs[leaf]));
    return all;
  }();
  static constexpr std::size_t size = static_cast<std::size_t>(list.count);
  static constexpr program_view view() {
    return {Primal::graph.nodes, static_cast<std::int32_t>(Primal::graph.size), list.place, list.count};
  }
};

/// A program that is made in a constant expression. A maker has
///   make()            the program, its outputs in the order of the real scalars of its results;
///   outputs, guess    their number, and how many nodes to expect;
///   arguments         the layout of the arguments.
template <class Maker>
struct derived_program : Maker {
  static_assert(check_derivation<Maker, Maker::guess, Maker::outputs>());
  static constexpr const auto& graph = frozen<Maker, Maker::guess, Maker::outputs>();
  static_assert(
      !graph.lacks_rule,
      "tapeless: an operation on the way has no derivative; give its struct partial(x, y), or for several arguments "
      "partial(tl::arg<i>{}, x..., y)");
};

/// A program whose results go to the real scalars of storage of type G, in order.
template <class Program, class G>
struct placed_results {
  static constexpr const auto& graph = Program::graph;
  static constexpr std::size_t outputs = Program::outputs;
  static constexpr auto addresses = [] {
    struct {
      address of[Program::outputs + 1]{};
    } all;
    std::size_t next = 0;
    std::int32_t run = 0;
    for_each_run_of_type<G>([&]<class S>(std::type_identity<S>, auto extent) {
      if (!Real<S>) return;
      ++run;
      for (std::size_t place = 0; place < extent; ++place) all.of[next++] = {run, static_cast<std::int32_t>(place)};
    });
    return all;
  }();
  static constexpr schedule plan(std::size_t width) {
    return make_schedule(graph.view(), Program::arguments.of, addresses.of, static_cast<std::int32_t>(width),
                         arrangement::by_result);
  }
};

/// Runs a program on the caller's storage, or on recorded arguments; T is the type it computes in.
template <class Program, class T, bool Settle, class G, class... A>
[[gnu::always_inline]] constexpr void run_derived(G& g, const A&... x) {
  if constexpr (is_recorded<A...>) {
    const auto out = replayed<Program>(x...);
    std::size_t next = 0;
    write_recorded(out, next, g);
  } else {
    T unused;
    using placed = placed_results<Program, G>;
    if constexpr (Program::graph.size <= expand_in_place) run_in_place<placed, Settle>(unused, g, x...);
    else run_as_function<placed, Settle>(unused, g, x...);
  }
}

/// Sets the data among results to zero, which no program writes.
template <class G>
constexpr void clear_data(G& g) {
  if constexpr (has_data<G>) g = {};
}

}  // namespace tapeless::detail
