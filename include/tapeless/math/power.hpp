// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

#include <tapeless/math/exponential.hpp>
#include <tapeless/math/logarithm.hpp>
#include <tapeless/math/rounding.hpp>

/// Powers x^y = e^(y log x), with log x to 94 bits.
namespace tapeless::math {

namespace detail {

/// |x|^y for finite x and |y| < 2^100, x not zero; negated on request.
template <std::floating_point T>
constexpr T power_of_magnitude(T x, double_double y, bool negated) noexcept {
  using limits = std::numeric_limits<T>;
  const double_double z = log(centred(abs(x))) * y;
  if (z.hi > limits::max_exponent * 0.6953125) return negated ? -infinity<T> : infinity<T>;
  if (z.hi < (limits::min_exponent - limits::digits - 1) * 0.6953125) return negated ? -T{0} : T{0};
  const auto [leading, rest, k] = exponential_of(z);
  const double_double power = leading + rest;
  return round_to<T>(negated ? -power : power, k);
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T pow(T x, T y) noexcept {
  if (y == 0 || x == 1) return 1;
  if (isnan(x) || isnan(y)) return not_a_number<T>;
  const bool negated = signbit(x) && detail::odd_integer(y);
  if (isinf(y) && x == -1) return 1;
  if (isinf(y) || x == 0 || isinf(x)) {
    const T magnitude = (abs(x) < 1) == (y < 0) ? infinity<T> : T{0};
    return negated ? -magnitude : magnitude;
  }
  if (x < 0 && trunc(y) != y) return not_a_number<T>;
  // Beyond 2^80 every power but that of -1 is 0 or infinite.
  const T bounded = abs(y) < T{0x1p80} ? y : copysign(T{0x1p80}, y);
  return detail::power_of_magnitude(x, detail::widen(bounded), negated);
}

template <std::floating_point T>
constexpr T powi(T x, int n) noexcept {
  if (n == 0 || isnan(x)) return n == 0 ? T{1} : x;
  const bool negated = signbit(x) && n % 2 != 0;
  if (x == 0 || isinf(x)) {
    const T magnitude = (x == 0) == (n < 0) ? infinity<T> : T{0};
    return negated ? -magnitude : magnitude;
  }
  return detail::power_of_magnitude(x, {static_cast<double>(n), 0}, negated);
}

}  // namespace at_compile_time

/// x^y. pow(x, +-0) = pow(1, y) = 1 even for NaN; pow(x < 0, y) is NaN unless y is an integer, and has its parity's
/// sign; pow(+-0, y < 0) is infinite; pow(-1, +-inf) = 1.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T pow(T x, T y) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::pow(x, y) : at_run_time::pow(x, y);
}

/// x^n for an integer n; powi(x, 0) = 1. At run time a chain of multiplications, inlined if n is known, which
/// rounds each time; at compile time rounded once.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T powi(T x, int n) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::powi(x, n) : at_run_time::powi(x, n);
}

}  // namespace tapeless::math
