// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/tensor_gradient.hpp>

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
  constexpr const T* real_run(std::int32_t) const { return real; }
  constexpr const long long* whole_numbers() const { return data; }
};

/// The places of flat arguments: reals by their number among the reals, data by theirs.
template <class... A>
struct flat_places {
  address of[layout<A...>::count.leaves + 1]{};
  constexpr flat_places() {
    const layout<A...> arguments;
    std::int32_t reals = 0, data = 0;
    for (std::size_t leaf = 0; leaf < arguments.count.leaves; ++leaf)
      of[leaf] = {0, arguments.real[leaf] ? reals++ : data++};
  }
};

/// A function of tensors as a plan, on flat arguments.
template <class F, class... A>
struct flat_tensor_program : tensor_value_program<F, A...> {
  static constexpr flat_places<A...> arguments{};
};

/// A function of numbers as code, on flat arguments.
template <class F, class... A>
struct flat_number_program {
  using primal = primal_program<F, A...>;
  static constexpr flat_places<A...> arguments{};
  static constexpr address result[primal::outputs + 1]{};
  static constexpr schedule plan(std::size_t) { return make_schedule(primal::graph.view(), arguments.of, result, 1); }
};

/// A function itself, on flat arguments: what difference quotients call, in any precision.
template <class F, class... A>
struct flat_program {
  static constexpr flat_places<A...> arguments{};

  template <class T>
  static constexpr T value(const flat_arguments<T, A...>& x) {
    T y{};
    if constexpr (runs_on_tensors<F, A...>()) {
      using code = tensor_code<flat_tensor_program<F, A...>, T>;
      T workspace[code::workspace() + 1], unused;
      code::run(x, outputs<T, false, T>(unused, y), workspace);
    } else {
      using program = flat_number_program<F, A...>;
      using primal = typename program::primal;
      emitter<code_of<program, 1, primal::graph.size, primal::outputs>(), T>::run(x, outputs<T, false>(y));
    }
    return y;
  }
};

}  // namespace tapeless::detail
