// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/dual/layer.hpp>

// The recurrences by which the coefficients of a Taylor series follow from those of its arguments (Griewank and
// Walther, Evaluating Derivatives, 2nd edition, chapter 13). Each takes series, or numbers that do not depend on the
// variable.
namespace tapeless::detail {

// clang-format off
template <class T, class X, class Y> constexpr T sum_of(const X& x, const Y& y) { return T(apply<op::add>(as_ground<T>(x), as_ground<T>(y))); }
template <class T, class X, class Y> constexpr T difference_of(const X& x, const Y& y) { return T(apply<op::sub>(as_ground<T>(x), as_ground<T>(y))); }
template <class T, class X, class Y> constexpr T product_of(const X& x, const Y& y) { return T(apply<op::mul>(as_ground<T>(x), as_ground<T>(y))); }
template <class T, class X, class Y> constexpr T quotient_of(const X& x, const Y& y) { return T(apply<op::div>(as_ground<T>(x), as_ground<T>(y))); }
// clang-format on

/// Sum of u_j v_{k-j} for j from `first` to `last`.
template <class T, class U, class V>
constexpr T convolved(const U& u, const V& v, std::size_t k, std::size_t first, std::size_t last) {
  T sum(zero);
  for (std::size_t j = first; j <= last; ++j) sum = sum_of<T>(sum, product_of<T>(u[j], v[k - j]));
  return sum;
}
/// Sum of j u_j v_{k-j} for j from 1 to `last`: k times the k-th coefficient of the integral of v du.
template <class T, class U, class V>
constexpr T integrated(const U& u, const V& v, std::size_t k, std::size_t last) {
  T sum(zero);
  for (std::size_t j = 1; j <= last; ++j)
    sum = sum_of<T>(sum, product_of<T>(product_of<T>(static_cast<double>(j), u[j]), v[k - j]));
  return sum;
}

template <class Series>
struct recurrence {
  using T = typename Series::value_type;
  static constexpr std::size_t order = Series::order;

  // clang-format off
  static constexpr Series of(op::tag<op::neg>, const Series& x) { return each(x, [](const T& part) { return T(apply<op::neg>(part)); }); }
  static constexpr Series of(op::tag<op::add>, const Series& x, const Series& y) { return pairs<op::add>(x, y); }
  static constexpr Series of(op::tag<op::sub>, const Series& x, const Series& y) { return pairs<op::sub>(x, y); }
  template <class Y> static constexpr Series of(op::tag<op::add>, const Series& x, const Y& y) { return moved(x, sum_of<T>(x[0], y)); }
  template <class X> static constexpr Series of(op::tag<op::add>, const X& x, const Series& y) { return moved(y, sum_of<T>(x, y[0])); }
  template <class Y> static constexpr Series of(op::tag<op::sub>, const Series& x, const Y& y) { return moved(x, difference_of<T>(x[0], y)); }
  template <class X> static constexpr Series of(op::tag<op::sub>, const X& x, const Series& y) { return moved(of(op::tag<op::neg>{}, y), difference_of<T>(x, y[0])); }
  template <class Y> static constexpr Series of(op::tag<op::mul>, const Series& x, const Y& y) { return each(x, [&](const T& part) { return product_of<T>(part, y); }); }
  template <class X> static constexpr Series of(op::tag<op::mul>, const X& x, const Series& y) { return each(y, [&](const T& part) { return product_of<T>(x, part); }); }
  template <class Y> static constexpr Series of(op::tag<op::div>, const Series& x, const Y& y) { return each(x, [&](const T& part) { return quotient_of<T>(part, y); }); }
  template <class X> static constexpr Series of(op::tag<op::div>, const X& x, const Series& y) { return divided(Series(T(x)), y); }
  static constexpr Series of(op::tag<op::div>, const Series& x, const Series& y) { return divided(x, y); }
  static constexpr Series of(op::tag<op::inv>, const Series& x) { return divided(Series(T(one)), x); }
  static constexpr Series of(op::tag<op::square>, const Series& x) { return of(op::tag<op::mul>{}, x, x); }

  static constexpr Series of(op::tag<op::exp>, const Series& x) { return grown<op::exp>(x, 1.0L, 0.0L); }
  static constexpr Series of(op::tag<op::exp2>, const Series& x) { return grown<op::exp2>(x, op::log_of_2.number, 0.0L); }
  static constexpr Series of(op::tag<op::exp10>, const Series& x) { return grown<op::exp10>(x, op::log_of_10.number, 0.0L); }
  static constexpr Series of(op::tag<op::expm1>, const Series& x) { return grown<op::expm1>(x, 1.0L, 1.0L); }
  static constexpr Series of(op::tag<op::log>, const Series& x) { return logarithm<op::log>(x, x, 1.0L); }
  static constexpr Series of(op::tag<op::log2>, const Series& x) { return logarithm<op::log2>(x, x, 1 / op::log_of_2.number); }
  static constexpr Series of(op::tag<op::log10>, const Series& x) { return logarithm<op::log10>(x, x, 1 / op::log_of_10.number); }
  static constexpr Series of(op::tag<op::log1p>, const Series& x) { return logarithm<op::log1p>(x, moved(x, sum_of<T>(x[0], 1)), 1.0L); }

  static constexpr Series of(op::tag<op::sin>, const Series& x) { return circle<op::sin, op::cos, -1>(x).first; }
  static constexpr Series of(op::tag<op::cos>, const Series& x) { return circle<op::sin, op::cos, -1>(x).second; }
  static constexpr Series of(op::tag<op::sinh>, const Series& x) { return circle<op::sinh, op::cosh, 1>(x).first; }
  static constexpr Series of(op::tag<op::cosh>, const Series& x) { return circle<op::sinh, op::cosh, 1>(x).second; }
  // clang-format on

  static constexpr Series of(op::tag<op::mul>, const Series& x, const Series& y) {
    Series v(product_of<T>(x[0], y[0]));
    for (std::size_t k = 1; k <= order; ++k) v[k] = convolved<T>(x, y, k, 0, k);
    return v;
  }
  /// v v = x.
  static constexpr Series of(op::tag<op::sqrt>, const Series& x) {
    Series v(T(apply<op::sqrt>(x[0])));
    for (std::size_t k = 1; k <= order; ++k) {
      const T rest = k == 1 ? x[k] : difference_of<T>(x[k], convolved<T>(v, v, k, 1, k - 1));
      const T c = quotient_of<T>(rest, product_of<T>(2, v[0]));
      v[k] = select(is_all_zero(rest), T(zero), c);
    }
    return v;
  }

  /// x v' = r v x' for v = x^r; x[0] is not zero.
  template <class R>
  static constexpr Series power(const T& value, const Series& x, const R& exponent) {
    Series v(value);
    for (std::size_t k = 1; k <= order; ++k) {
      T sum(zero);
      for (std::size_t j = 1; j <= k; ++j) {
        const auto factor = apply<op::sub>(apply<op::mul>(exponent, as_ground<T>(j)), as_ground<T>(k - j));
        sum = sum_of<T>(sum, product_of<T>(product_of<T>(factor, x[j]), v[k - j]));
      }
      v[k] = quotient_of<T>(sum, product_of<T>(static_cast<double>(k), x[0]));
    }
    return v;
  }
  /// v' = v (y log(x))' for v = x^y; x[0] is not zero.
  template <class X, class Y>
  static constexpr Series general_power(const T& value, const X& x, const Y& y) {
    const auto exponent = apply<op::mul>(y, apply<op::log>(x));
    Series v(value);
    for (std::size_t k = 1; k <= order; ++k)
      v[k] = quotient_of<T>(integrated<T>(exponent, v, k, k), static_cast<double>(k));
    return v;
  }

 private:
  template <class F>
  static constexpr Series each(const Series& x, const F& f) {
    Series v;
    for (std::size_t k = 0; k <= order; ++k) v[k] = f(x[k]);
    return v;
  }
  template <class Op>
  static constexpr Series pairs(const Series& x, const Series& y) {
    Series v;
    for (std::size_t k = 0; k <= order; ++k) v[k] = T(apply<Op>(x[k], y[k]));
    return v;
  }
  static constexpr Series moved(Series x, const T& value) {
    x[0] = value;
    return x;
  }
  /// v y = x.
  static constexpr Series divided(const Series& x, const Series& y) {
    Series v(quotient_of<T>(x[0], y[0]));
    for (std::size_t k = 1; k <= order; ++k)
      v[k] = quotient_of<T>(difference_of<T>(x[k], convolved<T>(y, v, k, 1, k)), y[0]);
    return v;
  }
  /// v' = rate (v + shift) x'.
  template <class Op>
  static constexpr Series grown(const Series& x, long double rate, long double shift) {
    Series v(T(apply<Op>(x[0])));
    Series factor = moved(v, shift == 0 ? v[0] : sum_of<T>(v[0], shift));
    for (std::size_t k = 1; k <= order; ++k) {
      const T integral = quotient_of<T>(integrated<T>(x, factor, k, k), static_cast<double>(k));
      factor[k] = v[k] = rate == 1 ? integral : product_of<T>(rate, integral);
    }
    return v;
  }
  /// w v' = rate x'.
  template <class Op>
  static constexpr Series logarithm(const Series& x, const Series& w, long double rate) {
    Series v(T(apply<Op>(x[0])));
    for (std::size_t k = 1; k <= order; ++k) {
      const T scaled = rate == 1 ? x[k] : product_of<T>(rate, x[k]);
      const T integral = quotient_of<T>(integrated<T>(v, w, k, k - 1), static_cast<double>(k));
      v[k] = quotient_of<T>(k == 1 ? scaled : difference_of<T>(scaled, integral), w[0]);
    }
    return v;
  }
  /// s' = c x' and c' = sign s x'.
  template <class Sine, class Cosine, int Sign>
  static constexpr std::pair<Series, Series> circle(const Series& x) {
    Series s(T(apply<Sine>(x[0]))), c(T(apply<Cosine>(x[0])));
    for (std::size_t k = 1; k <= order; ++k) {
      s[k] = quotient_of<T>(integrated<T>(x, c, k, k), static_cast<double>(k));
      c[k] = quotient_of<T>(integrated<T>(x, s, k, k), Sign * static_cast<double>(k));
    }
    return {s, c};
  }
};

}  // namespace tapeless::detail
