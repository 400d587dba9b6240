// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/tensor_program.hpp>

namespace tapeless::detail {

/// The gradient of a scalar-valued function of tensors as a graph of tensors.
template <class F, class Wrt, yield Yield, class... A>
struct tensor_gradient_maker {
  using primal = tensor_program<F, A...>;
  static_assert(Scalar<typename primal::result>,
                "tapeless: gradient needs a scalar-valued function; use tl::jacobian for several results");
  static constexpr layout<A...> arguments{};
  using wrt = chosen_parts<0, Wrt, A...>;
  static constexpr std::int32_t value_first = Yield == yield::value_and_gradient;

  static constexpr auto results = [] {
    part_list<wrt::count + 1> all;
    if (value_first) all.shape_of[all.count++] = shape(element::real);  // run 0
    for (std::size_t part = 0; part < wrt::count; ++part) {
      all.target[all.count] = wrt::list.target[part], all.address_of[all.count] = wrt::list.address_of[part];
      all.shape_of[all.count++] = wrt::list.shape_of[part];
    }
    return all;
  }();
  static constexpr program make() {
    return gradient_on_tensors(primal::graph.view(), wrt::list, {nullptr, 0}, value_first != 0);
  }
};

template <class F, class Wrt, yield Yield, class... A>
using tensor_gradient_program = derived_tensor_program<tensor_gradient_maker<F, Wrt, Yield, A...>>;

/// The value of a function of tensors, itself as a program.
template <class F, class... A>
struct tensor_value_program {
  using primal = tensor_program<F, A...>;
  static constexpr const auto& graph = primal::graph;
  static constexpr layout<A...> arguments{};
  static constexpr auto results = output_parts<0, primal, plain_t<typename primal::result>>::list;
};

}  // namespace tapeless::detail
