// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

#include <tapeless/math/digamma.hpp>

/// The derivatives of digamma: psi_n(x) = (-1)^(n+1) n! zeta(n + 1, x) with the zeta function of A. Hurwitz (1882),
/// zeta(s, x) = 1/x^s + 1/(x + 1)^s + ... The C library has none, so they are ours at run time too.
/// Method: the sum as far as x >= 10 + n, then the series of L. Euler and C. Maclaurin, which is Stirling's
/// differentiated; for x < 0 reflection. Next to the zeros at negative x, which only even n have, an absolute error
/// remains: 2^-70 of the two terms of the reflection at compile time, some ulp of them at run time.
namespace tapeless::math {

namespace detail {

/// Coefficients B(2k) / (2k)! of the series.
// clang-format off
inline constexpr double_double euler_maclaurin_leading[] = {
  {0x1.5555555555555p-4, 0x1.5555555555555p-58}, {-0x1.6c16c16c16c17p-10, 0x1.f49f49f49f49fp-65},
  {0x1.1566abc011567p-15, -0x1.50ffbaa6551p-69}, {-0x1.bbd779334ef0bp-21, 0x1.4e65f77088199p-75},
};
inline constexpr double euler_maclaurin_tail[] = {
  0x1.66a8f2bf70ebep-26, -0x1.22805d644267fp-31, 0x1.d6db2c4e09162p-37, -0x1.7da4e1f79955cp-42,
  0x1.355871d652e9ep-47, -0x1.f57d968caacf1p-53, 0x1.967e1f09c376fp-58, -0x1.497d9033a2b5cp-63,
  0x1.0b132d7c6ad06p-68, -0x1.b0f72d59f1c16p-74, 0x1.5ef2da4cca26dp-79, -0x1.1c77df96de38bp-84,
  0x1.cd299de521b62p-90,
};
// clang-format on

/// The sum of B(2k) / (2k)! (n + 2) ... (n + 2k - 1) x^(1-k) over k = 1, 2, ..., in nested form.
constexpr double_double euler_maclaurin(double n, double_double x) noexcept {
  double tail = 0;
  for (int k = 17; k > 4; --k) tail = euler_maclaurin_tail[k - 5] + tail * ((n + 2 * k) * (n + 2 * k + 1) * x.hi);
  double_double sum{tail, 0};
  for (int k = 4; k > 0; --k) sum = euler_maclaurin_leading[k - 1] + sum * (x * ((n + 2 * k) * (n + 2 * k + 1)));
  return sum;
}

/// x^n for n >= 0 and |x| <= 1.
constexpr double_double integer_power(double_double x, int n) noexcept {
  double_double power{1, 0};
  for (; n > 0; n /= 2, x = x * x) {
    if (n % 2 != 0) power = power * x;
  }
  return power;
}

/// a^(n+1) zeta(n + 1, x) for n > 0 and 2^-80 < a <= x or 1 - x, x < 2^80: no power of x alone, which may overflow.
constexpr double_double scaled_zeta(int n, double_double a, double_double x) noexcept {
  double_double sum;
  for (; x.hi < 10.0 + n; x = x + 1.0) {
    const double_double ratio = a / x, term = integer_power(ratio, n) * ratio;
    sum = sum + term;
    if (term.hi <= 0x1p-110 * sum.hi) return sum;  // so that a large n takes less steps, not more
  }
  const double_double u = 1.0 / x, square = u * u;
  const double_double series =
      1.0 / double_double{1.0 * n, 0} + halved(u) + square * euler_maclaurin(n, square) * (n + 1.0);
  return sum + integer_power(a / x, n) * a * series;
}

/// The magnitude of w(n) = a^(n+1) / n! times the n-th derivative of pi cot(pi a), given w(0) and pi a, for n <= N.
/// Method: Taylor's coefficients by cot' = -1 - cot^2; all products in one of them have the same sign.
template <int N, class Real>
constexpr Real scaled_cotangent(int n, Real angle, Real w0) noexcept {
  Real w[N + 1] = {w0};
  for (int k = 0; k < n; ++k) {
    Real sum = k == 0 ? angle * angle : Real{};
    for (int i = 0; i <= k; ++i) sum = sum + w[i] * w[k - i];
    w[k + 1] = sum / Real{k + 1.0};
  }
  return w[n];
}

/// The same for 2^-80 < a <= 1/2 and all n > 0; a large one has no use for all coefficients, and its sums end soon.
constexpr double_double scaled_cotangent(int n, double_double a) noexcept {
  if (n > 64) return scaled_zeta(n, a, a) + scaled_zeta(n, a, 1.0 - a) * (n % 2 == 0 ? -1 : 1);
  const auto [sine, cosine] = circular_half_turns(a);
  const double_double angle = pi * a;
  return scaled_cotangent<64>(n, angle, angle * cosine / sine);
}

/// factor m! / x^k for 2^-80 < |factor| < 2^90 or zero.
template <std::floating_point T>
constexpr T factorial_over_power(double_double factor, double m, T x, double k) noexcept {
  constexpr double limit = 22000;  // out of the range of every type
  double_double z = log_gamma({m + 1, 0}) - log(centred(x)) * k;
  if (abs(z.hi) > limit) z = {copysign(limit, z.hi), 0};
  const auto [leading, rest, e] = exponential_of(z);
  return round_to<T>((leading + rest) * factor, e);
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T polygamma(int n, T x) noexcept {
  using detail::double_double;
  if (n <= 0) return n == 0 ? digamma(x) : not_a_number<T>;
  if (isnan(x) || x == -infinity<T>) return not_a_number<T>;
  const bool even = n % 2 == 0;
  if (x <= 0 && trunc(x) == x) return !even ? infinity<T> : x == 0 ? -copysign(infinity<T>, x) : not_a_number<T>;
  if (x == infinity<T>) return even ? -T{0} : T{0};
  const double sign = even ? -1 : 1;
  if (x > T{0x1p80}) return detail::factorial_over_power({sign, 0}, n - 1.0, x, n);
  if (abs(x) < T{0x1p-80}) return detail::factorial_over_power({x < 0 ? 1 : sign, 0}, n, abs(x), n + 1.0);
  const double_double d = detail::widen(x);
  if (x > 0) return detail::factorial_over_power(detail::scaled_zeta(n, d, d) * sign, n, x, n + 1.0);
  const T t = x - round(x);                                  // from the nearest pole; exact
  if (even && abs(t) == T{0.5}) return polygamma(n, 1 - x);  // a zero of the cotangent's derivative
  const double_double a = detail::widen(abs(t));
  const double_double reflected = detail::scaled_cotangent(n, a) * (t > 0 ? sign : 1);
  return detail::factorial_over_power(reflected - detail::scaled_zeta(n, a, 1.0 - d), n, abs(t), n + 1.0);
}

}  // namespace at_compile_time

namespace at_run_time {

/// n! / x^(n+1).
template <class Real>
Real factorial_over_power(int n, Real x) noexcept {
  Real factorial = 1, power = x;
  for (int j = 1; j <= n; ++j) {
    factorial *= static_cast<Real>(j);
    power *= x;
  }
  return factorial / power;
}

/// n! zeta(n + 1, x) for x > 0 and 0 < n <= 32.
template <class Real>
Real factorial_zeta(int n, Real x) noexcept {
  const Real m = static_cast<Real>(n), far = m + 9;
  int steps = x < far ? static_cast<int>(far - x) + 1 : 0;
  const Real u = 1 / (x + static_cast<Real>(steps)), square = u * u;
  Real series = 0, last = u;
  for (int k = 9; k > 0; --k) {
    const double c = k > 4 ? detail::euler_maclaurin_tail[k - 5] : detail::euler_maclaurin_leading[k - 1].hi;
    series = static_cast<Real>(c) +
             series * (square * ((m + static_cast<Real>(2 * k)) * (m + static_cast<Real>(2 * k + 1))));
  }
  for (int j = 1; j < n; ++j) last *= u * static_cast<Real>(j);  // in this order nothing but the result underflows
  Real sum = last + last * (m * u * (Real{0.5} + (m + 1) * u * series));
  while (steps-- > 0) sum += factorial_over_power(n, x + static_cast<Real>(steps));  // the largest comes last
  return sum;
}

/// Good to 4 (n + 1) ulp of double, next to zeros of that in the terms of the reflection.
template <std::floating_point T>
T polygamma(int n, T argument) noexcept {
  using real = std::conditional_t<std::same_as<T, float>, double, T>;
  if (n == 0) return digamma(argument);
  if (n < 0 || n > 32) return at_compile_time::polygamma(n, argument);
  const real x = argument, sign = n % 2 == 0 ? -1 : 1;
  if (x > 0) return static_cast<T>(sign * factorial_zeta(n, x));
  const real t = x - round(x), a = abs(t);
  if (a == 0) return sign > 0 ? infinity<T> : x == 0 ? -copysign(infinity<T>, argument) : not_a_number<T>;
  const real turn = static_cast<real>(0x1.921fb54442d1846ap+1L), angle = turn * a;
  const real cotangent = a > 0.25 ? angle * tan(turn * (real{0.5} - a)) : angle / tan(angle);
  const real reflected = detail::scaled_cotangent<32>(n, angle, cotangent) * factorial_over_power(n, a);
  return static_cast<T>((t > 0 ? sign : 1) * reflected - factorial_zeta(n, 1 - x));
}

}  // namespace at_run_time

/// The n-th derivative of digamma at x: polygamma(0, x) = digamma(x), polygamma(1, x) is trigamma.
///
///     polygamma(n, x) = (-1)^(n+1) n! (1/x^(n+1) + 1/(x + 1)^(n+1) + ...)
///
/// At 0 and the negative integers it is inf for odd n, at +-0 -+inf for even n, NaN at the negative integers.
/// polygamma(n > 0, inf) = 0, of the sign of the values before; NaN at -inf and for n < 0.
template <std::floating_point T>
constexpr T polygamma(int n, T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::polygamma(n, x) : at_run_time::polygamma(n, x);
}

}  // namespace tapeless::math
