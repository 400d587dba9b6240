// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/lanes/vector_basics.hpp>

// Exponential functions and logarithms on the compiler's vector types, without a branch or a table: the same lines for
// every instruction set, and inlined, so that programs need no vector library for them.
namespace tapeless::detail {

/// c[0] + c[1] x + ..., even and odd powers each by Horner's rule, so that the processor has two sums to do at once.
template <class V, class... C>
[[gnu::always_inline]] inline V polynomial(const V& x, const V& square, C... c) {
  constexpr std::size_t count = sizeof...(C);
  const element_of<V> all[] = {static_cast<element_of<V>>(c)...};
  V even = splat<V>(all[(count - 1) / 2 * 2]), odd = splat<V>(all[count / 2 * 2 - 1]);
#pragma GCC unroll 8
  for (std::size_t k = (count - 1) / 2; k > 0; --k) even = multiply_add(even, square, splat<V>(all[2 * k - 2]));
#pragma GCC unroll 8
  for (std::size_t k = count / 2 - 1; k > 0; --k) odd = multiply_add(odd, square, splat<V>(all[2 * k - 1]));
  return multiply_add(odd, x, even);
}

template <class V>
struct vector_math {
  using T = element_of<V>;
  static constexpr bool is_double = sizeof(T) == 8;
  using U = unsigned_of<V>;
  using bits = element_of<U>;
  static constexpr int digits = std::numeric_limits<T>::digits - 1, exponent_bias = is_double ? 1023 : 127;
  static constexpr T infinity = std::numeric_limits<T>::infinity();
  static constexpr T log2_e = T(1.442695040888963407359924681001892137L);
  // ln 2 in two parts, the first short enough that its product with an exponent is exact (Cody and Waite 1980).
  static constexpr T ln2_high = is_double ? T(6.93147180369123816490e-01L) : T(6.9313812256e-01L);
  static constexpr T ln2_low = is_double ? T(1.90821492927058770002e-10L) : T(9.0580006145e-06L);

  /// x = n ln 2 + high + (a little), with a whole number n; e^(x - n ln 2) = 1 + high + rest.
  struct reduced {
    V sum, n, high, rest;
    [[gnu::always_inline]] explicit reduced(const V& exponent) {
      constexpr T whole = T(1.5) * T(bits{1} << digits);  // numbers near it have no fraction, and n in their last bits
      sum = multiply_add(exponent, splat<V>(log2_e), splat<V>(whole));
      n = sum - whole;
      high = multiply_add(n, splat<V>(-ln2_high), exponent);
      const V low = n * -ln2_low, r = high + low, square = r * r;
      // (e^r - 1 - r) / r^2, interpolated at Chebyshev's points of |r| <= ln(2) / 2.
      V q;
      if constexpr (is_double)
        q = polynomial(r, square, 0.5000000000000001, 0.16666666666666669, 0.041666666666624066, 0.008333333333330056,
                       0.0013888888917244024, 0.00019841269863076925, 2.4801521248869766e-05, 2.755726842378838e-06,
                       2.762011083756978e-07, 2.5100402715322728e-08);
      else q = polynomial(r, square, 0.5f, 0.166666672f, 0.041666463f, 0.00833331048f, 0.00139336661f, 0.000198910086f);
      rest = multiply_add(square, q, low);
    }
    /// 2^(n + offset), where that is a normal number.
    [[gnu::always_inline]] V power(int offset = 0) const {
      return (V)(((U)sum << digits) + (static_cast<bits>(exponent_bias + offset) << digits));
    }
  };

  [[gnu::always_inline]] static V at_least(const V& x, T low) { return blend<V>(x < low, splat<V>(low), x); }
  [[gnu::always_inline]] static V at_most(const V& x, T high) { return blend<V>(x > high, splat<V>(high), x); }

  /// Within 1 unit in the last place, as all of these where nothing else is said. Halved until the end, since 2^n may
  /// be too large; results below 4.5e-308 (float: 2.4e-38) are 0 except with AVX-512, which scales in one instruction.
  [[gnu::always_inline]] static V exp(const V& x) {
#if defined(__AVX512F__)
    if constexpr (sizeof(V) == 64) {
      const reduced e(at_most(at_least(x, is_double ? T(-746) : T(-105)), is_double ? T(710) : T(89)));
      const V y = 1 + (e.high + e.rest);  // rounded as the environment says (4), all lanes
      if constexpr (is_double) return __builtin_ia32_scalefpd512_mask(y, e.n, y, static_cast<unsigned char>(-1), 4);
      else return __builtin_ia32_scalefps512_mask(y, e.n, y, static_cast<unsigned short>(-1), 4);
    }
#endif
    const reduced e(at_most(x, is_double ? T(710) : T(89)));
    const V half = e.power(-1), y = multiply_add(half, e.high + e.rest, half);
    return blend<V>(x < (is_double ? T(-707.703) : T(-86.643)), V{}, y + y);
  }
  /// 2^n (e^r - 1) + (2^n - 1), halved, too. Within 2 units in the last place.
  [[gnu::always_inline]] static V expm1(const V& x) {
    const reduced e(at_most(at_least(x, is_double ? T(-40) : T(-20)), is_double ? T(710) : T(89)));
    const V half = e.power(-1), y = multiply_add(half, e.rest, multiply_add(half, e.high, half - T(0.5)));
    return blend<V>(abs_of(x) < std::numeric_limits<T>::epsilon() / 4, x, y + y);
  }
  /// y = -t / (t + 2) with t = e^(-2 |x|) - 1, then what t and t + 2 lost in rounding; 1 / (t + 2) = (1 + y) / 2.
  /// Within 2 units in the last place.
  [[gnu::always_inline]] static V tanh(const V& x) {
    const reduced e(-2 * at_most(abs_of(x), is_double ? T(20) : T(10)));
    const V power = e.power(), start = power - 1, more = power * e.rest;
    const V most = multiply_add(power, e.high, start), t = most + more, d = t + 2, y = -t / d;
    const V t_lost = (more - (t - most)) + multiply_add(power, e.high, start - most), d_lost = (t - (d - 2)) + t_lost;
    return copysign_of(multiply_add(multiply_add(y, d_lost, t_lost), T(-0.5) * (1 + y), y), x);
  }
  /// y = e / (1 + e) or 1 / (1 + e) with e = e^-|x|, then what 1 + e lost in rounding. Within 2 units in the last
  /// place.
  [[gnu::always_inline]] static V sigmoid(const V& x) {
    const auto negative = x < 0;
    const V e = exp(-abs_of(x)), d = 1 + e, y = blend<V>(negative, e, splat<V>(1)) / d, d_lost = e - (d - 1);
    return y - y * d_lost * blend<V>(negative, 1 - y, y);
  }

  /// log(y) + correction for normal y > 0, as fdlibm does it (Ng 1993): y = 2^k (1 + f) with 1 + f between sqrt(1/2)
  /// and sqrt(2), s = f / (2 + f), and a polynomial for (log(1 + f) - 2 s) / s.
  [[gnu::always_inline]] static V log_of_normal(const V& y, const V& added_to_exponent, const V& correction) {
    constexpr bits root = is_double ? bits(0x3fe6a09e00000000) : bits(0x3f3504f3),
                   one = static_cast<bits>(exponent_bias) << digits;
    constexpr T whole = T(bits{1} << digits);
    const U moved = (U)y + (one - root);
    const V k = (V)((moved >> digits) | std::bit_cast<bits>(whole)) - (whole + exponent_bias) + added_to_exponent;
    const V f = (V)((moved & ((bits{1} << digits) - 1)) + root) - 1, s = f / (2 + f), z = s * s, square = z * z,
            half = T(0.5) * f * f;
    V q;
    if constexpr (is_double)
      q = polynomial(z, square, 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
                     2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
                     1.479819860511658591e-01);
    else q = polynomial(z, square, 0.66666662693f, 0.40000972152f, 0.28498786688f, 0.24279078841f);
    const V small = multiply_add(s, multiply_add(z, q, half), multiply_add(k, splat<V>(ln2_low), correction));
    return multiply_add(k, splat<V>(ln2_high), f - (half - small));
  }
  [[gnu::always_inline]] static V log(const V& x) {
    constexpr T scale = T(bits{1} << digits) * 4;
    const auto tiny = x < std::numeric_limits<T>::min();
    const V y = log_of_normal(blend<V>(tiny, x * scale, x), blend<V>(tiny, splat<V>(-digits - 2), V{}), V{});
    return with_limits(y, x, x);
  }
  /// log(u) + (x - (u - 1)) / u with u = 1 + x (Kahan), what u lost in rounding.
  [[gnu::always_inline]] static V log1p(const V& x) {
    const V u = 1 + x, y = log_of_normal(u, V{}, (x - (u - 1)) / u);
    return blend<V>(abs_of(x) < std::numeric_limits<T>::epsilon() / 4, x, with_limits(y, u, x));
  }

 private:
  /// y = log(u) where that is a number; at infinity and NaN it is x.
  [[gnu::always_inline]] static V with_limits(const V& y, const V& u, const V& x) {
    const V limit =
        blend<V>(u == 0, splat<V>(-infinity), blend<V>(u < 0, splat<V>(std::numeric_limits<T>::quiet_NaN()), x));
    return blend<V>((u > 0) & (u < infinity), y, limit);
  }
};

}  // namespace tapeless::detail
