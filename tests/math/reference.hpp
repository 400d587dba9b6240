// SPDX-License-Identifier: BSL-1.0
#pragma once

// What MPFR lacks: its functions as one shape, and polygamma.

#include <vector>

#include <mpfr.h>

/// A number of MPFR. One of few digits is as good as exact beside a long double; many are enough for all that cancels
/// in our references, and take longer.
struct real {
  static constexpr int few = 128, many = 300;
  mpfr_t x;
  explicit real(int digits = many) { mpfr_init2(x, digits); }
  explicit real(long double value) : real() { mpfr_set_ld(x, value, MPFR_RNDN); }
  real(const real& other) : real(static_cast<int>(mpfr_get_prec(other.x))) { mpfr_set(x, other.x, MPFR_RNDN); }
  real& operator=(const real&) = delete;
  ~real() { mpfr_clear(x); }
};

template <int (*round)(mpfr_ptr, mpfr_srcptr)>
int integral(mpfr_ptr r, mpfr_srcptr x, mpfr_rnd_t) {
  return round(r, x);
}

inline int log_gamma(mpfr_ptr r, mpfr_srcptr x, mpfr_rnd_t n) {
  int sign;
  return mpfr_lgamma(r, &sign, x, n);
}

/// zeta(2k) for k < 64, computed once.
inline mpfr_srcptr even_zeta(int k) {
  static const struct table {
    real value[64];
    table() {
      for (unsigned i = 0; i < 64; ++i) mpfr_zeta_ui(value[i].x, 2 * i, MPFR_RNDN);
    }
  } zeta;
  return zeta.value[k].x;
}

/// n! zeta(n + 1, x) for x > 0: the sum as far as x >= 60 + n, and 60 terms of the series of Euler and Maclaurin.
inline void factorial_zeta(mpfr_ptr r, int n, mpfr_srcptr x) {
  real y, term, sum, factorial, square;
  mpfr_fac_ui(factorial.x, static_cast<unsigned long>(n), MPFR_RNDN);
  mpfr_set(y.x, x, MPFR_RNDN);
  mpfr_set_zero(sum.x, 1);
  for (; mpfr_cmp_si(y.x, 60 + n) < 0; mpfr_add_ui(y.x, y.x, 1, MPFR_RNDN)) {
    mpfr_pow_si(term.x, y.x, -n - 1, MPFR_RNDN);
    mpfr_add(sum.x, sum.x, term.x, MPFR_RNDN);
  }
  mpfr_mul(sum.x, sum.x, factorial.x, MPFR_RNDN);
  // (n-1)!/y^n + n!/2 y^(-n-1), and from there 2 (-1)^(k+1) zeta(2k) (2k+n-1)!/(2 pi)^(2k) y^(-n-2k), as B(2k) is.
  mpfr_pow_si(term.x, y.x, -n - 1, MPFR_RNDN);
  mpfr_mul(term.x, term.x, factorial.x, MPFR_RNDN);
  mpfr_div_ui(square.x, term.x, 2, MPFR_RNDN);
  mpfr_add(sum.x, sum.x, square.x, MPFR_RNDN);
  mpfr_div_si(term.x, term.x, n, MPFR_RNDN);
  mpfr_mul(term.x, term.x, y.x, MPFR_RNDN);
  mpfr_add(sum.x, sum.x, term.x, MPFR_RNDN);
  mpfr_const_pi(square.x, MPFR_RNDN);
  mpfr_mul(square.x, square.x, y.x, MPFR_RNDN);
  mpfr_sqr(square.x, square.x, MPFR_RNDN);
  mpfr_mul_ui(square.x, square.x, 4, MPFR_RNDN);
  mpfr_mul_si(term.x, term.x, -2, MPFR_RNDN);
  for (int k = 1; k <= 60; ++k) {
    mpfr_mul_si(term.x, term.x, -(n + 2 * k - 2) * (n + 2 * k - 1), MPFR_RNDN);
    mpfr_div(term.x, term.x, square.x, MPFR_RNDN);
    mpfr_fma(sum.x, term.x, even_zeta(k), sum.x, MPFR_RNDN);
  }
  mpfr_set(r, sum.x, MPFR_RNDN);
}

/// The n-th derivative of pi cot(pi x): pi^(n+1) P(cot pi x) with P = c for n = 0, and -(1 + c^2) P' next.
inline void cotangent_derivative(mpfr_ptr r, int n, mpfr_srcptr x) {
  std::vector<long> p = {0, 1};
  for (int k = 0; k < n; ++k) {
    std::vector<long> next(p.size() + 1);
    for (std::size_t i = 1; i < p.size(); ++i) {
      next[i - 1] -= static_cast<long>(i) * p[i];
      next[i + 1] -= static_cast<long>(i) * p[i];
    }
    p = next;
  }
  real pi, c;
  mpfr_const_pi(pi.x, MPFR_RNDN);
  mpfr_rint(c.x, x, MPFR_RNDN);
  mpfr_sub(c.x, x, c.x, MPFR_RNDN);
  mpfr_abs(r, c.x, MPFR_RNDN);
  if (mpfr_cmp_d(r, 0.5) == 0) {
    mpfr_set_zero(c.x, 1);
  } else {
    mpfr_mul(c.x, c.x, pi.x, MPFR_RNDN);
    mpfr_cot(c.x, c.x, MPFR_RNDN);
  }
  mpfr_set_zero(r, 1);
  for (std::size_t i = p.size(); i-- > 0;) {
    mpfr_mul(r, r, c.x, MPFR_RNDN);
    mpfr_add_si(r, r, p[i], MPFR_RNDN);
  }
  mpfr_pow_si(pi.x, pi.x, n + 1, MPFR_RNDN);
  mpfr_mul(r, r, pi.x, MPFR_RNDN);
}

/// The n-th derivative of digamma for 0 < n < 16, by reflection for x < 0, with the values of ours at the poles.
template <int n>
int polygamma(mpfr_ptr r, mpfr_srcptr x, mpfr_rnd_t) {
  constexpr bool even = n % 2 == 0;
  if (mpfr_sgn(x) <= 0 && mpfr_integer_p(x)) {
    if (even && !mpfr_zero_p(x)) mpfr_set_nan(r);
    else mpfr_set_inf(r, even && !mpfr_signbit(x) ? -1 : 1);
    return 0;
  }
  if (mpfr_sgn(x) > 0) {
    factorial_zeta(r, n, x);
    if (even) mpfr_neg(r, r, MPFR_RNDN);
    return 0;
  }
  // psi_n(1 - x) = (-1)^n (psi_n(x) + (pi cot(pi x))^(n))
  real cotangent, reflected;
  cotangent_derivative(cotangent.x, n, x);
  mpfr_ui_sub(reflected.x, 1, x, MPFR_RNDN);
  factorial_zeta(r, n, reflected.x);
  mpfr_neg(r, r, MPFR_RNDN);
  return mpfr_sub(r, r, cotangent.x, MPFR_RNDN);
}
