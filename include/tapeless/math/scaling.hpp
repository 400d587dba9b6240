// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>

#include "tapeless/math/classification.hpp"
#include "tapeless/math/run_time.hpp"

/// Exponents and exact scaling by powers of two: what frexp and ldexp do, as constant expressions.
namespace tapeless::math {

namespace detail {

template <std::floating_point T>
inline constexpr bool wider_than_double = std::numeric_limits<T>::digits > 53;

/// 2^n as a double, for the normal exponents -1022 <= n <= 1023.
constexpr double power_of_two(int n) noexcept { return std::bit_cast<double>(std::uint64_t(1023 + n) << 52); }

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

/// floor(log2 |x|) of a finite x other than zero.
template <std::floating_point T>
constexpr int exponent(T x) noexcept {
    if constexpr (!wider_than_double<T>) {
        const double a = abs(static_cast<double>(x));
        if (a < 0x1p-1022) return exponent(a * 0x1p54) - 54;
        return static_cast<int>(std::bit_cast<std::uint64_t>(a) >> 52) - 1023;
    } else {
        int e = 0;
        x = abs(x);
        for (; x >= T{0x1p1000}; x *= T{0x1p-1000}) e += 1000;
        for (; x < T{0x1p-1000}; x *= T{0x1p1000}) e -= 1000;
        const int n = exponent(static_cast<double>(x));
        return e + (T{power_of_two(n)} > x ? n - 1 : n);  // the cast may have rounded up to a power of two
    }
}

/// A finite number other than zero as significand * 2^exponent, with 1 <= |significand| < 2.
template <std::floating_point T>
struct decomposed {
    T significand;
    int exponent;
};

template <std::floating_point T>
constexpr decomposed<T> decompose(T x) noexcept {
    const int e = exponent(x);
    const int half = e / 2;  // 2^-e itself may be no normal number
    return {x * power_of_two<T>(-half) * power_of_two<T>(half - e), e};
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
    return constant_evaluated() ? at_compile_time::ldexp(x, n) : at_run_time::ldexp(x, n);
}

}  // namespace tapeless::math
