// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The C library, one line per function and type: what an elementary function is at run time.
/// The builtins spare us <cmath>; being always inline, each is one call (or one instruction) even at -O0.
namespace tapeless::math::at_run_time {

// clang-format off
[[gnu::always_inline]] inline auto exp(float x) { return __builtin_expf(x); }
[[gnu::always_inline]] inline auto exp(double x) { return __builtin_exp(x); }
[[gnu::always_inline]] inline auto exp(long double x) { return __builtin_expl(x); }
[[gnu::always_inline]] inline auto exp2(float x) { return __builtin_exp2f(x); }
[[gnu::always_inline]] inline auto exp2(double x) { return __builtin_exp2(x); }
[[gnu::always_inline]] inline auto exp2(long double x) { return __builtin_exp2l(x); }
[[gnu::always_inline]] inline auto expm1(float x) { return __builtin_expm1f(x); }
[[gnu::always_inline]] inline auto expm1(double x) { return __builtin_expm1(x); }
[[gnu::always_inline]] inline auto expm1(long double x) { return __builtin_expm1l(x); }
[[gnu::always_inline]] inline auto log(float x) { return __builtin_logf(x); }
[[gnu::always_inline]] inline auto log(double x) { return __builtin_log(x); }
[[gnu::always_inline]] inline auto log(long double x) { return __builtin_logl(x); }
[[gnu::always_inline]] inline auto log2(float x) { return __builtin_log2f(x); }
[[gnu::always_inline]] inline auto log2(double x) { return __builtin_log2(x); }
[[gnu::always_inline]] inline auto log2(long double x) { return __builtin_log2l(x); }
[[gnu::always_inline]] inline auto log10(float x) { return __builtin_log10f(x); }
[[gnu::always_inline]] inline auto log10(double x) { return __builtin_log10(x); }
[[gnu::always_inline]] inline auto log10(long double x) { return __builtin_log10l(x); }
[[gnu::always_inline]] inline auto log1p(float x) { return __builtin_log1pf(x); }
[[gnu::always_inline]] inline auto log1p(double x) { return __builtin_log1p(x); }
[[gnu::always_inline]] inline auto log1p(long double x) { return __builtin_log1pl(x); }
[[gnu::always_inline]] inline auto sqrt(float x) { return __builtin_sqrtf(x); }
[[gnu::always_inline]] inline auto sqrt(double x) { return __builtin_sqrt(x); }
[[gnu::always_inline]] inline auto sqrt(long double x) { return __builtin_sqrtl(x); }
[[gnu::always_inline]] inline auto cbrt(float x) { return __builtin_cbrtf(x); }
[[gnu::always_inline]] inline auto cbrt(double x) { return __builtin_cbrt(x); }
[[gnu::always_inline]] inline auto cbrt(long double x) { return __builtin_cbrtl(x); }
[[gnu::always_inline]] inline auto sin(float x) { return __builtin_sinf(x); }
[[gnu::always_inline]] inline auto sin(double x) { return __builtin_sin(x); }
[[gnu::always_inline]] inline auto sin(long double x) { return __builtin_sinl(x); }
[[gnu::always_inline]] inline auto cos(float x) { return __builtin_cosf(x); }
[[gnu::always_inline]] inline auto cos(double x) { return __builtin_cos(x); }
[[gnu::always_inline]] inline auto cos(long double x) { return __builtin_cosl(x); }
[[gnu::always_inline]] inline auto tan(float x) { return __builtin_tanf(x); }
[[gnu::always_inline]] inline auto tan(double x) { return __builtin_tan(x); }
[[gnu::always_inline]] inline auto tan(long double x) { return __builtin_tanl(x); }
[[gnu::always_inline]] inline auto asin(float x) { return __builtin_asinf(x); }
[[gnu::always_inline]] inline auto asin(double x) { return __builtin_asin(x); }
[[gnu::always_inline]] inline auto asin(long double x) { return __builtin_asinl(x); }
[[gnu::always_inline]] inline auto acos(float x) { return __builtin_acosf(x); }
[[gnu::always_inline]] inline auto acos(double x) { return __builtin_acos(x); }
[[gnu::always_inline]] inline auto acos(long double x) { return __builtin_acosl(x); }
[[gnu::always_inline]] inline auto atan(float x) { return __builtin_atanf(x); }
[[gnu::always_inline]] inline auto atan(double x) { return __builtin_atan(x); }
[[gnu::always_inline]] inline auto atan(long double x) { return __builtin_atanl(x); }
[[gnu::always_inline]] inline auto sinh(float x) { return __builtin_sinhf(x); }
[[gnu::always_inline]] inline auto sinh(double x) { return __builtin_sinh(x); }
[[gnu::always_inline]] inline auto sinh(long double x) { return __builtin_sinhl(x); }
[[gnu::always_inline]] inline auto cosh(float x) { return __builtin_coshf(x); }
[[gnu::always_inline]] inline auto cosh(double x) { return __builtin_cosh(x); }
[[gnu::always_inline]] inline auto cosh(long double x) { return __builtin_coshl(x); }
[[gnu::always_inline]] inline auto tanh(float x) { return __builtin_tanhf(x); }
[[gnu::always_inline]] inline auto tanh(double x) { return __builtin_tanh(x); }
[[gnu::always_inline]] inline auto tanh(long double x) { return __builtin_tanhl(x); }
[[gnu::always_inline]] inline auto asinh(float x) { return __builtin_asinhf(x); }
[[gnu::always_inline]] inline auto asinh(double x) { return __builtin_asinh(x); }
[[gnu::always_inline]] inline auto asinh(long double x) { return __builtin_asinhl(x); }
[[gnu::always_inline]] inline auto acosh(float x) { return __builtin_acoshf(x); }
[[gnu::always_inline]] inline auto acosh(double x) { return __builtin_acosh(x); }
[[gnu::always_inline]] inline auto acosh(long double x) { return __builtin_acoshl(x); }
[[gnu::always_inline]] inline auto atanh(float x) { return __builtin_atanhf(x); }
[[gnu::always_inline]] inline auto atanh(double x) { return __builtin_atanh(x); }
[[gnu::always_inline]] inline auto atanh(long double x) { return __builtin_atanhl(x); }
[[gnu::always_inline]] inline auto erf(float x) { return __builtin_erff(x); }
[[gnu::always_inline]] inline auto erf(double x) { return __builtin_erf(x); }
[[gnu::always_inline]] inline auto erf(long double x) { return __builtin_erfl(x); }
[[gnu::always_inline]] inline auto erfc(float x) { return __builtin_erfcf(x); }
[[gnu::always_inline]] inline auto erfc(double x) { return __builtin_erfc(x); }
[[gnu::always_inline]] inline auto erfc(long double x) { return __builtin_erfcl(x); }
[[gnu::always_inline]] inline auto tgamma(float x) { return __builtin_tgammaf(x); }
[[gnu::always_inline]] inline auto tgamma(double x) { return __builtin_tgamma(x); }
[[gnu::always_inline]] inline auto tgamma(long double x) { return __builtin_tgammal(x); }
[[gnu::always_inline]] inline auto lgamma(float x) { return __builtin_lgammaf(x); }
[[gnu::always_inline]] inline auto lgamma(double x) { return __builtin_lgamma(x); }
[[gnu::always_inline]] inline auto lgamma(long double x) { return __builtin_lgammal(x); }
[[gnu::always_inline]] inline auto floor(float x) { return __builtin_floorf(x); }
[[gnu::always_inline]] inline auto floor(double x) { return __builtin_floor(x); }
[[gnu::always_inline]] inline auto floor(long double x) { return __builtin_floorl(x); }
[[gnu::always_inline]] inline auto ceil(float x) { return __builtin_ceilf(x); }
[[gnu::always_inline]] inline auto ceil(double x) { return __builtin_ceil(x); }
[[gnu::always_inline]] inline auto ceil(long double x) { return __builtin_ceill(x); }
[[gnu::always_inline]] inline auto trunc(float x) { return __builtin_truncf(x); }
[[gnu::always_inline]] inline auto trunc(double x) { return __builtin_trunc(x); }
[[gnu::always_inline]] inline auto trunc(long double x) { return __builtin_truncl(x); }
[[gnu::always_inline]] inline auto round(float x) { return __builtin_roundf(x); }
[[gnu::always_inline]] inline auto round(double x) { return __builtin_round(x); }
[[gnu::always_inline]] inline auto round(long double x) { return __builtin_roundl(x); }
[[gnu::always_inline]] inline auto pow(float x, float y) { return __builtin_powf(x, y); }
[[gnu::always_inline]] inline auto pow(double x, double y) { return __builtin_pow(x, y); }
[[gnu::always_inline]] inline auto pow(long double x, long double y) { return __builtin_powl(x, y); }
[[gnu::always_inline]] inline auto atan2(float y, float x) { return __builtin_atan2f(y, x); }
[[gnu::always_inline]] inline auto atan2(double y, double x) { return __builtin_atan2(y, x); }
[[gnu::always_inline]] inline auto atan2(long double y, long double x) { return __builtin_atan2l(y, x); }
[[gnu::always_inline]] inline auto hypot(float x, float y) { return __builtin_hypotf(x, y); }
[[gnu::always_inline]] inline auto hypot(double x, double y) { return __builtin_hypot(x, y); }
[[gnu::always_inline]] inline auto hypot(long double x, long double y) { return __builtin_hypotl(x, y); }
[[gnu::always_inline]] inline auto fmod(float x, float y) { return __builtin_fmodf(x, y); }
[[gnu::always_inline]] inline auto fmod(double x, double y) { return __builtin_fmod(x, y); }
[[gnu::always_inline]] inline auto fmod(long double x, long double y) { return __builtin_fmodl(x, y); }
[[gnu::always_inline]] inline auto remainder(float x, float y) { return __builtin_remainderf(x, y); }
[[gnu::always_inline]] inline auto remainder(double x, double y) { return __builtin_remainder(x, y); }
[[gnu::always_inline]] inline auto remainder(long double x, long double y) { return __builtin_remainderl(x, y); }
[[gnu::always_inline]] inline auto fma(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
[[gnu::always_inline]] inline auto fma(double x, double y, double z) { return __builtin_fma(x, y, z); }
[[gnu::always_inline]] inline auto fma(long double x, long double y, long double z) { return __builtin_fmal(x, y, z); }
[[gnu::always_inline]] inline auto ldexp(float x, int n) { return __builtin_ldexpf(x, n); }
[[gnu::always_inline]] inline auto ldexp(double x, int n) { return __builtin_ldexp(x, n); }
[[gnu::always_inline]] inline auto ldexp(long double x, int n) { return __builtin_ldexpl(x, n); }
[[gnu::always_inline]] inline auto powi(float x, int n) { return __builtin_powif(x, n); }
[[gnu::always_inline]] inline auto powi(double x, int n) { return __builtin_powi(x, n); }
[[gnu::always_inline]] inline auto powi(long double x, int n) { return __builtin_powil(x, n); }
// clang-format on

}  // namespace tapeless::math::at_run_time
