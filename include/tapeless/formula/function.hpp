// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/formula/verbs.hpp>

namespace tapeless {

// Named so that the first line of the compiler's message says what is wrong, and of which variable.
template <label Name>
struct the_function_is_not_given_the_variable;
template <label Name>
struct the_function_is_given_the_variable_twice;

/// A formula with its arguments in a stated order; `function` makes it.
template <class F, class Names>
struct formula_function {
  [[no_unique_address]] F f;

  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... arguments) const {
    if constexpr (sizeof...(A) > 0 && (detail::is_binding<A> && ...)) {
      return detail::in_order_of<Names>(
          [&](const auto&... values)
              __attribute__((always_inline)) { return detail::call_formula<F, Names>(f, values...); },
          arguments...);
    } else {
      static_assert(!(detail::is_binding<A> || ...), "tapeless: give all arguments of a formula by name, or none");
      return detail::call_formula<F, Names>(f, arguments...);
    }
  }
};

namespace detail {

template <class F, class Names>
inline constexpr bool is_taken_apart<formula_function<F, Names>> = true;
template <class F, class Names>
inline constexpr std::size_t variables_in<formula_function<F, Names>> = Names::size;

template <class F, class Names>
struct parts<formula_function<F, Names>> {
  template <class... A>
  static constexpr auto of(const formula_function<F, Names>& function) {
    return take_apart<Names>(function.f);
  }
};

template <class Given, class Own>
constexpr void check_order() {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto is_given = []<std::size_t J>(arg<J>) {
      if constexpr (Given::find(Own::at[J]) == Given::size)
        static_cast<void>(sizeof(the_function_is_not_given_the_variable<label_of<Own::at[J]>>));
    };
    (is_given(arg<I>{}), ...);
  }
  (std::make_index_sequence<Own::size>{});
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto is_first = []<std::size_t J>(arg<J>) {
      if constexpr (Given::find(Given::at[J]) != J)
        static_cast<void>(sizeof(the_function_is_given_the_variable_twice<label_of<Given::at[J]>>));
    };
    (is_first(arg<I>{}), ...);
  }
  (std::make_index_sequence<Given::size>{});
}

}  // namespace detail

/// A formula as a function of the given variables, in the given order.
///
///     function(f, x, y)(a, b) == f(x = a, y = b)
///
/// Without it the order is that in which the variables first appear. Variables that the formula does not contain may be
/// among them; its own all have to be. It goes into every verb, and can still be called by name.
///
///     constexpr auto f = tl::function(y - x * x, x, y);
///     static_assert(f(2.0, 5.0) == 1 && tl::gradient(f)(y = 5.0, x = 2.0)[x] == -4);
template <class F, label... Name>
requires detail::Formula<F>
constexpr auto function(const F& f, const variable<Name>&...) {
  using names = detail::name_list<detail::variable_name(Name.text)...>;
  const auto stated = detail::as_formula<op::argument::number>(f);
  using formula_type = std::remove_const_t<decltype(stated)>;
  detail::check_order<names, detail::variables_of<formula_type>>();
  return formula_function<formula_type, names>{stated};
}

}  // namespace tapeless
