// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/digits.hpp>
#include <tapeless/print/text.hpp>

namespace tapeless::detail {

/// How a number is written: as text for people, "2"; or as a C++ literal of its own type, "2.0", "2.0f", which for inf
/// and NaN are the macros of <cmath>.
enum class number_form { text, literal };

template <std::integral I>
constexpr void write_integer(text& out, I n) {
  char digit[20]{};
  int count = 0;
  const bool negative = n < 0;
  auto rest = negative ? -static_cast<unsigned long long>(n) : static_cast<unsigned long long>(n);
  do digit[count++] = static_cast<char>('0' + rest % 10);
  while (rest /= 10);
  if (negative) out.append('-');
  while (count > 0) out.append(digit[--count]);
}

/// Whether a number is a double, too.
template <std::floating_point T>
constexpr bool is_double(T x) {
  if constexpr (!math::detail::wider_than_double<T>) {
    return true;
  } else {
    constexpr T most = std::numeric_limits<double>::max();
    return !math::isfinite(x) || (x <= most && x >= -most && static_cast<T>(static_cast<double>(x)) == x);
  }
}

/// Whether a finite number is written without a point and an exponent.
template <std::floating_point T>
constexpr bool looks_whole(T x) {
  const T size = x < 0 ? -x : x;
  return size < static_cast<T>(1e16L) && static_cast<T>(static_cast<long long>(size)) == size;
}

/// A finite number above 0: with a decimal point if need be for 1e-5 <= x < 1e16, otherwise with an exponent.
template <std::floating_point T>
constexpr void write_positive(text& out, T x, number_form form) {
  const decimal d = shortest_digits(x);
  const auto digits = [&](int from, int to) {
    for (int place = from; place < to; ++place) out.append(place < d.count ? d.digit[place] : '0');
  };
  if (d.point > 16 || d.point < -4) {
    digits(0, 1);
    if (d.count > 1) out.append('.');
    digits(1, d.count);
    const int exponent = d.point - 1, size = exponent < 0 ? -exponent : exponent;
    out.append(exponent < 0 ? "e-" : "e+");
    if (size < 10) out.append('0');
    write_integer(out, size);
  } else if (d.point <= 0) {
    out.append("0.");
    for (int i = d.point; i < 0; ++i) out.append('0');
    digits(0, d.count);
  } else {
    digits(0, d.point);
    if (d.count > d.point) out.append('.'), digits(d.point, d.count);
    else if (form == number_form::literal) out.append(".0");
  }
}

/// The shortest decimal text that reads back as the same number:
///
///     0.1   2   -0   1e-07   1.5e+300   inf   nan
///
/// A long double that is a double is written as that double. The literal of one that is not ends with L, that of a
/// float with f.
template <std::floating_point T>
constexpr void write_number(text& out, T x, number_form form = number_form::text) {
  using narrower = std::conditional_t<math::detail::wider_than_double<T>, double, T>;
  if constexpr (!std::is_same_v<narrower, T>)
    if (is_double(x)) return write_number(out, static_cast<narrower>(x), form);
  const bool literal = form == number_form::literal;
  if (math::isnan(x)) {
    out.append(literal ? "NAN" : "nan");
    return;
  }
  if (math::signbit(x)) out.append('-'), x = -x;
  if (math::isinf(x)) {
    out.append(literal ? "INFINITY" : "inf");
    return;
  }
  constexpr T all_whole_below = static_cast<T>(std::uint64_t{1} << 24);
  if (x < all_whole_below && static_cast<T>(static_cast<std::int32_t>(x)) == x) {  // most constants are small numbers
    write_integer(out, static_cast<std::int32_t>(x));
    if (literal) out.append(".0");
  } else {
    write_positive(out, x, form);
  }
  if (literal && sizeof(T) < sizeof(double)) out.append('f');
  if (literal && math::detail::wider_than_double<T>) out.append('L');
}

}  // namespace tapeless::detail
