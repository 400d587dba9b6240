// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/math/double_double.hpp>
#include <tapeless/math/exponential.hpp>

/// The error function and its complement.
/// Method: erf(x) / x as a polynomial in x^2 near zero; further out x e^(x^2) erfc(x) as a polynomial in
/// (x - c) / (x + c) (M. M. Shepherd and J. G. Laframboise, 1981). Coefficients: interpolation at Chebyshev's nodes
/// in 400-bit arithmetic.
namespace tapeless::math {

namespace detail {

/// erf(x) / x in powers of x^2, for |x| <= 1. Relative error 2^-74.
// clang-format off
inline constexpr double_double erf_near_zero_leading[] = {
  {0x1.20dd750429b6dp+0, 0x1.1ae380933e55ep-56}, {-0x1.812746b0379e7p-2, 0x1.eea151a4fdd9dp-57},
  {0x1.ce2f21a042be2p-4, -0x1.7b94f693a4177p-58}, {-0x1.b82ce31288b47p-6, -0x1.24b0fd56d7c59p-60},
  {0x1.565bcd0e6a2eep-8, 0x1.f8ef42650a443p-62}, {-0x1.c02db40035f1ep-11, 0x1.65171e8bb7fa2p-65},
  {0x1.f9a326f7ac5b1p-14, 0x1.78be7948671ffp-68},
};
inline constexpr double erf_near_zero_tail[] = {
  -0x1.f4d25bf9af03ap-17, 0x1.b9e6c38e5cf3dp-20, -0x1.5f73c3bf14b91p-23, 0x1.fcbb312b48443p-27,
  -0x1.517ce02f1265fp-30, 0x1.9a0fcb5e22c5bp-34, -0x1.b40e7abf9fp-38, 0x1.3c01fd3a74542p-42,
};
// clang-format on

/// x e^(x^2) erfc(x) in powers of (x - 1.5) / (x + 1.5), for 1 <= x <= 2.5. Relative error 2^-68.
// clang-format off
inline constexpr double_double erfc_middle_leading[] = {
  {0x1.edf487f74041cp-2, 0x1.d6985bbd9f8cap-56}, {0x1.d3df3aa9a7f1cp-3, -0x1.817100b4ddbecp-57},
  {-0x1.ba9a07c196794p-3, -0x1.92469af0f39bfp-57}, {0x1.f967fa215d692p-5, 0x1.44ca71ca08efcp-62},
  {0x1.44cd14dcf39f1p-6, 0x1.061fe247392cep-61},
};
inline constexpr double erfc_middle_tail[] = {
  -0x1.200cc86626033p-7, -0x1.509531ef0840cp-8, 0x1.f8225678c372dp-12, 0x1.5c2254197b9fp-10,
  0x1.b74cafce733efp-12, -0x1.3dd4047850c0ap-13, -0x1.91cdcf86bbc93p-13, -0x1.07443baac08c8p-14,
  0x1.4b582434f8e3dp-16, 0x1.0e0854a211105p-15, 0x1.d7bae545c3bbbp-17, -0x1.e37b3ee13f162p-19,
};
// clang-format on

/// The same in powers of (x - 4) / (x + 4), for 2.5 <= x <= 110. Relative error 2^-69.
// clang-format off
inline constexpr double_double erfc_far_leading[] = {
  {0x1.18932bf08e154p-1, 0x1.0982b81739a6fp-55}, {0x1.e9412fa33c74bp-5, 0x1.5872171a9de6cp-61},
  {-0x1.a070bc6920ae6p-4, -0x1.aa7ef87162539p-58}, {0x1.dbdcdede70ef2p-4, -0x1.9858f3c3084fcp-58},
  {-0x1.ae15a7fd20a7dp-4, -0x1.e0f55d6c60f44p-58}, {0x1.4135abc964a2ap-4, 0x1.ff40e5b0001e9p-58},
  {-0x1.8fe3de809432ep-5, 0x1.658129d5c3aafp-60}, {0x1.99b1a2fb842b6p-6, 0x1.c1539d09dc034p-60},
  {-0x1.4be83363b3f58p-7, -0x1.97f50a1ae5154p-64}, {0x1.7e259209bf71p-9, -0x1.c5863c60853edp-65},
  {-0x1.81e1cae9ae624p-12, 0x1.ebb8489d9442cp-68},
};
inline constexpr double erfc_far_tail[] = {
  -0x1.23c16dd411d6ap-13, 0x1.6b2dd60165dbdp-14, -0x1.797037ed2395dp-17, -0x1.db2d77bdc343p-18,
  0x1.9a785a1fbaa74p-19, 0x1.2a786d951ca02p-22, -0x1.caaf13cd346b1p-22, -0x1.2d366be461d58p-25,
  0x1.20eaa62c47f48p-23, -0x1.0a02547b15c35p-24, 0x1.c06b0e0f62784p-27, -0x1.30bc17b0a0f3ap-30,
};
// clang-format on

/// erf(x) for |x| <= 1.
constexpr double_double erf_near_zero(double_double x) noexcept {
  return x * polynomial(erf_near_zero_leading, erf_near_zero_tail, x * x);
}

/// erfc(x) for 1 <= x <= 110: the significand and the exponent.
constexpr binary_scaled erfc_far(double_double x) noexcept {
  const auto [leading, rest, k] = exponential_of(-(x * x));
  const double_double e = (leading + rest) / x;
  if (x.hi < 2.5) {
    return {e * polynomial(erfc_middle_leading, erfc_middle_tail, (x - 1.5) / (x + 1.5)), k};
  }
  return {e * polynomial(erfc_far_leading, erfc_far_tail, (x - 4.0) / (x + 4.0)), k};
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T erf(T x) noexcept {
  if (isnan(x) || x == 0) return x;
  if (abs(x) > 8) return copysign(T{1}, x);
  if (abs(x) < T{0x1p-36}) {
    constexpr detail::double_double slope = detail::erf_near_zero_leading[0];
    const auto [m, e] = detail::decompose(x);
    return detail::round_to<T>(detail::widen(m) * slope, e);
  }
  const detail::double_double d = detail::widen(abs(x));
  if (d.hi <= 1) return copysign(detail::round_to<T>(detail::erf_near_zero(d)), x);
  const auto [m, k] = detail::erfc_far(d);
  return copysign(detail::round_to<T>(1.0 - detail::scaled(m, k)), x);
}

template <std::floating_point T>
constexpr T erfc(T x) noexcept {
  if (isnan(x)) return x;
  if (abs(x) < T{0x1p-80}) return 1;
  if (x > 110) return 0;
  if (x < -10) return 2;
  const detail::double_double d = detail::widen(x);
  if (abs(d.hi) <= 1) return detail::round_to<T>(1.0 - detail::erf_near_zero(d));
  const auto [m, k] = detail::erfc_far(d.hi < 0 ? -d : d);
  return x > 0 ? detail::round_to<T>(m, k) : detail::round_to<T>(2.0 - detail::scaled(m, k));
}

template <std::floating_point T>
constexpr T gelu(T x) noexcept {
  using detail::double_double;
  if (x == -infinity<T>) return not_a_number<T>;
  if (isnan(x) || x > 15) return x;
  if (abs(x) < T{0x1p-80}) return x / 2;
  if (x < -170) return -T{0};
  constexpr double_double root_half{0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55};
  const double_double half = detail::halved(detail::widen(x)), d = detail::widen(x) * root_half;
  if (abs(d.hi) <= 1) return detail::round_to<T>(half * (1.0 + detail::erf_near_zero(d)));
  const auto [m, k] = detail::erfc_far(d.hi < 0 ? -d : d);
  return x < 0 ? detail::round_to<T>(half * m, k) : detail::round_to<T>(half * (2.0 - detail::scaled(m, k)));
}

}  // namespace at_compile_time

namespace at_run_time {

template <std::floating_point T>
[[gnu::always_inline]] inline T gelu(T x) noexcept {
  return x / 2 * erfc(static_cast<T>(-0.707106781186547524400844362104849039L) * x);
}

}  // namespace at_run_time

/// 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x. erf(+-0) = +-0, erf(+-inf) = +-1.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T erf(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::erf(x) : at_run_time::erf(x);
}

/// 1 - erf(x), accurate where that is tiny. erfc(inf) = 0, erfc(-inf) = 2.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T erfc(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::erfc(x) : at_run_time::erfc(x);
}

/// x erfc(-x / sqrt(2)) / 2: x times the probability that a normal variate of variance 1 is below x; accurate where it
/// is tiny. gelu(+-0) = +-0; NaN at -inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T gelu(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::gelu(x) : at_run_time::gelu(x);
}

}  // namespace tapeless::math
