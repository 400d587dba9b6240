// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program_of.hpp>

namespace tapeless::detail {

/// What is known of a node at a point.
struct node_numbers {
  double value = 0;
  double adjoint = 0;
  bool reached = false;  // by the reverse sweep
};

/// A program carried out on numbers, forwards and, if it has one result, back: each node by its operation's own rules.
template <class Program>
struct numeric_sweeps {
  static constexpr const auto& graph = Program::graph;
  static constexpr std::size_t size = graph.size;
  static constexpr bool has_adjoints = graph.view().output_count == 1;

  node_numbers at[size + 1]{};

  template <class... A>
  constexpr explicit numeric_sweeps(const A&... arguments) {
    double input[real_scalars<A...>::all.leaves + 1]{};
    std::size_t next = 0;
    (for_each_run(arguments,
                  [&](auto* first, auto extent) {
                    for (std::size_t place = 0; place < extent; ++place)
                      input[next++] = static_cast<double>(first[place]);
                  }),
     ...);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (forward<I>(input), ...);
      if constexpr (has_adjoints) {
        at[graph.outputs[0]].adjoint = 1;
        at[graph.outputs[0]].reached = true;
        (backward<size - 1 - I>(), ...);
      }
    }
    (std::make_index_sequence<size>{});
  }

 private:
  template <std::size_t I>
  static constexpr node here = graph.nodes[I];
  template <std::size_t I>
  static constexpr auto operands() {
    return std::make_index_sequence<static_cast<std::size_t>(here<I>.op->arity)>{};
  }

  template <std::size_t I>
  constexpr void forward(const double* input) {
    if constexpr (here<I>.template is<op::input>()) {
      at[I].value = input[here<I>.operand[0]];
    } else if constexpr (here<I>.is_constant()) {
      at[I].value = static_cast<double>(here<I>.number);
    } else {
      using operation = operation_of<here<I>.op>;
      using number = std::conditional_t<here<I>.shape.kind() == element::integer, long long, double>;
      at[I].value = [&]<std::size_t... K>(std::index_sequence<K...> places) {
        return static_cast<double>(evaluate<operation, number>(places, at[here<I>.operand[K]].value...));
      }
      (operands<I>());
    }
  }

  template <std::size_t I>
  constexpr void backward() {
    if constexpr (here<I>.op->arity > 0 && here<I>.shape.kind() == element::real) {
      if (!at[I].reached) return;
      using operation = operation_of<here<I>.op>;
      if constexpr (here<I>.template is<op::with_partials>()) {
        for (std::int32_t e = here<I>.operand[1]; graph.nodes[e].template is<op::partial_entry>();
             e = graph.nodes[e].operand[2])
          add(graph.nodes[e].operand[0], at[I].adjoint * at[graph.nodes[e].operand[1]].value);
      } else if constexpr (HasPullback<operation> || HasPartial<operation>) {
        [&]<std::size_t... K>(std::index_sequence<K...>) {
          const auto to = [&]<std::size_t J>(arg<J>) {
            if constexpr (graph.nodes[here<I>.operand[J]].shape.kind() == element::real)
              add(here<I>.operand[J],
                  contribution<operation, J>(at[I].adjoint, at[I].value, operand<operation, K>(here<I>.operand[K])...));
          };
          (to(arg<K>{}), ...);
        }
        (operands<I>());
      }
    }
  }
  template <class Op, std::size_t K>
  constexpr auto operand(std::int32_t node) const {
    return passed<double, Op::takes(K)>(at[node].value);
  }
  template <class Term>
  constexpr void add(std::int32_t node, const Term& term) {
    if constexpr (!std::is_same_v<Term, zero_t>) {
      at[node].adjoint += static_cast<double>(term);
      at[node].reached = true;
    }
  }
};

}  // namespace tapeless::detail
