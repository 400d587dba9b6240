// SPDX-License-Identifier: BSL-1.0
//
// Special values as in annex F of C11, all of them in constant expressions.

#include <catch.hpp>

#include <limits>
#include <type_traits>

#include <tapeless/math/math.hpp>

namespace {

namespace m = tapeless::math;

/// A long double of 113 bits is good to double's accuracy only: not for comparisons bit by bit.
using extended = std::conditional_t<(std::numeric_limits<long double>::digits > 64), double, long double>;

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T nan_v = std::numeric_limits<T>::quiet_NaN();
template <class T>
constexpr T largest = std::numeric_limits<T>::max();
template <class T>
constexpr T smallest = std::numeric_limits<T>::denorm_min();
template <class T>
constexpr T half_pi = static_cast<T>(1.570796326794896619231321691639751442L);
template <class T>
constexpr T pi = 2 * half_pi<T>;

/// Equal, and of the same sign if zero; or both NaN.
template <class T>
constexpr bool same(T a, T b) {
  return a == b ? m::signbit(a) == m::signbit(b) : a != a && b != b;
}

/// f(+-0) = +-0, f(NaN) = NaN, and numbers too small for anything else return unchanged.
template <class T, class F>
constexpr bool identity_at_zero(F f) {
  return same(f(T{0}), T{0}) && same(f(-T{0}), -T{0}) && same(f(nan_v<T>), nan_v<T>) && f(smallest<T>) == smallest<T> &&
         f(-smallest<T>) == -smallest<T> && f(std::numeric_limits<T>::min()) == std::numeric_limits<T>::min();
}

}  // namespace

TEMPLATE_TEST_CASE("classification", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE(same(m::abs(-T{0}), T{0}));
  STATIC_REQUIRE(same(m::abs(-inf<T>), inf<T>));
  STATIC_REQUIRE(!m::signbit(m::abs(m::copysign(nan_v<T>, T{-1}))));
  STATIC_REQUIRE(same(m::copysign(T{2}, -T{0}), T{-2}));
  STATIC_REQUIRE(m::signbit(m::copysign(nan_v<T>, T{-1})));
  STATIC_REQUIRE((m::signbit(-T{0}) && !m::signbit(T{0}) && m::signbit(-inf<T>)));
  STATIC_REQUIRE((m::isnan(nan_v<T>) && !m::isnan(inf<T>) && !m::isnan(T{1})));
  STATIC_REQUIRE((m::isinf(inf<T>) && m::isinf(-inf<T>) && !m::isinf(nan_v<T>) && !m::isinf(largest<T>)));
  STATIC_REQUIRE(
      (m::isfinite(largest<T>) && m::isfinite(smallest<T>) && !m::isfinite(-inf<T>) && !m::isfinite(nan_v<T>)));
}

TEMPLATE_TEST_CASE("min and max keep their first argument in doubt", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((m::min(T{1}, T{2}) == 1 && m::min(T{2}, T{1}) == 1 && m::max(T{1}, T{2}) == 2));
  STATIC_REQUIRE((same(m::min(T{0}, -T{0}), T{0}) && same(m::max(-T{0}, T{0}), -T{0})));
  STATIC_REQUIRE((same(m::min(nan_v<T>, T{1}), nan_v<T>) && m::min(T{1}, nan_v<T>) == 1));
  STATIC_REQUIRE((same(m::max(nan_v<T>, T{1}), nan_v<T>) && m::max(T{1}, nan_v<T>) == 1));
}

TEMPLATE_TEST_CASE("rounding to integers", "", float, double, extended) {
  using T = TestType;
  constexpr T big = 1 / std::numeric_limits<T>::epsilon();
  STATIC_REQUIRE((m::floor(T{2.5}) == 2 && m::floor(T{-2.5}) == -3 && same(m::floor(-T{0}), -T{0})));
  STATIC_REQUIRE((m::floor(smallest<T>) == 0 && m::floor(-smallest<T>) == -1 && m::floor(big - T{0.5}) == big - 1));
  STATIC_REQUIRE((m::ceil(T{2.5}) == 3 && m::ceil(T{-2.5}) == -2 && same(m::ceil(T{-0.5}), -T{0})));
  STATIC_REQUIRE((m::ceil(smallest<T>) == 1 && m::ceil(big - T{0.5}) == big));
  STATIC_REQUIRE((m::trunc(T{2.5}) == 2 && m::trunc(T{-2.5}) == -2 && same(m::trunc(T{-0.5}), -T{0})));
  STATIC_REQUIRE((m::round(T{2.5}) == 3 && m::round(T{-2.5}) == -3 && same(m::round(T{-0.25}), -T{0})));
  STATIC_REQUIRE(m::round(T{0.5} - std::numeric_limits<T>::epsilon() / 4) == 0);
  STATIC_REQUIRE((m::floor(inf<T>) == inf<T> && m::round(-inf<T>) == -inf<T> && same(m::ceil(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::trunc(largest<T>) == largest<T> && m::round(2 * big + 2) == 2 * big + 2));
}

TEMPLATE_TEST_CASE("scaling by powers of two", "", float, double, extended) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  STATIC_REQUIRE(m::ldexp(T{1}, limits::min_exponent - limits::digits) == smallest<T>);
  STATIC_REQUIRE(m::ldexp(smallest<T>, limits::digits - limits::min_exponent) == 1);
  STATIC_REQUIRE(m::ldexp(T{1}, limits::max_exponent) == inf<T>);
  STATIC_REQUIRE(m::ldexp(T{-1}, 1 << 30) == -inf<T>);
  STATIC_REQUIRE(same(m::ldexp(T{-1}, -(1 << 30)), -T{0}));
  STATIC_REQUIRE(m::ldexp(largest<T>, -limits::max_exponent - 2) < T{0.25});
  STATIC_REQUIRE(same(m::ldexp(T{1}, limits::min_exponent - limits::digits - 1), T{0}));  // half of the smallest: even
  STATIC_REQUIRE(m::ldexp(T{1.5}, limits::min_exponent - limits::digits - 1) == smallest<T>);
  STATIC_REQUIRE((same(m::ldexp(nan_v<T>, 1), nan_v<T>) && m::ldexp(-inf<T>, -99) == -inf<T>));
}

TEMPLATE_TEST_CASE("exponentials", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((m::exp(T{0}) == 1 && m::exp(-T{0}) == 1 && m::exp(smallest<T>) == 1));
  STATIC_REQUIRE((m::exp(inf<T>) == inf<T> && same(m::exp(-inf<T>), T{0}) && same(m::exp(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::exp(largest<T>) == inf<T> && same(m::exp(-largest<T>), T{0})));
  STATIC_REQUIRE((m::exp2(T{0}) == 1 && m::exp2(T{10}) == 1024 && m::exp2(T{-1}) == T{0.5}));
  STATIC_REQUIRE(m::exp2(static_cast<T>(std::numeric_limits<T>::max_exponent)) == inf<T>);
  STATIC_REQUIRE(m::exp2(static_cast<T>(std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits)) ==
                 smallest<T>);
  STATIC_REQUIRE((m::exp2(inf<T>) == inf<T> && same(m::exp2(-inf<T>), T{0}) && same(m::exp2(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::exp10(T{0}) == 1 && m::exp10(T{3}) == 1000 && m::exp10(T{10}) == 10000000000));
  STATIC_REQUIRE((m::exp10(inf<T>) == inf<T> && same(m::exp10(-inf<T>), T{0}) && same(m::exp10(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::expm1(x); }));
  STATIC_REQUIRE((m::expm1(inf<T>) == inf<T> && m::expm1(-inf<T>) == -1 && m::expm1(T{-99}) == -1));
}

TEMPLATE_TEST_CASE("logarithms", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((same(m::log(T{1}), T{0}) && same(m::log2(T{1}), T{0}) && same(m::log10(T{1}), T{0})));
  STATIC_REQUIRE((m::log(T{0}) == -inf<T> && m::log2(-T{0}) == -inf<T> && m::log10(-T{0}) == -inf<T>));
  STATIC_REQUIRE((m::log(inf<T>) == inf<T> && m::log2(inf<T>) == inf<T> && m::log10(inf<T>) == inf<T>));
  STATIC_REQUIRE(
      (same(m::log(T{-1}), nan_v<T>) && same(m::log2(-inf<T>), nan_v<T>) && same(m::log10(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE(m::log2(smallest<T>) == std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits);
  STATIC_REQUIRE((m::log2(T{8}) == 3 && m::log10(T{1000}) == 3 && m::log10(T{1e10}) == 10));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::log1p(x); }));
  STATIC_REQUIRE((m::log1p(T{-1}) == -inf<T> && m::log1p(inf<T>) == inf<T> && same(m::log1p(T{-2}), nan_v<T>)));
}

TEMPLATE_TEST_CASE("powers", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((m::pow(nan_v<T>, T{0}) == 1 && m::pow(nan_v<T>, -T{0}) == 1 && m::pow(T{1}, nan_v<T>) == 1));
  STATIC_REQUIRE((m::pow(T{1}, inf<T>) == 1 && m::pow(T{-1}, inf<T>) == 1 && m::pow(T{-1}, -inf<T>) == 1));
  STATIC_REQUIRE((same(m::pow(nan_v<T>, T{1}), nan_v<T>) && same(m::pow(T{2}, nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::pow(T{0}, T{-3}) == inf<T> && m::pow(-T{0}, T{-3}) == -inf<T>));
  STATIC_REQUIRE(
      (m::pow(T{0}, T{-2.5}) == inf<T> && m::pow(-T{0}, T{-2.5}) == inf<T> && m::pow(-T{0}, T{-2}) == inf<T>));
  STATIC_REQUIRE((m::pow(T{0}, -inf<T>) == inf<T> && m::pow(-T{0}, -inf<T>) == inf<T>));
  STATIC_REQUIRE((same(m::pow(-T{0}, T{3}), -T{0}) && same(m::pow(-T{0}, T{2}), T{0})));
  STATIC_REQUIRE((same(m::pow(T{0}, T{0.5}), T{0}) && same(m::pow(-T{0}, T{0.5}), T{0})));
  STATIC_REQUIRE((m::pow(T{0.5}, -inf<T>) == inf<T> && same(m::pow(T{-2}, -inf<T>), T{0})));
  STATIC_REQUIRE((same(m::pow(T{-0.5}, inf<T>), T{0}) && m::pow(T{2}, inf<T>) == inf<T>));
  STATIC_REQUIRE((same(m::pow(-inf<T>, T{-3}), -T{0}) && same(m::pow(-inf<T>, T{-2}), T{0})));
  STATIC_REQUIRE((m::pow(-inf<T>, T{3}) == -inf<T> && m::pow(-inf<T>, T{2.5}) == inf<T>));
  STATIC_REQUIRE((same(m::pow(inf<T>, T{-1}), T{0}) && m::pow(inf<T>, T{0.5}) == inf<T>));
  STATIC_REQUIRE((same(m::pow(T{-8}, T{0.5}), nan_v<T>) && m::pow(T{-2}, T{3}) == -8 && m::pow(T{-2}, T{4}) == 16));
  STATIC_REQUIRE((m::pow(T{-2}, largest<T>) == inf<T> && same(m::pow(T{-2}, -largest<T>), T{0})));
  STATIC_REQUIRE((m::pow(T{2}, smallest<T>) == 1 && m::pow(largest<T>, T{1}) == largest<T>));
  STATIC_REQUIRE((m::pow(smallest<T>, T{1}) == smallest<T> && m::pow(T{-3}, T{-1}) == T{-1} / T{3}));
  STATIC_REQUIRE((m::powi(nan_v<T>, 0) == 1 && m::powi(T{-2}, 3) == -8 && m::powi(T{2}, -2) == T{0.25}));
  STATIC_REQUIRE((m::powi(-T{0}, -3) == -inf<T> && same(m::powi(-T{0}, 3), -T{0}) && m::powi(-T{0}, -2) == inf<T>));
  STATIC_REQUIRE((m::powi(-inf<T>, 3) == -inf<T> && same(m::powi(-inf<T>, -3), -T{0}) && m::powi(T{-1}, 1 << 30) == 1));
  STATIC_REQUIRE((m::powi(T{-1}, std::numeric_limits<int>::min()) == 1 && same(m::powi(nan_v<T>, 1), nan_v<T>)));
}

TEMPLATE_TEST_CASE("roots and lengths", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((same(m::sqrt(T{0}), T{0}) && same(m::sqrt(-T{0}), -T{0}) && m::sqrt(inf<T>) == inf<T>));
  STATIC_REQUIRE(
      (same(m::sqrt(T{-1}), nan_v<T>) && same(m::sqrt(-inf<T>), nan_v<T>) && same(m::sqrt(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::sqrt(T{9}) == 3 && m::sqrt(smallest<T>) * m::sqrt(smallest<T>) > 0 && m::sqrt(T{0.25}) == T{0.5}));
  STATIC_REQUIRE(m::sqrt(1 - std::numeric_limits<T>::epsilon() / 2) == 1 - std::numeric_limits<T>::epsilon() / 2);
  STATIC_REQUIRE((m::rsqrt(T{0}) == inf<T> && m::rsqrt(-T{0}) == -inf<T> && same(m::rsqrt(inf<T>), T{0})));
  STATIC_REQUIRE((same(m::rsqrt(T{-1}), nan_v<T>) && same(m::rsqrt(nan_v<T>), nan_v<T>) && m::rsqrt(T{4}) == T{0.5}));
  STATIC_REQUIRE((same(m::cbrt(-T{0}), -T{0}) && m::cbrt(T{-27}) == -3 && m::cbrt(-inf<T>) == -inf<T>));
  STATIC_REQUIRE((same(m::cbrt(nan_v<T>), nan_v<T>) && m::cbrt(m::ldexp(T{1}, -120)) == m::ldexp(T{1}, -40)));
  STATIC_REQUIRE((m::hypot(inf<T>, nan_v<T>) == inf<T> && m::hypot(nan_v<T>, -inf<T>) == inf<T>));
  STATIC_REQUIRE((same(m::hypot(nan_v<T>, T{0}), nan_v<T>) && same(m::hypot(-T{0}, -T{0}), T{0})));
  STATIC_REQUIRE((m::hypot(T{3}, T{-4}) == 5 && m::hypot(-smallest<T>, T{0}) == smallest<T>));
  STATIC_REQUIRE((m::hypot(largest<T>, T{0}) == largest<T> && m::hypot(largest<T>, largest<T>) == inf<T>));
  STATIC_REQUIRE((m::hypot(T{2}, T{-3}, T{6}) == 7 && m::hypot(nan_v<T>, nan_v<T>, inf<T>) == inf<T>));
  STATIC_REQUIRE((same(m::hypot(T{0}, nan_v<T>, T{1}), nan_v<T>) && same(m::hypot(T{0}, -T{0}, T{0}), T{0})));
}

TEMPLATE_TEST_CASE("circular functions", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::sin(x); }));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::tan(x); }));
  STATIC_REQUIRE((m::cos(T{0}) == 1 && m::cos(-smallest<T>) == 1));
  STATIC_REQUIRE((same(m::sin(inf<T>), nan_v<T>) && same(m::cos(-inf<T>), nan_v<T>) && same(m::tan(inf<T>), nan_v<T>)));
  STATIC_REQUIRE(
      (same(m::cos(nan_v<T>), nan_v<T>) && m::abs(m::sin(largest<T>)) <= 1 && m::abs(m::cos(largest<T>)) <= 1));
  STATIC_REQUIRE(m::sin(-largest<T>) == -m::sin(largest<T>));
  STATIC_REQUIRE(m::isfinite(m::tan(half_pi<T>)));
}

TEMPLATE_TEST_CASE("inverse circular functions", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::asin(x); }));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::atan(x); }));
  STATIC_REQUIRE((m::asin(T{1}) == half_pi<T> && m::asin(T{-1}) == -half_pi<T> && same(m::asin(T{2}), nan_v<T>)));
  STATIC_REQUIRE((same(m::acos(T{1}), T{0}) && m::acos(T{-1}) == pi<T> && m::acos(-T{0}) == half_pi<T>));
  STATIC_REQUIRE(
      (same(m::acos(T{-2}), nan_v<T>) && same(m::acos(nan_v<T>), nan_v<T>) && same(m::asin(-inf<T>), nan_v<T>)));
  STATIC_REQUIRE(
      (m::atan(inf<T>) == half_pi<T> && m::atan(-inf<T>) == -half_pi<T> && m::atan(largest<T>) == half_pi<T>));
  STATIC_REQUIRE((same(m::atan2(T{0}, T{1}), T{0}) && same(m::atan2(-T{0}, T{1}), -T{0})));
  STATIC_REQUIRE((same(m::atan2(T{0}, T{0}), T{0}) && same(m::atan2(-T{0}, T{0}), -T{0})));
  STATIC_REQUIRE((m::atan2(T{0}, -T{0}) == pi<T> && m::atan2(-T{0}, -T{0}) == -pi<T>));
  STATIC_REQUIRE((m::atan2(T{0}, T{-1}) == pi<T> && m::atan2(-T{0}, T{-1}) == -pi<T>));
  STATIC_REQUIRE((m::atan2(T{1}, -T{0}) == half_pi<T> && m::atan2(T{-1}, T{0}) == -half_pi<T>));
  STATIC_REQUIRE((same(m::atan2(T{1}, inf<T>), T{0}) && same(m::atan2(T{-1}, inf<T>), -T{0})));
  STATIC_REQUIRE((m::atan2(T{1}, -inf<T>) == pi<T> && m::atan2(T{-1}, -inf<T>) == -pi<T>));
  STATIC_REQUIRE((m::atan2(inf<T>, T{1}) == half_pi<T> && m::atan2(-inf<T>, T{-1}) == -half_pi<T>));
  STATIC_REQUIRE((m::atan2(inf<T>, inf<T>) == half_pi<T> / 2 && m::atan2(-inf<T>, inf<T>) == -half_pi<T> / 2));
  STATIC_REQUIRE(m::atan2(inf<T>, -inf<T>) == static_cast<T>(2.356194490192344928846982537459627163L));
  STATIC_REQUIRE((same(m::atan2(nan_v<T>, T{1}), nan_v<T>) && same(m::atan2(T{0}, nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::atan2(smallest<T>, largest<T>) == 0 && m::atan2(smallest<T>, -largest<T>) == pi<T>));
  STATIC_REQUIRE((m::atan2(largest<T>, smallest<T>) == half_pi<T> && m::atan2(smallest<T>, T{1}) == smallest<T>));
}

TEMPLATE_TEST_CASE("hyperbolic functions", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::sinh(x); }));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::tanh(x); }));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::asinh(x); }));
  STATIC_REQUIRE(identity_at_zero<T>([](T x) { return m::atanh(x); }));
  STATIC_REQUIRE((m::sinh(-inf<T>) == -inf<T> && m::sinh(largest<T>) == inf<T>));
  STATIC_REQUIRE((m::cosh(T{0}) == 1 && m::cosh(-inf<T>) == inf<T> && m::cosh(-largest<T>) == inf<T>));
  STATIC_REQUIRE((m::tanh(inf<T>) == 1 && m::tanh(-largest<T>) == -1 && same(m::cosh(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::asinh(-inf<T>) == -inf<T> && m::isfinite(m::asinh(largest<T>))));
  STATIC_REQUIRE((same(m::acosh(T{1}), T{0}) && m::acosh(inf<T>) == inf<T> && same(m::acosh(T{0.5}), nan_v<T>)));
  STATIC_REQUIRE((same(m::acosh(-inf<T>), nan_v<T>) && same(m::acosh(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::atanh(T{1}) == inf<T> && m::atanh(T{-1}) == -inf<T> && same(m::atanh(T{2}), nan_v<T>)));
}

TEMPLATE_TEST_CASE("error functions", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((same(m::erf(T{0}), T{0}) && same(m::erf(-T{0}), -T{0}) && same(m::erf(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::erf(inf<T>) == 1 && m::erf(-inf<T>) == -1 && m::erf(T{9}) == 1));
  STATIC_REQUIRE((m::erf(smallest<T>) == smallest<T> && m::erf(8 * smallest<T>) == 9 * smallest<T>));
  STATIC_REQUIRE((m::erfc(T{0}) == 1 && same(m::erfc(inf<T>), T{0}) && m::erfc(-inf<T>) == 2 && m::erfc(T{-9}) == 2));
  STATIC_REQUIRE((same(m::erfc(nan_v<T>), nan_v<T>) && same(m::erfc(T{120}), T{0}) && m::erfc(T{8}) > 0));
}

TEMPLATE_TEST_CASE("gamma functions", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((m::tgamma(T{0}) == inf<T> && m::tgamma(-T{0}) == -inf<T> && m::tgamma(inf<T>) == inf<T>));
  STATIC_REQUIRE(
      (same(m::tgamma(-inf<T>), nan_v<T>) && same(m::tgamma(T{-3}), nan_v<T>) && same(m::tgamma(nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((m::tgamma(T{1}) == 1 && m::tgamma(T{5}) == 24 && m::tgamma(T{11}) == 3628800));
  STATIC_REQUIRE((same(m::tgamma(T{-2000.5}), -T{0}) && same(m::tgamma(T{-2001.5}), T{0})));
  STATIC_REQUIRE((m::tgamma(smallest<T>) == inf<T> && m::tgamma(-smallest<T>) == -inf<T>));
  STATIC_REQUIRE((m::tgamma(largest<T>) == inf<T> && same(m::tgamma(-largest<T>), nan_v<T>)));
  STATIC_REQUIRE((same(m::lgamma(T{1}), T{0}) && same(m::lgamma(T{2}), T{0}) && m::lgamma(T{0}) == inf<T>));
  STATIC_REQUIRE((m::lgamma(T{-1}) == inf<T> && m::lgamma(-inf<T>) == inf<T> && m::lgamma(inf<T>) == inf<T>));
  STATIC_REQUIRE(
      (same(m::lgamma(nan_v<T>), nan_v<T>) && m::lgamma(largest<T>) == inf<T> && m::isfinite(m::lgamma(smallest<T>))));
  STATIC_REQUIRE((m::digamma(T{0}) == -inf<T> && m::digamma(-T{0}) == inf<T> && same(m::digamma(T{-1}), nan_v<T>)));
  STATIC_REQUIRE(
      (m::digamma(inf<T>) == inf<T> && same(m::digamma(-inf<T>), nan_v<T>) && m::isfinite(m::digamma(largest<T>))));
}

TEMPLATE_TEST_CASE("derivatives of digamma", "", float, double, extended) {
  using T = TestType;
  constexpr int most = std::numeric_limits<int>::max(), least = std::numeric_limits<int>::min();
  STATIC_REQUIRE((m::polygamma(1, T{0}) == inf<T> && m::polygamma(1, -T{0}) == inf<T>));
  STATIC_REQUIRE((m::polygamma(3, T{-2}) == inf<T> && m::polygamma(1, -largest<T>) == inf<T>));
  STATIC_REQUIRE((m::polygamma(2, T{0}) == -inf<T> && m::polygamma(2, -T{0}) == inf<T>));
  STATIC_REQUIRE((same(m::polygamma(2, T{-2}), nan_v<T>) && same(m::polygamma(4, -largest<T>), nan_v<T>)));
  STATIC_REQUIRE((same(m::polygamma(1, inf<T>), T{0}) && same(m::polygamma(2, inf<T>), -T{0})));
  STATIC_REQUIRE((same(m::polygamma(1, -inf<T>), nan_v<T>) && same(m::polygamma(2, -inf<T>), nan_v<T>)));
  STATIC_REQUIRE((same(m::polygamma(1, nan_v<T>), nan_v<T>) && same(m::polygamma(0, nan_v<T>), nan_v<T>)));
  STATIC_REQUIRE((same(m::polygamma(-1, T{1}), nan_v<T>) && same(m::polygamma(least, inf<T>), nan_v<T>)));
  STATIC_REQUIRE((m::polygamma(0, T{0}) == -inf<T> && m::polygamma(0, T{2.5}) == m::digamma(T{2.5})));
  STATIC_REQUIRE((m::polygamma(1, smallest<T>) == inf<T> && m::polygamma(1, -smallest<T>) == inf<T>));
  STATIC_REQUIRE((m::polygamma(2, smallest<T>) == -inf<T> && m::polygamma(2, -smallest<T>) == inf<T>));
  STATIC_REQUIRE((m::polygamma(1, largest<T>) > 0 && same(m::polygamma(2, largest<T>), -T{0})));
  STATIC_REQUIRE((m::polygamma(2001, T{0.5}) == inf<T> && m::polygamma(2000, T{0.5}) == -inf<T>));
  STATIC_REQUIRE((same(m::polygamma(2001, T{1000000}), T{0}) && same(m::polygamma(2000, T{1000000}), -T{0})));
  STATIC_REQUIRE((m::polygamma(2, T{-2.5}) == m::polygamma(2, T{3.5}) && m::polygamma(most - 1, T{-2.5}) == -inf<T>));
  STATIC_REQUIRE((m::polygamma(most, T{1}) == inf<T> && same(m::polygamma(most, largest<T>), T{0})));
  STATIC_REQUIRE((m::polygamma(most, T{-0.75}) == inf<T> && m::polygamma(most - 1, T{-0.75}) == -inf<T>));
}

TEMPLATE_TEST_CASE("fma rounds once", "", float, double, extended) {
  using T = TestType;
  constexpr T u = std::numeric_limits<T>::epsilon();
  STATIC_REQUIRE(m::fma(1 + u, 1 + u, -(1 + 2 * u)) == u * u);
  STATIC_REQUIRE(m::fma(1 + u, 1 - u, T{-1}) == -u * u);
  STATIC_REQUIRE(m::fma(1 + u, T{1}, u / 2) == 1 + 2 * u);              // a tie: to even
  STATIC_REQUIRE(m::fma(1 + u, T{1}, u / 2 - u * u / 4) == 1 + u);      // just below it
  STATIC_REQUIRE(m::fma(smallest<T>, T{-0.5}, 1 + u) == 1 + u);         // negligible
  STATIC_REQUIRE(m::fma(largest<T>, T{2}, -largest<T>) == largest<T>);  // no overflow in between
  STATIC_REQUIRE((m::fma(largest<T>, T{2}, T{0}) == inf<T> && m::fma(largest<T>, T{-2}, T{0}) == -inf<T>));
  STATIC_REQUIRE((same(m::fma(T{1}, T{1}, T{-1}), T{0}) && same(m::fma(-T{0}, T{1}, -T{0}), -T{0})));
  STATIC_REQUIRE((same(m::fma(inf<T>, T{0}, T{1}), nan_v<T>) && same(m::fma(inf<T>, T{1}, -inf<T>), nan_v<T>)));
  STATIC_REQUIRE((m::fma(inf<T>, T{-1}, T{1}) == -inf<T> && m::fma(T{2}, T{3}, inf<T>) == inf<T>));
}

TEMPLATE_TEST_CASE("remainders, differences, interpolation", "", float, double, extended) {
  using T = TestType;
  STATIC_REQUIRE((m::fmod(T{7}, T{3}) == 1 && m::fmod(T{-7}, T{3}) == -1 && same(m::fmod(T{-6}, T{3}), -T{0})));
  STATIC_REQUIRE((same(m::fmod(-T{0}, T{3}), -T{0}) && m::fmod(T{7}, inf<T>) == 7 && m::fmod(T{7}, T{-4}) == 3));
  STATIC_REQUIRE((same(m::fmod(T{1}, T{0}), nan_v<T>) && same(m::fmod(inf<T>, T{1}), nan_v<T>)));
  STATIC_REQUIRE((same(m::fmod(largest<T>, smallest<T>), T{0}) && m::fmod(largest<T>, T{3}) < 3));
  STATIC_REQUIRE((m::remainder(T{7}, T{4}) == -1 && m::remainder(T{6}, T{4}) == -2 && m::remainder(T{10}, T{4}) == 2));
  STATIC_REQUIRE((same(m::remainder(T{-8}, T{4}), -T{0}) && m::remainder(T{-5}, inf<T>) == -5));
  STATIC_REQUIRE((m::remainder(largest<T>, largest<T>) == 0 && same(m::remainder(T{1}, T{0}), nan_v<T>)));
  constexpr int top = std::numeric_limits<T>::max_exponent;
  STATIC_REQUIRE(m::remainder(largest<T>, m::ldexp(T{1}, top - 1)) ==
                 -m::ldexp(T{1}, top - std::numeric_limits<T>::digits));
  STATIC_REQUIRE((m::fdim(T{3}, T{1}) == 2 && same(m::fdim(T{1}, T{3}), T{0}) && same(m::fdim(inf<T>, inf<T>), T{0})));
  STATIC_REQUIRE((m::fdim(largest<T>, -largest<T>) == inf<T> && same(m::fdim(nan_v<T>, T{1}), nan_v<T>)));
  STATIC_REQUIRE((m::lerp(T{2}, T{4}, T{0.25}) == T{2.5} && m::lerp(T{-1}, T{4}, T{0}) == -1));
  STATIC_REQUIRE((m::lerp(T{-1}, T{4}, T{1}) == 4 && m::lerp(T{0.1f}, T{0.3f}, T{1}) == T{0.3f}));
  constexpr T beyond = 2 / std::numeric_limits<T>::epsilon() + 2;  // less 1 is no number
  STATIC_REQUIRE(m::lerp(T{1}, beyond, T{1}) == beyond);
  STATIC_REQUIRE((m::lerp(largest<T>, -largest<T>, T{0.5}) == 0 && m::lerp(T{1}, T{2}, largest<T>) == largest<T>));
  STATIC_REQUIRE((m::lerp(T{1}, largest<T>, T{4}) == inf<T> && m::lerp(T{7}, T{7}, T{0.3f}) == 7));
}
