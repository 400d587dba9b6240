// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

#include <tapeless/math/logarithm.hpp>
#include <tapeless/math/root.hpp>

/// Hyperbolic functions from e^x, their inverses from the logarithm.
/// Method: W. Kahan, Branch cuts for complex elementary functions, 1987, for the forms that do not cancel.
namespace tapeless::math {

namespace detail {

/// e^-x over e^x, where it is not negligible.
constexpr double_double reciprocal_square(double_double m, int n) noexcept {
  return n < 60 ? scaled(1.0 / (m * m), -2 * n) : double_double{};
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T sinh(T x) noexcept {
  if (isnan(x) || abs(x) < T{0x1p-36}) return x;
  if (abs(x) > std::numeric_limits<T>::max_exponent) return copysign(infinity<T>, x);
  const detail::double_double d = detail::widen(abs(x));
  if (d.hi < 1) {
    const detail::double_double e = detail::expm1(d);
    return copysign(detail::round_to<T>(e + e / (e + 1.0), -1), x);
  }
  const auto [leading, rest, k] = detail::exponential_of(d);
  const detail::double_double m = leading + rest;
  return copysign(detail::round_to<T>(m * (1.0 - detail::reciprocal_square(m, k)), k - 1), x);
}

template <std::floating_point T>
constexpr T cosh(T x) noexcept {
  if (isnan(x)) return x;
  if (abs(x) > std::numeric_limits<T>::max_exponent) return infinity<T>;
  if (abs(x) < T{0x1p-36}) return 1;
  const auto [leading, rest, k] = detail::exponential_of(detail::widen(abs(x)));
  const detail::double_double m = leading + rest;
  return detail::round_to<T>(m * (1.0 + detail::reciprocal_square(m, k)), k - 1);
}

template <std::floating_point T>
constexpr T tanh(T x) noexcept {
  if (isnan(x) || abs(x) < T{0x1p-36}) return x;
  if (abs(x) > 40) return copysign(T{1}, x);
  const detail::double_double e = detail::expm1(detail::doubled(detail::widen(x)));
  return detail::round_to<T>(e / (e + 2.0));
}

template <std::floating_point T>
constexpr T asinh(T x) noexcept {
  if (!isfinite(x) || abs(x) < T{0x1p-36}) return x;
  if (abs(x) > T{0x1p60}) {
    const auto [m, n] = detail::centred(abs(x));
    return copysign(detail::round_to<T>(detail::log({m, n + 1})), x);
  }
  const detail::double_double d = detail::widen(abs(x)), root = detail::sqrt(d * d + 1.0);
  const auto angle = d.hi < 0.02 ? detail::twice_atanh(d / (root + 1.0)) : detail::log(d + root);
  return copysign(detail::round_to<T>(angle), x);
}

template <std::floating_point T>
constexpr T acosh(T x) noexcept {
  if (isnan(x) || x < 1) return not_a_number<T>;
  if (x == 1 || x == infinity<T>) return x - 1;
  if (x > T{0x1p60}) {
    const auto [m, n] = detail::centred(x);
    return detail::round_to<T>(detail::log({m, n + 1}));
  }
  const detail::double_double d = detail::widen(x), below = d - 1.0, above = d + 1.0;
  if (below.hi < 0x1p-13) return detail::round_to<T>(detail::twice_atanh(detail::sqrt(below / above)));
  return detail::round_to<T>(detail::log(d + detail::sqrt(below * above)));
}

template <std::floating_point T>
constexpr T atanh(T x) noexcept {
  if (isnan(x) || abs(x) > 1) return not_a_number<T>;
  if (abs(x) == 1) return copysign(infinity<T>, x);
  if (abs(x) < T{0x1p-36}) return x;
  const detail::double_double d = detail::widen(abs(x));
  const auto twice = d.hi < 0.01 ? detail::twice_atanh(d) : detail::log((1.0 + d) / (1.0 - d));
  return copysign(detail::round_to<T>(twice, -1), x);
}

}  // namespace at_compile_time

/// (e^x - e^-x) / 2. sinh(+-0) = +-0, sinh(+-inf) = +-inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T sinh(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::sinh(x) : at_run_time::sinh(x);
}

/// (e^x + e^-x) / 2. cosh(0) = 1, cosh(+-inf) = inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T cosh(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::cosh(x) : at_run_time::cosh(x);
}

/// sinh x / cosh x. tanh(+-0) = +-0, tanh(+-inf) = +-1.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T tanh(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::tanh(x) : at_run_time::tanh(x);
}

/// The x of sinh x. asinh(+-0) = +-0, asinh(+-inf) = +-inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T asinh(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::asinh(x) : at_run_time::asinh(x);
}

/// The x >= 0 of cosh x. acosh(1) = +0, acosh(inf) = inf, acosh(x < 1) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T acosh(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::acosh(x) : at_run_time::acosh(x);
}

/// The x of tanh x. atanh(+-0) = +-0, atanh(+-1) = +-inf, atanh(|x| > 1) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T atanh(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::atanh(x) : at_run_time::atanh(x);
}

}  // namespace tapeless::math
