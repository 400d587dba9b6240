// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <tapeless/config.hpp>

// The vector functions of glibc, which every x86-64 program that links libm finds: its linker script names libmvec.
// They are declared under names of our own, since users may have declarations of theirs.
//
// Why these: they are maintained and tested with the C library; each is within 4 units in the last place, and special
// values go through the scalar function. They neither set errno nor need any option of the compiler.
namespace tapeless::detail {

/// Elementary functions on vectors of so many bytes, where there are any.
template <class T, std::size_t Bytes>
struct vector_library {
  static constexpr bool exists = false;
};

// clang-format off
#if defined(__x86_64__) && defined(__GLIBC_PREREQ)
  #if __GLIBC_PREREQ(2, 35)
template <> struct vector_library<double, 16> {
  static constexpr bool exists = true;
  using vector [[gnu::vector_size(16)]] = double;
  [[gnu::const]] static vector exp(vector) noexcept asm("_ZGVbN2v_exp"), exp2(vector) noexcept asm("_ZGVbN2v_exp2"),
      exp10(vector) noexcept asm("_ZGVbN2v_exp10"), expm1(vector) noexcept asm("_ZGVbN2v_expm1"),
      log(vector) noexcept asm("_ZGVbN2v_log"), log2(vector) noexcept asm("_ZGVbN2v_log2"),
      log10(vector) noexcept asm("_ZGVbN2v_log10"), log1p(vector) noexcept asm("_ZGVbN2v_log1p"),
      sin(vector) noexcept asm("_ZGVbN2v_sin"), cos(vector) noexcept asm("_ZGVbN2v_cos"),
      tan(vector) noexcept asm("_ZGVbN2v_tan"), asin(vector) noexcept asm("_ZGVbN2v_asin"),
      acos(vector) noexcept asm("_ZGVbN2v_acos"), atan(vector) noexcept asm("_ZGVbN2v_atan"),
      sinh(vector) noexcept asm("_ZGVbN2v_sinh"), cosh(vector) noexcept asm("_ZGVbN2v_cosh"),
      tanh(vector) noexcept asm("_ZGVbN2v_tanh"), asinh(vector) noexcept asm("_ZGVbN2v_asinh"),
      acosh(vector) noexcept asm("_ZGVbN2v_acosh"), atanh(vector) noexcept asm("_ZGVbN2v_atanh"),
      cbrt(vector) noexcept asm("_ZGVbN2v_cbrt"), erf(vector) noexcept asm("_ZGVbN2v_erf"),
      erfc(vector) noexcept asm("_ZGVbN2v_erfc");
  [[gnu::const]] static vector pow(vector, vector) noexcept asm("_ZGVbN2vv_pow"),
      atan2(vector, vector) noexcept asm("_ZGVbN2vv_atan2"), hypot(vector, vector) noexcept asm("_ZGVbN2vv_hypot");
};
template <> struct vector_library<float, 16> {
  static constexpr bool exists = true;
  using vector [[gnu::vector_size(16)]] = float;
  [[gnu::const]] static vector exp(vector) noexcept asm("_ZGVbN4v_expf"),
      exp2(vector) noexcept asm("_ZGVbN4v_exp2f"), exp10(vector) noexcept asm("_ZGVbN4v_exp10f"),
      expm1(vector) noexcept asm("_ZGVbN4v_expm1f"), log(vector) noexcept asm("_ZGVbN4v_logf"),
      log2(vector) noexcept asm("_ZGVbN4v_log2f"), log10(vector) noexcept asm("_ZGVbN4v_log10f"),
      log1p(vector) noexcept asm("_ZGVbN4v_log1pf"), sin(vector) noexcept asm("_ZGVbN4v_sinf"),
      cos(vector) noexcept asm("_ZGVbN4v_cosf"), tan(vector) noexcept asm("_ZGVbN4v_tanf"),
      asin(vector) noexcept asm("_ZGVbN4v_asinf"), acos(vector) noexcept asm("_ZGVbN4v_acosf"),
      atan(vector) noexcept asm("_ZGVbN4v_atanf"), sinh(vector) noexcept asm("_ZGVbN4v_sinhf"),
      cosh(vector) noexcept asm("_ZGVbN4v_coshf"), tanh(vector) noexcept asm("_ZGVbN4v_tanhf"),
      asinh(vector) noexcept asm("_ZGVbN4v_asinhf"), acosh(vector) noexcept asm("_ZGVbN4v_acoshf"),
      atanh(vector) noexcept asm("_ZGVbN4v_atanhf"), cbrt(vector) noexcept asm("_ZGVbN4v_cbrtf"),
      erf(vector) noexcept asm("_ZGVbN4v_erff"), erfc(vector) noexcept asm("_ZGVbN4v_erfcf");
  [[gnu::const]] static vector pow(vector, vector) noexcept asm("_ZGVbN4vv_powf"),
      atan2(vector, vector) noexcept asm("_ZGVbN4vv_atan2f"), hypot(vector, vector) noexcept asm("_ZGVbN4vv_hypotf");
};
    #if defined(__AVX2__)
template <> struct vector_library<double, 32> {
  static constexpr bool exists = true;
  using vector [[gnu::vector_size(32)]] = double;
  [[gnu::const]] static vector exp(vector) noexcept asm("_ZGVdN4v_exp"), exp2(vector) noexcept asm("_ZGVdN4v_exp2"),
      exp10(vector) noexcept asm("_ZGVdN4v_exp10"), expm1(vector) noexcept asm("_ZGVdN4v_expm1"),
      log(vector) noexcept asm("_ZGVdN4v_log"), log2(vector) noexcept asm("_ZGVdN4v_log2"),
      log10(vector) noexcept asm("_ZGVdN4v_log10"), log1p(vector) noexcept asm("_ZGVdN4v_log1p"),
      sin(vector) noexcept asm("_ZGVdN4v_sin"), cos(vector) noexcept asm("_ZGVdN4v_cos"),
      tan(vector) noexcept asm("_ZGVdN4v_tan"), asin(vector) noexcept asm("_ZGVdN4v_asin"),
      acos(vector) noexcept asm("_ZGVdN4v_acos"), atan(vector) noexcept asm("_ZGVdN4v_atan"),
      sinh(vector) noexcept asm("_ZGVdN4v_sinh"), cosh(vector) noexcept asm("_ZGVdN4v_cosh"),
      tanh(vector) noexcept asm("_ZGVdN4v_tanh"), asinh(vector) noexcept asm("_ZGVdN4v_asinh"),
      acosh(vector) noexcept asm("_ZGVdN4v_acosh"), atanh(vector) noexcept asm("_ZGVdN4v_atanh"),
      cbrt(vector) noexcept asm("_ZGVdN4v_cbrt"), erf(vector) noexcept asm("_ZGVdN4v_erf"),
      erfc(vector) noexcept asm("_ZGVdN4v_erfc");
  [[gnu::const]] static vector pow(vector, vector) noexcept asm("_ZGVdN4vv_pow"),
      atan2(vector, vector) noexcept asm("_ZGVdN4vv_atan2"), hypot(vector, vector) noexcept asm("_ZGVdN4vv_hypot");
};
template <> struct vector_library<float, 32> {
  static constexpr bool exists = true;
  using vector [[gnu::vector_size(32)]] = float;
  [[gnu::const]] static vector exp(vector) noexcept asm("_ZGVdN8v_expf"),
      exp2(vector) noexcept asm("_ZGVdN8v_exp2f"), exp10(vector) noexcept asm("_ZGVdN8v_exp10f"),
      expm1(vector) noexcept asm("_ZGVdN8v_expm1f"), log(vector) noexcept asm("_ZGVdN8v_logf"),
      log2(vector) noexcept asm("_ZGVdN8v_log2f"), log10(vector) noexcept asm("_ZGVdN8v_log10f"),
      log1p(vector) noexcept asm("_ZGVdN8v_log1pf"), sin(vector) noexcept asm("_ZGVdN8v_sinf"),
      cos(vector) noexcept asm("_ZGVdN8v_cosf"), tan(vector) noexcept asm("_ZGVdN8v_tanf"),
      asin(vector) noexcept asm("_ZGVdN8v_asinf"), acos(vector) noexcept asm("_ZGVdN8v_acosf"),
      atan(vector) noexcept asm("_ZGVdN8v_atanf"), sinh(vector) noexcept asm("_ZGVdN8v_sinhf"),
      cosh(vector) noexcept asm("_ZGVdN8v_coshf"), tanh(vector) noexcept asm("_ZGVdN8v_tanhf"),
      asinh(vector) noexcept asm("_ZGVdN8v_asinhf"), acosh(vector) noexcept asm("_ZGVdN8v_acoshf"),
      atanh(vector) noexcept asm("_ZGVdN8v_atanhf"), cbrt(vector) noexcept asm("_ZGVdN8v_cbrtf"),
      erf(vector) noexcept asm("_ZGVdN8v_erff"), erfc(vector) noexcept asm("_ZGVdN8v_erfcf");
  [[gnu::const]] static vector pow(vector, vector) noexcept asm("_ZGVdN8vv_powf"),
      atan2(vector, vector) noexcept asm("_ZGVdN8vv_atan2f"), hypot(vector, vector) noexcept asm("_ZGVdN8vv_hypotf");
};
    #endif
    #if defined(__AVX512F__)
template <> struct vector_library<double, 64> {
  static constexpr bool exists = true;
  using vector [[gnu::vector_size(64)]] = double;
  [[gnu::const]] static vector exp(vector) noexcept asm("_ZGVeN8v_exp"), exp2(vector) noexcept asm("_ZGVeN8v_exp2"),
      exp10(vector) noexcept asm("_ZGVeN8v_exp10"), expm1(vector) noexcept asm("_ZGVeN8v_expm1"),
      log(vector) noexcept asm("_ZGVeN8v_log"), log2(vector) noexcept asm("_ZGVeN8v_log2"),
      log10(vector) noexcept asm("_ZGVeN8v_log10"), log1p(vector) noexcept asm("_ZGVeN8v_log1p"),
      sin(vector) noexcept asm("_ZGVeN8v_sin"), cos(vector) noexcept asm("_ZGVeN8v_cos"),
      tan(vector) noexcept asm("_ZGVeN8v_tan"), asin(vector) noexcept asm("_ZGVeN8v_asin"),
      acos(vector) noexcept asm("_ZGVeN8v_acos"), atan(vector) noexcept asm("_ZGVeN8v_atan"),
      sinh(vector) noexcept asm("_ZGVeN8v_sinh"), cosh(vector) noexcept asm("_ZGVeN8v_cosh"),
      tanh(vector) noexcept asm("_ZGVeN8v_tanh"), asinh(vector) noexcept asm("_ZGVeN8v_asinh"),
      acosh(vector) noexcept asm("_ZGVeN8v_acosh"), atanh(vector) noexcept asm("_ZGVeN8v_atanh"),
      cbrt(vector) noexcept asm("_ZGVeN8v_cbrt"), erf(vector) noexcept asm("_ZGVeN8v_erf"),
      erfc(vector) noexcept asm("_ZGVeN8v_erfc");
  [[gnu::const]] static vector pow(vector, vector) noexcept asm("_ZGVeN8vv_pow"),
      atan2(vector, vector) noexcept asm("_ZGVeN8vv_atan2"), hypot(vector, vector) noexcept asm("_ZGVeN8vv_hypot");
};
template <> struct vector_library<float, 64> {
  static constexpr bool exists = true;
  using vector [[gnu::vector_size(64)]] = float;
  [[gnu::const]] static vector exp(vector) noexcept asm("_ZGVeN16v_expf"),
      exp2(vector) noexcept asm("_ZGVeN16v_exp2f"), exp10(vector) noexcept asm("_ZGVeN16v_exp10f"),
      expm1(vector) noexcept asm("_ZGVeN16v_expm1f"), log(vector) noexcept asm("_ZGVeN16v_logf"),
      log2(vector) noexcept asm("_ZGVeN16v_log2f"), log10(vector) noexcept asm("_ZGVeN16v_log10f"),
      log1p(vector) noexcept asm("_ZGVeN16v_log1pf"), sin(vector) noexcept asm("_ZGVeN16v_sinf"),
      cos(vector) noexcept asm("_ZGVeN16v_cosf"), tan(vector) noexcept asm("_ZGVeN16v_tanf"),
      asin(vector) noexcept asm("_ZGVeN16v_asinf"), acos(vector) noexcept asm("_ZGVeN16v_acosf"),
      atan(vector) noexcept asm("_ZGVeN16v_atanf"), sinh(vector) noexcept asm("_ZGVeN16v_sinhf"),
      cosh(vector) noexcept asm("_ZGVeN16v_coshf"), tanh(vector) noexcept asm("_ZGVeN16v_tanhf"),
      asinh(vector) noexcept asm("_ZGVeN16v_asinhf"), acosh(vector) noexcept asm("_ZGVeN16v_acoshf"),
      atanh(vector) noexcept asm("_ZGVeN16v_atanhf"), cbrt(vector) noexcept asm("_ZGVeN16v_cbrtf"),
      erf(vector) noexcept asm("_ZGVeN16v_erff"), erfc(vector) noexcept asm("_ZGVeN16v_erfcf");
  [[gnu::const]] static vector pow(vector, vector) noexcept asm("_ZGVeN16vv_powf"),
      atan2(vector, vector) noexcept asm("_ZGVeN16vv_atan2f"),
      hypot(vector, vector) noexcept asm("_ZGVeN16vv_hypotf");
};
    #endif
  #endif
#endif
// clang-format on

}  // namespace tapeless::detail
