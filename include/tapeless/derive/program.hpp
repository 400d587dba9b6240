// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/run/access.hpp>
#include <tapeless/trace/record.hpp>
#include <tapeless/transform/reverse.hpp>
#include <tapeless/transform/scalars.hpp>

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
constexpr auto make_frozen() {
  return freeze<Guess, Outputs>(Maker::make());
}
template <class Maker, std::size_t Guess, std::size_t Outputs>
inline constexpr auto first_try = make_frozen<Maker, Guess, Outputs>();

// Making it may fail, since functions of the user's take part. To say so in a sentence it has to be tried first, and
// that must not take as long again. GCC remembers what a function returned to a constant expression. Clang does not,
// but there a reference may turn out not to be a constant; only then is the variable above tried, for the compiler's
// own reasons.
template <class Maker, std::size_t Guess, std::size_t Outputs>
inline const auto& tentative = make_frozen<Maker, Guess, Outputs>();

template <class Maker, std::size_t Guess, std::size_t Outputs>
constexpr bool can_be_made() {
  if constexpr (is_gcc) return requires {
      typename std::bool_constant<(make_frozen<Maker, Guess, Outputs>(), true)>;
    };
  else return requires {
      typename std::bool_constant<(tentative<Maker, Guess, Outputs>.size > 0)>;
    };
}

template <class Maker, std::size_t Guess, std::size_t Outputs>
constexpr const auto& made() {
  if constexpr (!is_gcc && can_be_made<Maker, Guess, Outputs>()) return tentative<Maker, Guess, Outputs>;
  else return first_try<Maker, Guess, Outputs>;
}
template <class Maker, std::size_t Guess, std::size_t Outputs>
inline constexpr auto second_try = make_frozen<Maker, made<Maker, Guess, Outputs>().size, Outputs>();

/// Has the compiler say why a program cannot be made.
template <class Maker, std::size_t Guess, std::size_t Outputs>
constexpr bool explain() {
  if constexpr (!can_be_made<Maker, Guess, Outputs>()) return first_try<Maker, Guess, Outputs>.size > 0;
  else return true;
}

template <class Maker, std::size_t Guess, std::size_t Outputs>
constexpr const auto& frozen() {
  if constexpr (made<Maker, Guess, Outputs>().size <= Guess) return made<Maker, Guess, Outputs>();
  else return second_try<Maker, Guess, Outputs>;
}

template <class F>
inline constexpr bool is_wrapper = std::is_pointer_v<F> || std::is_function_v<F> || std::is_member_pointer_v<F>;
template <template <class> class Wrapper, class R, class... P>
inline constexpr bool is_wrapper<Wrapper<R(P...)>> = true;  // std::function and its like

/// Why a function cannot be differentiated, as one sentence at the top of the compiler's output.
template <class F, class... A>
constexpr bool check_callable() {
  static_assert(!is_wrapper<F>,
                "tapeless: a pointer or a std::function hides what it calls; pass a generic lambda, "
                "[](auto x) { return f(x); }, where f is a template");
  static_assert(
      is_wrapper<F> || (std::is_empty_v<F> && std::is_default_constructible_v<F>),
      "tapeless: the function must be stateless; write [] for [=] or [&], and pass what it captures as arguments");
  static_assert((check_structure<A>() && ...));
  static_assert(Recordable<F, A...>,
                "tapeless: the function cannot be called with these arguments; check their number, and that its "
                "parameters are generic");
  return true;
}

template <class Program, std::size_t Guess, std::size_t Outputs>
constexpr bool check_recording() {
  static_assert(
      can_be_made<Program, Guess, Outputs>(),
      "tapeless: the function cannot be recorded in a constant expression; pass run-time numbers as arguments, "
      "and make what it calls constexpr");
  return explain<Program, Guess, Outputs>();
}
template <class Program, std::size_t Guess, std::size_t Outputs>
constexpr bool check_derivation() {
  static_assert(
      can_be_made<Program, Guess, Outputs>(),
      "tapeless: an operation's rules must be constexpr, and templates that hold for every type; large programs need "
      "the flags that the CMake target has");
  return explain<Program, Guess, Outputs>();
}

/// Whether there is a tensor among arguments of these types.
template <class... A>
constexpr bool has_tensors() {
  bool found = false;
  const auto look = [&]<class S>(std::type_identity<S>, auto... extent) { found = found || sizeof...(extent) == 0; };
  (for_each_run_of_type<A>(look), ...);
  return found;
}

/// The function itself as a graph, its operations on whole tensors as single nodes.
template <class F, class... A>
struct tensor_program {
  static_assert(check_callable<F, A...>());
  using result = recorded_result<F, A...>;
  static_assert(Structure<result>,
                "tapeless: the function must return a number, or an array, tuple or Hana struct of numbers");
  static constexpr std::size_t outputs = real_scalars<result>::all.leaves;
  static constexpr program make() {
    const recording r = record<F, A...>(F{});
    return without_dead_nodes(r.nodes.nodes(), r.outputs);
  }
  static constexpr std::size_t guess = 1024;
  static_assert(check_recording<tensor_program, guess, outputs>());
  static constexpr const auto& graph = frozen<tensor_program, guess, outputs>();
};

/// The function itself as a graph of numbers.
template <class F, class... A>
struct primal_program {
  static_assert(check_callable<F, A...>());
  using result = recorded_result<F, A...>;
  static_assert(Structure<result>,
                "tapeless: the function must return a number, or an array, tuple or Hana struct of numbers");
  static constexpr std::size_t outputs = real_scalars<result>::all.leaves;
  static constexpr program make() {
    if constexpr (has_tensors<A...>()) {
      return on_scalars(tensor_program<F, A...>::graph.view());
    } else {
      const recording r = record<F, A...>(F{});
      return on_scalars(without_dead_nodes(r.nodes.nodes(), r.outputs));
    }
  }
  static constexpr std::size_t guess = 1024;
  static_assert(check_recording<primal_program, guess, outputs>());
  static constexpr const auto& graph = frozen<primal_program, guess, outputs>();
};

/// The inputs to differentiate with respect to, and where each derivative goes, which may be behind the value.
template <std::size_t Count>
struct derivative_targets {
  std::int32_t count = 0;
  std::int32_t place[Count + 1]{};
  address result[Count + 2]{};
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

  static constexpr std::size_t derivatives = [] {
    std::size_t count = 0;
    for (const std::size_t chosen : {I...})
      for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf)
        count += arguments.real[leaf] && arguments.argument[leaf] == chosen;
    return count;
  }();
  static constexpr auto targets = [] {
    derivative_targets<derivatives> all;
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
  static constexpr std::size_t guess = primal::graph.size * 6 + 64;
  static_assert(check_derivation<gradient_program, guess, outputs>());
  static constexpr const auto& graph = frozen<gradient_program, guess, outputs>();
  static_assert(
      !graph.lacks_rule,
      "tapeless: an operation on the way has no derivative; give its struct partial(x, y), or for several arguments "
      "partial(tl::arg<i>{}, x..., y)");

  static constexpr schedule plan(std::size_t width) {
    return make_schedule(graph.view(), arguments.of, targets.result, static_cast<std::int32_t>(width));
  }
};

}  // namespace detail
}  // namespace tapeless
