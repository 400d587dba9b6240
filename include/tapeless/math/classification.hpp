// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

/// Signs, order and the kinds of floating point numbers, exact.
/// Here and in all of this layer __builtin_is_constant_evaluated() stands for the function of the standard library,
/// whose call would leave the other branch in unoptimised code.
namespace tapeless::math {

template <std::floating_point T>
inline constexpr T infinity = std::numeric_limits<T>::infinity();

template <std::floating_point T>
inline constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();

/// |x|; also clears the sign of -0, -inf and NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T abs(T x) noexcept {
  if constexpr (std::same_as<T, float>) return __builtin_fabsf(x);
  else if constexpr (std::same_as<T, double>) return __builtin_fabs(x);
  else return __builtin_fabsl(x);
}

/// |x| with the sign of `sign`, be it a zero or a NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T copysign(T x, T sign) noexcept {
  if constexpr (std::same_as<T, float>) return __builtin_copysignf(x, sign);
  else if constexpr (std::same_as<T, double>) return __builtin_copysign(x, sign);
  else return __builtin_copysignl(x, sign);
}

/// Is the sign bit set? True for -0, -inf and negative NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr bool signbit(T x) noexcept {
  // Clang 19: __builtin_signbit is not a constant expression.
  return __builtin_is_constant_evaluated() ? copysign(T{1}, x) < 0 : __builtin_signbit(x) != 0;
}

template <std::floating_point T>
[[gnu::always_inline]] constexpr bool isnan(T x) noexcept {
  // The comparison holds in constant expressions even under -ffast-math.
  return __builtin_is_constant_evaluated() ? x != x : __builtin_isnan(x);  // NOLINT(misc-redundant-expression)
}

template <std::floating_point T>
[[gnu::always_inline]] constexpr bool isinf(T x) noexcept {
  return __builtin_is_constant_evaluated() ? abs(x) == infinity<T> : __builtin_isinf(x) != 0;
}

template <std::floating_point T>
[[gnu::always_inline]] constexpr bool isfinite(T x) noexcept {
  return __builtin_is_constant_evaluated() ? abs(x) < infinity<T> : __builtin_isfinite(x) != 0;
}

/// The smaller of two numbers, a if neither is smaller (as std::min): min(a, NaN) = a, min(NaN, b) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T min(T a, T b) noexcept {
  return b < a ? b : a;
}

/// The larger of two numbers, a if neither is larger (as std::max): max(a, NaN) = a, max(NaN, b) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T max(T a, T b) noexcept {
  return a < b ? b : a;
}

}  // namespace tapeless::math
