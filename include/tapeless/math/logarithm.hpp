// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/math/double_double.hpp>
#include <tapeless/math/exponential.hpp>
#include <tapeless/math/ieee.hpp>

/// log and its relatives, by a table of logarithms and the series of atanh.
/// Method: P. T. P. Tang, Table-driven implementation of the logarithm function, 1990; coefficients of Taylor.
namespace tapeless::math {

namespace detail {

inline constexpr double_double inverse_ln2{0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};
inline constexpr double_double inverse_ln10{0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};

/// log(j/32) for j = 22, ..., 46.
// clang-format off
inline constexpr double_double thirty_second_logarithms[25] = {
  {-0x1.7fafa3bd8151cp-2, 0x1.219024acd3b77p-58}, {-0x1.522ae0738a3d8p-2, 0x1.8f7e9b38a6979p-57},
  {-0x1.269621134db92p-2, -0x1.e0efadd9db02bp-56}, {-0x1.f991c6cb3b379p-3, -0x1.f665066f980a2p-57},
  {-0x1.a93ed3c8ad9e3p-3, -0x1.bcafa9de97203p-57}, {-0x1.5bf406b543db2p-3, 0x1.1f5b44c0df7e7p-61},
  {-0x1.1178e8227e47cp-3, 0x1.0e63a5f01c691p-58}, {-0x1.9335e5d594989p-4, 0x1.478a85704ccb7p-58},
  {-0x1.08598b59e3a07p-4, 0x1.dd7009902bf32p-58}, {-0x1.0415d89e74444p-5, -0x1.c05cf1d753622p-59},
  {0x0p+0, 0x0p+0}, {0x1.f829b0e7833p-6, 0x1.33e3f04f1ef23p-60},
  {0x1.f0a30c01162a6p-5, 0x1.85f325c5bbacdp-59}, {0x1.6f0d28ae56b4cp-4, -0x1.906d99184b992p-58},
  {0x1.e27076e2af2e6p-4, -0x1.61578001e0162p-60}, {0x1.29552f81ff523p-3, 0x1.301771c407dbfp-57},
  {0x1.5ff3070a793d4p-3, -0x1.bc60efafc6f6ep-58}, {0x1.9525a9cf456b4p-3, 0x1.d904c1d4e2e26p-57},
  {0x1.c8ff7c79a9a22p-3, -0x1.4f689f8434012p-57}, {0x1.fb9186d5e3e2bp-3, -0x1.caaae64f21acbp-57},
  {0x1.1675cababa60ep-2, 0x1.ce63eab883717p-61}, {0x1.2e8e2bae11d31p-2, -0x1.8f4cdb95ebdf9p-56},
  {0x1.4618bc21c5ec2p-2, 0x1.f42decdeccf1dp-56}, {0x1.5d1bdbf5809cap-2, 0x1.4236383dc7fe1p-56},
  {0x1.739d7f6bbd007p-2, -0x1.8c76ceb014b04p-56},
};
// clang-format on

/// log((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 + ...) for |s| <= 0.012. Relative error 2^-94.
constexpr double_double twice_atanh(double_double s) noexcept {
  constexpr double_double leading[] = {{0x1.5555555555555p-2, 0x1.5555555555555p-56},
                                       {0x1.999999999999ap-3, -0x1.999999999999ap-57}};
  constexpr double tail[] = {1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17};
  const double_double square = s * s;
  return doubled(s + s * (square * polynomial(leading, tail, square)));
}

/// log m for 1/sqrt(2) <= m <= sqrt(2): the table at the nearest f = j/32, and log(m/f) by s = (m - f) / (m + f).
constexpr double_double log_near_one(double_double m) noexcept {
  const int j = nearest(m.hi * 32);
  const double f = j / 32.0;
  const double_double series = twice_atanh((m - f) / (m + f));
  return j == 32 ? series : thirty_second_logarithms[j - 22] + series;
}

/// log(1 + x) for |x| < 1/64 keeps the relative accuracy of x.
constexpr double_double log1p_near_zero(double_double x) noexcept { return twice_atanh(x / (x + 2.0)); }

/// x = m 2^n with 1/sqrt(2) <= m < sqrt(2).
template <std::floating_point T>
constexpr binary_scaled centred(T x) noexcept {
  const auto [m, e] = decompose(x);
  const double_double d = widen(m);
  return d.hi > 1.41421356 ? binary_scaled{halved(d), e + 1} : binary_scaled{d, e};
}

/// log x for a positive finite x of any magnitude.
constexpr double_double log(binary_scaled x) noexcept { return ln2 * x.n + log_near_one(x.m); }

/// log x for a double-double.
constexpr double_double log(double_double x) noexcept {
  binary_scaled s = centred(x.hi);
  s.m = s.m + x.lo * power_of_two(-s.n);
  return log(s);
}

/// What every logarithm is outside of (0, inf).
template <std::floating_point T>
constexpr T log_special(T x) noexcept {
  return x == 0 ? -infinity<T> : x < 0 ? not_a_number<T> : x;
}

template <std::floating_point T>
constexpr bool positive_finite(T x) noexcept {
  return x > 0 && x < infinity<T>;
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T log(T x) noexcept {
  if (!detail::positive_finite(x)) return detail::log_special(x);
  return detail::round_to<T>(detail::log(detail::centred(x)));
}

template <std::floating_point T>
constexpr T log2(T x) noexcept {
  if (!detail::positive_finite(x)) return detail::log_special(x);
  const auto [m, n] = detail::centred(x);
  return detail::round_to<T>(detail::log_near_one(m) * detail::inverse_ln2 + n);
}

template <std::floating_point T>
constexpr T log10(T x) noexcept {
  if (!detail::positive_finite(x)) return detail::log_special(x);
  return detail::round_to<T>(detail::log(detail::centred(x)) * detail::inverse_ln10);
}

template <std::floating_point T>
constexpr T log1p(T x) noexcept {
  if (isnan(x) || abs(x) < T{0x1p-70}) return x;
  if (x <= -1) return x == -1 ? -infinity<T> : not_a_number<T>;
  if (x > T{0x1p100}) return log(x);
  const detail::double_double d = detail::widen(x);
  return detail::round_to<T>(abs(d.hi) < 0x1p-6 ? detail::log1p_near_zero(d) : detail::log(d + 1.0));
}

}  // namespace at_compile_time

/// The natural logarithm. log(1) = +0, log(+-0) = -inf, log(inf) = inf, log(x < 0) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T log(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::log(x) : at_run_time::log(x);
}

/// The logarithm to base 2, exact for powers of two. log2(+-0) = -inf, log2(inf) = inf, log2(x < 0) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T log2(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::log2(x) : at_run_time::log2(x);
}

/// The logarithm to base 10. log10(+-0) = -inf, log10(inf) = inf, log10(x < 0) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T log10(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::log10(x) : at_run_time::log10(x);
}

/// log(1 + x), accurate near zero. log1p(+-0) = +-0, log1p(-1) = -inf, log1p(inf) = inf, log1p(x < -1) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T log1p(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::log1p(x) : at_run_time::log1p(x);
}

namespace at_compile_time {

/// log(exp(x) + exp(y)). What the difference of x and y loses in rounding is a factor of its exponential.
template <std::floating_point T>
constexpr T logaddexp(T x, T y) noexcept {
  const T high = x < y ? y : x, low = x < y ? x : y;
  if (x == y) return high + log1p(T(1));  // equal infinities have no difference
  if (!ordinary(x, y)) return high + log1p(exp(sub(low, high)));
  const auto difference = detail::two_sum(low, -high);
  const T ratio = exp(difference.hi);
  return high + log1p(ratio + ratio * difference.lo);
}

}  // namespace at_compile_time

/// log(exp(x) + exp(y)) without overflow.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T logaddexp(T x, T y) noexcept {
  if (__builtin_is_constant_evaluated()) return at_compile_time::logaddexp(x, y);
  return (x < y ? y : x) + log1p(exp(x == y ? T(0) : -abs(x - y)));
}

}  // namespace tapeless::math
