// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <iosfwd>

#include <tapeless/dual/choice.hpp>
#include <tapeless/dual/row.hpp>
#include <tapeless/dual/series.hpp>

namespace tapeless {

template <class T, std::size_t K>
struct jet;

/// As of nested duals.
template <class T, std::size_t K>
inline constexpr bool enable_operand<jet<T, K>> = true;

/// The Taylor series of a number in one variable t, up to t^K: all derivatives up to the K-th for any generic code, at
/// a cost that grows as K^2.
///
///     x(t) = x[0] + x[1] t + x[2] t^2 + ... + x[K] t^K,   x.derivative(k) = k! x[k]
///
/// T is float, double, long double, or what stands for one: a dual, another jet, a recorded value. Every operator and
/// every function of the library takes jets, also beside plain numbers, which never make T wider; comparisons compare
/// values, x[0]. At a kink the series of the operation's stated derivative comes out. Jets of different types do not
/// mix: a compile error. (Griewank and Walther, Evaluating Derivatives, 2nd edition 2008, chapter 13.)
///
///     constexpr auto y = exp(tl::jet<double, 3>::variable(0.0));  // {1, 1, 1/2, 1/6}
template <class T, std::size_t K>
struct jet : detail::base_over<T> {
  static_assert(std::is_floating_point_v<T> || enable_operand<T>,
                "tapeless: a jet is made of float, double, long double, or of what stands for one of them");
  using value_type = T;
  static constexpr std::size_t order = K;

  std::array<T, K + 1> coefficient;

  constexpr jet() : jet(T(0)) {}
  constexpr jet(const T& number) : coefficient{number} {  // NOLINT(google-explicit-constructor)
    if constexpr (enable_operand<T>)
      for (std::size_t k = 1; k <= K; ++k) coefficient[k] = T(zero);
  }
  template <class X>
  requires(!std::is_same_v<X, T> && !std::is_same_v<X, jet> && detail::is_within<X, T>)  //
      constexpr jet(const X& number)  // NOLINT(google-explicit-constructor): numbers mix freely
      : jet(static_cast<T>(detail::as_ground<T>(number))) {}
  constexpr explicit jet(const std::array<T, K + 1>& coefficients) : coefficient(coefficients) {}

  /// The variable t itself, moved to `number`: number + t.
  static constexpr jet variable(const T& number) {
    jet x(number);
    if constexpr (K > 0) x.coefficient[1] = T(one);
    return x;
  }

  constexpr T& operator[](std::size_t k) { return coefficient[k]; }
  constexpr const T& operator[](std::size_t k) const { return coefficient[k]; }
  /// The k-th derivative at t = 0. k <= K.
  constexpr T derivative(std::size_t k) const {
    T product = coefficient[k];
    for (std::size_t j = 2; j <= k; ++j) product = detail::product_of<T>(j, product);
    return product;
  }
  /// Without the coefficients after the M-th, or with zeros in place of those that are not known. M may be any number.
  template <std::size_t M>
  constexpr jet<T, M> to() const {
    jet<T, M> x(coefficient[0]);
    for (std::size_t k = 1; k <= M && k <= K; ++k) x[k] = coefficient[k];
    return x;
  }

  constexpr const T& primal() const { return coefficient[0]; }
  constexpr const std::array<T, K + 1>& parts() const { return coefficient; }
  constexpr std::array<T, K + 1>& parts() { return coefficient; }
  /// The value as an index, a count or a condition.
  template <std::integral I>
  constexpr explicit operator I() const {
    return static_cast<I>(coefficient[0]);
  }
};

namespace detail {

template <class X>
inline constexpr bool is_jet = false;
template <class T, std::size_t K>
inline constexpr bool is_jet<jet<T, K>> = true;

/// A series as a recurrence takes it; a number without the variable as it is.
template <class Series, class X>
constexpr auto as_series(const X& x) {
  if constexpr (std::is_same_v<X, Series>) return x;
  else return as_ground<typename Series::value_type>(x);
}

template <class T, std::size_t K>
struct layer<jet<T, K>> {
  using self = jet<T, K>;
  static constexpr int depth = layer<T>::depth + 2;

  template <class Op, class... X>
  static constexpr auto apply(const X&... x) {
    static_assert(check_operands<self, X...>() && can_be_asked<Op>());
    if constexpr (ChoosesWhole<Op>) return choice<self>::of(op::tag<Op>{}, x...);
    else if constexpr (Op::predicate) return on_values<Op>(std::index_sequence_for<X...>{}, x...);
    else if constexpr (std::is_same_v<Op, op::powi>) return whole_power(x...);
    else if constexpr (std::is_same_v<Op, op::pow>) return power(x...);
    else if constexpr (std::is_same_v<Op, op::cbrt>) return root<Op>(1.0L / 3, x...);
    else if constexpr (std::is_same_v<Op, op::rsqrt>) return root<Op>(-0.5L, x...);
    else if constexpr (requires { recurrence<self>::of(op::tag<Op>{}, as_series<self>(x)...); })
      return recurrence<self>::of(op::tag<Op>{}, as_series<self>(x)...);
    else return by_rule<Op>(std::index_sequence_for<X...>{}, x...);
  }

 private:
  template <class Op, std::size_t... I, class... X>
  static constexpr auto on_values(std::index_sequence<I...>, const X&... x) {
    return tapeless::apply<Op>(lowered<self, Op::takes(I)>(x)...);
  }

  /// An argument as the rule takes it: a series that is one shorter, since its integral is one longer.
  template <class Op, std::size_t I, class X>
  static constexpr auto shorter(const X& x) {
    if constexpr (std::is_same_v<X, self> && Op::takes(I) == op::argument::number) return x.template to<K - 1>();
    else return in_rule(lowered<self, Op::takes(I)>(x));
  }
  /// Adds to the coefficients from `first` to `last` what argument I contributes: the integral of its partial
  /// derivative, to which only those before `first` of the result are known.
  template <class Op, std::size_t I, class X, class... Shorter>
  static constexpr void add_share(self& v, std::size_t first, std::size_t last, const X& x, const Shorter&... in_rule) {
    if constexpr (std::is_same_v<X, self> && Op::takes(I) == op::argument::number) {
      const auto partial = partial_of<Op, I>(ground_t<T>(1), v.template to<K - 1>(), in_rule...);
      using P = std::remove_const_t<decltype(partial)>;
      if constexpr (!std::is_same_v<P, zero_t>) {
        const auto series = as_partial(partial);
        for (std::size_t k = first; k <= last; ++k)
          v[k] = sum_of<T>(v[k], quotient_of<T>(integral<may_be_infinite<Op>>(x, series, k), k));
      }
    }
  }
  template <class P>
  static constexpr jet<T, K - 1> as_partial(const P& partial) {
    if constexpr (std::is_same_v<P, one_t>) return T(one);
    else if constexpr (std::is_same_v<P, literal>) return as_ground<T>(partial.number);
    else return partial;
  }
  template <bool CheckZero, class P>
  static constexpr T integral(const self& x, const P& partial, std::size_t k) {
    if constexpr (!CheckZero) {
      return integrated<T>(x, partial, k, k);
    } else {
      T sum(zero);
      for (std::size_t j = 1; j <= k; ++j)
        sum = sum_of<T>(sum, select(is_all_zero(x[j]), T(zero), product_of<T>(product_of<T>(j, x[j]), partial[k - j])));
      return sum;
    }
  }

  /// v' = sum of partial derivative times x', by the rule of the operation. Where the rule looks at the result it is
  /// run again for each coefficient, with what is known of the result by then.
  template <class Op, std::size_t... I, class... X>
  static constexpr self by_rule(std::index_sequence<I...> all, const X&... x) {
    self v(T(on_values<Op>(all, x...)));
    if constexpr (K > 0) {
      if constexpr ((facts<Op, I>.looks_at_result || ...))
        for (std::size_t k = 1; k <= K; ++k) (add_share<Op, I>(v, k, k, x, shorter<Op, I>(x)...), ...);
      else (add_share<Op, I>(v, 1, K, x, shorter<Op, I>(x)...), ...);
    }
    return v;
  }

  /// Whether the recurrences of powers hold, which divide by the base; otherwise, or if only the run time knows, the
  /// rule does.
  template <class X>
  static constexpr bool is_divisor(const X& x, bool positive) {
    if constexpr (std::is_same_v<decltype(x == 0), bool>) return positive ? x > 0 : x != 0;
    else return false;
  }
  template <class Op, class X>
  static constexpr self root(long double exponent, const X& x) {
    if (!is_divisor(x[0], false)) return by_rule<Op>(std::index_sequence<0>{}, x);
    return recurrence<self>::power(T(tapeless::apply<Op>(x[0])), x, as_ground<T>(exponent));
  }
  template <class X, class Y>
  static constexpr self power(const X& x, const Y& y) {
    constexpr std::index_sequence<0, 1> all;
    constexpr bool fixed = !std::is_same_v<Y, self>;
    const auto base = lowered<self, op::argument::number>(x);
    if (!is_divisor(base, !fixed)) return by_rule<op::pow>(all, x, y);
    const T value(on_values<op::pow>(all, x, y));
    if constexpr (fixed) return recurrence<self>::power(value, x, as_ground<T>(y));
    else return recurrence<self>::general_power(value, as_series<self>(x), y);
  }
  /// By repeated squaring.
  template <class N>
  static constexpr self whole_power(const self& x, const N& exponent) {
    constexpr std::index_sequence<0, 1> all;
    const auto n = lowered<self, op::argument::whole>(exponent);
    if constexpr (!std::is_same_v<decltype(n), const long long>) {
      return by_rule<op::powi>(all, x, exponent);
    } else {
      auto rest = static_cast<unsigned long long>(n);
      if (n < 0) rest = 0 - rest;
      self product = 1, square = x;
      for (; rest > 0; rest /= 2) {
        if (rest % 2) product = product * square;
        if (rest > 1) square = square * square;
      }
      if (n < 0) product = 1 / product;
      product[0] = T(on_values<op::powi>(all, x, exponent));
      return product;
    }
  }
};

}  // namespace detail

/// min and max as `std::min` takes them, so that `using std::max; max(x, y)` finds these.
template <class T, std::size_t K>
constexpr jet<T, K> min(const jet<T, K>& x, const jet<T, K>& y) {
  return apply<op::min>(x, y);
}
template <class T, std::size_t K>
constexpr jet<T, K> max(const jet<T, K>& x, const jet<T, K>& y) {
  return apply<op::max>(x, y);
}

/// Writes the coefficients: [1, 1, 0.5].
template <class C, class Traits, class T, std::size_t K>
std::basic_ostream<C, Traits>& operator<<(std::basic_ostream<C, Traits>& out, const jet<T, K>& x) {
  for (std::size_t k = 0; k <= K; ++k) out << (k ? ", " : "[") << x[k];
  return out << ']';
}

}  // namespace tapeless

/// Generic code asks for epsilon, max, infinity of the scalar it is given.
template <class T, std::size_t K>
class std::numeric_limits<tapeless::jet<T, K>> : public tapeless::detail::limits_of<tapeless::jet<T, K>, T> {};
