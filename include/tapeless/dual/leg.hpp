// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <tapeless/dual/registers.hpp>
#include <tapeless/dual/row.hpp>

// The chain rule for one argument of an operation.
namespace tapeless::detail {

struct minus_one {};

/// What one argument contributes to the tangents: partial derivative times tangent, added to what is there already.
/// `CheckTangent`: a tangent of zero stays zero; `CheckPartial`: so does what a partial derivative of zero multiplies.
template <class P, class T, std::size_t N, bool CheckTangent, bool CheckPartial>
struct leg {
  P partial;
  const std::array<T, N>& tangents;
  static constexpr bool checked = CheckTangent || CheckPartial;

  /// Nothing is to be checked at this point.
  [[gnu::always_inline]] constexpr bool is_harmless() const {
    if constexpr (!checked) return true;
    else return math::isfinite(partial) && !(CheckPartial && partial == 0);
  }
  [[gnu::always_inline]] constexpr auto unchecked() const { return leg<P, T, N, false, false>{partial, tangents}; }

  /// `Lanes`: a number, or a vector of some.
  template <class Sum, class Lanes>
  [[gnu::always_inline]] constexpr Lanes added(const Sum& sum, const Lanes& tangent) const {
    constexpr bool first = std::is_same_v<Sum, zero_t>;
    if constexpr (std::is_same_v<P, one_t>) {
      if constexpr (first) return tangent;
      else return below<op::add>(sum, tangent);
    } else if constexpr (std::is_same_v<P, minus_one>) {
      if constexpr (first) return -tangent;
      else return below<op::sub>(sum, tangent);
    } else if constexpr (checked) {
      if constexpr (first) return times(tangent);
      else return below<op::add>(sum, times(tangent));
    } else if constexpr (first) {
      return below<op::mul>(partial, tangent);
    } else if constexpr (std::is_floating_point_v<Lanes>) {
      return math::mul_add(partial, tangent, sum);
    } else {
      return partial * tangent + sum;
    }
  }

 private:
  template <class Op, class X, class Y>
  [[gnu::always_inline]] static constexpr auto below(const X& x, const Y& y) {
    if constexpr (std::is_floating_point_v<Y> || enable_operand<Y>) return Y(tapeless::apply<Op>(x, y));
    else if constexpr (std::is_same_v<Op, op::add>) return x + y;
    else if constexpr (std::is_same_v<Op, op::sub>) return x - y;
    else return x * y;
  }
  [[gnu::always_inline]] constexpr T times(const T& tangent) const {
    const T product(tapeless::apply<op::mul>(partial, tangent));
    if constexpr (!CheckPartial) return select(is_all_zero(tangent), T(zero), product);
    else if constexpr (!CheckTangent) return select(is_all_zero(partial), T(zero), product);
    else return select(is_all_zero(tangent) || is_all_zero(partial), T(zero), product);
  }
};
struct no_leg {
  static constexpr bool checked = false;
  static constexpr bool is_harmless() { return true; }
  constexpr no_leg unchecked() const { return {}; }
};

/// A partial derivative as it multiplies tangents of type T.
template <class T, class P>
[[gnu::always_inline]] constexpr auto as_factor(const P& partial) {
  if constexpr (std::is_same_v<P, literal>) return as_ground<T>(partial.number);
  else if constexpr (std::is_arithmetic_v<P> || (is_bare<P> && std::is_floating_point_v<T>))
    return as_ground<T>(partial);
  else return partial;
}

}  // namespace tapeless::detail
