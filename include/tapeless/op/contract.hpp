// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <limits>
#include <type_traits>

#include <tapeless/config.hpp>
#include <tapeless/op/structural.hpp>

// What an operation is. One struct says everything: its printed name, its value, its derivative, its domain and the
// convention at its kinks; numbers, duals, recording, tests and documentation are derived from that struct.
namespace tapeless {

/// Text as a template argument.
template <std::size_t N>
struct label {
  char text[N]{};
  constexpr label(const char (&s)[N]) {  // NOLINT(google-explicit-constructor): written as a plain string literal
    for (std::size_t i = 0; i < N; ++i) text[i] = s[i];
  }
};

/// Selects the argument that a partial derivative is taken with respect to.
template <std::size_t I>
using arg = std::integral_constant<std::size_t, I>;

/// A closed interval; an operation states one for each argument, on whose interior it is finite and differentiable.
struct interval {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

namespace op {

enum class notation { function, infix, prefix };

/// The base of every operation. A row adds
///   value(x...)                 on plain numbers of one type;
///   partial(x, y)               for one argument, y = value(x); or partial(arg<i>{}, x..., y) for several;
///   pullback(arg<i>{}, g, x..., y)  optional: g * partial where a better form exists;
/// rules are written over `auto` in terms of tapeless:: functions and so hold for numbers, duals and recorded values
/// alike.
template <label Name, std::size_t Arity>
struct operation {
  static constexpr auto name = Name;
  static constexpr std::size_t arity = Arity;
  static constexpr notation written = notation::function;
  static constexpr int precedence = 0;
  static constexpr bool commutative = false;
  static constexpr bool predicate = false;            // the result is a condition
  static constexpr bool on_integers = false;          // integers stay integers; elsewhere they become double
  static constexpr bool calls_library = true;         // a function call at run time, not a few instructions
  static constexpr bool never_negative_zero = false;  // then 0.0 + y == y holds bit for bit
  static constexpr const char* convention = "";       // what is returned at kinks and at the edge of the domain
  static constexpr interval domain(std::size_t) { return {}; }
};

template <label Name>
struct unary : operation<Name, 1> {};
template <label Name>
struct binary : operation<Name, 2> {};
template <label Name>
struct ternary : operation<Name, 3> {};

template <label Symbol, int Precedence>
struct infix : operation<Symbol, 2> {
  static constexpr notation written = notation::infix;
  static constexpr int precedence = Precedence;
  static constexpr bool on_integers = true;
  static constexpr bool calls_library = false;
};

/// A function that compiles to an instruction or two.
template <label Name, std::size_t Arity>
struct inlined : operation<Name, Arity> {
  static constexpr bool calls_library = false;
};

template <label Symbol>
struct comparison : infix<Symbol, 1> {
  static constexpr bool predicate = true;
};

/// A list of operations: what tests, documentation and benches iterate over.
template <class... Ops>
struct list {
  static constexpr std::size_t size = sizeof...(Ops);
  template <class... More>
  constexpr list<Ops..., More...> operator+(list<More...>) const {
    return {};
  }
};

template <class Op>
struct tag {};

}  // namespace op

}  // namespace tapeless
