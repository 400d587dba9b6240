// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

#include <tapeless/math/math.hpp>

namespace tapeless {

/// A derivative by differences, and how far it can be trusted.
template <class T>
struct difference_quotient {
  T value;
  T error;
};

/// The derivative of a function of one number by central differences of sixth order.
///
///     f'(x) = (45 (f(x+h) - f(x-h)) - 9 (f(x+2h) - f(x-2h)) + (f(x+3h) - f(x-3h))) / 60h + O(h^6)
///
/// The error is estimated from the difference to the fourth-order formula and from rounding; the step is halved
/// repeatedly from |x| / 16 (1/16 near 0) until the estimate stops improving, in the manner of Ridders (1982). Every
/// step is a power of two times the last, so `x + h` is exact where it matters. Where `f` is undefined on one side the
/// estimate is infinite.
template <class T, class F>
constexpr difference_quotient<T> central_difference(const F& f, T x) {
  constexpr T eps = std::numeric_limits<T>::epsilon(), inf = std::numeric_limits<T>::infinity();
  const T magnitude = x < 0 ? -x : x;
  T h = T(1) / 32;
  while (h < magnitude / 32) h *= 2;
  if (magnitude > 0)
    while (h > magnitude / 8 && h > T(1) / 4096) h /= 2;
  difference_quotient<T> best{0, inf};
  for (int k = 0; k < 12; ++k, h /= 4) {
    const T p1 = f(x + h), m1 = f(x - h), p2 = f(x + 2 * h), m2 = f(x - 2 * h), p3 = f(x + 3 * h), m3 = f(x - 3 * h);
    const T size = math::max(math::max(math::abs(p1), math::abs(m1)), math::max(math::abs(p3), math::abs(m3)));
    if (!(size < inf)) continue;
    const T fourth = (8 * (p1 - m1) - (p2 - m2)) / (12 * h);
    const T sixth = (45 * (p1 - m1) - 9 * (p2 - m2) + (p3 - m3)) / (60 * h);
    const T error = math::abs(sixth - fourth) / 8 + 4 * eps * size / h;
    if (!(sixth == sixth)) continue;
    if (error < best.error) best = {sixth, error};
    else if (k > 0 && best.error < inf) break;
    if (best.error <= 16 * eps * math::abs(sixth)) break;
  }
  return best;
}

}  // namespace tapeless
