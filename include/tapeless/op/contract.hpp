// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <limits>
#include <type_traits>

#include <tapeless/config.hpp>
#include <tapeless/op/structural.hpp>

// What an operation is. One struct says everything: its printed name, its value, its derivative, its domain and the
// conventions at its kinks; numbers, duals, recording, tests and documentation are derived from that struct.
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

/// A closed interval of numbers.
struct interval {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};
constexpr interval above(double lower) { return {lower}; }

/// An interval for each argument.
struct region {
  interval side[3];
  constexpr region(interval x = {}, interval y = {}, interval z = {}) : side{x, y, z} {}
  constexpr const interval& operator()(std::size_t argument) const { return side[argument]; }
};

/// The derivatives that an operation returns at a point where mathematics has none, or several.
struct convention {
  double at[3];
  double partial[3];
};

namespace op {

enum class notation { function, infix, prefix };

/// What an argument is: a differentiable number, a condition or a whole number.
enum class argument { number, condition, whole };

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// The base of every operation. A row adds
///   value(x...)                 on plain numbers of one type;
///   partial(x, y)               for one argument, y = value(x); or partial(arg<i>{}, x..., y) for several;
///   pullback(arg<i>{}, g, x..., y)  optional: g * partial where a better form exists;
///   formula(x...)               optional: what the operation means in terms of others, for those who read about it;
///   kink(x...)                  optional: zero exactly where, inside its domain, the operation is not differentiable;
/// rules are written over `auto` in terms of tapeless:: functions and so hold for numbers, duals and recorded values
/// alike. What follows are defaults.
template <label Name, std::size_t Arity>
struct operation {
  static_assert(Arity <= 3,
                "tapeless: an operation takes at most three numbers; pass the others through operations of "
                "their own, or write the function with tl::custom_gradient");
  static constexpr auto name = Name;
  static constexpr std::size_t arity = Arity;
  static constexpr notation written = notation::function;
  static constexpr int precedence = 0;
  static constexpr bool commutative = false;
  static constexpr bool predicate = false;            // the result is a condition
  static constexpr bool on_integers = false;          // integers stay integers; elsewhere they become double
  static constexpr bool calls_library = true;         // a function call at run time, not a few instructions
  static constexpr bool never_negative_zero = false;  // then 0.0 + y == y holds bit for bit
  static constexpr bool rounds_often = false;         // then constant expressions compute it in long double
  static constexpr bool transparent = false;          // the value is the first argument; what differs is the derivative
  static constexpr bool on_tensors = false;           // on whole tensors, not element by element
  static constexpr argument takes(std::size_t) { return argument::number; }
  static constexpr region domain{};  // on whose interior, kinks aside, value and derivative are finite
  static constexpr const convention* conventions = nullptr;
  static constexpr const char* note = "";
};

template <label Name>
struct unary : operation<Name, 1> {};
template <label Name>
struct binary : operation<Name, 2> {};
template <label Name>
struct ternary : operation<Name, 3> {};

/// A function that compiles to a few instructions.
template <label Name, std::size_t Arity>
struct inlined : operation<Name, Arity> {
  static constexpr bool calls_library = false;
};

/// A function that is itself made of several, so that its value is rounded more than once.
template <label Name, std::size_t Arity>
struct composed : operation<Name, Arity> {
  static constexpr bool rounds_often = true;
};

template <label Symbol, int Precedence>
struct infix : inlined<Symbol, 2> {
  static constexpr notation written = notation::infix;
  static constexpr int precedence = Precedence;
  static constexpr bool on_integers = true;
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
