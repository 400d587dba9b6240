// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/tensor_gradient.hpp>

// Products with the Jacobian and the Hessian of functions of tensors: makers as for the gradient.
namespace tapeless::detail {

template <class... X>
struct types {};

/// Results in two structures, one behind the other: as one list.
template <std::size_t Count>
constexpr part_list<Count> one_behind_the_other(const auto& a, const auto& b) {
  part_list<Count> all;
  const auto add = [&](const auto& list, std::int32_t runs) {
    for (std::int32_t part = 0; part < list.count; ++part, ++all.count) {
      all.target[all.count] = list.target[part];
      all.address_of[all.count] = {list.address_of[part].run + runs, list.address_of[part].offset};
      all.shape_of[all.count] = list.shape_of[part];
    }
  };
  add(a, 0), add(b, a.runs);
  return all;
}

template <class F, class Wrt, class Arguments, class Tangents>
struct tensor_pushforward_maker;
template <class F, class Wrt, class... A, class... D>
struct tensor_pushforward_maker<F, Wrt, types<A...>, types<D...>> {
  using primal = tensor_program<F, A...>;
  using result = output_parts<0, primal, plain_t<typename primal::result>>;
  static constexpr layout<A..., D...> arguments{};
  static constexpr auto results = one_behind_the_other<2 * result::list.count>(result::list, result::list);
  static constexpr program make() {
    return pushforward_on_tensors(primal::graph.view(), chosen_parts<0, Wrt, A...>::list,
                                  all_parts<layout<A...>::count.leaves, D...>::list, true);
  }
};

/// The tangent of the gradient's program.
template <class F, class Wrt, class Arguments, class Tangents>
struct tensor_hessian_product_maker;
template <class F, class Wrt, class... A, class... D>
struct tensor_hessian_product_maker<F, Wrt, types<A...>, types<D...>> {
  using primal = tensor_gradient_program<F, Wrt, yield::gradient, A...>;
  static constexpr layout<A..., D...> arguments{};
  static constexpr auto results = chosen_parts<0, Wrt, A...>::list;
  static constexpr program make() {
    const program gradient = distinct(primal::graph.view());
    return pushforward_on_tensors(gradient.view(), chosen_parts<0, Wrt, A...>::list,
                                  all_parts<layout<A...>::count.leaves, D...>::list, false);
  }
};

template <class F, class Wrt, class Arguments, class Cotangent>
struct tensor_pullback_maker;
template <class F, class Wrt, class... A, class C>
struct tensor_pullback_maker<F, Wrt, types<A...>, types<C>> {
  using primal = tensor_program<F, A...>;
  static constexpr layout<A..., C> arguments{};
  static constexpr auto results = chosen_parts<0, Wrt, A...>::list;
  static constexpr program make() {
    return gradient_on_tensors(primal::graph.view(), chosen_parts<0, Wrt, A...>::list,
                               output_parts<layout<A...>::count.leaves, primal, plain_t<C>>::list, false);
  }
};

}  // namespace tapeless::detail
