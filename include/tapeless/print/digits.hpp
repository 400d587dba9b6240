// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/scaling.hpp>
#include <tapeless/print/natural.hpp>

namespace tapeless::detail {

/// A positive number in decimal: 0.d1 d2 d3... times 10^point, the first and last digit not 0.
struct decimal {
  char digit[40]{};
  int count = 0;
  int point = 0;
};

/// floor(log10(2^n)) for |n| < 20000.
constexpr int decimal_exponent(int n) { return static_cast<int>((std::int64_t{n} * 1292913986) >> 32); }

/// The shortest decimal that reads back as x, a finite number above 0; of several, the one closest to x.
///
/// Exact, over the whole range of every binary type: x and the middles between it and its neighbours are fractions over
/// a common denominator, and digits are divided off until one names x alone (G. Steele and J. White, How to print
/// floating-point numbers accurately, 1990; R. Burger and R. Dybvig, Printing floating-point numbers quickly and
/// accurately, 1996).
template <std::floating_point T>
constexpr decimal shortest_digits(T x) {
  using limits = std::numeric_limits<T>;
  constexpr int least = limits::min_exponent - 1;
  constexpr int widest = limits::max_exponent > limits::digits - least ? limits::max_exponent : limits::digits - least;
  using number = natural<(widest * 3 / 4 + limits::digits) / 32 + 3>;  // most powers of 10 are powers of 5: 0.7 widest

  // x = r 2^e with a whole number r.
  const auto [significand, exponent] = math::detail::decompose(x);
  const int bits = exponent < least ? limits::digits - (least - exponent) : limits::digits;
  number r;
  T rest = significand / 2;
  for (int left = bits; left > 0; left -= 32) {
    const int n = left < 32 ? left : 32;
    rest *= math::detail::power_of_two<T>(n);
    const auto word = static_cast<std::uint32_t>(rest);
    rest -= static_cast<T>(word);
    r.multiply_by_power_of_2(n);
    r.add(number(word));
  }
  const bool even = r.is_even();  // ties go to even numbers, so that the middles themselves read back as x
  const int closer = significand == 1 && exponent > least;  // below a power of two, neighbours are half as far

  // x = r / s 10^q, the middle below is (r - gap) / s 10^q, the one above (r + gap 2^closer) / s 10^q.
  const int e = exponent - (bits - 1);
  int q = decimal_exponent(exponent), twos_in_r = e + 1 + closer, twos_in_s = 1 + closer, twos_in_gap = e;
  number s(1), gap(1);
  if (q >= 0) {
    s.multiply_by_power_of_5(q);
    twos_in_s += q;
  } else {
    r.multiply_by_power_of_5(-q);
    gap.multiply_by_power_of_5(-q);
    twos_in_r -= q, twos_in_gap -= q;
  }
  const int common = twos_in_s < twos_in_gap ? twos_in_s : twos_in_gap;
  r.multiply_by_power_of_2(twos_in_r - common);
  s.multiply_by_power_of_2(twos_in_s - common);
  gap.multiply_by_power_of_2(twos_in_gap - common);

  const auto reaches_above = [&](const number& limit) {
    number above = r;
    above.add(gap);
    if (closer) above.add(gap);
    const int order = above.compare(limit);
    return order > 0 || (order == 0 && even);
  };
  number ten = s;
  ten.multiply(10);
  if (reaches_above(ten)) s = ten, ++q;

  number multiple[4] = {s, s, s, s};  // s, 2 s, 4 s, 8 s
  for (int k = 1; k < 4; ++k) multiple[k].multiply(1u << k);
  decimal d;
  d.point = q + 1;
  for (;;) {
    int digit = 0;
    for (int k = 4; k-- > 0;)
      if (r.compare(multiple[k]) >= 0) r.subtract(multiple[k]), digit += 1 << k;
    const int c = r.compare(gap);
    const bool low = c < 0 || (c == 0 && even), high = reaches_above(s);
    if (low || high) {
      r.multiply(2);
      const int half = r.compare(s);
      const bool up = high && (!low || half > 0 || (half == 0 && digit % 2 != 0));
      d.digit[d.count++] = static_cast<char>('0' + digit + up);
      return d;
    }
    d.digit[d.count++] = static_cast<char>('0' + digit);
    r.multiply(10);
    gap.multiply(10);
  }
}

}  // namespace tapeless::detail
