// SPDX-License-Identifier: BSL-1.0
//
// Measures the algorithms of constant expressions against MPFR: accuracy [points per function] [name of one function].
// Prints the largest error in ulp of the exact result, per function and type; returns 1 if one exceeds its bound.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

#include <mpfr.h>

#include <tapeless/math/math.hpp>

#include "reference.hpp"

namespace {

constexpr long double everything = std::numeric_limits<long double>::infinity();

template <class T>
void assign(mpfr_t r, T x) {
  if constexpr (std::is_same_v<T, long double>) mpfr_set_ld(r, x, MPFR_RNDN);
  else mpfr_set_d(r, static_cast<double>(x), MPFR_RNDN);
}

/// |computed - exact| in units of the last place of exact in T; infinite for a wrong NaN, infinity or sign of zero.
template <class T>
double ulp_error(T computed, mpfr_t exact) {
  using limits = std::numeric_limits<T>;
  constexpr double wrong = std::numeric_limits<double>::infinity();
  if (mpfr_nan_p(exact) || std::isnan(computed)) return mpfr_nan_p(exact) && std::isnan(computed) ? 0 : wrong;
  const bool same_sign = std::signbit(computed) == (mpfr_signbit(exact) != 0);
  real a, b;
  mpfr_set_ui_2exp(a.x, 1, limits::max_exponent, MPFR_RNDN);
  mpfr_set_ui_2exp(b.x, 1, limits::max_exponent - limits::digits - 1, MPFR_RNDN);
  mpfr_sub(a.x, a.x, b.x, MPFR_RNDN);
  const bool infinite = mpfr_cmpabs(exact, a.x) >= 0;  // from there on numbers round to infinity
  if (infinite || std::isinf(computed)) return infinite && std::isinf(computed) && same_sign ? 0 : wrong;
  if (computed == 0 && !same_sign) return wrong;
  if (mpfr_zero_p(exact)) return computed == 0 ? 0 : wrong;
  assign(a.x, computed);
  mpfr_sub(a.x, a.x, exact, MPFR_RNDN);
  mpfr_mul_2si(a.x, a.x, limits::digits - std::max<long>(mpfr_get_exp(exact), limits::min_exponent), MPFR_RNDN);
  return std::fabs(mpfr_get_d(a.x, MPFR_RNDN));
}

/// One function of one type: ours, MPFR's, the interval and the special points where we look closely.
template <class T>
struct subject {
  const char* name;
  int arity;
  std::function<T(const T*)> ours;
  std::function<void(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_srcptr)> exact;
  double bound;
  double low, high;
  std::vector<double> special;
  long double largest = everything;  // no arguments beyond
  T least = -std::numeric_limits<T>::infinity();
};

using mpfr_unary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
using mpfr_binary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

template <class T>
subject<T> unary(const char* name, T (*ours)(T), mpfr_unary exact, double bound, double low, double high,
                 const std::vector<double>& special, long double largest = everything) {
  return {name,
          1,
          [ours](const T* x) { return ours(x[0]); },
          [exact](auto r, auto a, auto, auto) { exact(r, a, MPFR_RNDN); },
          bound,
          low,
          high,
          special,
          largest};
}

/// An algorithm of run time over x >= low only, if that is zero.
template <class T>
subject<T> fast(const char* name, T (*ours)(T), mpfr_unary exact, double bound, double low,
                const std::vector<double>& special, long double largest = everything) {
  constexpr bool wide = std::numeric_limits<T>::digits > 53;
  subject<T> s = unary<T>(name, ours, exact, wide ? bound * (1 << 11) : bound, low, 20, special, largest);
  if (low == 0) s.least = 0;
  return s;
}

template <class T>
subject<T> binary(const char* name, T (*ours)(T, T), mpfr_binary exact, double bound, double low, double high,
                  const std::vector<double>& special) {
  return {name,
          2,
          [ours](const T* x) { return ours(x[0], x[1]); },
          [exact](auto r, auto a, auto b, auto) { exact(r, a, b, MPFR_RNDN); },
          bound,
          low,
          high,
          special};
}

template <class T>
std::vector<subject<T>> subjects() {
  using limits = std::numeric_limits<T>;
  namespace c = tapeless::math::at_compile_time;
  namespace r = tapeless::math::at_run_time;
  constexpr bool wide = limits::digits > 53;
  constexpr double good = wide ? 0.76 : 0.501;  // wide subnormal numbers are rounded twice: 0.75
  constexpr double fair = wide ? 0.9 : 0.501;
  const double top2 = limits::max_exponent, top = top2 * 0.70, top10 = top2 * 0.302, edge = top2 * 0.693147;
  const double pi = 3.14159265358979323846;
  const std::vector<double> exps = {0, 1, -1, 0x1p-30, 0.02, 20, 42, edge, -edge, -top, top10, -top10, top2};
  const std::vector<double> ones = {1, 2, 0.5, 0.70710678118654752, 1.4142135623730951, 10, 100, 1000, 1e22};
  const std::vector<double> near = {0, 1, -1, 0x1p-30, 0.02, 0.41, -0.29, 0x1p-6, -0x1p-6, 0x1p60};
  const std::vector<double> turns = {pi / 2, pi, pi / 4, 3 * pi / 2, 2 * pi, 100 * pi, 1e5 * pi, 524288, 1e22, 0};
  const std::vector<double> unit = {1, -1, 0, 0.5, -0.5, 0.0625, 0.03125};
  const std::vector<double> bases = {1, -1, 2, -2, 3, 10, 0.5, -0.5, 1000, -300, 0};
  const std::vector<double> erfs = {0, 1, -1, 2.5, -2.5, 6, 26.5, 27, 106, 0x1p-36};
  const std::vector<double> gammas = {1, 2, 3, 0.5, 16, 34, 170, 171.6, 1755, -0.5, -1.5, -170.5, 1.4616321449683622};
  const std::vector<double> poles = {0, 1, 2, 0.5, 11, 17, 28, -1, -2, -3, -12, -0.5, -1.5, -170.5, -65536.5, 0x1p80};
  const std::vector<double> halves = {0, 1, 0.5, 1.5, -1, -0.5, 0x1p23, 0x1p52, 0x1p63};
  const std::vector<double> small = {1, 2, 3, 4, 6, 0.5, 10, -1, -2, 0};
  // clang-format off
  std::vector<subject<T>> all = {
    unary<T>("sqrt", c::sqrt, mpfr_sqrt, 0.5, 0, 4, ones),
    unary<T>("rsqrt", c::rsqrt, mpfr_rec_sqrt, good, 0, 4, ones),
    unary<T>("cbrt", c::cbrt, mpfr_cbrt, good, -8, 8, {1, 8, 27, 64, 0.125, -1}),
    binary<T>("hypot", [](T x, T y) { return c::hypot(x, y); }, mpfr_hypot, good, -4, 4, small),
    {"hypot3", 3, [](const T* x) { return c::hypot(x[0], x[1], x[2]); },
     [](auto r, auto x, auto y, auto z) {
       real a;
       mpfr_hypot(a.x, x, y, MPFR_RNDN);
       mpfr_hypot(r, a.x, z, MPFR_RNDN);
     }, good, -4, 4, small},
    unary<T>("exp", c::exp, mpfr_exp, good, -top, top, exps),
    unary<T>("exp2", c::exp2, mpfr_exp2, good, -top2, top2, exps),
    unary<T>("exp10", c::exp10, mpfr_exp10, good, -top10, top10, exps),
    unary<T>("expm1", c::expm1, mpfr_expm1, fair, -2, 2, exps),
    unary<T>("log", c::log, mpfr_log, good, 0, 3, ones),
    unary<T>("log2", c::log2, mpfr_log2, good, 0, 3, ones),
    unary<T>("log10", c::log10, mpfr_log10, good, 0, 3, ones),
    unary<T>("log1p", c::log1p, mpfr_log1p, good, -1, 1, near),
    binary<T>("pow", c::pow, mpfr_pow, good, 0, 30, bases),
    {"powi", 2, [](const T* x) { return c::powi(x[0], static_cast<int>(std::fmod(x[1], T{1 << 30}))); },
     [](auto r, auto a, auto b, auto) {
       real m;
       mpfr_set_si(m.x, 1 << 30, MPFR_RNDN);
       mpfr_fmod(m.x, b, m.x, MPFR_RNDN);
       mpfr_pow_si(r, a, mpfr_get_si(m.x, MPFR_RNDZ), MPFR_RNDN);
     }, good, -30, 30, bases},
    unary<T>("sin", c::sin, mpfr_sin, good, -20, 20, turns),
    unary<T>("cos", c::cos, mpfr_cos, good, -20, 20, turns),
    unary<T>("tan", c::tan, mpfr_tan, good, -20, 20, turns),
    unary<T>("asin", c::asin, mpfr_asin, good, -1, 1, unit),
    unary<T>("acos", c::acos, mpfr_acos, good, -1, 1, unit),
    unary<T>("atan", c::atan, mpfr_atan, good, -4, 4, unit),
    binary<T>("atan2", c::atan2, mpfr_atan2, good, -4, 4, unit),
    unary<T>("sinh", c::sinh, mpfr_sinh, fair, -4, 4, exps),
    unary<T>("cosh", c::cosh, mpfr_cosh, good, -4, 4, exps),
    unary<T>("tanh", c::tanh, mpfr_tanh, fair, -4, 4, exps),
    unary<T>("asinh", c::asinh, mpfr_asinh, good, -4, 4, near),
    unary<T>("acosh", c::acosh, mpfr_acosh, good, 1, 4, {1, 1.0001220703125, 0x1p60, 1.25}),
    unary<T>("atanh", c::atanh, mpfr_atanh, good, -1, 1, near),
    unary<T>("erf", c::erf, mpfr_erf, fair, -3, 3, erfs),
    unary<T>("erfc", c::erfc, mpfr_erfc, fair, -3, std::sqrt(top), erfs),
    unary<T>("tgamma", c::tgamma, mpfr_gamma, good, -20, 30, gammas, 1900),
    unary<T>("lgamma", c::lgamma, log_gamma, fair, -2, 20, gammas, 1e30L),
    unary<T>("digamma", c::digamma, mpfr_digamma, fair, -0.5, 20, gammas, 1e30L),
    unary<T>("trigamma", [](T x) { return c::polygamma(1, x); }, polygamma<1>, fair, -20, 20, poles),
    unary<T>("polygamma2", [](T x) { return c::polygamma(2, x); }, polygamma<2>, fair, -20, 20, poles),
    unary<T>("polygamma3", [](T x) { return c::polygamma(3, x); }, polygamma<3>, fair, -20, 20, poles),
    unary<T>("polygamma12", [](T x) { return c::polygamma(12, x); }, polygamma<12>, fair, -20, 40, poles),
    {"fma", 3, [](const T* x) { return c::fma(x[0], x[1], x[2]); },
     [](auto r, auto x, auto y, auto z) { mpfr_fma(r, x, y, z, MPFR_RNDN); }, 0.5, -4, 4, small},
    binary<T>("fmod", c::fmod, mpfr_fmod, 0, -100, 100, small),
    binary<T>("remainder", c::remainder, mpfr_remainder, 0, -100, 100, small),
    binary<T>("fdim", c::fdim, mpfr_dim, 0.5, -2, 2, small),
    unary<T>("floor", c::floor, integral<mpfr_floor>, 0, -4, 4, halves),
    unary<T>("ceil", c::ceil, integral<mpfr_ceil>, 0, -4, 4, halves),
    unary<T>("trunc", c::trunc, integral<mpfr_trunc>, 0, -4, 4, halves),
    unary<T>("round", c::round, integral<mpfr_round>, 0, -4, 4, halves),
    // Ours at run time as well; bounds are in ulp of double, as far as T has them. Digamma and polygamma of even order
    // have zeros at negative x.
    fast<T>("psi fast", [](T x) { return r::digamma(x); }, mpfr_digamma, 4, 0, gammas, 1e30L),
    fast<T>("psi1 fast", [](T x) { return r::polygamma(1, x); }, polygamma<1>, 6, -20, poles),
    fast<T>("psi2 fast", [](T x) { return r::polygamma(2, x); }, polygamma<2>, 4, 0, poles),
    fast<T>("psi3 fast", [](T x) { return r::polygamma(3, x); }, polygamma<3>, 12, -20, poles),
  };
  // clang-format on
  return all;
}

/// A third uniform over all bit patterns, a third over the interval, a third around the special points.
template <class T>
class arguments {
 public:
  explicit arguments(const subject<T>& s) : s_(s) {}

  T next(int kind) {
    T x;
    do {
      x = kind == 0 ? any() : kind == 1 ? inside() : near();
    } while (std::fabs(x) > static_cast<T>(s_.largest) || x < s_.least);
    return x;
  }

 private:
  T fraction() { return std::ldexp(static_cast<T>(engine_() >> 1), -63); }
  T any() {
    using limits = std::numeric_limits<T>;
    std::uniform_int_distribution<int> exponents(limits::min_exponent - limits::digits, limits::max_exponent - 1);
    const T x = std::min(std::ldexp(1 + fraction(), exponents(engine_)), limits::max());
    return engine_() & 1 ? x : -x;
  }
  T inside() { return static_cast<T>(s_.low) + fraction() * static_cast<T>(s_.high - s_.low); }
  T near() {
    T x = static_cast<T>(s_.special[engine_() % s_.special.size()]);
    const int bits = static_cast<int>(engine_() % 60);
    if (engine_() % 2 == 0) return x + (fraction() - T{0.5}) * std::ldexp(x == 0 ? T{1} : x, -bits);
    for (int i = 0; i < bits % 5; ++i) x = std::nextafter(x, bits < 30 ? -infinite : infinite);
    return x;
  }

  static constexpr T infinite = std::numeric_limits<T>::infinity();
  const subject<T>& s_;
  std::mt19937_64 engine_{20240229};
};

template <class T>
bool measure(const subject<T>& s, long points, const char* type) {
  arguments<T> arguments(s);
  double worst = -1;
  T at[3] = {};
  for (long i = 0; i < points; ++i) {
    T x[3] = {};
    long kinds = i;
    for (int k = 0; k < s.arity; ++k, kinds /= 3) x[k] = arguments.next(static_cast<int>(kinds % 3));
    real a, b, c, r;
    assign(a.x, x[0]);
    assign(b.x, x[1]);
    assign(c.x, x[2]);
    s.exact(r.x, a.x, b.x, c.x);
    const double error = ulp_error(s.ours(x), r.x);
    if (error > worst) {
      worst = error;
      std::copy(x, x + 3, at);
    }
  }
  std::printf("%-12s %-12s %9.4f ", s.name, type, worst);
  for (int k = 0; k < s.arity; ++k) std::printf(" %.21Lg", static_cast<long double>(at[k]));
  if (worst > s.bound) std::printf("  EXCEEDS %g", s.bound);
  std::printf("\n");
  std::fflush(stdout);
  return worst <= s.bound;
}

template <class T>
bool measure_all(long points, const char* type, const char* only) {
  bool good = true;
  for (const subject<T>& s : subjects<T>()) {
    if (only == nullptr || std::strcmp(only, s.name) == 0) good &= measure(s, points, type);
  }
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  const long points = argc > 1 ? std::atol(argv[1]) : 3000;
  const char* only = argc > 2 ? argv[2] : nullptr;
  std::printf("function     type         worst ulp  at\n");
  bool good = measure_all<float>(points, "float", only);
  good &= measure_all<double>(points, "double", only);
  good &= measure_all<long double>(points, "long double", only);
  return good ? 0 : 1;
}
