// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/simplify.hpp>
#include <tapeless/op/integer.hpp>

// The types of recorded scalars: which one an operation on several of them gives, and how they convert. As in C++, but
// for literals beside recorded real numbers, which take the type of these.
namespace tapeless {

template <class T>
class recorded;

/// How the conversion of unsigned numbers is recorded; graph/rule.hpp finds it by its arguments.
constexpr value simplified(op::tag<op::unsigned_as_real>, recorder& r, const value* x);

namespace detail {

template <class X>
struct recorded_scalar {
  using type = void;
};
template <class T>
struct recorded_scalar<recorded<T>> {
  using type = T;
};
template <class X>
using recorded_scalar_t = typename recorded_scalar<X>::type;
template <class X>
concept Recorded = !std::is_void_v<recorded_scalar_t<X>>;

/// The number that an enumerator is in arithmetic.
template <class E>
struct enum_scalar : std::underlying_type<E> {};
template <class E>
requires std::is_convertible_v<E, long long>
struct enum_scalar<E> {
  using type = decltype(+std::declval<E>());
};

template <class X>
struct literal_scalar {
  using type = X;
};
template <class T>
struct literal_scalar<recorded<T>> {
  using type = T;
};
template <class X>
requires std::is_enum_v<X>
struct literal_scalar<X> : enum_scalar<X> {
};

template <class A, class B>
struct wider : std::common_type<A, B> {};
template <class A>
struct wider<A, void> {
  using type = A;
};
template <class B>
struct wider<void, B> {
  using type = B;
};
template <>
struct wider<void, void> {
  using type = void;
};
template <class A, class... T>
struct joint_type {
  using type = A;
};
template <class A, class B, class... T>
struct joint_type<A, B, T...> : joint_type<typename wider<A, B>::type, T...> {};

/// The scalar type of a result. Literals never widen what is recorded, so `0.5 * x` stays float for a float `x`; only
/// beside recorded integers does a literal decide.
template <class... X>
using joint_scalar =
    std::conditional_t<std::is_floating_point_v<typename joint_type<recorded_scalar_t<X>...>::type>,
                       joint_type<recorded_scalar_t<X>...>, joint_type<typename literal_scalar<X>::type...>>::type;

template <class Op>
inline constexpr bool is_arithmetic = Op::written != op::notation::function && !Op::predicate;

/// Before arithmetic, C++ promotes short integers.
template <class T>
struct promoted {
  using type = T;
};
template <std::integral T>
struct promoted<T> {
  using type = decltype(+std::declval<T>());
};

/// To what is not a number among the operands of an operation, the others are indifferent as to a bool.
template <class Op, class... X, std::size_t... I>
auto scalar_of_numbers(std::index_sequence<I...>)
    -> std::type_identity<joint_scalar<std::conditional_t<Op::takes(I) == op::argument::number, X, bool>...>>;

/// The type of the numbers on which an operation is carried out, for operands of types X.
template <class Op, class... X>
struct operation_scalar {
  using joint = typename decltype(scalar_of_numbers<Op, X...>(std::index_sequence_for<X...>{}))::type;
  using number = std::conditional_t<Op::on_integers || std::is_floating_point_v<joint>, joint, double>;
  using type = typename std::conditional_t<is_arithmetic<Op>, promoted<number>, std::type_identity<number>>::type;
};

/// Whether the type of integers matters to an operation on them, once they are numbers of that type.
template <class Op, class T>
inline constexpr bool names_type = is_arithmetic<Op> ||
                                   (std::is_unsigned_v<T> && sizeof(T) >= sizeof(int) && !Op::transparent &&
                                    !std::is_same_v<Op, op::select> && !std::is_same_v<Op, op::equal> &&
                                    !std::is_same_v<Op, op::not_equal>);

template <class Op, class T>
constexpr auto operation_on() {
  if constexpr (!std::is_integral_v<T>) return op::tag<Op>{};
  else if constexpr (std::is_same_v<Op, op::div>) return op::tag<op::in<T, op::quotient>>{};
  else if constexpr (names_type<Op, T>) return op::tag<op::in<T, Op>>{};
  else return op::tag<Op>{};
}

/// What is recorded for an operation on numbers of type T.
template <class Op, class T>
using operation_on_t = typename untag<decltype(operation_on<Op, T>())>::type;

/// The type in which a program keeps numbers of type T.
template <class T>
using kept_t = std::conditional_t<std::is_integral_v<T>, long long, T>;

template <class T>
constexpr value constant_of(T n) {
  return value::constant(static_cast<long double>(static_cast<kept_t<T>>(n)), value::kind_of<T>);
}

template <class T>
inline constexpr bool is_long_unsigned = std::is_unsigned_v<T> && sizeof(T) == sizeof(long long);

template <class From, class To>
inline constexpr bool fits_into = sizeof(From) < sizeof(To)
                                      ? std::is_signed_v<To> || std::is_unsigned_v<From>
                                      : sizeof(From) == sizeof(To) && std::is_signed_v<From> == std::is_signed_v<To>;

constexpr value record_unsigned_as_real(const value& x) {
  if (x.is_constant()) return value(static_cast<unsigned long long>(static_cast<long long>(x.number())));
  node n{.op = describe<op::unsigned_as_real>(), .shape = shape(element::real)};
  n.operand[0] = x.id();
  return {x.home(), x.home()->intern(n)};
}

/// A value of type From as one of type To.
template <class To, class From>
constexpr value converted(const value& x) {
  if constexpr (std::is_floating_point_v<To> && is_long_unsigned<From>) {
    return record_unsigned_as_real(x);
  } else {
    const value kept = as_kind(x, value::kind_of<To>);
    if constexpr (std::is_floating_point_v<To> || std::is_same_v<To, bool> || sizeof(To) == sizeof(long long) ||
                  fits_into<From, To>)
      return kept;
    else if (kept.is_constant()) return constant_of(static_cast<To>(static_cast<long long>(kept.number())));
    else return node_of<op::as<To>>(*kept.home(), kept);
  }
}

}  // namespace detail

constexpr value simplified(op::tag<op::unsigned_as_real>, recorder&, const value* x) {
  return detail::record_unsigned_as_real(x[0]);
}

}  // namespace tapeless
