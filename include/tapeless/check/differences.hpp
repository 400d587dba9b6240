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
/// The error is estimated from the difference to the fourth-order formula and from rounding. The step shrinks by
/// factors of four from about |x| / 16 (1/32 near 0), and the quotient with the least error for its size is taken, in
/// the manner of Ridders (1982). Where `f` is not finite on both sides the estimate is infinite.
template <class T, class F>
constexpr difference_quotient<T> central_difference(const F& f, T x) {
  constexpr T eps = std::numeric_limits<T>::epsilon(), inf = std::numeric_limits<T>::infinity();
  const T magnitude = math::abs(x);
  T h = T(1) / 32;
  while (h < magnitude / 32) h *= 2;
  difference_quotient<T> best{0, inf};
  T least = inf;
  for (int k = 0; k < 28 && x + h != x; ++k, h /= 4) {
    const T p1 = f(x + h), m1 = f(x - h), p2 = f(x + 2 * h), m2 = f(x - 2 * h), p3 = f(x + 3 * h), m3 = f(x - 3 * h);
    T size = 0;
    bool finite = true;
    for (const T y : {p1, m1, p2, m2, p3, m3}) {
      finite = finite && math::abs(y) < std::numeric_limits<T>::max() / 64;
      if (finite) size = math::max(size, math::abs(y));
    }
    if (!finite) continue;
    const T fourth = (8 * (p1 - m1) - (p2 - m2)) / (12 * h);
    const T sixth = (45 * (p1 - m1) - 9 * (p2 - m2) + (p3 - m3)) / (60 * h);
    const T rounding = 4 * eps * size / h, error = math::abs(sixth - fourth) / 8 + rounding;
    // Relative to the slope, or to what the function's size lets expect of it: an absolute measure would favour wide
    // steps, across which a kink looks flat.
    const T relative = error / (math::abs(sixth) + size / (16 * (1 + magnitude)) + std::numeric_limits<T>::min());
    if (relative < least) {
      least = relative;
      best = {sixth, error};
    } else if (rounding > error / 2 && relative > 64 * least) {
      break;  // rounding has taken over
    }
    if (least <= 64 * eps) break;
  }
  return best;
}

}  // namespace tapeless
