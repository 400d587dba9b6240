// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

#include "tapeless/math/inverse_trigonometric.hpp"
#include "tapeless/math/logarithm.hpp"
#include "tapeless/math/power.hpp"

/// The gamma function, its logarithm and the derivative of that.
/// Method: upward recurrence to x >= 16, then the asymptotic series of J. Stirling (1730), with reflection (L. Euler)
/// for negative arguments. Relative errors are tiny except next to the zeros of lgamma and digamma at negative x,
/// where an absolute error of 2^-75 remains.
namespace tapeless::math {

namespace detail {

/// Coefficients B(2k) / (2k (2k - 1)) of Stirling's series in 1/x^2.
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

/// Coefficients -B(2k) / 2k of its derivative.
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

/// The derivative of log Gamma(x) for 2^-80 < x < 2^80.
constexpr double_double digamma(double_double x) noexcept {
    double_double sum;
    for (; x.hi < 16; x = x + 1.0) sum = sum + 1.0 / x;
    const double_double u = 1.0 / x, square = u * u;
    return log(x) - halved(u) + (square * polynomial(digamma_leading, digamma_tail, square) - sum);
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
    return widen(x - round(x));  // the public one: digamma runs at run time too
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
    const T t = x - (x < T{1.5} ? 1 : 2);
    if (abs(t) < T{0x1p-36}) {  // Taylor's series at the zeros
        using detail::double_double;
        constexpr double_double at_one{-0x1.2788cfc6fb619p-1, 0x1.6cb90701fbfabp-58};  // -Euler's constant
        const double_double slope = x < T{1.5} ? at_one : at_one + 1.0;
        const double_double d = detail::widen(t);
        return detail::round_to<T>(d * (slope + d.hi * (x < T{1.5} ? 0x1.a51a6625307d3p-1 : 0x1.4a34cc4a60fa6p-2)));
    }
    if (x > 0) return detail::round_to<T>(detail::log_gamma(detail::widen(x)));
    // log |pi / sin(pi x)| - log Gamma(1 - x)
    const detail::double_double sine = detail::circular_half_turns(detail::fractional(x)).sine;
    const detail::double_double sum = detail::log_gamma(1.0 - detail::widen(x));
    return detail::round_to<T>(detail::log(detail::pi / (sine.hi < 0 ? -sine : sine)) - sum);
}

template <std::floating_point T>
constexpr T digamma(T x) noexcept {
    using detail::double_double;
    if (x == 0) return -copysign(infinity<T>, x);
    if (isnan(x) || (x < 0 && math::trunc(x) == x)) return not_a_number<T>;
    if (x > T{0x1p80}) return math::log(x);
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

/// The gamma function, (x - 1)! for integers. tgamma(+-0) = +-inf, tgamma(inf) = inf; NaN at the negative integers
/// and -inf.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T tgamma(T x) noexcept {
    return constant_evaluated() ? at_compile_time::tgamma(x) : at_run_time::tgamma(x);
}

/// log |tgamma(x)|. lgamma(1) = lgamma(2) = +0, lgamma(+-inf) = inf; inf at 0 and the negative integers.
template <std::floating_point T>
[[gnu::always_inline]] constexpr T lgamma(T x) noexcept {
    return constant_evaluated() ? at_compile_time::lgamma(x) : at_run_time::lgamma(x);
}

/// The derivative of lgamma; not in the C library, so this is ours at run time as well.
/// digamma(+-0) = -+inf, digamma(inf) = inf; NaN at negative integers and -inf.
template <std::floating_point T>
constexpr T digamma(T x) noexcept {
    return at_compile_time::digamma(x);
}

}  // namespace tapeless::math
