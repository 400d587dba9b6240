// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>

#include <tapeless/math/classification.hpp>
#include <tapeless/math/run_time.hpp>

/// Exponents and exact scaling by powers of two: what frexp and ldexp do, as constant expressions.
namespace tapeless::math {

namespace detail {

template <std::floating_point T>
inline constexpr bool wider_than_double = std::numeric_limits<T>::digits > 53;

/// 2^n as a double, for the normal exponents -1022 <= n <= 1023.
constexpr double power_of_two(int n) noexcept { return __builtin_bit_cast(double, std::uint64_t(1023 + n) << 52); }

/// 2^n in type T, for its normal exponents.
template <std::floating_point T>
constexpr T power_of_two(int n) noexcept {
  if constexpr (!wider_than_double<T>) {
    return static_cast<T>(power_of_two(n));
  } else {
    T p = 1;
    for (; n > 1000; n -= 1000) p *= T{0x1p1000};
    for (; n < -1000; n += 1000) p *= T{0x1p-1000};
    return p * T{power_of_two(n)};
  }
}

/// A finite number other than zero as significand * 2^exponent, with 1 <= |significand| < 2.
template <std::floating_point T>
struct decomposed {
  T significand;
  int exponent;
};

constexpr decomposed<double> decompose(double x) noexcept {
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  const int biased = static_cast<int>(bits >> 52 & 0x7ff);
  if (biased == 0) {  // subnormal
    const auto [m, e] = decompose(x * 0x1p54);
    return {m, e - 54};
  }
  const std::uint64_t one = std::uint64_t{1023} << 52, exponent_bits = std::uint64_t{0x7ff} << 52;
  return {__builtin_bit_cast(double, (bits & ~exponent_bits) | one), biased - 1023};
}

constexpr decomposed<float> decompose(float x) noexcept {
  const auto [m, e] = decompose(static_cast<double>(x));
  return {static_cast<float>(m), e};
}

constexpr decomposed<long double> decompose(long double x) noexcept {
  if constexpr (!wider_than_double<long double>) {
    const auto [m, e] = decompose(static_cast<double>(x));
    return {m, e};
  } else {
    // Its bits are out of reach: 80-bit numbers have padding. Scale it into the range of double instead.
    int e = 0;
    for (; x >= 0x1p1000L || x <= -0x1p1000L; x *= 0x1p-1000L) e += 1000;
    for (; x < 0x1p-1000L && x > -0x1p-1000L; x *= 0x1p1000L) e -= 1000;
    const int n = decompose(static_cast<double>(x)).exponent;
    x *= power_of_two(-n);
    // The cast may have rounded up to a power of two.
    return x < 1 && x > -1 ? decomposed<long double>{2 * x, e + n - 1} : decomposed<long double>{x, e + n};
  }
}

/// floor(log2 |x|) of a finite x other than zero.
template <std::floating_point T>
constexpr int exponent(T x) noexcept {
  return decompose(x).exponent;
}

}  // namespace detail

namespace at_compile_time {

template <std::floating_point T>
constexpr T ldexp(T x, int n) noexcept {
  using limits = std::numeric_limits<T>;
  if (x == 0 || !isfinite(x)) return x;
  n = n > 1 << 20 ? 1 << 20 : n < -(1 << 20) ? -(1 << 20) : n;
  const auto [m, e] = detail::decompose(x);
  const int k = e + n;
  if (k >= limits::max_exponent) return copysign(infinity<T>, x);
  if (k >= limits::min_exponent - 1) return m * detail::power_of_two<T>(k);
  if (k < limits::min_exponent - 1 - limits::digits) return copysign(T{0}, x);
  // Subnormal: exact up to the last product, which rounds once.
  return m * detail::power_of_two<T>(k + limits::digits + 1) * detail::power_of_two<T>(-limits::digits - 1);
}

}  // namespace at_compile_time

/// x 2^n, exact unless the result is subnormal or overflows to +-inf; zeros, infinities and NaN pass through.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T ldexp(T x, int n) noexcept {
  return __builtin_is_constant_evaluated() ? at_compile_time::ldexp(x, n) : at_run_time::ldexp(x, n);
}

}  // namespace tapeless::math
