// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/within.hpp>
#include <tapeless/kernel/tensor_code.hpp>
#include <tapeless/trace/elementwise.hpp>
#include <tapeless/transform/tensor_gradient.hpp>

// Functions on tensors: which of them stay graphs of tensors, what their arguments and results are, and how such a
// graph is run as a plan of loops and products.
namespace tapeless::detail {

/// Functions of up to so many operations on numbers are differentiated as such, into straight-line code.
inline constexpr std::size_t straight_line_operations = 128;

template <class F, class... A>
constexpr bool runs_on_tensors() {
  if constexpr (!has_tensors<A...>()) {
    return false;
  } else {
    constexpr program_view p = tensor_program<F, A...>::graph.view();
    return uses_tensors(p) && scalar_operations(p) > straight_line_operations;
  }
}

/// Calls `each(argument, leaf, shape, whether it is the first of its run)` for every real tensor, and every real scalar
/// outside of tensors.
template <class Each>
struct part_visitor {
  const Each& each;
  std::size_t argument = 0, leaf = 0;

  template <class X>
  constexpr void operator()(std::type_identity<X>) {
    using scalar = typename tensor_traits<X>::scalar;
    if constexpr (Real<scalar>) each(argument, leaf, extents_of_type<X>(), true);
    leaf += X::size();
  }
  template <class S, class N>
  constexpr void operator()(std::type_identity<S>, N extent) {
    for (std::size_t k = 0; k < extent; ++k, ++leaf)
      if constexpr (Real<S>) each(argument, leaf, shape(element::real), k == 0);
  }
};
template <class... A, class Each>
constexpr void for_each_part(const Each& each) {
  part_visitor<Each> visitor{each};
  ((for_each_run_of_type<A>(visitor), ++visitor.argument), ...);
}

/// Tensors and numbers in order, and where each lies among the runs of a structure.
template <std::size_t Count>
struct part_list {
  std::int32_t count = 0, runs = 0;
  tensor_target target[Count + 1]{};
  address address_of[Count + 1]{};
  shape shape_of[Count + 1]{};

  constexpr operator tensor_targets() const { return {target, count}; }  // NOLINT(google-explicit-constructor)
  constexpr void push_back(std::size_t leaf, const shape& form, bool starts) {
    runs += starts;
    target[count] = {static_cast<std::int32_t>(leaf), form};
    address_of[count] = {runs, starts ? 0 : address_of[count - 1].offset + 1};
    shape_of[count++] = form;
  }
};

/// The parts of the chosen ones among arguments, in the order of the choice; scalars are counted from `First`, run 1 is
/// the first.
template <std::size_t First, class Wrt, class... A>
struct chosen_parts;
template <std::size_t First, std::size_t... I, class... A>
struct chosen_parts<First, selection<I...>, A...> {
  static constexpr std::size_t count = [] {
    std::size_t parts = 0;
    for (const std::size_t chosen : {I...})
      for_each_part<A...>([&](std::size_t argument, std::size_t, const shape&, bool) { parts += argument == chosen; });
    return parts;
  }();
  static constexpr auto list = [] {
    part_list<count> all;
    for (const std::size_t chosen : {I...})
      for_each_part<A...>([&](std::size_t argument, std::size_t leaf, const shape& form, bool starts) {
        if (argument == chosen) all.push_back(First + leaf, form, starts);
      });
    return all;
  }();
};
template <std::size_t First, class... A>
using all_parts = chosen_parts<First, typename resolved<selection<>, A...>::type, A...>;

/// Where the real outputs of a program go: into a result of type R, whose scalars are counted from `First`. A tensor of
/// the result is one output or, where its elements were made one by one, as many as it has.
template <std::size_t First, class Primal, class R>
struct output_parts {
  static constexpr auto list = [] {
    constexpr program_view nodes = Primal::graph.view();
    part_list<real_scalars<R>::all.leaves> all;
    std::int32_t next = 0;
    for_each_part<R>([&](std::size_t, std::size_t leaf, const shape& form, bool starts) {
      while (nodes[nodes.outputs[next]].shape.kind() != element::real) ++next;  // data
      if (form.is_scalar() || nodes[nodes.outputs[next]].shape.same_extents(form)) {
        all.push_back(First + leaf, form, starts), ++next;
      } else {
        for (std::size_t place = 0; place < form.size(); ++place, ++next)
          all.push_back(First + leaf + place, shape(element::real), place == 0);
      }
    });
    return all;
  }();
};

/// A program of tensors. A maker has make(), the layout of the arguments, and the places of its results.
template <class Maker>
struct derived_tensor_program : Maker {
  static constexpr std::size_t outputs = static_cast<std::size_t>(Maker::results.count);
  static constexpr std::size_t guess = Maker::primal::graph.size * 8 + 64;
  static_assert(check_derivation<Maker, guess, outputs>());
  static constexpr const auto& graph = frozen<Maker, guess, outputs>();
  static_assert(
      !graph.lacks_rule,
      "tapeless: an operation on the way has no derivative; give its struct partial(x, y), or for several arguments "
      "partial(tl::arg<i>{}, x..., y)");
};

/// Runs a program in a workspace of the caller's; T is the type it computes in.
template <class Program, bool Settle, class T, class G, class... A>
constexpr void run_on_tensors_in(T* workspace, T& value, G& g, const A&... x) {
  outputs<T, Settle, G> results(value, g);
  tensor_code<Program, T>::run(inputs<T, A...>(x...), results, workspace);
  results.finish(g);
}

/// The same with a workspace on the stack.
template <class Program, bool Settle, class T, class G, class... A>
constexpr void run_on_tensors(T& value, G& g, const A&... x) {
  constexpr std::size_t room = tensor_code<Program, T>::workspace();
  alignas(64) T workspace[room > 0 ? room : 1];
  run_on_tensors_in<Program, Settle>(workspace, value, g, x...);
}

/// The arguments of a program that is recorded again: numbers by their places, tensors by those of their first
/// elements.
struct recorded_inputs {
  recorder& r;
  buffer<value> numbers{}, wholes{};

  constexpr const value& operator[](std::int32_t place) const { return numbers[place]; }
  constexpr const value& whole(std::int32_t place) const { return wholes[place]; }

  constexpr void operator()(const auto* first, auto count) {
    for (std::size_t k = 0; k < count; ++k) push(recorded_of(first[k]), value());
  }
  template <TensorValue X>
  constexpr void operator()(const X& x) {
    const value all = value_of(r, x);
    for (std::size_t k = 0; k < X::size(); ++k) push(record_element(r, all, k), k == 0 ? all : value());
  }

 private:
  constexpr void push(const value& number, const value& tensor) { numbers.push_back(number), wholes.push_back(tensor); }
};

/// Gives recorded results the outputs of a program, one after another.
struct recorded_results {
  const buffer<value>& out;
  std::size_t next;

  template <class S>
  constexpr void operator()(S* first, auto count) {
    if constexpr (Recorded<S>)
      for (std::size_t k = 0; k < count; ++k) first[k] = S(out[next++]);
  }
  template <RecordedTensor X>
  constexpr void operator()(X& x) {
    x = X(out[next++]);
  }
};

/// Records a program again on arguments some of which are recorded.
template <class Program, bool WithValue, class V, class G, class... A>
constexpr void record_on_tensors_again(V& value_out, G& g, const A&... x) {
  recorder* home = nullptr;
  const auto look = [&](const auto& part, auto... count) {
    if (home) return;
    if constexpr (sizeof...(count) == 0) home = home_of(part);
    else
      for (std::size_t k = 0; k < (count + ...); ++k)
        if (!home) home = home_of(part[k]);
  };
  (for_each_run(x, look), ...);
  recorded_inputs in{*home};
  (for_each_run(x, in), ...);
  const auto out = replay(*home, Program::graph.view(), in);
  if constexpr (WithValue) value_out = V(out[0]);
  recorded_results results{out, WithValue};
  for_each_run(g, results);
}

}  // namespace tapeless::detail
