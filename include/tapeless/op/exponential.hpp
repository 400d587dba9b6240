// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/math.hpp>
#include <tapeless/op/piecewise.hpp>

namespace tapeless {
namespace op {
struct exp;
struct log;
struct sqrt;
struct pow;
struct hypot;
}  // namespace op

template <Operand X>
constexpr auto exp(X x) {
  return apply<op::exp>(x);
}
template <Operand X>
constexpr auto log(X x) {
  return apply<op::log>(x);
}
template <Operand X>
constexpr auto sqrt(X x) {
  return apply<op::sqrt>(x);
}
template <Operand X, Operand Y>
constexpr auto pow(X x, Y y) {
  return apply<op::pow>(x, y);
}
template <Operand X, Operand Y>
constexpr auto hypot(X x, Y y) {
  return apply<op::hypot>(x, y);
}

}  // namespace tapeless

namespace tapeless::op {
// clang-format off
struct exp : unary<"exp"> {
  static constexpr bool never_negative_zero = true;
  static constexpr interval domain(std::size_t) { return {-700, 700}; }
  static constexpr auto value(auto x) { return math::exp(x); }
  static constexpr auto partial(auto, auto y) { return y; }
};

struct log : unary<"log"> {
  static constexpr const char* convention = "log'(0) = inf";
  static constexpr interval domain(std::size_t) { return {0, std::numeric_limits<double>::infinity()}; }
  static constexpr auto value(auto x) { return math::log(x); }
  static constexpr auto partial(auto x, auto) { return one / x; }
  static constexpr auto pullback(arg<0>, auto g, auto x, auto) { return g / x; }
};

struct sqrt : inlined<"sqrt", 1> {
  static constexpr const char* convention = "sqrt'(0) = inf";
  static constexpr interval domain(std::size_t) { return {0, std::numeric_limits<double>::infinity()}; }
  static constexpr auto value(auto x) { return math::sqrt(x); }
  static constexpr auto partial(auto, auto y) { return literal(0.5L) / y; }
  static constexpr auto pullback(arg<0>, auto g, auto, auto y) { return literal(0.5L) * g / y; }
};

struct pow : binary<"pow"> {
  static constexpr const char* convention = "d/dy pow(0, y) = 0; d/dx by x^(y-1), exact zero for y = 0";
  static constexpr interval domain(std::size_t i) { return i == 0 ? interval{0, 100} : interval{-20, 20}; }
  static constexpr auto value(auto x, auto y) { return math::pow(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto y, auto) {
    return tapeless::select(y == literal(0), zero, y * tapeless::pow(x, y - one));
  }
  static constexpr auto partial(arg<1>, auto x, auto, auto r) { return tapeless::select(x == literal(0), zero, tapeless::log(x) * r); }
};

struct hypot : binary<"hypot"> {
  static constexpr bool commutative = true;
  static constexpr const char* convention = "the derivative at (0, 0) is 0";
  static constexpr auto value(auto x, auto y) { return math::hypot(x, y); }
  static constexpr auto partial(arg<0>, auto x, auto, auto r) { return tapeless::select(r == literal(0), zero, x / r); }
  static constexpr auto partial(arg<1>, auto, auto y, auto r) { return tapeless::select(r == literal(0), zero, y / r); }
};
// clang-format on
using exponential = list<exp, log, sqrt, pow, hypot>;
}  // namespace tapeless::op
