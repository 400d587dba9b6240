// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <tapeless/tapeless.hpp>

namespace laws {

/// A number and its derivative in one direction: forward mode as a textbook has it, without any graph. It is the
/// referee of what the engine makes of a program by recording, reversing and simplifying it. Comparisons give plain
/// conditions, so code may branch.
template <class T>
struct dual : tl::operand_base {
  T value{};
  T tangent{};

  constexpr dual() = default;
  constexpr dual(T v, T t) : value(v), tangent(t) {}
  template <class Number>
  requires std::is_arithmetic_v<Number>
  constexpr dual(Number n) : value(static_cast<T>(n)) {}  // NOLINT(google-explicit-constructor): literals mix freely
};

template <class X>
inline constexpr bool is_dual = false;
template <class T>
inline constexpr bool is_dual<dual<T>> = true;
template <class T>
constexpr T tangent_of(const dual<T>& x) {
  return x.tangent;
}
constexpr int tangent_of(const auto&) { return 0; }

/// A number takes part as T; conditions and whole numbers stay what they are.
template <class T, tl::op::argument Kind, class X>
constexpr auto primal(const X& x) {
  if constexpr (is_dual<X>) return primal<T, Kind>(x.value);
  else if constexpr (Kind == tl::op::argument::condition) return x != X{};
  else if constexpr (Kind == tl::op::argument::whole) return static_cast<long long>(x);
  else return static_cast<T>(x);
}

/// What a change `t` of argument I alone does to the result: the rule of the operation, on plain numbers.
template <class Op, std::size_t I, class T, class... X>
constexpr T push(T t, T y, X... x) {
  if (t == 0) return 0;
  if constexpr (Op::takes(I) != tl::op::argument::number) return 0;
  else if constexpr (Op::arity == 1 && requires { Op::partial(x..., y); }) return T(Op::partial(x..., y) * t);
  else if constexpr (requires { Op::partial(tl::arg<I>{}, x..., y); }) return T(Op::partial(tl::arg<I>{}, x..., y) * t);
  else return T(Op::pullback(tl::arg<I>{}, t, x..., y));
}

template <class... X>
struct scalar_of;
template <class T, class... X>
struct scalar_of<dual<T>, X...> {
  using type = T;
};
template <class N, class... X>
struct scalar_of<N, X...> : scalar_of<X...> {};

template <class Op, class... X>
requires(is_dual<X> || ...) constexpr auto apply_operation(tl::op::tag<Op>, const X&... x) {
  using T = typename scalar_of<X...>::type;
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto y = Op::value(primal<T, Op::takes(I)>(x)...);
    if constexpr (Op::predicate) return y;
    else return dual<T>(y, (T(0) + ... + push<Op, I>(static_cast<T>(tangent_of(x)), y, primal<T, Op::takes(I)>(x)...)));
  }
  (std::index_sequence_for<X...>{});
}

/// The derivative of `f` at `x` in the direction of component `i` of its array argument.
template <class T, std::size_t N, class F>
constexpr T directional(const F& f, const std::array<T, N>& x, std::size_t i) {
  std::array<dual<T>, N> moved{};
  for (std::size_t k = 0; k < N; ++k) moved[k] = dual<T>(x[k], k == i ? T(1) : T(0));
  return dual<T>(f(moved)).tangent;
}

}  // namespace laws
