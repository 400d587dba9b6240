// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <limits>

#include <tapeless/math/double_double.hpp>

/// exp and its relatives, by one table of sixteenth powers of two.
/// Method: P. T. P. Tang, Table-driven implementation of the exponential function, 1989; reduction of W. J. Cody and
/// W. Waite, Software manual for the elementary functions, 1980; coefficients are those of Taylor.
namespace tapeless::math {

namespace detail {

inline constexpr double_double ln2{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
inline constexpr double_double ln10{0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53};

/// 2^(j/16).
// clang-format off
inline constexpr double_double sixteenth_powers[16] = {
  {0x1p+0, 0x0p+0}, {0x1.0b5586cf9890fp+0, 0x1.8a62e4adc610bp-54},
  {0x1.172b83c7d517bp+0, -0x1.19041b9d78a76p-55}, {0x1.2387a6e756238p+0, 0x1.9b07eb6c70573p-54},
  {0x1.306fe0a31b715p+0, 0x1.6f46ad23182e4p-55}, {0x1.3dea64c123422p+0, 0x1.ada0911f09ebcp-55},
  {0x1.4bfdad5362a27p+0, 0x1.d4397afec42e2p-56}, {0x1.5ab07dd485429p+0, 0x1.6324c054647adp-54},
  {0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54}, {0x1.7a11473eb0187p+0, -0x1.41577ee04992fp-55},
  {0x1.8ace5422aa0dbp+0, 0x1.6e9f156864b27p-54}, {0x1.9c49182a3f09p+0, 0x1.c7c46b071f2bep-56},
  {0x1.ae89f995ad3adp+0, 0x1.7a1cd345dcc81p-54}, {0x1.c199bdd85529cp+0, 0x1.11065895048ddp-55},
  {0x1.d5818dcfba487p+0, 0x1.2ed02d75b3707p-55}, {0x1.ea4afa2a490dap+0, -0x1.e9c23179c2893p-54},
};
// clang-format on

/// e^x = 2^exponent (leading + rest), with 1 <= leading < 2 and |rest| < 0.05.
struct exponential {
  double_double leading;
  double_double rest;
  int exponent;
};

/// 2^(n/16) e^r for |r| <= 0.022. Relative error 2^-75.
constexpr exponential exponential_of(int n, double_double r) noexcept {
  constexpr double c[] = {1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880, 1. / 3628800};
  const double_double square = r * r;
  const double tail = square.hi * r.hi * polynomial(c, r.hi);
  const double_double leading = sixteenth_powers[n & 15];
  return {leading, leading * (r + (halved(square) + tail)), n >> 4};
}

/// The integer nearest to x, which must be smaller than 2^31.
constexpr int nearest(double x) noexcept { return static_cast<int>(x < 0 ? x - 0.5 : x + 0.5); }

/// e^x for |x| < 23000.
constexpr exponential exponential_of(double_double x) noexcept {
  const int n = nearest(x.hi * 0x1.71547652b82fep+4);  // 16 / ln 2
  // x - n ln 2 / 16 with ln 2 / 16 in three parts; the products with the first two are exact.
  const double_double head = two_sum(x.hi - n * 0x1.62e42fef8p-5, n * -0x1.1cf79abc8p-40);
  return exponential_of(n, head + (x.lo - n * 0x1.e3b39803f2f6bp-76));
}

constexpr double_double expm1(double_double x) noexcept {
  const auto [leading, rest, k] = exponential_of(x);
  return (scaled(leading, k) - 1.0) + scaled(rest, k);
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T exp(T x) noexcept {
  using limits = std::numeric_limits<T>;
  if (isnan(x)) return x;
  if (x > limits::max_exponent * T{0.6953125}) return infinity<T>;
  if (x < (limits::min_exponent - limits::digits - 1) * T{0.6953125}) return 0;
  const auto [leading, rest, k] = detail::exponential_of(detail::widen(x));
  return detail::round_to<T>(leading + rest, k);
}

template <std::floating_point T>
constexpr T exp2(T x) noexcept {
  using limits = std::numeric_limits<T>;
  if (isnan(x)) return x;
  if (x >= limits::max_exponent) return infinity<T>;
  if (x < limits::min_exponent - limits::digits - 1) return 0;
  const detail::double_double d = detail::widen(x);
  const int n = detail::nearest(d.hi * 16);
  const auto [leading, rest, k] = detail::exponential_of(n, (d - n / 16.0) * detail::ln2);
  return detail::round_to<T>(leading + rest, k);
}

template <std::floating_point T>
constexpr T exp10(T x) noexcept {
  using limits = std::numeric_limits<T>;
  if (isnan(x)) return x;
  if (x > limits::max_exponent10 + 1) return infinity<T>;
  if (x < limits::min_exponent10 - limits::digits10 - 3) return 0;
  const detail::double_double d = detail::widen(x);
  const int n = detail::nearest(d.hi * 0x1.a934f0979a371p+5);  // 16 log2 10
  // As in exponential_of, with log10 2 / 16 in three parts.
  const auto head = detail::two_sum(d.hi - n * 0x1.3441350ap-6, n * 0x1.0c0219dcp-43);
  const auto [leading, rest, k] = detail::exponential_of(n, (head + (d.lo + n * 0x1.da994fd20dba2p-79)) * detail::ln10);
  return detail::round_to<T>(leading + rest, k);
}

template <std::floating_point T>
constexpr T expm1(T x) noexcept {
  using limits = std::numeric_limits<T>;
  if (isnan(x) || abs(x) < T{0x1p-70}) return x;
  if (x > limits::max_exponent * T{0.6953125}) return infinity<T>;
  if (x < -60) return -1;
  if (x > 60) return exp(x);
  return detail::round_to<T>(detail::expm1(detail::widen(x)));
}

}  // namespace at_compile_time

/// e^x. exp(+-0) = 1, exp(inf) = inf, exp(-inf) = 0.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T exp(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::exp(x) : at_run_time::exp(x);
}

/// 2^x, exact for integers. exp2(inf) = inf, exp2(-inf) = 0.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T exp2(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::exp2(x) : at_run_time::exp2(x);
}

/// 10^x, at run time pow(10, x). exp10(inf) = inf, exp10(-inf) = 0.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T exp10(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::exp10(x) : at_run_time::pow(T{10}, x);
}

/// e^x - 1, accurate near zero. expm1(+-0) = +-0, expm1(inf) = inf, expm1(-inf) = -1.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T expm1(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::expm1(x) : at_run_time::expm1(x);
}

}  // namespace tapeless::math
