// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

#include <tapeless/op/table.hpp>

// Numbers that are made of other numbers: duals and Taylor series. They nest, and where several kinds meet the
// outermost carries out the operation; to it all others are numbers that do not depend on its variable. That is what
// keeps the variables of nested derivatives apart.
namespace tapeless::detail {

/// What carries out operations on numbers of type X, and how deep it is nested; specialised for each kind of number.
template <class X>
struct layer {
  static constexpr int depth = 0;
};
template <class X>
concept Layered = (layer<X>::depth > 0);

/// A plain number as the rules of operations see it: also where they divide by zero or overflow they are constant
/// expressions.
template <class T>
struct bare_number : operand_base {
  T number{};
  constexpr bare_number() = default;
  template <class N>
  requires std::is_arithmetic_v<N>
  [[gnu::always_inline]] constexpr bare_number(N plain)  // NOLINT(google-explicit-constructor): literals mix freely
      : number(static_cast<T>(plain)) {}
};
template <class X>
inline constexpr bool is_bare = false;
template <class T>
inline constexpr bool is_bare<bare_number<T>> = true;

/// The number itself.
template <class X>
[[gnu::always_inline]] constexpr const auto& unwrapped(const X& x) {
  if constexpr (is_bare<X>) return x.number;
  else return x;
}

template <class T>
struct layer<bare_number<T>> {
  static constexpr int depth = 1;
  template <class Op, class... X>
  [[gnu::always_inline]] static constexpr auto apply(const X&... x) {
    const auto y = evaluate<Op, T>(std::index_sequence_for<X...>{}, unwrapped(x)...);
    if constexpr (Op::predicate) return y;
    else return bare_number<T>(y);
  }
};

/// The base of a number that is made of T.
template <class T>
struct nested_base {};
template <class T>
using base_over = std::conditional_t<enable_operand<T>, nested_base<T>, operand_base>;

/// The outermost of several types.
template <class A, class... X>
struct outermost {
  using type = A;
};
template <class A, class B, class... X>
struct outermost<A, B, X...> : outermost<std::conditional_t<(layer<B>::depth > layer<A>::depth), B, A>, X...> {};
template <class... X>
using outermost_t = typename outermost<X...>::type;

/// How a rule sees a number of type T inside a dual, and a plain number beside those.
template <class T>
struct ground {
  using type = T;
};
template <class T>
requires std::is_arithmetic_v<T>
struct ground<T> {
  using type = bare_number<T>;
};
template <class T>
requires Layered<T>
struct ground<T> : ground<typename T::value_type> {
};
template <class T>
using ground_t = typename ground<T>::type;

/// A type whose numbers do not depend on the variable of a layer over T: plain numbers, T and what T is made of.
template <class X, class T>
inline constexpr bool is_within =
    std::is_arithmetic_v<X> || std::is_enum_v<X> || is_bare<X> || std::is_same_v<X, T> ||
    std::conjunction_v<std::negation<std::is_arithmetic<T>>, std::is_convertible<X, T>> || requires {
  std::is_integral_v<typename X::value_type>&& X::value;
};

/// A number without tangent on its way into an operation of a layer over T.
template <class T, class X>
[[gnu::always_inline]] constexpr auto as_ground(const X& x) {
  if constexpr (is_bare<X>) return as_ground<T>(x.number);
  else if constexpr (enable_operand<X>) return x;
  else if constexpr (std::is_arithmetic_v<T>) return static_cast<T>(x);
  else if constexpr (std::is_enum_v<X>) return ground_t<T>(static_cast<std::underlying_type_t<X>>(x));
  else if constexpr (std::is_arithmetic_v<X>) return ground_t<T>(x);
  else return ground_t<T>(X::value);
}

/// An argument of an operation of the layer `Outer` over T as the operation has it one layer below.
template <class Outer, op::argument Kind, class X>
[[gnu::always_inline]] constexpr auto lowered(const X& x) {
  using T = typename Outer::value_type;
  if constexpr (Kind == op::argument::number) {
    if constexpr (std::is_same_v<X, Outer>) return x.primal();
    else return as_ground<T>(x);
  } else if constexpr (Kind == op::argument::condition) {
    if constexpr (std::is_same_v<X, bool>) return x;
    else if constexpr (Layered<X> && !is_bare<X>) return lowered<X, Kind>(x.primal());
    else if constexpr (is_bare<X>) return x.number != 0;
    else if constexpr (std::is_arithmetic_v<X>) return x != X{};
    else return x;
  } else {
    if constexpr (Layered<X> && !is_bare<X>) return lowered<X, Kind>(x.primal());
    else if constexpr (enable_operand<X> && !is_bare<X>) return x;
    else return static_cast<long long>(unwrapped(x));
  }
}

/// The same as the rule of the operation has it.
template <class X>
[[gnu::always_inline]] constexpr auto in_rule(const X& x) {
  if constexpr (std::is_floating_point_v<X>) return bare_number<X>(x);
  else return x;
}

/// The number is zero, and so is all that belongs to it.
template <class X>
[[gnu::always_inline]] constexpr auto is_all_zero(const X& x) {
  if constexpr (Layered<X> && !is_bare<X>) {
    auto all = is_all_zero(x.primal());
    for (const auto& each : x.parts()) all = all && is_all_zero(each);
    return all;
  } else {
    return x == 0;
  }
}

template <class Outer, class... X>
constexpr bool check_operands() {
  static_assert(((layer<X>::depth < layer<Outer>::depth || std::is_same_v<X, Outer>)&&...),
                "tapeless: numbers with tangents of different types do not mix; give all of them the same "
                "number type and as many tangents or coefficients");
  static_assert(((std::is_same_v<X, Outer> || layer<X>::depth >= layer<Outer>::depth ||
                  is_within<X, typename Outer::value_type>)&&...),
                "tapeless: beside a number with tangents stand plain numbers and numbers of the type that it is "
                "made of");
  return true;
}

/// What std::numeric_limits says of a number that is made of T.
template <class X, class T>
struct limits_of : std::numeric_limits<T> {
  // clang-format off
  static constexpr X min() noexcept { return std::numeric_limits<T>::min(); }
  static constexpr X max() noexcept { return std::numeric_limits<T>::max(); }
  static constexpr X lowest() noexcept { return std::numeric_limits<T>::lowest(); }
  static constexpr X epsilon() noexcept { return std::numeric_limits<T>::epsilon(); }
  static constexpr X round_error() noexcept { return std::numeric_limits<T>::round_error(); }
  static constexpr X infinity() noexcept { return std::numeric_limits<T>::infinity(); }
  static constexpr X quiet_NaN() noexcept { return std::numeric_limits<T>::quiet_NaN(); }
  static constexpr X signaling_NaN() noexcept { return std::numeric_limits<T>::signaling_NaN(); }
  static constexpr X denorm_min() noexcept { return std::numeric_limits<T>::denorm_min(); }
  // clang-format on
};

}  // namespace tapeless::detail

namespace tapeless {

/// An operation on operands of which the outermost is a dual or a series. (The first operand stands alone so that this
/// is chosen before what other operands have.)
template <class Op, class First, class... Rest>
requires(detail::Layered<First> || (detail::Layered<Rest> || ...))  //
    [[gnu::always_inline]] constexpr auto apply_operation(op::tag<Op>, const First& first, const Rest&... rest) {
  return detail::layer<detail::outermost_t<First, Rest...>>::template apply<Op>(first, rest...);
}

// clang-format off
/// What generic code asks of a number, answered by its value.
template <detail::Layered X> constexpr auto isnan(const X& x) { return x != x; }
template <detail::Layered X> constexpr auto isinf(const X& x) { return abs(x) == std::numeric_limits<X>::infinity(); }
template <detail::Layered X> constexpr auto isfinite(const X& x) { return abs(x) < std::numeric_limits<X>::infinity(); }
template <detail::Layered X> constexpr auto signbit(const X& x) { return copysign(1, x) < 0; }
// clang-format on

}  // namespace tapeless
