// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/gradient.hpp>

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

template <class F, class... A>
using program_of = typename program_behind<std::remove_cvref_t<F>, A...>::type;

}  // namespace tapeless::detail
