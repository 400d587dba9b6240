// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/classification.hpp>

// Arithmetic whose compile-time results are those of run time. A constant expression may neither overflow, nor divide
// by zero, nor make or meet a NaN; programs may, if only on the side of a `select` that is not taken.
namespace tapeless::math {

namespace at_compile_time {

/// Whether two numbers are so far from the limits of their type that no operation on them leaves it.
template <std::floating_point T>
constexpr bool ordinary(T x, T y) noexcept {
  constexpr T most = static_cast<T>(std::numeric_limits<T>::max_exponent > 200 ? 1e150L : 1e15L);
  return x < most && x > -most && y < most && y > -most;
}

template <std::floating_point T>
constexpr T add(T x, T y) noexcept {
  if (ordinary(x, y)) return x + y;
  constexpr T inf = std::numeric_limits<T>::infinity(), max = std::numeric_limits<T>::max();
  if (isnan(x) || isnan(y)) return not_a_number<T>;
  if (isinf(x)) return isinf(y) && (x > 0) != (y > 0) ? not_a_number<T> : x;
  if (isinf(y)) return y;
  const T half = x / 2 + y / 2;  // exact enough: a sum that reaches the limit rounds to it either way
  return half > max / 2 ? inf : half < -max / 2 ? -inf : x + y;
}

template <std::floating_point T>
constexpr T mul(T x, T y) noexcept {
  if (ordinary(x, y)) return x * y;
  constexpr T inf = std::numeric_limits<T>::infinity(), max = std::numeric_limits<T>::max();
  if (isnan(x) || isnan(y) || (isinf(x) && y == 0) || (isinf(y) && x == 0)) return not_a_number<T>;
  const bool negative = signbit(x) != signbit(y);
  if (isinf(x) || isinf(y)) return negative ? -inf : inf;
  const T a = x < 0 ? -x : x, b = y < 0 ? -y : y;
  if (a > 1 && b > 1 && a > max / b) return negative ? -inf : inf;
  return x * y;
}

template <std::floating_point T>
constexpr T div(T x, T y) noexcept {
  constexpr T inf = std::numeric_limits<T>::infinity(), max = std::numeric_limits<T>::max();
  if (ordinary(x, y) && (y > 1e-15L || y < -1e-15L)) return x / y;
  if (isnan(x) || isnan(y) || (isinf(x) && isinf(y)) || (x == 0 && y == 0)) return not_a_number<T>;
  const bool negative = signbit(x) != signbit(y);
  if (isinf(x) || y == 0) return negative ? -inf : inf;
  if (isinf(y)) return negative ? -T(0) : T(0);
  const T a = x < 0 ? -x : x, b = y < 0 ? -y : y;
  if (b < 1 && a > max * b) return negative ? -inf : inf;
  return x / y;
}

/// A number in a narrower type, infinite from where it rounds to no finite one.
template <std::floating_point T>
constexpr T narrowed(long double x) noexcept {
  using limits = std::numeric_limits<T>;
  if constexpr (limits::max_exponent < std::numeric_limits<long double>::max_exponent) {
    constexpr long double eps = limits::epsilon(), beyond = limits::max() / (1 - eps / 2);  // a power of two
    constexpr long double last = beyond * (1 - eps / 4);                                    // halfway between the two
    if (x >= last || x <= -last) return x < 0 ? -limits::infinity() : limits::infinity();
  }
  return isnan(x) ? not_a_number<T> : static_cast<T>(x);
}

}  // namespace at_compile_time

// At run time the operators; on integers and vectors always.
// clang-format off
template <class X> [[gnu::always_inline]] constexpr X add(const X& x, const X& y) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::add(x, y);
  return x + y;
}
template <class X> [[gnu::always_inline]] constexpr X sub(const X& x, const X& y) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::add(x, -y);
  return x - y;
}
template <class X> [[gnu::always_inline]] constexpr X mul(const X& x, const X& y) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::mul(x, y);
  return x * y;
}
template <class X> [[gnu::always_inline]] constexpr X div(const X& x, const X& y) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::div(x, y);
  return x / y;
}
/// x y + z, in one expression so that a compiler may contract it.
template <class X> [[gnu::always_inline]] constexpr X mul_add(const X& x, const X& y, const X& z) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::add(at_compile_time::mul(x, y), z);
  return x * y + z;
}
template <class X> [[gnu::always_inline]] constexpr X mul_sub(const X& x, const X& y, const X& z) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::add(at_compile_time::mul(x, y), -z);
  return x * y - z;
}
template <class X> [[gnu::always_inline]] constexpr X sub_mul(const X& x, const X& y, const X& z) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::add(z, -at_compile_time::mul(x, y));
  return z - x * y;
}
template <class X> [[gnu::always_inline]] constexpr X neg_mul_sub(const X& x, const X& y, const X& z) {
  if constexpr (std::floating_point<X>) if (__builtin_is_constant_evaluated()) return at_compile_time::add(-at_compile_time::mul(x, y), -z);
  return -(x * y) - z;
}
// clang-format on

}  // namespace tapeless::math
