// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/math/inverse_trigonometric.hpp>
#include <tapeless/math/logarithm.hpp>
#include <tapeless/math/rounding.hpp>

/// The gamma function and its logarithm.
/// Method: upward recurrence to x >= 16, then the asymptotic series of J. Stirling (1730), with reflection (L. Euler)
/// for negative arguments. Next to the zeros of lgamma at negative x an absolute error of 2^-75 remains.
namespace tapeless::math {

namespace detail {

/// Coefficients B(2k) / (2k (2k - 1)) of Stirling's series in 1/x^2.
// clang-format off
inline constexpr double_double stirling_leading[] = {
  {0x1.5555555555555p-4, 0x1.5555555555555p-58}, {-0x1.6c16c16c16c17p-9, 0x1.f49f49f49f49fp-64},
  {0x1.a01a01a01a01ap-11, 0x1.a01a01a01a01ap-71}, {-0x1.3813813813814p-11, 0x1.fb1fb1fb1fb2p-65},
};
inline constexpr double stirling_tail[] = {
  0x1.b951e2b18ff23p-11, -0x1.f6ab0d9993c7dp-10, 0x1.a41a41a41a41ap-8, -0x1.e4286cb0f5398p-6,
  0x1.6fe96381e068p-3, -0x1.6476701181f3ap+0, 0x1.ace44322ce006p+3, -0x1.39b2525cccc1bp+7,
  0x1.12234e81b4e82p+11, -0x1.1a198ae1c4ab8p+15, 0x1.51a2089a6e11ap+19, -0x1.d1089b142d357p+23,
  0x1.6d29a0f6433b8p+28,
};
// clang-format on

/// log Gamma(x) for x >= 16: (x - 1/2) log x - x + log(2 pi)/2 + 1/(12 x) - ...
constexpr double_double log_gamma_far(double_double x) noexcept {
  constexpr double_double half_log_two_pi{0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55};
  const double_double u = 1.0 / x;
  return (x - 0.5) * log(x) - x + (half_log_two_pi + u * polynomial(stirling_leading, stirling_tail, u * u));
}

/// Gamma(x) = Gamma(x + n) / (x (x + 1) ... (x + n - 1)) with x + n >= 16.
struct raised {
  double_double x;
  double_double product{1, 0};
};

constexpr raised raise(double_double x) noexcept {
  raised r{x};
  for (; r.x.hi < 16; r.x = r.x + 1.0) r.product = r.product * r.x;
  return r;
}

/// Gamma(x) for 2^-80 < x < 2000.
constexpr binary_scaled gamma(double_double x) noexcept {
  const auto [far, product] = raise(x);
  const auto [leading, rest, k] = exponential_of(log_gamma_far(far));
  return {(leading + rest) / product, k};
}

/// log Gamma(x) for 2^-80 < x < 2^80.
constexpr double_double log_gamma(double_double x) noexcept {
  const auto [far, product] = raise(x);
  return x.hi < 16 ? log_gamma_far(far) - log(product) : log_gamma_far(far);
}

/// log Gamma(1 + t) for |t| <= 2^-26: -g t + zeta(2) t^2/2 - zeta(3) t^3/3 with Euler's constant g.
constexpr double_double log_gamma_next_to_one(double_double t) noexcept {
  constexpr double c[] = {0x1.a51a6625307d3p-1, -0x1.9a4d55beab2d7p-2};
  return t * (double_double{-0x1.2788cfc6fb619p-1, 0x1.6cb90701fbfabp-58} + t.hi * polynomial(c, t.hi));
}

/// log Gamma(2 + t): the same plus log(1 + t).
constexpr double_double log_gamma_next_to_two(double_double t) noexcept {
  constexpr double c[] = {0x1.4a34cc4a60fa6p-2, -0x1.13e001a557607p-4};
  return t * (double_double{0x1.b0ee6072093cep-2, 0x1.6cb90701fbfabp-58} + t.hi * polynomial(c, t.hi));
}

/// sin(pi x) and cos(pi x) for |x| <= 1/2.
constexpr sine_and_cosine circular_half_turns(double_double x) noexcept {
  if (x.hi < 0) {
    const auto [sine, cosine] = circular_half_turns(-x);
    return {-sine, cosine};
  }
  const bool swapped = x.hi > 0.25;
  const circular c(pi * (swapped ? 0.5 - x : x));
  return swapped ? sine_and_cosine{cos(c), sin(c)} : sine_and_cosine{sin(c), cos(c)};
}

/// What is left of x after its nearest integer; exact.
template <std::floating_point T>
constexpr double_double fractional(T x) noexcept {
  return widen(x - at_compile_time::round(x));
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T tgamma(T x) noexcept {
  if (x == 0) return copysign(infinity<T>, x);
  if (isnan(x) || (x < 0 && trunc(x) == x)) return not_a_number<T>;
  if (x > 1800) return infinity<T>;
  if (x < -1800) return detail::odd_integer(floor(x)) ? -T{0} : T{0};
  if (abs(x) < T{0x1p-80}) {  // 1/x
    const auto [m, e] = detail::decompose(x);
    return detail::round_to<T>(1.0 / detail::widen(m), -e);
  }
  if (x > 0) {
    const auto [m, n] = detail::gamma(detail::widen(x));
    return detail::round_to<T>(m, n);
  }
  // pi / (sin(pi x) Gamma(1 - x))
  const auto [m, n] = detail::gamma(1.0 - detail::widen(x));
  const detail::double_double sine = detail::circular_half_turns(detail::fractional(x)).sine;
  const detail::double_double r = detail::pi / (sine * m);
  return detail::round_to<T>(detail::odd_integer(round(x)) ? -r : r, -n);
}

template <std::floating_point T>
constexpr T lgamma(T x) noexcept {
  if (isnan(x)) return x;
  if (isinf(x) || (x <= 0 && trunc(x) == x)) return infinity<T>;
  if (x == 1 || x == 2) return 0;
  if (x > T{0x1p80}) {  // x (log x - 1)
    const auto [m, e] = detail::decompose(x);
    return detail::round_to<T>((detail::log(detail::centred(x)) - 1.0) * detail::widen(m), e);
  }
  if (abs(x) < T{0x1p-80}) return detail::round_to<T>(-detail::log(detail::centred(abs(x))));
  if (abs(x - 1) < T{0x1p-26}) return detail::round_to<T>(detail::log_gamma_next_to_one(detail::widen(x - 1)));
  if (abs(x - 2) < T{0x1p-26}) return detail::round_to<T>(detail::log_gamma_next_to_two(detail::widen(x - 2)));
  if (x > 0) return detail::round_to<T>(detail::log_gamma(detail::widen(x)));
  // log |pi / sin(pi x)| - log Gamma(1 - x)
  const detail::double_double sine = detail::circular_half_turns(detail::fractional(x)).sine;
  const detail::double_double sum = detail::log_gamma(1.0 - detail::widen(x));
  return detail::round_to<T>(detail::log(detail::pi / (sine.hi < 0 ? -sine : sine)) - sum);
}

}  // namespace at_compile_time

/// The gamma function, (x - 1)! for integers. tgamma(+-0) = +-inf, tgamma(inf) = inf; NaN at the negative integers
/// and -inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T tgamma(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::tgamma(x) : at_run_time::tgamma(x);
}

/// log |tgamma(x)|. lgamma(1) = lgamma(2) = +0, lgamma(+-inf) = inf; inf at 0 and the negative integers.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T lgamma(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::lgamma(x) : at_run_time::lgamma(x);
}

}  // namespace tapeless::math
