// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/gradient.hpp>
#include <tapeless/derive/program_of.hpp>
#include <tapeless/transform/canonical.hpp>

namespace tapeless {

// The lines of a graph as types. Numbers refer to earlier lines, counted from 0.
template <std::size_t Place, std::size_t... Extents>
struct input {};  // a real scalar of the arguments; all scalars count, from 0; or the tensor that begins there
template <std::size_t Place, std::size_t... Extents>
struct data {};  // an integer, bool or enum of the arguments; or a tensor of these
template <long double Number>
struct constant {};  // as written
template <class Op, std::size_t... Operands>
struct step {};  // an operation on earlier lines; on tensors element by element
template <class Op, std::uint64_t Parameter, std::size_t... Extents>
struct whole {};  // in a step, an operation on whole tensors: what it is told besides, and the extents of its result
template <std::size_t... Lines>
struct results {};  // the lines that the program returns

/// A program as a type: one line for each node, operands first, in an order that depends on the maths alone.
///
///     graph_of<[](auto x) { return x * sin(x); }, double>
///         == graph<input<0>, step<op::sin, 0>, step<op::mul, 0, 1>, results<2>>
template <class... Lines>
struct graph {};

namespace detail {

template <class Program>
struct graph_type {
  static constexpr auto canonical_program =
      freeze<Program::graph.size, Program::outputs>(canonical(Program::graph.view()));

  static constexpr std::size_t operand(std::size_t j, std::size_t k) {
    return static_cast<std::size_t>(canonical_program.nodes[j].operand[k]);
  }

  template <std::size_t J, std::size_t... K>
  static constexpr auto step_on(std::index_sequence<K...>) {
    return step<operation_of<canonical_program.nodes[J].op>, operand(J, K)...>{};
  }
  template <std::size_t J, std::size_t... Axis, std::size_t... K>
  static constexpr auto tensor_line(std::index_sequence<Axis...>, std::index_sequence<K...>) {
    constexpr node n = canonical_program.nodes[J];
    if constexpr (n.is<op::input>() && n.shape.kind() == element::real)
      return input<operand(J, 0), n.shape.extent(Axis)...>{};
    else if constexpr (n.is<op::input>()) return data<operand(J, 0), n.shape.extent(Axis)...>{};
    else return step<whole<operation_of<n.op>, parameter_of(n), n.shape.extent(Axis)...>, operand(J, K)...>{};
  }
  template <std::size_t J>
  static constexpr auto line() {
    constexpr node n = canonical_program.nodes[J];
    if constexpr (n.op->tensor != nullptr || (n.is<op::input>() && !n.shape.is_scalar()))
      return tensor_line<J>(std::make_index_sequence<n.shape.rank()>{},
                            std::make_index_sequence<static_cast<std::size_t>(n.op->arity)>{});
    else if constexpr (n.is<op::input>() && n.shape.kind() == element::real) return input<operand(J, 0)>{};
    else if constexpr (n.is<op::input>()) return data<operand(J, 0)>{};
    else if constexpr (n.is_constant()) return constant<n.number>{};
    else return step_on<J>(std::make_index_sequence<static_cast<std::size_t>(n.op->arity)>{});
  }
  template <std::size_t... J, std::size_t... O>
  static auto lines(std::index_sequence<J...>, std::index_sequence<O...>)
      -> graph<decltype(line<J>())..., results<static_cast<std::size_t>(canonical_program.outputs[O])...>>;

  using type = decltype(lines(std::make_index_sequence<Program::graph.size>{},
                              std::make_index_sequence<canonical_program.output_count>{}));
};

}  // namespace detail

/// The graph of a function, or of `decltype(tl::gradient(f))`, on arguments of types `A...`, as a type that can be read
/// and compared. Functions with the same maths have the same graph, however they are written. An operation on whole
/// tensors is one line.
template <class F, class... A>
using graph_of = typename detail::graph_type<detail::shown_program_of<F, A...>>::type;

}  // namespace tapeless
