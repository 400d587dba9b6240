// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/check/gradient.hpp>
#include <tapeless/derive/program_of.hpp>
#include <tapeless/formula/call.hpp>

// Verbs on formulas, and on functions that capture numbers: these are called once with variables, which makes formulas
// of them. What is known at compile time becomes a stateless function of the numbers and the arguments; the numbers
// come along as data, so they cost what arguments cost.
namespace tapeless {

/// Derivatives with respect to named variables: a tuple that can also be read by name, `g[x]`.
template <class Names, class... T>
struct named_gradient : std::tuple<T...> {
  using std::tuple<T...>::tuple;
  constexpr explicit named_gradient(const std::tuple<T...>& unnamed) : std::tuple<T...>(unnamed) {}

  template <label Name>
  constexpr const auto& operator[](const variable<Name>&) const {
    constexpr std::size_t at = Names::find(detail::variable_name(Name.text));
    if constexpr (at < sizeof...(T)) return std::get<at>(*this);
    else return detail::no_such_variable<Name>(*this);
  }
};

namespace detail {

/// The variables that stand for the arguments of a function: x, y, z, or x0, x1, ... if there are more.
template <std::size_t Arguments>
constexpr variable_name argument_name(std::size_t i) {
  variable_name name;
  name.text[0] = Arguments > 3 ? 'x' : static_cast<char>('x' + i);
  if (Arguments > 10) name.text[1] = static_cast<char>('0' + i / 10);
  if (Arguments > 3) name.text[Arguments > 10 ? 2 : 1] = static_cast<char>('0' + i % 10);
  return name;
}
/// A callable taken apart: a stateless function of numbers and arguments, the names of the arguments, the numbers.
template <class Bare, class Names, std::size_t Numbers>
struct taken_apart {
  using bare = Bare;
  using names = Names;
  static constexpr std::size_t count = Numbers;
  double numbers[Numbers + 1];
};
template <class Names, class F>
constexpr auto take_apart(const F& f) {
  taken_apart<positional<F, Names>, Names, carried_by<F>> parts{};
  for (std::size_t i = 0; i < carried_by<F>; ++i) parts.numbers[i] = numbers_of(f)[i];
  return parts;
}

template <std::size_t... I>
name_list<argument_name<sizeof...(I)>(I)...> list_arguments(std::index_sequence<I...>);

/// How a callable is taken apart. A function that captures numbers is called with a variable for each argument.
template <class F>
struct parts {
  template <class... A>
  static constexpr auto of(const F& f) {
    static_assert((Scalar<A> && ...),
                  "tapeless: a function that captures takes numbers only; pass what it captures as further arguments");
    return [&]<std::size_t... I>(std::index_sequence<I...> places) {
      static_assert(
          requires { f(variable<label_of<argument_name<sizeof...(A)>(I)>>{}...); },
          "tapeless: a function that captures must be a generic lambda, called with the right number of "
          "arguments; or pass what it captures as further arguments");
      const auto result = f(variable<label_of<argument_name<sizeof...(A)>(I)>>{}...);
      static_assert(tapeless::detail::Formula<std::remove_const_t<decltype(result)>>,
                    "tapeless: a function that captures must return a number that depends on its arguments");
      return take_apart<decltype(list_arguments(places))>(as_formula<op::argument::number>(result));
    }
    (std::index_sequence_for<A...>{});
  }
};

/// The variables of a formula are its arguments.
template <class F>
requires Formula<F>
struct parts<F> {
  template <class... A>
  static constexpr auto of(const F& f) {
    return take_apart<variables_of<F>>(as_formula<op::argument::number>(f));
  }
};

/// A selection among the arguments as one among those of the stateless function, which takes the numbers first.
template <class Wrt, class Names, std::size_t First, class... A>
struct shifted;
template <std::size_t... I, class Names, std::size_t First, class... A>
struct shifted<selection<I...>, Names, First, A...> {
  using type = selection<(I + First)...>;
};
template <class Names, class... A>
struct shifted<selection<>, Names, 1, A...> {
  using type = typename resolve<1, selection<>, A...>::type;
};
template <class Name>
struct name_of_variable;
template <label Name>
struct name_of_variable<variable<Name>> {
  static constexpr variable_name value{Name.text};
  using lacking = the_formula_does_not_contain_the_variable<Name>;
};
template <class... V, class Names, std::size_t First, class... A>
struct shifted<named_selection<V...>, Names, First, A...> {
  template <class One>
  static constexpr std::size_t place() {
    constexpr std::size_t at = Names::find(name_of_variable<One>::value);
    if constexpr (at == Names::size) static_cast<void>(sizeof(typename name_of_variable<One>::lacking));
    return at + First;
  }
  using type = selection<place<V>()...>;
};

/// A verb on what is left of a callable when its numbers are arguments.
template <template <class, class> class Verb, class F, class Wrt, class... A>
struct verb_on_parts {
  using parts_type = decltype(parts<F>::template of<A...>(std::declval<const F&>()));
  using bare = typename parts_type::bare;
  static constexpr std::size_t count = parts_type::count;
  using selected = typename shifted<Wrt, typename parts_type::names, (count > 0), A...>::type;
  using verb = Verb<bare, selected>;
  using numbers = std::array<number_type<A...>, count>;
};

/// The names of the arguments that a selection chooses.
template <class Names, class Wrt>
struct chosen_names {
  using type = Names;
};
template <class Names, std::size_t... I>
requires(sizeof...(I) > 0) struct chosen_names<Names, selection<I...>> {
  using type = name_list<Names::at[I]...>;
};
template <class Names, class... V>
struct chosen_names<Names, named_selection<V...>> {
  using type = name_list<name_of_variable<V>::value...>;
};

template <class Names, class... T>
constexpr auto with_names(const std::tuple<T...>& g) {
  return named_gradient<Names, T...>(g);
}
template <class Names, class T>
requires std::is_arithmetic_v<T>
constexpr auto with_names(const T& g) { return named_gradient<Names, T>(std::tuple<T>(g)); }
template <class Names, class V, class G>
constexpr auto with_names(const valued_gradient<V, G>& r) {
  auto g = with_names<Names>(r.gradient);
  return valued_gradient<V, decltype(g)>{r.value, g};
}
template <class Names, class V, class G, class H>
constexpr auto with_names(const valued_hessian<V, G, H>& r) {
  auto g = with_names<Names>(r.gradient);
  return valued_hessian<V, decltype(g), H>{r.value, g, r.hessian};
}
template <class Names, class T>
constexpr const auto& with_names(const gradient_report<T>& r) {
  return r;
}
template <class Names, class T, std::size_t R, std::size_t C>
constexpr const auto& with_names(const mat<T, R, C>& m) {  // its rows and columns follow the variables
  return m;
}
template <class Names, class V, class J>
constexpr const auto& with_names(const valued_jacobian<V, J>& r) {
  return r;
}

template <class F>
requires Formula<F>
inline constexpr bool is_taken_apart<F> = true;

/// A formula of several variables as a function of one array that holds them all, in order.
template <class Bare, std::size_t Variables>
struct of_array {
  constexpr auto operator()(const auto& all) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return Bare{}(all[I]...); }
    (std::make_index_sequence<Variables>{});
  }
};
/// How many variables a callable has that names its arguments.
template <class F>
inline constexpr std::size_t variables_in = 0;
template <class F>
requires Formula<F>
inline constexpr std::size_t variables_in<F> = variables_of<F>::size;
/// Whether a call gives an array in the place of all variables of a formula that holds no numbers.
template <class F, class... A>
inline constexpr bool is_called_with_array = false;
template <class F, class A>
requires(std::is_empty_v<F>&& ArrayLike<A>) inline constexpr bool is_called_with_array<F, A> =
    (variables_in<F> > 1) && array_extent<A> == variables_in<F>;

template <template <class, class> class Verb, class F, class Wrt>
struct on_parts {
  F f;

  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... arguments) const {
    if constexpr (sizeof...(A) > 0 && (is_binding<A> && ...)) {
      using names = typename decltype(parts<F>::template of<>(f))::names;
      return with_names<typename chosen_names<names, Wrt>::type>(in_order_of<names>(
          [&](const auto&... values) __attribute__((always_inline)) { return call(values...); }, arguments...));
    } else {
      return call(arguments...);
    }
  }

  /// As the `into` of the verb on a stateless function.
  template <class G, class... A>
  requires(std::is_same_v<Wrt, selection<>>&& is_called_with_array<F, A...>)
      [[gnu::always_inline]] constexpr auto into(G&& g, const A&... all) const {
    return Verb<of_array<F, variables_in<F>>, selection<>>{}.into(g, all...);
  }
  template <class G, class... A>
  [[gnu::always_inline]] constexpr auto into(G&& g, const A&... arguments) const {
    using chosen = verb_on_parts<Verb, F, Wrt, A...>;
    return with_numbers<chosen::count>(
        parts<F>::template of<A...>(f).numbers,
        [&](const auto&... values)
            __attribute__((always_inline)) { return typename chosen::verb{}.into(g, values...); },
        arguments...);
  }

 private:
  template <class... A>
  requires(std::is_same_v<Wrt, selection<>>&& is_called_with_array<F, A...>)
      [[gnu::always_inline]] constexpr auto call(const A&... all) const {
    return Verb<of_array<F, variables_in<F>>, selection<>>{}(all...);
  }
  template <class... A>
  [[gnu::always_inline]] constexpr auto call(const A&... arguments) const {
    using chosen = verb_on_parts<Verb, F, Wrt, A...>;
    return with_numbers<chosen::count>(parts<F>::template of<A...>(f).numbers, typename chosen::verb{}, arguments...);
  }
};

/// A derivative in its turn is taken apart into that of what is left, and the same numbers.
template <template <class, class> class Verb, class F, class Wrt>
struct parts<on_parts<Verb, F, Wrt>> {
  template <class... A>
  static constexpr auto of(const on_parts<Verb, F, Wrt>& derivative) {
    const auto inner = parts<F>::template of<A...>(derivative.f);
    using chosen = verb_on_parts<Verb, F, Wrt, A...>;
    taken_apart<typename chosen::verb, typename std::remove_const_t<decltype(inner)>::names, chosen::count> result{};
    for (std::size_t i = 0; i < chosen::count; ++i) result.numbers[i] = inner.numbers[i];
    return result;
  }
};

// What is asked of a type alone.
template <template <class, class> class Verb, class F, class Wrt, class... A>
struct program_behind<on_parts<Verb, F, Wrt>, A...> {
  using chosen = verb_on_parts<Verb, F, Wrt, A...>;
  using type = typename std::conditional_t<(chosen::count > 0),
                                           program_behind<typename chosen::verb, typename chosen::numbers, A...>,
                                           program_behind<typename chosen::verb, A...>>::type;
};
template <class F, class... A>
requires is_taken_apart<F>
struct program_behind<F, A...> {
  using chosen = verb_on_parts<gradient_function, F, selection<>, A...>;
  using type =
      std::conditional_t<(chosen::count > 0), primal_program<typename chosen::bare, typename chosen::numbers, A...>,
                         primal_program<typename chosen::bare, A...>>;
};

}  // namespace detail
}  // namespace tapeless

template <class Names, class... T>
struct std::tuple_size<tapeless::named_gradient<Names, T...>> : std::tuple_size<std::tuple<T...>> {};
template <std::size_t I, class Names, class... T>
struct std::tuple_element<I, tapeless::named_gradient<Names, T...>> : std::tuple_element<I, std::tuple<T...>> {};
