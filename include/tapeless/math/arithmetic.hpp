// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

#include <tapeless/math/double_double.hpp>
#include <tapeless/math/rounding.hpp>

/// Sums, products and remainders that round at most once, even to subnormal numbers.
namespace tapeless::math {

namespace detail {

/// a + b with the last bit set if inexact, so that rounding again to fewer bits is as rounding once.
/// Method: S. Boldo and G. Melquiond, Emulation of FMA and correctly rounded sums, 2008.
template <std::floating_point T>
constexpr T sum_rounded_to_odd(T a, T b) noexcept {
  const auto [s, error] = two_sum(a, b);
  if (error == 0) return s;
  const auto [m, e] = decompose(s);
  const T half = m / std::numeric_limits<T>::epsilon() / 2;
  if (at_compile_time::trunc(half) != half) return s;  // odd already
  const bool inwards = (error < 0) == (s > 0);
  const int ulp = e + 1 - std::numeric_limits<T>::digits - (inwards && abs(m) == 1 ? 1 : 0);
  return s + copysign(at_compile_time::ldexp(T{1}, ulp), error);
}

/// (sum + rest) 2^n, rounded once, for an exact sum and a rest below its last place.
template <std::floating_point T>
constexpr T round_triple(two_term<T> sum, T rest, int n) noexcept {
  using limits = std::numeric_limits<T>;
  const T tail = sum_rounded_to_odd(sum.lo, rest);
  const int e = sum.hi == 0 ? 0 : exponent(sum.hi) + n;
  if (e >= limits::min_exponent - 1 || e < limits::min_exponent - 2 - limits::digits) {
    return at_compile_time::ldexp(sum.hi + tail, n);
  }
  // Subnormal: next to a number whose last place is the smallest number, the sum rounds to a multiple of that.
  const T big = copysign(power_of_two<T>(limits::min_exponent - 1 - n), sum.hi);
  const two_term<T> s = fast_two_sum(big, sum.hi);
  return copysign(at_compile_time::ldexp((s.hi + sum_rounded_to_odd(s.lo, tail)) - big, n), sum.hi);
}

/// a b modulo m for integers held in floating point; residues lie in [-m/2, m/2].
template <std::floating_point T>
constexpr T multiply_modulo(T a, T b, T m) noexcept {
  const two_term<T> p = two_product(a, b);
  const two_term<T> q = two_product(at_compile_time::round(p.hi / m), m);
  const T r = (p.hi - q.hi) + (p.lo - q.lo);
  return r > m / 2 ? r - m : r < -m / 2 ? r + m : r;
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T fma(T x, T y, T z) noexcept {
  constexpr int digits = std::numeric_limits<T>::digits;
  if (isnan(x) || isnan(y) || isnan(z)) return not_a_number<T>;
  const bool negative = signbit(x) != signbit(y);
  if (isinf(x) || isinf(y)) {
    if (x == 0 || y == 0 || (isinf(z) && signbit(z) != negative)) return not_a_number<T>;
    return negative ? -infinity<T> : infinity<T>;
  }
  if (isinf(z)) return z;
  if (x == 0 || y == 0) return (negative ? -T{0} : T{0}) + z;
  const auto [u, a] = detail::decompose(x);
  const auto [v, b] = detail::decompose(y);
  const detail::two_term<T> product = detail::two_product(u, v);
  // In units of 2^(a + b). A z far above the product is the result, one far below it matters by its sign only.
  const int distance = z == 0 ? 0 : detail::exponent(z) - (a + b);
  if (distance > digits + 4) return z;
  const T w = distance < -2 * digits - 4 ? copysign(ldexp(T{1}, -2 * digits - 4), z) : ldexp(z, -(a + b));
  const detail::two_term<T> high = detail::two_sum(product.hi, w);
  const detail::two_term<T> low = detail::two_sum(product.lo, high.lo);
  return detail::round_triple(detail::two_sum(high.hi, low.hi), low.lo, a + b);
}

template <std::floating_point T>
constexpr T fmod(T x, T y) noexcept {
  if (isnan(x) || isnan(y) || isinf(x) || y == 0) return not_a_number<T>;
  if (abs(x) < abs(y)) return x;
  // Integers a and b with |x| = a 2^(n + k), |y| = b 2^k; so the result is (a 2^n mod b) 2^k.
  const auto [u, i] = detail::decompose(abs(x));
  const auto [v, j] = detail::decompose(abs(y));
  const T scale = 1 / std::numeric_limits<T>::epsilon();
  const T a = u * scale, b = v * scale;
  const int n = i - j;
  T r = 1;  // 2^n mod b, bit by bit of n
  for (int bit = 15; bit >= 0; --bit) {
    if (n >> bit == 0) continue;
    r = detail::multiply_modulo(r, r, b);
    if (n >> bit & 1) r = detail::multiply_modulo(r, T{2}, b);
  }
  r = detail::multiply_modulo(detail::multiply_modulo(a, T{1}, b), r, b);
  return copysign(ldexp(r < 0 ? r + b : r, j + 1 - std::numeric_limits<T>::digits), x);
}

template <std::floating_point T>
constexpr T remainder(T x, T y) noexcept {
  if (isnan(x) || isnan(y) || isinf(x) || y == 0) return not_a_number<T>;
  const T b = abs(y);
  if (isinf(b)) return x;
  T r = abs(b <= std::numeric_limits<T>::max() / 2 ? fmod(x, 2 * b) : x);
  // r < 2 b, from x by an even multiple of b. Each difference is exact where it decides.
  if (r > b - r) {
    r -= b;
    if (r > 0 && r >= b - r) r -= b;
  }
  return signbit(x) ? -r : r;
}

template <std::floating_point T>
constexpr T fdim(T x, T y) noexcept {
  return x <= y ? T{0} : fma(T{1}, x, -y);  // fma: neither an overflow nor a NaN is an error
}

template <std::floating_point T>
constexpr T lerp(T a, T b, T t) noexcept {
  if (isnan(a) || isnan(b) || isnan(t) || (isinf(a) && a == b)) return not_a_number<T>;
  if ((a <= 0 && b >= 0) || (a >= 0 && b <= 0)) return fma(t, b, fma(-t, a, a));
  if (t == 1) return b;
  const T x = fma(t, b - a, a);
  return (t > 1) == (b > a) ? max(b, x) : min(b, x);
}

}  // namespace at_compile_time

/// x y + z, rounded once; NaN for an infinity times zero.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T fma(T x, T y, T z) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::fma(x, y, z) : at_run_time::fma(x, y, z);
}

/// x - n y for the integer n = trunc(x/y), exactly, with the sign of x. fmod(x, +-inf) = x; NaN if y = 0 or |x| = inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T fmod(T x, T y) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::fmod(x, y) : at_run_time::fmod(x, y);
}

/// x - n y for the integer n nearest to x/y, halves to even, exactly. Special values as fmod.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T remainder(T x, T y) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::remainder(x, y) : at_run_time::remainder(x, y);
}

/// The positive part of x - y: +0 if x <= y, NaN if either is.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T fdim(T x, T y) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::fdim(x, y) : x <= y ? T{0} : x - y;
}

/// a + t (b - a): exact at t = 0 and t = 1, monotone in t, lerp(a, a, t) = a (S. D. Herring, P0811, 2019).
template <std::floating_point T>
[[gnu::always_inline]] constexpr T lerp(T a, T b, T t) noexcept {
  if (__builtin_is_constant_evaluated()) return at_compile_time::lerp(a, b, t);
  if ((a <= 0 && b >= 0) || (a >= 0 && b <= 0)) return t * b + (1 - t) * a;
  if (t == 1) return b;
  const T x = a + t * (b - a);
  return (t > 1) == (b > a) ? max(b, x) : min(b, x);
}

}  // namespace tapeless::math
