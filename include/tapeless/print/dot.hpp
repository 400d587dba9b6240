// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/form.hpp>

namespace tapeless {
namespace detail {

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

/// A program as a graph in the language of Graphviz; `numbers` of its nodes or null.
template <std::floating_point T, class Names>
constexpr text dot_text(const program_view& p, const Names& names, const node_numbers* numbers = nullptr,
                        bool adjoints = false) {
  text out;
  out.append("digraph {\n");
  for (std::int32_t i = 0; i < p.size; ++i) {
    const node& n = p[i];
    out.append("  n");
    write_integer(out, i);
    out.append(" [label=\"");
    if (n.is<op::input>()) names(out, n.operand[0]);
    else if (n.is_constant()) write_number(out, static_cast<T>(n.number));
    else out.append(n.op->name);
    if (numbers && !n.is_constant()) {
      out.append("\\n");
      write_number(out, numbers[i].value);
      if (adjoints && n.shape.kind() == element::real) {
        out.append("\\nadjoint ");
        write_number(out, numbers[i].adjoint);
      }
    }
    out.append('"');
    if (n.op->arity == 0) out.append(", shape=box");
    for (std::int32_t o = 0; o < p.output_count; ++o)
      if (p.outputs[o] == i) {
        out.append(", peripheries=2");
        break;
      }
    out.append("];\n");
    for (int k = 0; k < n.op->arity; ++k) {
      out.append("  n");
      write_integer(out, n.operand[k]);
      out.append(" -> n");
      write_integer(out, i);
      if (n.op->arity > 1 && !n.op->commutative) {
        out.append(" [label=\"");
        write_integer(out, k + 1);
        out.append("\"]");
      }
      out.append(";\n");
    }
  }
  out.append("}\n");
  return out;
}

struct dot_form {
  template <std::floating_point T>
  static constexpr text write(const program_view& p, const auto& names) {
    return dot_text<T>(p, names);
  }
};

/// A program with its numbers at a point, of which none is longer than 24 characters.
template <class Program, class Plain, class Names, class... A>
constexpr auto dot_at(const Names& names, const A&... x) {
  const numeric_sweeps<Program> sweeps(x...);
  return bounded<Plain::size() + Program::graph.size * 70>(
      dot_text<double>(Program::graph.view(), names, sweeps.at, sweeps.has_adjoints));
}

}  // namespace detail

/// The graph of a function, or of a derivative of one, for arguments of types `A...`, as text for Graphviz's dot: one
/// node for each operation, however often its result is used. Inputs and constants are boxes, results have a double
/// line; operands are numbered where their order matters. Names of inputs are as in `to_string`.
///
///     std::ofstream("f.dot") << tl::to_dot<double, double>(tl::gradient(f));     // dot -Tsvg f.dot > f.svg
template <class... A, class F, label... Name>
constexpr const auto& to_dot(const F&, argument_names<Name...> = {}) {
  return detail::text_of<detail::text_in_form<detail::dot_form, F, argument_names<Name...>, A...>>;
}

/// The same with the value of each node at a point, and, if there is one result, the derivative of the result with
/// respect to it: what the reverse sweep leaves there. Computed in double, node by node; also in a constant expression.
///
///     std::cout << tl::to_dot(f, 1.0, 2.0);
template <class F, class X, class... More>
requires(Structure<X> && (Structure<More> && ...)) constexpr auto to_dot(const F&, const X& x, const More&... more) {
  using program_type = detail::program_of<F, X, More...>;
  using plain = detail::text_in_form<detail::dot_form, F, argument_names<>, X, More...>;
  return detail::dot_at<program_type, std::remove_cvref_t<decltype(detail::text_of<plain>)>>(
      detail::scalar_names<argument_names<>, X, More...>{}, x, more...);
}

}  // namespace tapeless
