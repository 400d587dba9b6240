// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <iosfwd>

#include <tapeless/dual/choice.hpp>
#include <tapeless/dual/leg.hpp>

namespace tapeless {

template <class T, std::size_t N = 1>
struct dual;

/// Nested duals have the operators from the type inside: with the same empty base at both levels they would be larger.
template <class T, std::size_t N>
inline constexpr bool enable_operand<dual<T, N>> = true;

namespace detail {
template <class X>
inline constexpr bool is_dual = false;
template <class T, std::size_t N>
inline constexpr bool is_dual<dual<T, N>> = true;
}  // namespace detail

/// A number together with its derivatives in N directions: forward mode for any generic code, with branches, loops and
/// recursion that depend on values.
///
///     f(dual(v, t)) == dual(f(v), f'(v) t),   for all N tangents at once
///
/// T is float, double, long double, or again such a number: a dual, a jet, a recorded value. Every operator and every
/// function of the library takes duals, also beside plain numbers, which have no tangent and never make T wider.
/// Comparisons compare values. At a kink the operation's stated convention holds; where a derivative is infinite at a
/// finite value, as that of sqrt at 0, a tangent of 0 stays 0. Duals of different types do not mix: a compile error. A
/// derivative inside of a function of duals is taken with duals of these, dual<decltype(x)>: the two variables are then
/// told apart by type. (Clifford 1873; Wengert 1964. Nesting: Siskind and Pearlmutter 2008.)
///
///     constexpr auto x = tl::dual<double, 2>::variable(3.0, 0), y = tl::dual<double, 2>::variable(4.0, 1);
///     auto [value, tangent] = hypot(x, y);  // 5 and {0.6, 0.8}
template <class T, std::size_t N>
struct dual : detail::base_over<T> {
  static_assert(std::is_floating_point_v<T> || enable_operand<T>,
                "tapeless: a dual is made of float, double, long double, or of what stands for one of them");
  static_assert(N > 0, "tapeless: a dual has at least one tangent");
  using value_type = T;

  T value;
  std::array<T, N> tangent;

  constexpr dual() : dual(T(0)) {}
  constexpr dual(const T& number) : value(number), tangent{} {  // NOLINT(google-explicit-constructor)
    if constexpr (enable_operand<T>) tangent.fill(T(zero));
  }
  template <class X>
  requires(!std::is_same_v<X, T> && !std::is_same_v<X, dual> && detail::is_within<X, T>)  //
      constexpr dual(const X& number)  // NOLINT(google-explicit-constructor): numbers mix freely
      : dual(static_cast<T>(detail::as_ground<T>(number))) {}
  constexpr dual(const T& number, const std::array<T, N>& tangents) : value(number), tangent(tangents) {}

  /// The k-th of N independent variables: its tangent is the k-th unit vector. k < N.
  static constexpr dual variable(const T& number, std::size_t k = 0) {
    dual x(number);
    x.tangent[k] = T(one);
    return x;
  }
  /// All N of them.
  static constexpr std::array<dual, N> variables(const std::array<T, N>& numbers) {
    return variables(numbers, std::make_index_sequence<N>{});
  }

  constexpr const T& primal() const { return value; }
  constexpr const std::array<T, N>& parts() const { return tangent; }
  constexpr std::array<T, N>& parts() { return tangent; }
  /// The value as an index, a count or a condition.
  template <std::integral I>
  constexpr explicit operator I() const {
    return static_cast<I>(value);
  }

 private:
  template <std::size_t... K>
  static constexpr std::array<dual, N> variables(const std::array<T, N>& numbers, std::index_sequence<K...> all) {
    return {with_unit(numbers[K], arg<K>{}, all)...};
  }
  template <std::size_t I, std::size_t... K>
  static constexpr dual with_unit(const T& number, arg<I>, std::index_sequence<K...>) {
    if constexpr (1 < detail::register_width<T, N>)
      if (!__builtin_is_constant_evaluated()) {
        dual x(number);
        detail::store_unit<N, I>(x.tangent.data());
        return x;
      }
    return {number, {(K == I ? T(one) : T(zero))...}};
  }
};

namespace detail {

template <class T, std::size_t N>
struct layer<dual<T, N>> {
  using self = dual<T, N>;
  static constexpr int depth = layer<T>::depth + 2;

  template <class Op, class... X>
  [[gnu::always_inline]] static constexpr auto apply(const X&... x) {
    static_assert(check_operands<self, X...>() && can_be_asked<Op>());
    if constexpr (ChoosesWhole<Op>) return choice<self>::of(op::tag<Op>{}, x...);
    else return carried<Op>(x...);
  }

 private:
  /// How argument I contributes. One without tangent does not, and its rule is not run.
  template <class Op, std::size_t I, class X, class Y, class... Below>
  [[gnu::always_inline]] static constexpr auto leg_of(const X& x, const Y& y, const Below&... below) {
    if constexpr (!std::is_same_v<X, self> || Op::takes(I) != op::argument::number) {
      return no_leg{};
    } else if constexpr (std::is_same_v<Op, op::neg> || (std::is_same_v<Op, op::sub> && I == 1)) {
      return leg<minus_one, T, N, false, false>{{}, x.tangent};
    } else {
      const auto partial = as_factor<T>(partial_of<Op, I>(ground_t<T>(1), in_rule(y), in_rule(below)...));
      using P = std::remove_const_t<decltype(partial)>;
      if constexpr (std::is_same_v<P, zero_t>) return no_leg{};
      else if constexpr (std::is_same_v<P, one_t>) return leg<P, T, N, false, false>{partial, x.tangent};
      else return leg<P, T, N, may_be_infinite<Op>, facts<Op, I>.gated>{partial, x.tangent};
    }
  }
  /// The sum of all contributions to the W tangents from place k on.
  template <std::size_t W, class Sum>
  [[gnu::always_inline]] static constexpr auto total(std::size_t, const Sum& sum) {
    if constexpr (!std::is_same_v<Sum, zero_t>) return sum;
    else if constexpr (W == 1) return T(zero);
    else return register_t<T, W>{};
  }
  template <std::size_t W, class Sum, class Leg, class... Rest>
  [[gnu::always_inline]] static constexpr auto total(std::size_t k, const Sum& sum, const Leg& first,
                                                     const Rest&... rest) {
    if constexpr (std::is_same_v<Leg, no_leg>) return total<W>(k, sum, rest...);
    else return total<W>(k, first.added(sum, load_register<W>(&first.tangents[k])), rest...);
  }
  template <class Scale, class Y, class... Leg>
  [[gnu::always_inline]] static constexpr self with(const Scale& scale, const Y& y, const Leg&... legs) {
    if constexpr (std::is_floating_point_v<T> && (Leg::checked || ...))
      if ((legs.is_harmless() && ...)) return with(scale, y, legs.unchecked()...);
    if constexpr (1 < register_width<T, N> && !(Leg::checked || ...))
      if (!__builtin_is_constant_evaluated()) {
        self result{T(y)};
        in_vectors<0>(result, scale, legs...);
        return result;
      }
    if constexpr (N <= 16) return with_each(std::make_index_sequence<N>{}, scale, y, legs...);
    self result{T(y)};
    for (std::size_t k = 0; k < N; ++k) result.tangent[k] = scaled(scale, total<1>(k, zero, legs...));
    return result;
  }
  template <class Scale, class Sum>
  [[gnu::always_inline]] static constexpr Sum scaled(const Scale& scale, const Sum& sum) {
    if constexpr (std::is_same_v<Scale, one_t>) return sum;
    else if constexpr (std::is_same_v<Sum, T>) return T(tapeless::apply<op::mul>(scale, sum));
    else return scale * sum;
  }
  /// Vector by vector, from place K on.
  template <std::size_t K, class Scale, class... Leg>
  [[gnu::always_inline]] static void in_vectors(self& result, const Scale& scale, const Leg&... legs) {
    if constexpr (K < N) {
      constexpr std::size_t width = register_width<T, N - K>;
      store_register(&result.tangent[K], scaled(scale, total<width>(K, zero, legs...)));
      in_vectors<K + width>(result, scale, legs...);
    }
  }
  /// Tangent by tangent, without a loop, so that all of them can be in registers.
  template <std::size_t... K, class Scale, class Y, class... Leg>
  [[gnu::always_inline]] static constexpr self with_each(std::index_sequence<K...>, const Scale& scale, const Y& y,
                                                         const Leg&... legs) {
    return self(T(y), std::array<T, N>{scaled(scale, total<1>(K, zero, legs...))...});
  }
  /// (x' - y y1') / x1 for y = x / x1, with one reciprocal for all.
  template <class X1>
  [[gnu::always_inline]] static constexpr self quotient(const T& y, const self& x, const self& x1, const X1& divisor) {
    const leg<one_t, T, N, false, false> first{{}, x.tangent};
    const leg<T, T, N, false, false> second{-y, x1.tangent};
    return with(T(tapeless::apply<op::div>(as_ground<T>(1), divisor)), y, first, second);
  }

  template <class Op, class X0>
  [[gnu::always_inline]] static constexpr auto carried(const X0& x0) {
    const auto a = lowered<self, Op::takes(0)>(x0);
    const auto y = tapeless::apply<Op>(a);
    if constexpr (Op::predicate) {
      return y;
    } else if constexpr (N == 1 && HasPullback<Op>) {  // one tangent: nothing is shared
      const T& tangent = x0.tangent[0];
      const T pulled(as_factor<T>(Op::pullback(arg<0>{}, in_rule(tangent), in_rule(a), in_rule(y))));
      if constexpr (may_be_infinite<Op>) return self(y, {T(select(is_all_zero(tangent), T(zero), pulled))});
      else return self(y, {pulled});
    } else {
      return with(one, y, leg_of<Op, 0>(x0, y, a));
    }
  }
  template <class Op, class X0, class X1>
  [[gnu::always_inline]] static constexpr auto carried(const X0& x0, const X1& x1) {
    const auto a = lowered<self, Op::takes(0)>(x0);
    const auto b = lowered<self, Op::takes(1)>(x1);
    const auto y = tapeless::apply<Op>(a, b);
    if constexpr (Op::predicate) return y;
    else if constexpr (std::is_same_v<Op, op::div> && std::is_same_v<X0, X1>) return quotient(y, x0, x1, b);
    else return with(one, y, leg_of<Op, 0>(x0, y, a, b), leg_of<Op, 1>(x1, y, a, b));
  }
  template <class Op, class X0, class X1, class X2>
  [[gnu::always_inline]] static constexpr auto carried(const X0& x0, const X1& x1, const X2& x2) {
    const auto a = lowered<self, Op::takes(0)>(x0);
    const auto b = lowered<self, Op::takes(1)>(x1);
    const auto c = lowered<self, Op::takes(2)>(x2);
    const auto y = tapeless::apply<Op>(a, b, c);
    if constexpr (Op::predicate) return y;
    else
      return with(one, y, leg_of<Op, 0>(x0, y, a, b, c), leg_of<Op, 1>(x1, y, a, b, c), leg_of<Op, 2>(x2, y, a, b, c));
  }
};

}  // namespace detail

/// min and max as `std::min` takes them, so that `using std::max; max(x, y)` finds these.
template <class T, std::size_t N>
constexpr dual<T, N> min(const dual<T, N>& x, const dual<T, N>& y) {
  return apply<op::min>(x, y);
}
template <class T, std::size_t N>
constexpr dual<T, N> max(const dual<T, N>& x, const dual<T, N>& y) {
  return apply<op::max>(x, y);
}

/// Writes the value and, in parentheses, the tangents: 5 (0.6, 0.8).
template <class C, class Traits, class T, std::size_t N>
std::basic_ostream<C, Traits>& operator<<(std::basic_ostream<C, Traits>& out, const dual<T, N>& x) {
  out << x.value;
  for (std::size_t k = 0; k < N; ++k) out << (k ? ", " : " (") << x.tangent[k];
  return out << ')';
}

}  // namespace tapeless

/// Generic code asks for epsilon, max, infinity of the scalar it is given.
template <class T, std::size_t N>
class std::numeric_limits<tapeless::dual<T, N>> : public tapeless::detail::limits_of<tapeless::dual<T, N>, T> {};
