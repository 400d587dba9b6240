// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "tapeless/math/exponential.hpp"

/// Hyperbolic functions, from e^x - 1 in double-double.
namespace tapeless::math {

namespace at_compile_time {

template <std::floating_point T>
constexpr T tanh(T x) noexcept {
    if (isnan(x) || abs(x) < T{0x1p-36}) return x;
    if (abs(x) > 40) return copysign(T{1}, x);
    const detail::double_double e = detail::expm1(detail::scaled(detail::widen(x), 1));
    return detail::round_to<T>(e / (e + 2.0));
}

}  // namespace at_compile_time

/// (e^x - e^-x) / (e^x + e^-x). tanh(+-0) = +-0, tanh(+-inf) = +-1.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T tanh(T x) noexcept {
    return constant_evaluated() ? at_compile_time::tanh(x) : at_run_time::tanh(x);
}

}  // namespace tapeless::math
