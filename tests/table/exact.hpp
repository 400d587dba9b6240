// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include <mpfr.h>

#include <tapeless/op/table.hpp>
#include "math/reference.hpp"

// What each operation of the table is in exact arithmetic, independently of its row: `exact<Op>::value(x...)` on
// numbers of MPFR, conditions and whole numbers. A row without it does not compile in the test of accuracy. Where terms
// of either sign add up, and may cancel, `term(x...)` is the size of one of them.
namespace table {

namespace op = tapeless::op;

using mpfr_unary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
using mpfr_binary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

template <mpfr_unary f>
real map(const real& a, int digits = real::many) {
  real r(digits);
  f(r.x, a.x, MPFR_RNDN);
  return r;
}
template <mpfr_binary f>
real map(const real& a, const real& b, int digits = real::many) {
  real r(digits);
  f(r.x, a.x, b.x, MPFR_RNDN);
  return r;
}

// clang-format off
inline real operator+(const real& a, const real& b) { return map<mpfr_add>(a, b); }
inline real operator-(const real& a, const real& b) { return map<mpfr_sub>(a, b); }
inline real operator*(const real& a, const real& b) { return map<mpfr_mul>(a, b); }
inline real operator/(const real& a, const real& b) { return map<mpfr_div>(a, b); }
inline real operator-(const real& a) { return map<mpfr_neg>(a); }
inline bool operator<(const real& a, const real& b) { return mpfr_less_p(a.x, b.x) != 0; }
inline bool operator==(const real& a, const real& b) { return mpfr_equal_p(a.x, b.x) != 0; }
inline real abs(const real& a) { return map<mpfr_abs>(a); }
inline real exp(const real& a) { return map<mpfr_exp>(a); }
inline real log(const real& a) { return map<mpfr_log>(a); }
inline real log1p(const real& a) { return map<mpfr_log1p>(a); }
inline real sqrt(const real& a) { return map<mpfr_sqrt>(a); }
inline const real zero(0.0L), one(1.0L), two(2.0L);

template <class Op> struct exact;
template <mpfr_unary f> struct unary { static real value(const real& x) { return map<f>(x, real::few); } };
template <mpfr_binary f> struct binary { static real value(const real& x, const real& y) { return map<f>(x, y, real::few); } };

template <> struct exact<op::add> : binary<mpfr_add> {};
template <> struct exact<op::sub> : binary<mpfr_sub> {};
template <> struct exact<op::mul> : binary<mpfr_mul> {};
template <> struct exact<op::div> : binary<mpfr_div> {};
template <> struct exact<op::neg> : unary<mpfr_neg> {};

template <> struct exact<op::select> { static real value(bool c, const real& x, const real& y) { return c ? x : y; } };
template <> struct exact<op::abs> : unary<mpfr_abs> {};
template <> struct exact<op::sign> { static real value(const real& x) { return zero < x ? one : x < zero ? -one : x; } };
template <> struct exact<op::min> { static real value(const real& x, const real& y) { return y < x ? y : x; } };
template <> struct exact<op::max> { static real value(const real& x, const real& y) { return x < y ? y : x; } };
template <> struct exact<op::clamp> {
  static real value(const real& x, const real& low, const real& high) { return x < low ? low : high < x ? high : x; }
};
template <> struct exact<op::fdim> : binary<mpfr_dim> {};
template <> struct exact<op::copysign> : binary<mpfr_copysign> {};

template <> struct exact<op::floor> : unary<integral<mpfr_floor>> {};
template <> struct exact<op::ceil> : unary<integral<mpfr_ceil>> {};
template <> struct exact<op::trunc> : unary<integral<mpfr_trunc>> {};
template <> struct exact<op::round> : unary<integral<mpfr_round>> {};
template <> struct exact<op::fmod> : binary<mpfr_fmod> {};
template <> struct exact<op::remainder> : binary<mpfr_remainder> {};

template <> struct exact<op::exp> : unary<mpfr_exp> {};
template <> struct exact<op::exp2> : unary<mpfr_exp2> {};
template <> struct exact<op::exp10> : unary<mpfr_exp10> {};
template <> struct exact<op::expm1> : unary<mpfr_expm1> {};
template <> struct exact<op::log> : unary<mpfr_log> {};
template <> struct exact<op::log2> : unary<mpfr_log2> {};
template <> struct exact<op::log10> : unary<mpfr_log10> {};
template <> struct exact<op::log1p> : unary<mpfr_log1p> {};
template <> struct exact<op::xlogx> { static real value(const real& x) { return x == zero ? zero : x * log(x); } };

template <> struct exact<op::pow> : binary<mpfr_pow> {};
template <> struct exact<op::powi> {
  static real value(const real& x, long n) { real r; mpfr_pow_si(r.x, x.x, n, MPFR_RNDN); return r; }
};
template <> struct exact<op::square> : unary<mpfr_sqr> {};
template <> struct exact<op::inv> { static real value(const real& x) { return one / x; } };
template <> struct exact<op::sqrt> : unary<mpfr_sqrt> {};
template <> struct exact<op::rsqrt> { static real value(const real& x) { return one / sqrt(x); } };  // -inf at -0
template <> struct exact<op::cbrt> : unary<mpfr_cbrt> {};
template <> struct exact<op::hypot> : binary<mpfr_hypot> {};
template <> struct exact<op::hypot3> {
  static real value(const real& x, const real& y, const real& z) { return map<mpfr_hypot>(map<mpfr_hypot>(x, y), z); }
};
template <> struct exact<op::fma> {
  static real value(const real& x, const real& y, const real& z) { real r; mpfr_fma(r.x, x.x, y.x, z.x, MPFR_RNDN); return r; }
};
/// a (1 - t) + b t, its terms exact, whatever cancels.
template <> struct exact<op::lerp> {
  static real value(const real& a, const real& b, const real& t) {
    if (!mpfr_number_p(a.x) || !mpfr_number_p(b.x) || !mpfr_number_p(t.x)) return a + t * (b - a);
    mpfr_t rest;
    const long digits = mpfr_zero_p(t.x) ? 0 : mpfr_get_exp(t.x);
    mpfr_init2(rest, 80 + (digits < 0 ? -digits : digits));
    mpfr_ui_sub(rest, 1, t.x, MPFR_RNDN);
    real r;
    mpfr_fmma(r.x, a.x, rest, b.x, t.x, MPFR_RNDN);
    mpfr_clear(rest);
    return r;
  }
  static real term(const real& a, const real&, const real&) { return abs(a); }
};

template <> struct exact<op::sin> : unary<mpfr_sin> {};
template <> struct exact<op::cos> : unary<mpfr_cos> {};
template <> struct exact<op::tan> : unary<mpfr_tan> {};
template <> struct exact<op::asin> : unary<mpfr_asin> {};
template <> struct exact<op::acos> : unary<mpfr_acos> {};
template <> struct exact<op::atan> : unary<mpfr_atan> {};
template <> struct exact<op::atan2> : binary<mpfr_atan2> {};
template <> struct exact<op::sinh> : unary<mpfr_sinh> {};
template <> struct exact<op::cosh> : unary<mpfr_cosh> {};
template <> struct exact<op::tanh> : unary<mpfr_tanh> {};
template <> struct exact<op::asinh> : unary<mpfr_asinh> {};
template <> struct exact<op::sech> : unary<mpfr_sech> {};
template <> struct exact<op::acosh> : unary<mpfr_acosh> {};
template <> struct exact<op::atanh> : unary<mpfr_atanh> {};

template <> struct exact<op::erf> : unary<mpfr_erf> {};
template <> struct exact<op::erfc> : unary<mpfr_erfc> {};
template <> struct exact<op::tgamma> : unary<mpfr_gamma> {};
/// At negative x it is, as the next two are, the difference of terms of the size of its value at 1 - x.
template <> struct exact<op::lgamma> : unary<log_gamma> {
  static real term(const real& x) { return x < zero ? value(one - x) : zero; }
};
template <> struct exact<op::digamma> : unary<mpfr_digamma> {
  static real term(const real& x) { return x < zero ? value(one - x) : zero; }
};
template <> struct exact<op::polygamma> {
  static real value(long n, const real& x) {
    if (n == 0) return map<mpfr_digamma>(x);
    if (mpfr_nan_p(x.x)) return x;
    if (mpfr_inf_p(x.x)) return x < zero || n < 0 ? real(__builtin_nanl("")) : n % 2 == 0 ? -zero : zero;
    switch (n) {
      case 1: return map<polygamma<1>>(x);
      case 2: return map<polygamma<2>>(x);
      case 3: return map<polygamma<3>>(x);
      case 4: return map<polygamma<4>>(x);
      case 12: return map<polygamma<12>>(x);
      default: return real(__builtin_nanl(""));
    }
  }
  static real term(long n, const real& x) { return x < zero && n % 2 == 0 ? value(n, one - x) : zero; }
};

template <> struct exact<op::sigmoid> { static real value(const real& x) { return one / (one + exp(-x)); } };
template <> struct exact<op::softplus> {
  static real value(const real& x) { return zero < x ? x + log1p(exp(-x)) : log1p(exp(x)); }
};
template <> struct exact<op::log_sigmoid> { static real value(const real& x) { return -exact<op::softplus>::value(-x); } };
template <> struct exact<op::relu> { static real value(const real& x) { return x < zero ? zero : x; } };
template <> struct exact<op::leaky_relu> {
  static real value(const real& x, const real& a) { return zero < x ? x : a * x; }
};
template <> struct exact<op::elu> {
  static real value(const real& x, const real& a) { return zero < x ? x : a * map<mpfr_expm1>(x); }
};
template <> struct exact<op::gelu> {
  static real value(const real& x) { return x / two * map<mpfr_erfc>(-x / sqrt(two), real::few); }
};
template <> struct exact<op::silu> { static real value(const real& x) { return x / (one + exp(-x)); } };
template <> struct exact<op::softsign> { static real value(const real& x) { return x / (one + abs(x)); } };
template <> struct exact<op::logaddexp> {
  static real value(const real& x, const real& y) {
    const real& most = x < y ? y : x;
    return x == y ? most + log(two) : most + log1p(exp(-abs(x - y)));
  }
  static real term(const real& x, const real& y) { return abs(x < y ? y : x); }
};
template <> struct exact<op::smooth_abs> : binary<mpfr_hypot> {};
/// (x + y + s) / 2 with s = hypot(x - y, w), as max(x, y) + (s - |x - y|) / 2.
template <> struct exact<op::smooth_max> {
  static real value(const real& x, const real& y, const real& w) {
    const real d = abs(x - y), s = map<mpfr_hypot>(d, w);
    return (x < y ? y : x) + (w == zero ? zero : w * w / (two * (s + d)));
  }
  static real term(const real& x, const real& y, const real&) { return abs(x < y ? y : x); }
};
template <> struct exact<op::stop_gradient> { static real value(const real& x) { return x; } };
// clang-format on

}  // namespace table
