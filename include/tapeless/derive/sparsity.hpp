// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program_of.hpp>

// What the graph of a function says before any number is known: which entries of its derivatives are there at all, and
// on what they depend.
namespace tapeless {

/// Which entries of a matrix may differ from zero: `p(i, j)`, `p.nonzeros()`.
template <std::size_t R, std::size_t C>
struct pattern {
  bool filled[R * C]{};

  static constexpr std::size_t rows() { return R; }
  static constexpr std::size_t columns() { return C; }
  constexpr bool operator()(std::size_t i, std::size_t j) const { return filled[i * C + j]; }
  constexpr std::size_t nonzeros() const {
    std::size_t count = 0;
    for (const bool is_filled : filled) count += is_filled;
    return count;
  }
  friend constexpr bool operator==(const pattern&, const pattern&) = default;
};

namespace detail {

/// The size of the matrix that a derivative gives.
template <class Derivative, class... A>
struct matrix_size;
template <class F, class Wrt, order Wanted, class... A>
struct matrix_size<jacobian_function<F, Wrt, Wanted>, A...> {
  using call = jacobian_call<F, Wrt, Wanted, false, A...>;
  static constexpr std::size_t rows = call::result::rows(), columns = call::result::columns();
};
template <class F, class Wrt, order Wanted, class... A>
struct matrix_size<hessian_function<F, Wrt, Wanted>, A...> {
  using call = hessian_call<F, Wrt, Wanted, from_order::hessian, A...>;
  static constexpr std::size_t rows = call::size, columns = call::size;
};

template <class Derivative, class... A>
inline constexpr auto pattern_of = [] {
  using size = matrix_size<Derivative, A...>;
  constexpr const auto& graph = program_of<Derivative, A...>::graph;
  pattern<size::rows, size::columns> entries;
  for (std::size_t entry = 0; entry < size::rows * size::columns; ++entry) {
    const node& made = graph.nodes[graph.outputs[entry]];
    entries.filled[entry] = !(made.is<op::structural>() && made.number == 0);
  }
  return entries;
}();

/// Whether a node depends on a real number of the arguments.
constexpr bool depends_on_reals(const program_view& p, std::int32_t root) {
  buffer<bool> depends(p.size);
  for (std::int32_t i = 0; i <= root; ++i) {
    depends[i] = p[i].is<op::input>() && p[i].shape.kind() == element::real;
    for (int k = 0; k < p[i].op->arity; ++k) depends[i] = depends[i] || depends[p[i].operand[k]];
  }
  return depends[root];
}
constexpr bool any_depends_on_reals(const program_view& p) {
  for (std::int32_t o = 0; o < p.output_count; ++o)
    if (depends_on_reals(p, p.outputs[o])) return true;
  return false;
}

}  // namespace detail

/// Which entries of a Jacobian or Hessian on arguments of types `A...` may differ from zero.
///
/// The others are zero for every argument, by the graph of the derivative alone; no code is made for them.
///
///     constexpr auto f = [](const auto& x) { return std::array{x[0] * x[1], sin(x[1])}; };
///     static_assert(!tl::sparsity<std::array<double, 2>>(tl::jacobian(f))(1, 0));
template <class... A, class Derivative>
constexpr auto sparsity(const Derivative&) {
  return detail::pattern_of<Derivative, A...>;
}

/// Whether the function is linear in the real numbers of its arguments, of types `A...`, up to a constant: its Jacobian
/// does not depend on them. Data may steer it.
template <class... A, class F>
constexpr bool is_linear(const F&) {
  return std::bool_constant<!detail::any_depends_on_reals(
      detail::program_of<jacobian_function<F, selection<>>, A...>::graph.view())>::value;
}

/// Whether the function does not depend on the real numbers of its arguments, of types `A...`.
template <class... A, class F>
constexpr bool is_constant(const F&) {
  return std::bool_constant<!detail::any_depends_on_reals(detail::program_of<F, A...>::graph.view())>::value;
}

/// Whether the function depends on its argument number I; the arguments have types `A...`.
///
///     constexpr auto f = [](auto x, auto y, auto z) { return x * z + 0.0 * stop_gradient(z); };
///     static_assert(!tl::depends_on<1, double, double, double>(f));
template <std::size_t I, class... A, class F>
constexpr bool depends_on(const F&) {
  static_assert(I < sizeof...(A), "tapeless: depends_on names an argument that the function does not have");
  using derived = detail::program_of<F, A...>;
  constexpr detail::layout<A...> arguments{};
  for (std::size_t i = 0; i < derived::graph.size; ++i) {
    const node& n = derived::graph.nodes[i];
    if (n.template is<op::input>() && arguments.argument[n.operand[0]] == I) return true;
  }
  return false;
}

}  // namespace tapeless
