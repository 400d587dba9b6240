// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include <tapeless/math/double_double.hpp>
#include <tapeless/math/reduction.hpp>

/// sin, cos and tan of angles in radians, exact reduction included.
/// Method: the addition theorems at a table of sixteenths, and the series of Taylor in between: P. T. P. Tang,
/// Table-lookup algorithms for elementary functions, 1991.
namespace tapeless::math {

namespace detail {

struct sine_and_cosine {
  double_double sine;
  double_double cosine;
};

/// At j/16.
// clang-format off
inline constexpr sine_and_cosine sixteenth_angles[14] = {
  {{0x0p+0, 0x0p+0}, {0x1p+0, 0x0p+0}},
  {{0x1.ffaaaeeed4edbp-5, -0x1.2d16d32684b69p-59}, {0x1.ff0015549f4d3p-1, 0x1.328387b99426fp-55}},
  {{0x1.feaaeee86ee36p-4, -0x1.afcb2bcc6f03bp-59}, {0x1.fc015527d5bd3p-1, 0x1.b68f35094efb8p-55}},
  {{0x1.7dc102fbaf2b5p-3, 0x1.5ab50e23c97c3p-59}, {0x1.f706bdf9ece1cp-1, -0x1.698c80c36dcb4p-55}},
  {{0x1.faaeed4f31577p-3, -0x1.15d88508e32b8p-57}, {0x1.f01549f7deea1p-1, 0x1.d3c1e99e5cafdp-55}},
  {{0x1.3ad129769d3d8p-2, 0x1.03d550487839ap-63}, {0x1.e733ea0193d4p-1, -0x1.6428b3546ce13p-55}},
  {{0x1.7710255764214p-2, -0x1.6ead7314bb6cep-57}, {0x1.dc6b7eb995912p-1, 0x1.4b364776dcd35p-58}},
  {{0x1.b1d8305321617p-2, -0x1.ae242cb99f519p-56}, {0x1.cfc6cfa52ad9fp-1, 0x1.8b5b5508f2a0dp-55}},
  {{0x1.eaee8744b05fp-2, -0x1.789b43c9b027dp-58}, {0x1.c1528065b7d5p-1, -0x1.892111312e828p-55}},
  {{0x1.110d0c4b69c3bp-1, 0x1.d918998809981p-55}, {0x1.b11d04162a4c6p-1, 0x1.1dd561efbc0c2p-56}},
  {{0x1.2b91dea88421ep-1, -0x1.fa371db216abp-55}, {0x1.9f368ed912f85p-1, -0x1.1d200c5791606p-55}},
  {{0x1.44eb381cf386bp-1, -0x1.3ed6c1e6a5505p-55}, {0x1.8bb105a5dc9p-1, 0x1.863e03e9474c1p-55}},
  {{0x1.5cffc16bf8f0dp-1, 0x1.96cb370eb578ap-55}, {0x1.769fec655211fp-1, -0x1.827d5cf8c68c5p-57}},
  {{0x1.73b7680dea578p-1, -0x1.2248306dc12a2p-56}, {0x1.6018526f563dfp-1, 0x1.46ca5e0e432dp-55}},
};
// clang-format on

/// An angle r = j/16 + b in [-pi/4, pi/4], |b| <= 1/32, by sin |b| and 1 - cos b and the signs. Relative errors 2^-75.
struct circular {
  int j = 0;
  bool negative;
  double_double sine;
  double_double versine;

  constexpr explicit circular(double_double r) noexcept : negative(r.hi < 0) {
    constexpr double_double sixth{0x1.5555555555555p-3, 0x1.5555555555555p-57};
    constexpr double s[] = {1. / 120, -1. / 5040, 1. / 362880, -1. / 39916800};
    constexpr double c[] = {1. / 24, -1. / 720, 1. / 40320, -1. / 3628800};
    if (negative) r = -r;
    j = nearest(r.hi * 16);
    const double_double b = r - j / 16.0, square = b * b;
    sine = b - b * (square * (sixth - square.hi * polynomial(s, square.hi)));
    versine = halved(square) - square.hi * square.hi * polynomial(c, square.hi);
  }
};

/// The addition theorems.
constexpr double_double sin(const circular& c) noexcept {
  const auto [s, t] = sixteenth_angles[c.j];
  const double_double r = c.j == 0 ? c.sine : s + (t * c.sine - s * c.versine);
  return c.negative ? -r : r;
}

constexpr double_double cos(const circular& c) noexcept {
  const auto [s, t] = sixteenth_angles[c.j];
  return c.j == 0 ? 1.0 - c.versine : t - (s * c.sine + t * c.versine);
}

/// Below this sin x, tan x and the like round to x.
template <std::floating_point T>
constexpr bool negligible(T x) noexcept {
  return abs(x) < T{0x1p-36};
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T sin(T x) noexcept {
  if (!isfinite(x)) return not_a_number<T>;
  if (detail::negligible(x)) return x;
  const auto [quadrant, angle] = detail::reduce(x);
  const detail::circular c(angle);
  const detail::double_double r = quadrant & 1 ? detail::cos(c) : detail::sin(c);
  return detail::round_to<T>(quadrant & 2 ? -r : r);
}

template <std::floating_point T>
constexpr T cos(T x) noexcept {
  if (!isfinite(x)) return not_a_number<T>;
  if (detail::negligible(x)) return 1;
  const auto [quadrant, angle] = detail::reduce(x);
  const detail::circular c(angle);
  const detail::double_double r = quadrant & 1 ? detail::sin(c) : detail::cos(c);
  return detail::round_to<T>((quadrant + 1) & 2 ? -r : r);
}

template <std::floating_point T>
constexpr T tan(T x) noexcept {
  if (!isfinite(x)) return not_a_number<T>;
  if (detail::negligible(x)) return x;
  const auto [quadrant, angle] = detail::reduce(x);
  const detail::circular c(angle);
  const detail::double_double sine = detail::sin(c), cosine = detail::cos(c);
  return detail::round_to<T>(quadrant & 1 ? -cosine / sine : sine / cosine);
}

}  // namespace at_compile_time

/// The sine of x radians. sin(+-0) = +-0, sin(+-inf) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T sin(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::sin(x) : at_run_time::sin(x);
}

/// The cosine of x radians. cos(+-0) = 1, cos(+-inf) = NaN.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T cos(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::cos(x) : at_run_time::cos(x);
}

/// The tangent of x radians. tan(+-0) = +-0, tan(+-inf) = NaN; no number is a pole.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T tan(T x) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::tan(x) : at_run_time::tan(x);
}

}  // namespace tapeless::math
