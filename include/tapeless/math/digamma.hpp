// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

#include <tapeless/math/gamma.hpp>

/// The derivative of lgamma. The C library has none, so it is ours at run time too, where speed comes first.
/// Next to its zeros at negative x an absolute error remains: 2^-75 at compile time, some ulp of 1 at run time.
namespace tapeless::math {

namespace detail {

/// Coefficients -B(2k) / 2k of the derivative of Stirling's series, in 1/x^2.
// clang-format off
inline constexpr double_double digamma_leading[] = {
  {-0x1.5555555555555p-4, -0x1.5555555555555p-58}, {0x1.1111111111111p-7, 0x1.1111111111111p-63},
  {-0x1.041041041041p-8, -0x1.041041041041p-62}, {0x1.1111111111111p-8, 0x1.1111111111111p-64},
};
inline constexpr double digamma_tail[] = {
  -0x1.f07c1f07c1f08p-8, 0x1.5995995995996p-6, -0x1.5555555555555p-4, 0x1.c5e5e5e5e5e5ep-2,
  -0x1.86e7f9b9fe6e8p+1, 0x1.a74ca514ca515p+4, -0x1.1975cc0ed7304p+8, 0x1.c2f0566566566p+11,
  -0x1.ac572aaaaaaabp+15, 0x1.dc0b1a5cfbe16p+19, -0x1.31fad7cbf3cp+24, 0x1.c280563b8bcbdp+28,
  -0x1.7892edfdf5555p+33,
};
// clang-format on

/// Method: as gamma, by the derivative of Stirling's series, for 2^-80 < x < 2^80.
constexpr double_double digamma(double_double x) noexcept {
  double_double sum;
  for (; x.hi < 16; x = x + 1.0) sum = sum + 1.0 / x;
  const double_double u = 1.0 / x, square = u * u;
  return log(x) - halved(u) + (square * polynomial(digamma_leading, digamma_tail, square) - sum);
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T digamma(T x) noexcept {
  using detail::double_double;
  if (x == 0) return -copysign(infinity<T>, x);
  if (isnan(x) || (x < 0 && trunc(x) == x)) return not_a_number<T>;
  if (x > T{0x1p80}) return log(x);
  if (abs(x) < T{0x1p-80}) {  // -1/x
    const auto [m, e] = detail::decompose(x);
    return detail::round_to<T>(-1.0 / detail::widen(m), -e);
  }
  const double_double d = detail::widen(x);
  if (x < 0) {  // digamma(1 - x) - pi / tan(pi x)
    const auto [sine, cosine] = detail::circular_half_turns(detail::fractional(x));
    return detail::round_to<T>(detail::digamma(1.0 - d) - detail::pi * cosine / sine);
  }
  const double_double t = d - 0x1.762d86356be3fp+0 - double_double{0x1.b86a722197829p-54, 0x1.e0d62a6be90c7p-109};
  if (abs(t.hi) < 0x1p-30) {  // Taylor's series at the zero
    constexpr double_double slope{0x1.ef72bc8ee38acp-1, -0x1.3879eb97bf58dp-55};
    constexpr double c[] = {-0x1.c563b54aa1a35p-2, 0x1.08b4294d50381p-2};
    return detail::round_to<T>(t * (slope + t.hi * detail::polynomial(c, t.hi)));
  }
  return detail::round_to<T>(detail::digamma(d));
}

}  // namespace at_compile_time

namespace at_run_time {

/// Method: recurrence into [1, 2.5], there (x - zero) P(x - 1) / Q(x - 1), and the asymptotic series from 10 on.
/// Rational interpolation at Chebyshev's nodes, relative error 2^-61; the result is good to 5 ulp of double.
template <std::floating_point T>
T digamma(T argument) noexcept {
  using real = std::conditional_t<std::same_as<T, float>, double, T>;
  // clang-format off
  constexpr double p[] = {
    0x1.4018e9a62525ep+0, 0x1.f280022902571p+0, 0x1.15a26f03f79aap+0, 0x1.153a336d4dccbp-2,
    0x1.f4f4ece1e697ap-6, 0x1.639988283aaf1p-10, 0x1.f8117d56f72edp-17,
  };
  constexpr double q[] = {
    1, 0x1.1ed558ae3df87p+1, 0x1.cc1c09a09bcc2p+0, 0x1.5600505c3dbdp-1,
    0x1.f1a3c3095425p-4, 0x1.509e2e0deab71p-7, 0x1.5f94eb9bf7af8p-12, 0x1.499bfd7b695ep-19,
  };
  // clang-format on
  constexpr double s[] = {1. / 12, -1. / 120, 1. / 252, -1. / 240, 1. / 132, -691. / 32760, 1. / 12, -3617. / 8160};
  real x = argument, sum = 0;
  if (x <= 0) {
    if (x == 0) return static_cast<T>(-copysign(infinity<real>, x));
    const real fraction = x - round(x);
    if (fraction == 0) return not_a_number<T>;
    const real turn = static_cast<real>(0x1.921fb54442d1846ap+1L);
    sum = -turn / tan(turn * fraction);
    x = 1 - x;
  }
  if (x >= 10) {
    const real u = 1 / x, square = u * u;
    return static_cast<T>(log(x) - u / 2 - square * detail::polynomial(s, square) + sum);
  }
  while (x > 2.5) {
    x -= 1;
    sum += 1 / x;
  }
  if (x < 1) {
    sum -= 1 / x;
    x += 1;
  }
  const real t = x - 1, zero_low = static_cast<real>(0x1.b86a722197829p-54L + 0x1.e0d62a6be90c7p-109L);
  const real distance = x - real{0x1.762d86356be3fp+0} - zero_low;
  return static_cast<T>(distance * (detail::polynomial(p, t) / detail::polynomial(q, t)) + sum);
}

}  // namespace at_run_time

/// digamma(+-0) = -+inf, digamma(inf) = inf; NaN at the negative integers and -inf.
template <std::floating_point T>
constexpr T digamma(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::digamma(x) : at_run_time::digamma(x);
}

}  // namespace tapeless::math
