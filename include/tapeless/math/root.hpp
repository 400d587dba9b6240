// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

#include <tapeless/math/double_double.hpp>

/// Square roots, cube roots and Euclidean lengths. Method: Newton's iteration, then one exact residual.
namespace tapeless::math {

namespace detail {

/// x = m 4^n with 1 <= m < 4.
template <std::floating_point T>
struct quaternary_scaled {
  T m;
  int n;
};

template <std::floating_point T>
constexpr quaternary_scaled<T> quaternary(T x) noexcept {
  const auto [m, e] = decompose(x);
  return {e & 1 ? 2 * m : m, e >> 1};
}

/// Is the exact product a b less than x?
template <std::floating_point T>
constexpr bool product_less(T a, T b, T x) noexcept {
  const two_term<T> p = two_product(a, b);
  return p.hi < x || (p.hi == x && p.lo < 0);
}

/// The correctly rounded root of 1 <= m < 4; the final test is B. Tuckerman's (R. C. Agarwal et al., New scalar and
/// vector elementary functions, 1986).
template <std::floating_point T>
constexpr T root(T m) noexcept {
  constexpr T ulp = std::numeric_limits<T>::epsilon();
  T s = T{0.7109375} + m * T{0.33203125};  // to 5 %; each step squares and halves the error
  for (int i = 0; i < (std::numeric_limits<T>::digits > 64 ? 5 : 4); ++i) s = (s + m / s) / 2;
  if (product_less(s, s + ulp, m)) return s + ulp;
  return product_less(s, s - ulp, m) ? s : s - ulp;
}

/// The root of a positive double-double.
constexpr double_double sqrt(double_double a) noexcept {
  const auto [m, n] = quaternary(a.hi);
  const double_double b = scaled(a, -2 * n);
  const double s = root(m);
  const double_double square = two_product(s, s);
  return scaled(fast_two_sum(s, ((m - square.hi) - square.lo + b.lo) / (2 * s)), n);
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T sqrt(T x) noexcept {
  if (x == 0 || isnan(x) || x == infinity<T>) return x;
  if (x < 0) return not_a_number<T>;
  const auto [m, n] = detail::quaternary(x);
  return detail::root(m) * detail::power_of_two<T>(n);
}

template <std::floating_point T>
constexpr T rsqrt(T x) noexcept {
  if (x == 0) return copysign(infinity<T>, x);
  if (isnan(x) || x < 0) return not_a_number<T>;
  if (x == infinity<T>) return 0;
  const auto [m, n] = detail::quaternary(x);
  return detail::round_to<T>(1.0 / detail::sqrt(detail::widen(m)), -n);
}

template <std::floating_point T>
constexpr T cbrt(T x) noexcept {
  if (x == 0 || !isfinite(x)) return x;
  const auto [m, e] = detail::decompose(x);
  const int n = (e + 3 * (1 << 14)) / 3 - (1 << 14);
  const detail::double_double a = detail::scaled(detail::widen(m), e - 3 * n);
  double s = 0.7 + abs(a.hi) * 0.17;  // to 20 % on [1, 8)
  for (int i = 0; i < 5; ++i) s -= (s - abs(a.hi) / (s * s)) / 3;
  s = copysign(s, a.hi);
  const detail::double_double residual = a - detail::two_product(s, s) * s;
  return detail::round_to<T>(detail::fast_two_sum(s, residual.hi / (3 * s * s)), n);
}

template <std::floating_point T>
constexpr T hypot(T x, T y, T z = 0) noexcept {
  if (isinf(x) || isinf(y) || isinf(z)) return infinity<T>;
  if (isnan(x) || isnan(y) || isnan(z)) return not_a_number<T>;
  const T largest = max(max(abs(x), abs(y)), abs(z));
  if (largest == 0) return 0;
  const int e = detail::exponent(largest);
  const auto square = [e](T side) {
    const detail::double_double scaled = detail::widen(ldexp(side, -e));
    return abs(scaled.hi) < 0x1p-100 ? detail::double_double{} : scaled * scaled;
  };
  return detail::round_to<T>(detail::sqrt(square(x) + square(y) + square(z)), e);
}

}  // namespace at_compile_time

/// The square root, correctly rounded. sqrt(+-0) = +-0, sqrt(inf) = inf, sqrt(x < 0) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T sqrt(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::sqrt(x) : at_run_time::sqrt(x);
}

/// 1 / sqrt(x). rsqrt(+-0) = +-inf, rsqrt(inf) = 0, rsqrt(x < 0) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T rsqrt(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::rsqrt(x) : 1 / at_run_time::sqrt(x);
}

/// The cube root, odd in x. cbrt(+-0) = +-0, cbrt(+-inf) = +-inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T cbrt(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::cbrt(x) : at_run_time::cbrt(x);
}

/// sqrt(x^2 + y^2) without undue overflow. hypot(+-inf, y) = inf, even for a NaN y.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T hypot(T x, T y) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::hypot(x, y) : at_run_time::hypot(x, y);
}

/// sqrt(x^2 + y^2 + z^2) without undue overflow. An infinite argument gives inf, even next to a NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T hypot(T x, T y, T z) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::hypot(x, y, z)
                                           : at_run_time::hypot(x, at_run_time::hypot(y, z));
}

}  // namespace tapeless::math
