// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/lanes/vector_library.hpp>
#include <tapeless/lanes/vector_math.hpp>
#include <tapeless/op/table.hpp>
#include <tapeless/transform/fuse.hpp>

// Operations on the compiler's vector types, at run time: instructions where there are such, functions of our own and
// of the vector library, and what is composed of these without a branch. An operation that is not here is carried out
// number by number.
namespace tapeless::detail {

template <class V>
using library_for = vector_library<element_of<V>, sizeof(V)>;

// clang-format off
template <class V> [[gnu::always_inline]] inline V sqrt_of(const V& x) {
#if defined(__clang__)
  return __builtin_elementwise_sqrt(x);
#else
  #if defined(__SSE2__)
  if constexpr (std::is_same_v<element_of<V>, double> && sizeof(V) == 16) return __builtin_ia32_sqrtpd(x);
  else if constexpr (std::is_same_v<element_of<V>, float> && sizeof(V) == 16) return __builtin_ia32_sqrtps(x);
  else
  #endif
  #if defined(__AVX__)
  if constexpr (std::is_same_v<element_of<V>, double> && sizeof(V) == 32) return __builtin_ia32_sqrtpd256(x);
  else if constexpr (std::is_same_v<element_of<V>, float> && sizeof(V) == 32) return __builtin_ia32_sqrtps256(x);
  else
  #endif
  #if defined(__AVX512F__)  // rounded as the environment says (4), all lanes (-1)
  if constexpr (std::is_same_v<element_of<V>, double> && sizeof(V) == 64) return __builtin_ia32_sqrtpd512_mask(x, x, -1, 4);
  else if constexpr (std::is_same_v<element_of<V>, float> && sizeof(V) == 64) return __builtin_ia32_sqrtps512_mask(x, x, -1, 4);
  else
  #endif
  return one_by_one<V>([](auto each) __attribute__((always_inline)) { return math::sqrt(each); }, x);
#endif
}
/// Numbers from 2^(digits - 1) on are whole; below, adding that much drops the fraction, rounded one way or the other.
template <class V> [[gnu::always_inline]] inline V trunc_of(const V& x) {
  using T = element_of<V>;
  constexpr T whole = 1 / std::numeric_limits<T>::epsilon();
  const V a = abs_of(x), r = (a + whole) - whole, t = r - blend<V>(r > a, splat<V>(1), V{});
  return copysign_of(blend<V>(a < whole, t, a), x);
}
template <class V> [[gnu::always_inline]] inline V log1p_exp_of(const V& x) { return vector_math<V>::log1p(vector_math<V>::exp(-abs_of(x))); }

// Each as its operation's `value` says.
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::add>, const V& x, const V& y) { return x + y; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::sub>, const V& x, const V& y) { return x - y; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::mul>, const V& x, const V& y) { return x * y; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::div>, const V& x, const V& y) { return x / y; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::neg>, const V& x) { return -x; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::mul_add>, const V& x, const V& y, const V& z) { return x * y + z; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::mul_sub>, const V& x, const V& y, const V& z) { return x * y - z; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::sub_mul>, const V& x, const V& y, const V& z) { return z - x * y; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::neg_mul_sub>, const V& x, const V& y, const V& z) { return -(x * y) - z; }
template <class V> [[gnu::always_inline]] inline mask_of<V> vector_value(op::tag<op::less>, const V& x, const V& y) { return x < y; }
template <class V> [[gnu::always_inline]] inline mask_of<V> vector_value(op::tag<op::less_equal>, const V& x, const V& y) { return x <= y; }
template <class V> [[gnu::always_inline]] inline mask_of<V> vector_value(op::tag<op::equal>, const V& x, const V& y) { return x == y; }
template <class V> [[gnu::always_inline]] inline mask_of<V> vector_value(op::tag<op::not_equal>, const V& x, const V& y) { return x != y; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::select>, const mask_of<V>& c, const V& x, const V& y) { return blend<V>(c, x, y); }
template <class M> [[gnu::always_inline]] inline M vector_value(op::tag<op::logical_and>, const M& x, const M& y) { return x & y; }
template <class M> [[gnu::always_inline]] inline M vector_value(op::tag<op::logical_or>, const M& x, const M& y) { return x | y; }
template <class M> [[gnu::always_inline]] inline M vector_value(op::tag<op::logical_not>, const M& x) { return ~x; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::abs>, const V& x) { return abs_of(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::sign>, const V& x) { return blend<V>(x > 0, splat<V>(1), blend<V>(x < 0, splat<V>(-1), x)); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::min>, const V& x, const V& y) { return blend<V>(y < x, y, x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::max>, const V& x, const V& y) { return blend<V>(x < y, y, x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::clamp>, const V& x, const V& low, const V& high) { return blend<V>(x < low, low, blend<V>(high < x, high, x)); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::fdim>, const V& x, const V& y) { return blend<V>(x <= y, V{}, x - y); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::copysign>, const V& x, const V& y) { return copysign_of(x, y); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::trunc>, const V& x) { return trunc_of(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::floor>, const V& x) { const V t = trunc_of(x); return copysign_of(t - blend<V>(t > x, splat<V>(1), V{}), x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::ceil>, const V& x) { const V t = trunc_of(x); return copysign_of(t + blend<V>(t < x, splat<V>(1), V{}), x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::round>, const V& x) { const V t = trunc_of(x); return copysign_of(t + copysign_of(blend<V>(abs_of(x - t) >= element_of<V>(0.5), splat<V>(1), V{}), x), x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::square>, const V& x) { return x * x; }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::inv>, const V& x) { return 1 / x; }
/// The products that the compilers' own function of a number makes.
template <class V> [[gnu::always_inline]] inline V power_of(V x, int n) {
  V y = n % 2 != 0 ? x : splat<V>(1);
  for (unsigned rest = (n < 0 ? 0u - static_cast<unsigned>(n) : static_cast<unsigned>(n)) / 2; rest != 0; rest /= 2) {
    x = x * x;
    if (rest % 2 != 0) y = y * x;
  }
  return n < 0 ? 1 / y : y;
}
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::sqrt>, const V& x) { return sqrt_of(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::rsqrt>, const V& x) { return 1 / sqrt_of(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::lerp>, const V& a, const V& b, const V& t) {
  const V x = a + t * (b - a), last = blend<V>((t > 1) == (b > a), blend<V>(b < x, x, b), blend<V>(x < b, x, b));
  return blend<V>(((a <= 0) & (b >= 0)) | ((a >= 0) & (b <= 0)), t * b + (1 - t) * a, blend<V>(t == 1, b, last));
}
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::relu>, const V& x) { return blend<V>(x < 0, V{}, x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::leaky_relu>, const V& x, const V& a) { return blend<V>(x > 0, x, a * x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::softsign>, const V& x) { return x / (1 + abs_of(x)); }

template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::exp>, const V& x) { return vector_math<V>::exp(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::exp2>, const V& x) { return library_for<V>::exp2(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::exp10>, const V& x) { return library_for<V>::exp10(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::expm1>, const V& x) { return vector_math<V>::expm1(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::log>, const V& x) { return vector_math<V>::log(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::log2>, const V& x) { return library_for<V>::log2(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::log10>, const V& x) { return library_for<V>::log10(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::log1p>, const V& x) { return vector_math<V>::log1p(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::sin>, const V& x) { return library_for<V>::sin(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::cos>, const V& x) { return library_for<V>::cos(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::tan>, const V& x) { return library_for<V>::tan(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::asin>, const V& x) { return library_for<V>::asin(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::acos>, const V& x) { return library_for<V>::acos(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::atan>, const V& x) { return library_for<V>::atan(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::sinh>, const V& x) { return library_for<V>::sinh(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::cosh>, const V& x) { return library_for<V>::cosh(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::tanh>, const V& x) { return vector_math<V>::tanh(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::asinh>, const V& x) { return library_for<V>::asinh(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::acosh>, const V& x) { return library_for<V>::acosh(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::atanh>, const V& x) { return library_for<V>::atanh(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::cbrt>, const V& x) { return library_for<V>::cbrt(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::erf>, const V& x) { return library_for<V>::erf(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::erfc>, const V& x) { return library_for<V>::erfc(x); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::pow>, const V& x, const V& y) { return library_for<V>::pow(x, y); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::atan2>, const V& x, const V& y) { return library_for<V>::atan2(x, y); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::hypot>, const V& x, const V& y) { return library_for<V>::hypot(x, y); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::smooth_abs>, const V& x, const V& w) { return library_for<V>::hypot(x, w); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::xlogx>, const V& x) { return blend<V>(x == 0, V{}, x * vector_math<V>::log(x)); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::sigmoid>, const V& x) { return vector_math<V>::sigmoid(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::log_sigmoid>, const V& x) { return blend<V>(x < 0, x, V{}) - log1p_exp_of(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::softplus>, const V& x) { return blend<V>(x > 0, x, V{}) + log1p_exp_of(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::silu>, const V& x) { return x * vector_math<V>::sigmoid(x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::elu>, const V& x, const V& a) { return blend<V>(x > 0, x, a * vector_math<V>::expm1(x)); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::gelu>, const V& x) { return x / 2 * library_for<V>::erfc(element_of<V>(-0.707106781186547524400844362104849039L) * x); }
template <class V> [[gnu::always_inline]] inline V vector_value(op::tag<op::logaddexp>, const V& x, const V& y) { return blend<V>(x < y, y, x) + log1p_exp_of(blend<V>(x == y, V{}, x - y)); }
template <class V> requires library_for<V>::exists [[gnu::always_inline]] inline V vector_value(op::tag<op::smooth_max>, const V& x, const V& y, const V& w) {
  const V d = abs_of(x - y), s = library_for<V>::hypot(d, w);
  return blend<V>(x < y, y, x) + blend<V>(w == 0, w, w / 2 * (w / (s + d)));
}
// clang-format on

}  // namespace tapeless::detail
