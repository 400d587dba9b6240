// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/evaluate.hpp>
#include <tapeless/formula/read.hpp>

// Formulas as functions: of recorded values, which write the formula down, and of numbers, for which its program is
// run.
namespace tapeless {

// Named so that the first line of the compiler's message says what is wrong, and of which variable.
template <label Name>
struct the_call_gives_no_value_for_the_variable;
template <label Name>
struct the_call_gives_two_values_for_the_variable;
template <label Name>
struct the_formula_does_not_contain_the_variable;

namespace detail {

template <label Name, class Result>
constexpr const Result& no_such_variable(const Result& result) {
  static_cast<void>(sizeof(the_formula_does_not_contain_the_variable<Name>));
  return result;
}

template <class F>
inline constexpr std::size_t carried_by = static_cast<std::size_t>(F::key.carried);

/// A formula without its numbers, as a stateless function of these (if there are any) and of its variables in a given
/// order.
template <class F, class Names>
struct positional {
  template <class... A>
  constexpr auto operator()(const A&... a) const {
    if constexpr (carried_by<F> != 0)
      return [](const auto& numbers, const auto&... values) { return record_on(&numbers[0], values...); }(a...);
    else return record_on(static_cast<const recorded<double>*>(nullptr), a...);
  }

 private:
  template <class N, class... A>
  static constexpr auto record_on(const N* numbers, const A&... a) {
    using T =
        typename joint_type<recorded_scalar_t<A>..., std::conditional_t<(Recorded<A> || ...), void, double>>::type;
    using result = recorded<std::conditional_t<is_predicate(), bool, T>>;
    buffer<bound_value> variables;
    recorder* home = nullptr;
    std::size_t i = 0;
    [[maybe_unused]] const auto bind = [&](const value& given) {
      if (given.home()) home = given.home();
      variables.push_back({Names::texts[i++], given});
    };
    (bind(recorded_of(a)), ...);
    buffer<value> carried;
    for (std::size_t k = 0; k < carried_by<F>; ++k) {
      carried.push_back(numbers[k].untyped());
      if (carried[k].home()) home = carried[k].home();
    }
    recorder constants_only;
    return result(formula_reader(home ? *home : constants_only, variables, carried).read(node_of_formula<F>));
  }
  static constexpr bool is_predicate() {
    const auto* op = node_of_formula<F>.op;
    return op && op->predicate;
  }
};

template <class A>
inline constexpr bool is_binding = false;
template <label Name, class T>
inline constexpr bool is_binding<binding<Name, T>> = true;
template <class B>
struct bound;
template <label Name, class T>
struct bound<binding<Name, T>> {
  static constexpr variable_name name{Name.text};
};

/// That a call by name gives each of the variables one value, and none to others.
template <class Names, class... B>
constexpr void check_names() {
  using given = name_list<bound<B>::name...>;
  const auto at_most_once = []<class One>(std::type_identity<One>) {
    constexpr auto name = bound<One>::name;
    if constexpr (Names::find(name) == Names::size) {
      static_cast<void>(sizeof(the_formula_does_not_contain_the_variable<label_of<name>>));
    } else if constexpr (((bound<B>::name == name) + ...) > 1) {
      static_cast<void>(sizeof(the_call_gives_two_values_for_the_variable<label_of<name>>));
    }
  };
  (at_most_once(std::type_identity<B>{}), ...);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto given_at_all = []<std::size_t J>(arg<J>) {
      if constexpr (given::find(Names::at[J]) == given::size)
        static_cast<void>(sizeof(the_call_gives_no_value_for_the_variable<label_of<Names::at[J]>>));
    };
    (given_at_all(arg<I>{}), ...);
  }
  (std::make_index_sequence<Names::size>{});
}

/// Calls `f` with the values of bindings, in the order of names.
template <class Names, class F, class... B>
[[gnu::always_inline]] constexpr decltype(auto) in_order_of(const F& f, const B&... bindings) {
  check_names<Names, B...>();
  using given = name_list<bound<B>::name...>;
  return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline))->decltype(auto) {
    const auto all = std::tie(bindings...);
    constexpr auto place = [](std::size_t at) { return at < sizeof...(B) ? at : 0; };  // of a call that is wrong anyway
    return f(std::get<place(given::find(Names::at[I]))>(all).value...);
  }
  (std::make_index_sequence<Names::size>{});
}

template <class... A>
using number_type = std::conditional_t<std::is_void_v<typename joint_real<A...>::type>, std::type_identity<double>,
                                       joint_real<A...>>::type;

/// Calls a function of numbers and arguments; without the numbers if there are none. They are converted to the type of
/// the arguments, which they must not widen.
template <std::size_t N, class G, class... A>
[[gnu::always_inline]] constexpr decltype(auto) with_numbers(const double* numbers, const G& g, const A&... x) {
  if constexpr (N > 0) {
    using plain = std::conditional_t<enable_operand<number_type<A...>>, recorded_scalar<number_type<A...>>,
                                     std::type_identity<number_type<A...>>>;
    std::array<typename plain::type, N> converted;
    for (std::size_t i = 0; i < N; ++i) converted[i] = static_cast<typename plain::type>(numbers[i]);
    return g(converted, x...);
  } else {
    return g(x...);
  }
}
template <class F>
constexpr const double* numbers_of(const F& f) {
  if constexpr (carried_by<F> != 0) return f.numbers;
  else return nullptr;
}

/// A program run on plain numbers.
template <class F>
struct run_program {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using T = number_type<A...>;
    return flat_program<F, A...>::value(flat_arguments<T, A...>(x...));
  }
};

template <class... A>
inline constexpr bool are_numbers = (std::is_arithmetic_v<A> && ...);

/// The numbers of a formula that is called inside a recorded function are constants there.
template <class F, class Names, class N, class... A>
constexpr auto recorded_call(const N& numbers, const A&... x) {
  std::array<recorded<typename N::value_type>, carried_by<F>> constants;
  for (std::size_t i = 0; i < constants.size(); ++i) constants[i] = numbers[i];
  return positional<F, Names>{}(constants, x...);
}

/// A formula on arguments in order.
template <class F, class Names, class... A>
[[gnu::always_inline]] constexpr auto call_formula(const F& f, const A&... x) {
  static_assert(sizeof...(A) == Names::size,
                "tapeless: a formula takes one argument for each of its variables, in the order of their appearance");
  if constexpr (are_numbers<A...>) {
    return with_numbers<carried_by<F>>(numbers_of(f), run_program<positional<F, Names>>{}, x...);
  } else {
    static_assert((Scalar<A> && ...), "tapeless: a variable of a formula stands for one number");
    return with_numbers<carried_by<F>>(
        numbers_of(f),
        [](const auto&... values) {
          if constexpr (carried_by<F> != 0) return recorded_call<F, Names>(values...);
          else return positional<F, Names>{}(values...);
        },
        x...);
  }
}

}  // namespace detail

template <detail::formula_key Key>
template <class... A>
constexpr auto formula<Key>::operator()(const A&... arguments) const {
  using names = detail::variables_of<formula>;
  if constexpr (sizeof...(A) > 0 && (detail::is_binding<A> && ...)) {
    return detail::in_order_of<names>(
        [&](const auto&... values)
            __attribute__((always_inline)) { return detail::call_formula<formula, names>(*this, values...); },
        arguments...);
  } else {
    static_assert(!(detail::is_binding<A> || ...), "tapeless: give all arguments of a formula by name, or none");
    return detail::call_formula<formula, names>(*this, arguments...);
  }
}

}  // namespace tapeless
