// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program.hpp>

namespace tapeless::detail {

/// The arguments of a function as one array of reals and one of data, in the order of their scalars.
template <class T, class... A>
struct flat_arguments {
  static constexpr auto count = real_scalars<A...>::all;
  T real[count.reals + 1]{};
  long long data[count.data + 1]{};

  constexpr explicit flat_arguments(const A&... arguments) {
    std::size_t r = 0, d = 0;
    (for_each_run(arguments,
                  [&](auto* first, auto extent) {
                    for (std::size_t place = 0; place < extent; ++place)
                      if constexpr (Real<std::remove_cvref_t<decltype(*first)>>)
                        real[r++] = static_cast<T>(first[place]);
                      else data[d++] = static_cast<long long>(first[place]);
                  }),
     ...);
  }

  template <class Compute, element K>
  [[gnu::always_inline]] constexpr auto get(address a) const {
    if constexpr (K == element::real) return static_cast<Compute>(real[a.offset]);
    else if constexpr (K == element::integer) return data[a.offset];
    else return data[a.offset] != 0;
  }
};

/// A function itself as code, on flat arguments: what difference quotients call, in any precision.
template <class F, class... A>
struct flat_program {
  using primal = primal_program<F, A...>;
  static constexpr auto addresses = [] {
    struct {
      address in[layout<A...>::count.leaves + 1]{};
      address out[primal::outputs + 1]{};
    } all;
    const layout<A...> arguments;
    std::int32_t reals = 0, data = 0;
    for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf)
      all.in[leaf] = {0, arguments.real[leaf] ? reals++ : data++};
    return all;
  }();
  static constexpr schedule plan(std::size_t) {
    return make_schedule(primal::graph.view(), addresses.in, addresses.out, 1);
  }

  template <class T>
  static constexpr T value(const flat_arguments<T, A...>& x) {
    T result{};
    emitter<code_of<flat_program, 1, primal::graph.size, primal::outputs>(), T>::run(x, outputs<T, false>(result));
    return result;
  }
};

}  // namespace tapeless::detail
