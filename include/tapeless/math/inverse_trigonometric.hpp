// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/math/double_double.hpp>
#include <tapeless/math/root.hpp>
#include <tapeless/math/trigonometric.hpp>

/// Angles from their sines, cosines and tangents: all of them by one arctangent of a quotient.
/// Method: the addition theorem at a table of sixteenths, and the series of Gregory in between: P. T. P. Tang,
/// Table-lookup algorithms for elementary functions, 1991.
namespace tapeless::math {

namespace detail {

inline constexpr double_double pi{0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};

/// atan(j/16).
// clang-format off
inline constexpr double_double sixteenth_arctangents[17] = {
  {0x0p+0, 0x0p+0}, {0x1.ff55bb72cfdeap-5, -0x1.c934d86d23f1dp-60},
  {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59}, {0x1.7b97b4bce5b02p-3, 0x1.347b0b4f881cap-58},
  {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57}, {0x1.362773707ebccp-2, -0x1.963a544b672d8p-57},
  {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56}, {0x1.a64eec3cc23fdp-2, -0x1.24dec1b50b7ffp-56},
  {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56}, {0x1.0657e94db30dp-1, -0x1.d5b495f6349e6p-56},
  {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58}, {0x1.345f01cce37bbp-1, 0x1.1021137c71102p-55},
  {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56}, {0x1.5d58987169b18p-1, 0x1.0028e4bc5e7cap-57},
  {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56}, {0x1.819d0b7158a4dp-1, -0x1.bf76229d3b917p-56},
  {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
};
// clang-format on

/// atan(y/x) for y >= 0, x > 0: by t = (y - f x) / (x + f y), f = j/16, |t| <= 1/32. Relative error 2^-74.
constexpr double_double arctangent(double_double y, double_double x) noexcept {
  if (y.hi > x.hi) return half_pi - arctangent(x, y);
  constexpr double_double third{0x1.5555555555555p-2, 0x1.5555555555555p-56};
  constexpr double c[] = {1. / 5, -1. / 7, 1. / 9, -1. / 11, 1. / 13, -1. / 15};
  const int j = nearest(y.hi / x.hi * 16);
  const double f = j / 16.0;
  const double_double t = (y - x * f) / (x + y * f), square = t * t;
  return sixteenth_arctangents[j] + (t + t * (square * (square.hi * polynomial(c, square.hi) - third)));
}

/// sqrt(1 - x^2).
constexpr double_double cosine_of_arcsine(double_double x) noexcept { return sqrt((1.0 - x) * (x + 1.0)); }

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T atan2(T y, T x) noexcept {
  if (isnan(x) || isnan(y)) return not_a_number<T>;
  using detail::round_to;
  const T a = abs(x), b = abs(y);
  if (b == 0 && !signbit(x)) return y;
  if (b == 0) return copysign(round_to<T>(detail::pi), y);
  if (a == 0 || (isinf(b) && !isinf(a))) return copysign(round_to<T>(detail::half_pi), y);
  if (isinf(a) && !isinf(b)) return copysign(x > 0 ? T{0} : round_to<T>(detail::pi), y);
  const int e = isinf(a) ? 0 : detail::exponent(a), difference = isinf(a) ? 0 : detail::exponent(b) - e;
  if (difference > 80) return copysign(round_to<T>(detail::half_pi), y);
  if (difference < -80) return x > 0 ? y / x : copysign(round_to<T>(detail::pi), y);
  // Of the same order, or both infinite: atan2(inf, inf) = atan2(1, 1).
  const auto angle = isinf(a) ? detail::arctangent({1, 0}, {1, 0})
                              : detail::arctangent(detail::widen(ldexp(b, -e)), detail::widen(ldexp(a, -e)));
  return copysign(round_to<T>(x > 0 ? angle : detail::pi - angle), y);
}

template <std::floating_point T>
constexpr T atan(T x) noexcept {
  return atan2(x, T{1});
}

template <std::floating_point T>
constexpr T asin(T x) noexcept {
  if (isnan(x) || abs(x) > 1) return not_a_number<T>;
  if (detail::negligible(x)) return x;
  const detail::double_double d = detail::widen(abs(x));
  if (abs(x) == 1) return copysign(detail::round_to<T>(detail::half_pi), x);
  return copysign(detail::round_to<T>(detail::arctangent(d, detail::cosine_of_arcsine(d))), x);
}

template <std::floating_point T>
constexpr T acos(T x) noexcept {
  if (isnan(x) || abs(x) > 1) return not_a_number<T>;
  if (abs(x) < T{0x1p-80}) return detail::round_to<T>(detail::half_pi);
  if (abs(x) == 1) return x > 0 ? T{0} : detail::round_to<T>(detail::pi);
  const detail::double_double d = detail::widen(abs(x));
  const detail::double_double angle = detail::arctangent(detail::cosine_of_arcsine(d), d);
  return detail::round_to<T>(x > 0 ? angle : detail::pi - angle);
}

}  // namespace at_compile_time

/// The angle of the point (x, y) in [-pi, pi]. atan2(+-0, x >= +0) = +-0, atan2(+-0, x <= -0) = +-pi;
/// infinities stand for their limits: atan2(+-inf, -inf) = +-3 pi/4.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T atan2(T y, T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::atan2(y, x) : at_run_time::atan2(y, x);
}

/// The angle in [-pi/2, pi/2] whose tangent is x. atan(+-0) = +-0, atan(+-inf) = +-pi/2.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T atan(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::atan(x) : at_run_time::atan(x);
}

/// The angle in [-pi/2, pi/2] whose sine is x. asin(+-0) = +-0, asin(|x| > 1) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T asin(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::asin(x) : at_run_time::asin(x);
}

/// The angle in [0, pi] whose cosine is x. acos(1) = +0, acos(|x| > 1) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T acos(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::acos(x) : at_run_time::acos(x);
}

}  // namespace tapeless::math
