// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/simplify.hpp>

namespace tapeless {

template <class T>
class recorded;

namespace detail {

template <class>
inline constexpr bool never = false;

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
struct literal_scalar<X> {
  using type = std::underlying_type_t<X>;
};

/// The scalar type of a result. Literals never widen what is recorded, so `0.5 * x` stays float for a float `x`; only
/// beside recorded integers does a literal decide.
template <class... X>
using joint_scalar =
    std::conditional_t<std::is_floating_point_v<typename joint_type<recorded_scalar_t<X>...>::type>,
                       joint_type<recorded_scalar_t<X>...>, joint_type<typename literal_scalar<X>::type...>>::type;

/// Where a recorded value would have to become a number.
template <class N>
constexpr N not_plain() {
  static_assert(
      never<N>,
      "tapeless: a recorded value is not a plain number; declare it `auto`, and call sin, exp, ... unqualified");
  return 0;
}

}  // namespace detail

/// A scalar of type `T` while a function is recorded: it behaves like a `T` whose value is not known, and writes down
/// what is done with it. A function under differentiation sees it in place of its arguments' scalars.
///
/// `recorded<bool>` is what comparisons give; `recorded<int>` (any integer) is data, known at run time only.
template <class T>
class recorded : public operand_base {
 public:
  using value_type = T;

  constexpr recorded() : recorded(T{}) {}
  template <class Number>
  requires(std::is_arithmetic_v<Number> || std::is_enum_v<Number>) constexpr recorded(Number number)
      : value_(value::constant(static_cast<long double>(static_cast<T>(number)), value::kind_of<T>)) {
  }  // NOLINT(google-explicit-constructor): literals mix freely
  template <class U>
  requires(!std::is_same_v<T, U> && !std::is_same_v<T, bool> &&
           std::is_floating_point_v<T> >= std::is_floating_point_v<U>) constexpr recorded(const recorded<U>& x)
      : value_(detail::as_kind(x.untyped(), value::kind_of<T>)) {}  // NOLINT(google-explicit-constructor)
  constexpr explicit recorded(const value& wrapped) : value_(wrapped) {}
  template <class N>
  requires(!NonStructural<N>) constexpr explicit recorded(N number)
      : value_(std::is_floating_point_v<T> ? value(number)
                                           : value::constant(static_cast<long double>(number), value::kind_of<T>)) {}

  constexpr const value& untyped() const { return value_; }

  // Only reached by mistakes, which they explain.
  template <std::same_as<bool> B>
  requires std::is_same_v<T, bool>
  constexpr explicit operator B() const {
    static_assert(detail::never<B>,
                  "tapeless: a recorded condition cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)");
    return false;
  }
  template <std::same_as<T> N>
  requires std::is_floating_point_v<T>
  constexpr operator N() const {  // NOLINT(google-explicit-constructor)
    return detail::not_plain<N>();
  }
  template <std::integral I>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) constexpr operator I()
      const {  // NOLINT(google-explicit-constructor)
    static_assert(detail::never<I>,
                  "tapeless: a recorded integer is known at run time only; index with tl::gather(values, i)");
    return 0;
  }
  // clang-format off
  template <std::floating_point N> friend constexpr N& operator+=(N& n, const recorded&) { return n = detail::not_plain<N>(); }
  template <std::floating_point N> friend constexpr N& operator-=(N& n, const recorded&) { return n = detail::not_plain<N>(); }
  template <std::floating_point N> friend constexpr N& operator*=(N& n, const recorded&) { return n = detail::not_plain<N>(); }
  template <std::floating_point N> friend constexpr N& operator/=(N& n, const recorded&) { return n = detail::not_plain<N>(); }
  // clang-format on

 private:
  value value_;
};

namespace detail {

/// An operand as a value of the kind that the operation works on.
template <class Op, std::size_t I, class Scalar, class X>
constexpr value operand_of(const X& x) {
  constexpr element kind = kind_taken<Op>(I, value::kind_of<Scalar>);
  if constexpr (Recorded<X>) return as_kind(x.untyped(), kind);
  else return value::constant(static_cast<long double>(passed<Scalar, Op::takes(I)>(x)), kind);
}

/// The scalar in which the numbers among the operands meet; to what else there is, they are indifferent as to a bool.
template <class Op, class... X, std::size_t... I>
auto scalar_of_numbers(std::index_sequence<I...>)
    -> std::type_identity<joint_scalar<std::conditional_t<Op::takes(I) == op::argument::number, X, bool>...>>;

}  // namespace detail

/// Records an operation on operands of which at least one is recorded.
template <class Op, class... X>
requires(detail::Recorded<X> || ...) constexpr auto apply_operation(op::tag<Op>, const X&... x) {
  using joint = typename decltype(detail::scalar_of_numbers<Op, X...>(std::index_sequence_for<X...>{}))::type;
  using scalar = std::conditional_t<Op::on_integers || std::is_floating_point_v<joint>, joint, double>;
  using result = recorded<std::conditional_t<Op::predicate, bool, scalar>>;
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const value operands[] = {detail::operand_of<Op, I, scalar>(x)...};
    for (const value& operand : operands)
      if (operand.home()) return result(detail::graph_rule<Op>::record(*operand.home(), operands));
    return result(detail::evaluate<Op, scalar>(std::index_sequence<I...>{}, operands[I].number()...));
  }
  (std::index_sequence_for<X...>{});
}

/// min and max as `std::min` takes them, so that `using std::max; max(x, y)` finds these and not a comparison that
/// branches.
template <class T>
constexpr recorded<T> min(const recorded<T>& x, const recorded<T>& y) {
  return apply<op::min>(x, y);
}
template <class T>
constexpr recorded<T> max(const recorded<T>& x, const recorded<T>& y) {
  return apply<op::max>(x, y);
}

}  // namespace tapeless

/// Generic code asks for epsilon, max, infinity of the scalar it is given.
template <class T>
class std::numeric_limits<tapeless::recorded<T>> : public std::numeric_limits<T> {};
