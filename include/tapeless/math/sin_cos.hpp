// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/trigonometric.hpp>

#if defined(__GLIBC__) && defined(__clang__)
// glibc's own, which GCC calls by itself where sine and cosine of one number meet, and Clang does not.
extern "C" void sincosf(float, float*, float*) noexcept;
extern "C" void sincos(double, double*, double*) noexcept;
extern "C" void sincosl(long double, long double*, long double*) noexcept;
#endif

namespace tapeless::math {

/// Sine and cosine of the same number, at run time by one call where the platform has one.
template <std::floating_point T>
[[gnu::always_inline]] constexpr void sin_cos(T x, T& sine, T& cosine) noexcept {
#if defined(__GLIBC__) && defined(__clang__)
  if (!__builtin_is_constant_evaluated()) {
    T s, c;  // copies, so that the caller's variables need not have an address
    if constexpr (std::is_same_v<T, float>) ::sincosf(x, &s, &c);
    else if constexpr (std::is_same_v<T, double>) ::sincos(x, &s, &c);
    else ::sincosl(x, &s, &c);
    sine = s, cosine = c;
    return;
  }
#endif
  sine = sin(x), cosine = cos(x);
}

}  // namespace tapeless::math
