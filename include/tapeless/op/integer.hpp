// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

#include <tapeless/op/operators.hpp>

// What is done with data. A program keeps every integer as the long long that it converts to, and an operation for
// which the type of its integers matters names that type. These rows have no derivative, and need none.
namespace tapeless::op {

/// An operation on integers of type T. The result of an overflow is the one modulo 2^n, also where C++ has none: it may
/// be on the side of a `select` that is not taken.
template <class T, class Op>
struct in : Op {
  static constexpr bool may_overflow =
      std::is_same_v<Op, add> || std::is_same_v<Op, sub> || std::is_same_v<Op, mul> || std::is_same_v<Op, neg>;
  using number = typename std::conditional_t<may_overflow, std::make_unsigned<T>, std::type_identity<T>>::type;
  static constexpr auto value(auto... x) {
    const auto y = Op::value(static_cast<number>(x)...);
    if constexpr (Op::predicate) return y;
    else return static_cast<long long>(static_cast<T>(y));
  }
};

/// The name of an integer type in a printed program.
template <class T>
constexpr auto integer_name() {
  constexpr bool has_sign = std::is_signed_v<T>;
  if constexpr (sizeof(T) == 1 && has_sign) return label("int8");
  else if constexpr (sizeof(T) == 1) return label("uint8");
  else if constexpr (sizeof(T) == 2 && has_sign) return label("int16");
  else if constexpr (sizeof(T) == 2) return label("uint16");
  else if constexpr (has_sign) return label("int32");
  else return label("uint32");
}

/// An integer converted to a shorter one, which drops the upper bits.
template <class T>
struct as : inlined<integer_name<T>(), 1> {
  static constexpr bool on_integers = true;
  static constexpr auto value(auto x) { return static_cast<long long>(static_cast<T>(x)); }
};

/// The real number that a long long stands for where it keeps an unsigned one; it takes the type that the program runs
/// in.
struct unsigned_as_real : inlined<"as_real", 1> {
  struct number {
    unsigned long long bits;
    template <std::floating_point T>
    constexpr operator T() const {  // NOLINT(google-explicit-constructor)
      return static_cast<T>(bits);
    }
  };
  static constexpr auto value(auto x) { return number{static_cast<unsigned long long>(x)}; }
};

/// What C++ has for integers only.
template <label Symbol, int Precedence>
struct integral : infix<Symbol, Precedence> {
  static constexpr bool only_integers = true;
};
template <label Symbol>
struct on_bits : integral<Symbol, 1> {
  static constexpr bool commutative = true;
};

// Both sides of a `select` are carried out, so what C++ leaves undefined is zero here: a quotient by zero and what is
// left of it, and a shift by a negative number or by more bits than there are.
struct quotient : integral<"/", 5> {
  template <class X>
  static constexpr X value(X x, X y) {
    if (y == 0) return 0;
    if constexpr (std::is_signed_v<X>)
      if (y == -1) return static_cast<X>(0 - static_cast<std::make_unsigned_t<X>>(x));  // also of the smallest number
    return x / y;
  }
};
struct modulo : integral<"%", 5> {
  template <class X>
  static constexpr X value(X x, X y) {
    if (y == 0) return 0;
    if constexpr (std::is_signed_v<X>)
      if (y == -1) return 0;
    return x % y;
  }
};
struct shift_left : integral<"<<", 3> {
  static constexpr argument takes(std::size_t i) { return i == 0 ? argument::number : argument::whole; }
  template <class X>
  static constexpr X value(X x, X n) {
    return n < 0 || n >= static_cast<X>(8 * sizeof(X)) ? X(0) : static_cast<X>(x << n);
  }
};
struct shift_right : integral<">>", 3> {
  static constexpr argument takes(std::size_t i) { return i == 0 ? argument::number : argument::whole; }
  template <class X>
  static constexpr X value(X x, X n) {
    return n < 0 || n >= static_cast<X>(8 * sizeof(X)) ? X(0) : static_cast<X>(x >> n);
  }
};

// clang-format off
struct bit_and : on_bits<"&"> { static constexpr auto value(auto x, auto y) { return x & y; } };
struct bit_or  : on_bits<"|"> { static constexpr auto value(auto x, auto y) { return x | y; } };
struct bit_xor : on_bits<"^"> { static constexpr auto value(auto x, auto y) { return x ^ y; } };
// clang-format on

}  // namespace tapeless::op
