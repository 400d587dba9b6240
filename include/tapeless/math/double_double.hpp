// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <limits>

#include <tapeless/math/classification.hpp>
#include <tapeless/math/scaling.hpp>

/// Unevaluated sums of two floating point numbers: the working precision of every function at compile time.
/// Method: T. J. Dekker, A floating-point technique for extending the available precision, 1971.
namespace tapeless::math::detail {

/// The exact value hi + lo, with |lo| at most half an ulp of hi.
template <std::floating_point T>
struct two_term {
  T hi = 0;
  T lo = 0;
};

/// About 106 bits. Sums and products below are good to 2^-102 of their largest operand.
using double_double = two_term<double>;

/// a + b exactly, if |a| >= |b| or a = 0.
template <std::floating_point T>
constexpr two_term<T> fast_two_sum(T a, T b) noexcept {
  const T s = a + b;
  return {s, b - (s - a)};
}

/// a + b exactly (D. E. Knuth, 1969).
template <std::floating_point T>
constexpr two_term<T> two_sum(T a, T b) noexcept {
  const T s = a + b, t = s - a;
  return {s, (a - (s - t)) + (b - t)};
}

/// 2^(digits/2) + 1.
template <std::floating_point T>
inline constexpr T splitter = power_of_two<T>((std::numeric_limits<T>::digits + 1) / 2) + 1;

/// a in two halves of at most digits/2 bits each, whose products are exact (G. W. Veltkamp, 1968).
template <std::floating_point T>
constexpr two_term<T> split(T a) noexcept {
  const T c = a * splitter<T>, h = c - (c - a);
  return {h, a - h};
}

/// a b exactly, unless it under- or overflows. No fma: Clang 19 does not evaluate it in constant expressions.
template <std::floating_point T>
constexpr two_term<T> two_product(T a, T b) noexcept {
  const two_term<T> u = split(a), v = split(b);
  const T p = a * b;
  return {p, ((u.hi * v.hi - p) + u.hi * v.lo + u.lo * v.hi) + u.lo * v.lo};
}

constexpr double_double operator-(double_double a) noexcept { return {-a.hi, -a.lo}; }

constexpr double_double operator+(double_double a, double b) noexcept {
  const double_double s = two_sum(a.hi, b);
  return fast_two_sum(s.hi, s.lo + a.lo);
}

constexpr double_double operator+(double_double a, double_double b) noexcept {
  const double_double s = two_sum(a.hi, b.hi);
  return fast_two_sum(s.hi, s.lo + (a.lo + b.lo));
}

constexpr double_double operator+(double a, double_double b) noexcept { return b + a; }
constexpr double_double operator-(double a, double_double b) noexcept { return -b + a; }
constexpr double_double operator-(double_double a, double b) noexcept { return a + -b; }
constexpr double_double operator-(double_double a, double_double b) noexcept { return a + -b; }

constexpr double_double operator*(double_double a, double b) noexcept {
  const double_double p = two_product(a.hi, b);
  return fast_two_sum(p.hi, p.lo + a.lo * b);
}

constexpr double_double operator*(double_double a, double_double b) noexcept {
  const double_double p = two_product(a.hi, b.hi);
  return fast_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

constexpr double_double operator/(double_double a, double_double b) noexcept {
  const double q = a.hi / b.hi;
  const double_double p = two_product(q, b.hi);
  return fast_two_sum(q, (((a.hi - p.hi) - p.lo) + (a.lo - q * b.lo)) / b.hi);
}

constexpr double_double operator/(double a, double_double b) noexcept { return double_double{a, 0} / b; }

/// m 2^n.
struct binary_scaled {
  double_double m;
  int n;
};

/// a 2^n for small |n|, exactly.
constexpr double_double scaled(double_double a, int n) noexcept {
  const double p = power_of_two(n);
  return {a.hi * p, a.lo * p};
}

constexpr double_double doubled(double_double a) noexcept { return {2 * a.hi, 2 * a.lo}; }
constexpr double_double halved(double_double a) noexcept { return {a.hi / 2, a.lo / 2}; }

/// c[0] + c[1] x + c[2] x^2 + ..., by Horner's rule.
template <std::floating_point T, std::size_t N>
constexpr T polynomial(const double (&c)[N], T x) noexcept {
  T sum = static_cast<T>(c[N - 1]);
  for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
  return sum;
}

/// The same with the leading coefficients, and the sum over them, in double-double.
template <std::size_t M, std::size_t N>
constexpr double_double polynomial(const double_double (&leading)[M], const double (&tail)[N],
                                   double_double x) noexcept {
  double_double sum{polynomial(tail, x.hi), 0};
  for (std::size_t i = M; i-- > 0;) sum = sum * x + leading[i];
  return sum;
}

/// x as a double-double, exactly for up to 106 digits, if x is well inside the range of double.
template <std::floating_point T>
constexpr double_double widen(T x) noexcept {
  const auto hi = static_cast<double>(x);
  if constexpr (!wider_than_double<T>) return {hi, 0};
  else return {hi, static_cast<double>(x - T{hi})};
}

/// a rounded once to T, without regard for its range.
template <std::floating_point T>
constexpr T narrow(double_double a) noexcept {
  if constexpr (wider_than_double<T>) return T{a.hi} + T{a.lo};
  else return static_cast<T>(a.hi);
}

/// a 2^n rounded once to T (a wide long double: twice if subnormal), overflowing to infinity; a zero keeps its sign.
template <std::floating_point T>
constexpr T round_to(double_double a, int n = 0) noexcept {
  using limits = std::numeric_limits<T>;
  const double magnitude = abs(a.hi);
  if (0x1p-60 < magnitude && magnitude < 0x1p60 && 70 - limits::max_exponent < n && n < limits::max_exponent - 70) {
    return n == 0 ? narrow<T>(a) : narrow<T>(a) * power_of_two<T>(n);
  }
  if (a.hi == 0) return static_cast<T>(a.hi);
  if (a.hi < 0) return -round_to<T>(-a, n);
  const int e = exponent(a.hi), least = limits::min_exponent - 1;
  if (wider_than_double<T> || e + n >= least) return at_compile_time::ldexp(narrow<T>(scaled(a, -e)), e + n);
  if (e + n < least - limits::digits) return 0;
  // Subnormal: adding and taking away 2^52 times the smallest number leaves an integer multiple of it.
  const double big = power_of_two(least + 1 - limits::digits - n + 52);
  const double_double s = fast_two_sum(big, a.hi);
  return at_compile_time::ldexp(static_cast<T>((s.hi + (s.lo + a.lo)) - big), n);
}

}  // namespace tapeless::math::detail
