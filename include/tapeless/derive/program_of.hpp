// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/gradient.hpp>
#include <tapeless/derive/hessian.hpp>
#include <tapeless/derive/partial.hpp>
#include <tapeless/derive/pushforward.hpp>
#include <tapeless/derive/tensor_gradient.hpp>

namespace tapeless::detail {

/// The program of anything that can be called: a function's own, or the derivative's when the callable is one of ours.
template <class F, class... A>
struct program_behind {
  using type = primal_program<F, A...>;
};
template <class F, class Wrt, class... A>
struct program_behind<gradient_function<F, Wrt>, A...> {
  using type = gradient_program<F, typename resolved<Wrt, A...>::type, yield::gradient, A...>;
};
template <class F, class Wrt, class... A>
struct program_behind<value_and_gradient_function<F, Wrt>, A...> {
  using type = gradient_program<F, typename resolved<Wrt, A...>::type, yield::value_and_gradient, A...>;
};
template <class F, class Wrt, order Wanted, class... A>
struct program_behind<jacobian_function<F, Wrt, Wanted>, A...> {
  using type = typename jacobian_call<F, Wrt, Wanted, false, A...>::template program<false>;
};
template <class F, class Wrt, order Wanted, class... A>
struct program_behind<value_and_jacobian_function<F, Wrt, Wanted>, A...> {
  using type = typename jacobian_call<F, Wrt, Wanted, true, A...>::template program<false>;
};
template <class F, class Wrt, order Wanted, class... A>
struct program_behind<hessian_function<F, Wrt, Wanted>, A...> {
  using type = typename hessian_call<F, Wrt, Wanted, from_order::hessian, A...>::program;
};
template <class F, class Wrt, order Wanted, class... A>
struct program_behind<value_gradient_and_hessian_function<F, Wrt, Wanted>, A...> {
  using type = typename hessian_call<F, Wrt, Wanted, from_order::value, A...>::program;
};
template <class F, class Wrt, class... X>
struct program_behind<jvp_function<F, Wrt>, X...> {
  using call = decltype(with_tangents<Wrt, X...>());
  using type =
      derived_program<pushforward_maker<F, typename call::selected, typename call::arguments, typename call::rest>>;
};
template <class F, class Wrt, class... X>
struct program_behind<vjp_function<F, Wrt>, X...> {
  using call = decltype(with_cotangent<F, Wrt, X...>());
  using type =
      derived_program<pullback_maker<F, typename call::selected, typename call::arguments, typename call::rest>>;
};
template <class F, class Wrt, class... X>
struct program_behind<hvp_function<F, Wrt>, X...> {
  using call = decltype(with_tangents<Wrt, X...>());
  using type =
      derived_program<hessian_product_maker<F, typename call::selected, typename call::arguments, typename call::rest>>;
};
template <class F, std::size_t... Order, class... A>
struct program_behind<partial_function<F, Order...>, A...> {
  using type = derived_program<partial_maker<std::index_sequence<Order...>, F, A...>>;
};

template <class F, class... A>
using program_of = typename program_behind<std::remove_cvref_t<F>, A...>::type;

/// A program with one node for each operation on tensors, where there is one; otherwise the program itself.
template <class Program>
struct on_whole_tensors {
  using type = Program;
};
template <class F, class... A>
requires(has_tensors<A...>()) struct on_whole_tensors<primal_program<F, A...>> {
  using type = tensor_program<F, A...>;
};
template <class F, class Wrt, yield Yield, class... A>
requires(has_tensors<A...>()) struct on_whole_tensors<gradient_program<F, Wrt, Yield, A...>> {
  using type = tensor_gradient_program<F, Wrt, Yield, A...>;
};

/// The program of anything that can be called, as it is shown.
template <class F, class... A>
using shown_program_of = typename on_whole_tensors<program_of<F, A...>>::type;

}  // namespace tapeless::detail
