// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/sparsity.hpp>
#include <tapeless/print/explain.hpp>

namespace tapeless {
namespace detail {

constexpr const char* name_of(order one_order) {
  return one_order == order::forward ? "forward" : one_order == order::mixed ? "mixed" : "reverse";
}

/// A line "label:   number what".
constexpr void write_count(text& out, const char* label, std::size_t number, const char* what) {
  const std::size_t start = out.size();
  out.append(label);
  while (out.size() < start + 14) out.append(' ');
  write_integer(out, number);
  out.append(what).append('\n');
}

template <class F, class Derivative, template <order> class InOrder, class... A>
struct matrix_explanation {
  template <class D>
  static constexpr std::size_t cost_of = cost<D, A...>.total();

  static constexpr text make() {
    constexpr const auto& p = pattern_of<Derivative, A...>;
    text out;
    write_count(out, "function:", cost_of<F>, " operations");
    write_count(out, "rows:", p.rows(), "");
    write_count(out, "columns:", p.columns(), "");
    write_count(out, "filled:", p.nonzeros(), " entries");
    write_count(out, "matrix:", cost_of<Derivative>, " operations, with what it needs of the function");
    out.append("accumulated:  ").append(name_of(program_of<Derivative, A...>::graph.accumulated));
    out.append("\n\norder         operations\n");
    write_count(out, "forward", cost_of<typename InOrder<order::forward>::type>, "");
    write_count(out, "reverse", cost_of<typename InOrder<order::reverse>::type>, "");
    write_count(out, "mixed", cost_of<typename InOrder<order::mixed>::type>, "");
    return out;
  }
};

template <class F, class Wrt>
struct jacobian_orders {
  template <order Wanted>
  struct in : std::type_identity<jacobian_function<F, Wrt, Wanted>> {};
};
template <class F, class Wrt>
struct hessian_orders {
  template <order Wanted>
  struct in : std::type_identity<hessian_function<F, Wrt, Wanted>> {};
};

}  // namespace detail

/// How a Jacobian is made on arguments of types `A...`: its size, which of its entries are there at all, in which order
/// the chain rule is applied, and what each order would cost.
///
///     std::cout << tl::explain<std::array<double, 8>>(tl::jacobian(f));
template <class... A, class F, class Wrt, order Wanted>
constexpr const auto& explain(const jacobian_function<F, Wrt, Wanted>&) {
  return detail::text_of<detail::matrix_explanation<F, jacobian_function<F, Wrt, Wanted>,
                                                    detail::jacobian_orders<F, Wrt>::template in, A...>>;
}
/// The same for a Hessian.
template <class... A, class F, class Wrt, order Wanted>
constexpr const auto& explain(const hessian_function<F, Wrt, Wanted>&) {
  return detail::text_of<detail::matrix_explanation<F, hessian_function<F, Wrt, Wanted>,
                                                    detail::hessian_orders<F, Wrt>::template in, A...>>;
}

}  // namespace tapeless
