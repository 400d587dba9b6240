// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

#include <tapeless/math/classification.hpp>
#include <tapeless/math/run_time.hpp>

/// Rounding to integers. Every result is exact; zeros, infinities and NaN pass through, results keep the sign of x.
namespace tapeless::math {

namespace detail {

/// 2^(digits - 1): from here on every number is an integer, and adding it rounds a smaller one to the nearest.
template <std::floating_point T>
inline constexpr T first_coarse = 1 / std::numeric_limits<T>::epsilon();

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T trunc(T x) noexcept {
  const T a = abs(x);
  if (!(a < detail::first_coarse<T>)) return x;
  const T r = (a + detail::first_coarse<T>)-detail::first_coarse<T>;
  return copysign(r > a ? r - 1 : r, x);
}

template <std::floating_point T>
constexpr T floor(T x) noexcept {
  const T t = trunc(x);
  return t > x ? t - 1 : t;
}

template <std::floating_point T>
constexpr T ceil(T x) noexcept {
  const T t = trunc(x);
  return t < x ? copysign(t + 1, x) : t;
}

template <std::floating_point T>
constexpr T round(T x) noexcept {
  const T t = trunc(x);
  return isfinite(x) && abs(x) - abs(t) >= T{0.5} ? copysign(abs(t) + 1, x) : t;
}

}  // namespace at_compile_time

namespace detail {

template <std::floating_point T>
constexpr bool odd_integer(T x) noexcept {
  return abs(x) < 2 * first_coarse<T> && at_compile_time::trunc(x) == x && at_compile_time::trunc(x / 2) != x / 2;
}

}  // namespace detail

/// The integer part of x: rounds towards zero.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T trunc(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::trunc(x) : at_run_time::trunc(x);
}

/// The largest integer not above x.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T floor(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::floor(x) : at_run_time::floor(x);
}

/// The smallest integer not below x; ceil(-0.5) = -0.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T ceil(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::ceil(x) : at_run_time::ceil(x);
}

/// The nearest integer, halves away from zero.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T round(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::round(x) : at_run_time::round(x);
}

}  // namespace tapeless::math
