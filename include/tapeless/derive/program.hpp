// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/run/access.hpp>
#include <tapeless/trace/record.hpp>
#include <tapeless/transform/reverse.hpp>

// From a callable and argument types to programs. Each stage is one constant: so each has its own budget of evaluation
// steps, and none is computed twice. Symbols are keyed on the callable and the argument types; no graph ever appears in
// one.
namespace tapeless {

/// Which arguments a derivative is taken with respect to; none named means all that can be.
template <std::size_t... I>
struct selection {};

namespace detail {

// A program is frozen at a size that is known only once it has been made: if it fits a guess it is made once, otherwise
// twice. These are variables and not locals of a function, which compilers would evaluate again for every evaluation of
// that function.
template <class Maker, std::size_t Guess, std::size_t Outputs>
inline constexpr auto first_try = freeze<Guess, Outputs>(Maker::make());
template <class Maker, std::size_t Guess, std::size_t Outputs>
inline constexpr auto second_try = freeze<first_try<Maker, Guess, Outputs>.size, Outputs>(Maker::make());

template <class Maker, std::size_t Guess, std::size_t Outputs>
constexpr const auto& frozen() {
  if constexpr (first_try<Maker, Guess, Outputs>.size <= Guess) return first_try<Maker, Guess, Outputs>;
  else return second_try<Maker, Guess, Outputs>;
}

template <class Planner, std::size_t Width, code_size Room>
inline constexpr auto first_code = freeze<Room>(Planner::plan(Width));
template <class Planner, std::size_t Width, code_size Room>
inline constexpr auto second_code = freeze<first_code<Planner, Width, Room>.size>(Planner::plan(Width));

/// The code of a program for packs of `Width` numbers; the planner makes a schedule for them.
template <class Planner, std::size_t Width, std::size_t Nodes, std::size_t Results>
constexpr const auto& code_of() {
  constexpr code_size room = ample_room(Nodes, Results);
  if constexpr (first_code<Planner, Width, room>.fits()) return first_code<Planner, Width, room>;
  else return second_code<Planner, Width, room>;
}

/// Why a function cannot be differentiated, as one sentence at the top of the compiler's output.
template <class F, class... A>
constexpr bool check_callable() {
  static_assert(std::is_empty_v<F> && std::is_default_constructible_v<F>,
                "tapeless: the function must be stateless; pass what it captures as further arguments");
  static_assert((Structure<A> && ...),
                "tapeless: an argument must be a scalar, an array, a tuple or a BOOST_HANA_DEFINE_STRUCT of these");
  static_assert(Recordable<F, A...>,
                "tapeless: the function cannot be called with these arguments; check their number, and that its "
                "parameters are generic");
  return true;
}

/// The function itself as a graph.
template <class F, class... A>
struct primal_program {
  static_assert(check_callable<F, A...>());
  using result = recorded_result<F, A...>;
  static_assert(Structure<result>,
                "tapeless: the function must return a number, or an array, tuple or Hana struct of numbers");
  static constexpr std::size_t outputs = real_scalars<result>::all.leaves;
  static constexpr program make() {
    const recording r = record<F, A...>(F{});
    return without_dead_nodes(r.nodes.nodes(), r.outputs);
  }
  static constexpr const auto& graph = frozen<primal_program, 1024, outputs>();
};

/// The inputs to differentiate with respect to, and where each derivative goes.
template <std::size_t Leaves>
struct derivative_targets {
  std::int32_t count = 0;
  std::int32_t place[Leaves + 1]{};
  address result[Leaves + 1]{};
};

enum class yield : bool { gradient, value_and_gradient };

template <class F, class Wrt, yield Yield, class... A>
struct gradient_program;

/// The gradient of a scalar-valued function as a graph and as code.
template <class F, std::size_t... I, yield Yield, class... A>
struct gradient_program<F, selection<I...>, Yield, A...> {
  using primal = primal_program<F, A...>;
  static_assert(Scalar<typename primal::result>,
                "tapeless: gradient needs a scalar-valued function; use tl::jacobian for several results");
  static constexpr layout<A...> arguments{};

  static constexpr auto targets = [] {
    derivative_targets<layout<A...>::count.leaves + 1> all;
    std::int32_t run = 0, next = Yield == yield::value_and_gradient;
    for (const std::size_t chosen : {I...}) {
      std::int32_t last = -1;
      for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf) {
        if (!arguments.real[leaf] || arguments.argument[leaf] != chosen) continue;
        if (arguments.of[leaf].run != last) last = arguments.of[leaf].run, ++run;
        all.result[next++] = {run, arguments.of[leaf].offset};
        all.place[all.count++] = static_cast<std::int32_t>(leaf);
      }
    }
    return all;
  }();

  static constexpr std::size_t outputs = static_cast<std::size_t>(targets.count) + (Yield == yield::value_and_gradient);
  static constexpr program make() {
    return gradient_of(primal::graph.view(), targets.place, targets.count, Yield == yield::value_and_gradient);
  }
  static constexpr const auto& graph = frozen<gradient_program, primal::graph.size * 6 + 64, outputs>();
  static_assert(!graph.lacks_rule,
                "tapeless: an operation on the way has no derivative; give its struct a partial or a pullback");

  static constexpr schedule plan(std::size_t width) {
    return make_schedule(graph.view(), arguments.of, targets.result, static_cast<std::int32_t>(width));
  }
};

}  // namespace detail
}  // namespace tapeless
