// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/formula/key.hpp>
#include <tapeless/op/table.hpp>

namespace tapeless {

namespace detail {

/// The run-time numbers of a formula.
template <std::size_t N>
struct carried_numbers {
  double numbers[N]{};
};
template <>
struct carried_numbers<0> {};

}  // namespace detail

/// Mathematics as a value: variables, constants and operations on them. Its type is the formula; it holds nothing but
/// the run-time numbers that were written into it.
///
///     constexpr tl::variable<"x"> x;
///     constexpr tl::variable<"y"> y;
///     constexpr auto f = x * sin(y) + exp(x * y);     // sizeof(f) == 1
///     f(x = 1.0, y = 2.0)  ==  f(1.0, 2.0)            // by name, or in the order of first appearance
template <detail::formula_key Key>
struct formula : operand_base, detail::carried_numbers<static_cast<std::size_t>(Key.carried)> {
  static constexpr detail::formula_key key = Key;

  /// The value for arguments in the order of the variables' first appearance, or by name: `f(y = 2.0, x = 1.0)`.
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... arguments) const;

  // Only reached by mistakes, which it explains.
  constexpr formula& operator=(const formula&) = default;
  constexpr formula() = default;
  constexpr formula(const formula&) = default;
  template <class T>
  constexpr formula& operator=(const T&) {
    static_assert(!std::is_same_v<T, T>,
                  "tapeless: each formula has a type of its own, so a name stands for one only; give "
                  "each step a new name, or pass what the function captures as arguments");
    return *this;
  }
};

template <label Name>
struct variable;

namespace detail {

template <class X>
struct formula_behind {
  using type = void;
};
template <formula_key K>
struct formula_behind<formula<K>> {
  using type = formula<K>;
};
template <class X>
using formula_t = typename formula_behind<X>::type;
template <class X>
concept Formula = !std::is_void_v<formula_t<X>>;

/// The constant data of a formula.
template <class F>
inline constexpr const formula_node& node_of_formula = *node_behind(formula_place<formula_t<F>::key>{});

template <label Name>
struct variable_structure {
  static constexpr formula_key key() {
    formula_key k{.digest = mixed(1, hash_of(Name.text))};
    (key_text() << Name.text).into(k);
    return k;
  }
  template <formula_key K>
  static constexpr formula_node node() {
    return {.kind = formula_node::leaf::variable, .digest = K.digest, .name = Name.text};
  }
};

template <long double Number, element Kind>
struct number_structure {
  static constexpr formula_key key() {
    formula_key k{.digest = mixed(mixed(2, static_cast<std::uint64_t>(Kind)),
                                  std::bit_cast<std::uint64_t>(static_cast<double>(Number)))};
    if (Number - static_cast<long double>(static_cast<double>(Number)) != 0)
      k.digest = mixed(k.digest, std::bit_cast<std::uint64_t>(static_cast<double>(
                                     Number - static_cast<long double>(static_cast<double>(Number)))));
    if (is_whole_number(Number) && Number >= 0 && Number < 1000) {
      const int n = static_cast<int>(Number);
      key_text t;
      if (n >= 100) t << static_cast<char>('0' + n / 100);
      if (n >= 10) t << static_cast<char>('0' + n / 10 % 10);
      (t << static_cast<char>('0' + n % 10)).into(k);
    } else {
      (key_text() << "number").into(k);
    }
    return k;
  }
  template <formula_key K>
  static constexpr formula_node node() {
    return {.kind = formula_node::leaf::number, .of = Kind, .digest = K.digest, .number = Number};
  }
};

template <element Kind>
struct carried_structure {
  static constexpr formula_key key() {
    formula_key k{.digest = mixed(3, static_cast<std::uint64_t>(Kind)), .carried = 1};
    (key_text() << '#').into(k);
    return k;
  }
  template <formula_key K>
  static constexpr formula_node node() {
    return {.kind = formula_node::leaf::carried, .of = Kind, .digest = K.digest, .carried = 1};
  }
};

template <class Op, formula_key... X>
struct operation_structure {
  static constexpr formula_key key() {
    formula_key k{.digest = digest_of_type<Op>()};
    ((k.digest = mixed(k.digest, X.digest), k.carried += X.carried), ...);
    key_text t;
    if constexpr (Op::written == op::notation::infix) {
      std::size_t i = 0;
      ((t.operand(X, needs_parentheses(*node_behind(formula_place<X>{}), i)),
        i++ == 0 ? t << ' ' << Op::name.text << ' ' : t),
       ...);
    } else if constexpr (Op::written == op::notation::prefix) {
      t << Op::name.text;
      (t.operand(X, needs_parentheses(*node_behind(formula_place<X>{}), 1)), ...);
    } else {
      t << Op::name.text << '(';
      std::size_t i = 0;
      ((i++ == 0 ? t : t << ", ", t.operand(X, false)), ...);
      t << ')';
    }
    t.into(k);
    return k;
  }
  template <formula_key K>
  static constexpr formula_node node() {
    return {.digest = K.digest,
            .carried = K.carried,
            .op = describe<Op>(),
            .operand = {node_behind(formula_place<X>{})...}};
  }

 private:
  static constexpr bool needs_parentheses(const formula_node& x, std::size_t place) {
    const int inner = x.op && x.op->written != op::notation::function ? x.op->precedence : 9;
    return inner < Op::precedence + static_cast<int>(place > 0);
  }
};

/// The formula of a structure. Naming the key through the definition makes sure that this is there from now on.
template <formula_key K>
constexpr formula<K> formula_with() {
  return {};
}
template <class Structure>
constexpr auto make_formula() {
  return formula_with<formula_definition<Structure::key(), Structure>::key>();
}

}  // namespace detail

/// A value for a variable of a formula, written `x = 1.0`.
template <label Name, class T>
struct binding {
  T value;
};

/// A variable of a formula. Variables of one name are the same variable.
template <label Name>
struct variable : decltype(detail::make_formula<detail::variable_structure<Name>>()) {
  template <class T>
  constexpr binding<Name, T> operator=(T value) const {  // NOLINT: a name for an argument, not an assignment
    return {value};
  }
};

/// A constant of a formula that is known at compile time: `tl::number<0.5> * x` holds no number at run time.
template <auto Number>
inline constexpr auto number = detail::make_formula<detail::number_structure<
    static_cast<long double>(Number), std::is_integral_v<decltype(Number)> ? element::integer : element::real>>();

namespace detail {

template <label Name>
struct formula_behind<variable<Name>> {
  using type = decltype(make_formula<variable_structure<Name>>());
};

/// An operand as a formula: itself, or a number that is carried along.
template <op::argument Kind, class X>
constexpr auto as_formula(const X& x) {
  if constexpr (Formula<X>) {
    return static_cast<const formula_t<X>&>(x);
  } else if constexpr (requires { X::value; }) {
    return make_formula<number_structure<static_cast<long double>(X::value),
                                         Kind == op::argument::number ? element::real : element::integer>>();
  } else {
    auto f = make_formula<carried_structure<Kind == op::argument::number      ? element::real
                                            : Kind == op::argument::condition ? element::boolean
                                                                              : element::integer>>();
    f.numbers[0] = static_cast<double>(x);
    return f;
  }
}

template <class Op, class... X>
constexpr auto form(const X&... x) {
  auto f = make_formula<operation_structure<Op, X::key...>>();
  if constexpr (f.key.carried > 0) {
    static_assert(f.key.carried <= 1024,
                  "tapeless: this formula repeats its run-time numbers too often; make variables of them");
    std::size_t next = 0;
    const auto append = [&](const auto& operand) {
      if constexpr (std::remove_cvref_t<decltype(operand)>::key.carried > 0)
        for (const double k : operand.numbers) f.numbers[next++] = k;
    };
    (append(x), ...);
  }
  return f;
}

template <class Op, class... X, std::size_t... I>
constexpr auto formed(std::index_sequence<I...>, const X&... x) {
  return form<Op>(as_formula<Op::takes(I)>(x)...);
}

}  // namespace detail

/// An operation on formulas is a formula.
template <class Op, class... X>
requires(detail::Formula<X> || ...) constexpr auto apply_operation(op::tag<Op>, const X&... x) {
  return detail::formed<Op>(std::index_sequence_for<X...>{}, x...);
}

}  // namespace tapeless
