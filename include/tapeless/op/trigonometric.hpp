// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/math.hpp>
#include <tapeless/op/exponential.hpp>

namespace tapeless {
namespace op {
struct sin;
struct cos;
struct tan;
struct atan2;
struct tanh;
struct erf;
}  // namespace op

template <Operand X>
constexpr auto sin(X x) {
  return apply<op::sin>(x);
}
template <Operand X>
constexpr auto cos(X x) {
  return apply<op::cos>(x);
}
template <Operand X>
constexpr auto tan(X x) {
  return apply<op::tan>(x);
}
template <Operand Y, Operand X>
constexpr auto atan2(Y y, X x) {
  return apply<op::atan2>(y, x);
}
template <Operand X>
constexpr auto tanh(X x) {
  return apply<op::tanh>(x);
}
template <Operand X>
constexpr auto erf(X x) {
  return apply<op::erf>(x);
}
}  // namespace tapeless

namespace tapeless::op {
// clang-format off
struct sin : unary<"sin"> {
  static constexpr auto value(auto x) { return math::sin(x); }
  static constexpr auto partial(auto x, auto) { return tapeless::cos(x); }
};

struct cos : unary<"cos"> {
  static constexpr auto value(auto x) { return math::cos(x); }
  static constexpr auto partial(auto x, auto) { return -tapeless::sin(x); }
};

struct tan : unary<"tan"> {
  static constexpr interval domain(std::size_t) { return {-1.57, 1.57}; }
  static constexpr auto value(auto x) { return math::tan(x); }
  static constexpr auto partial(auto, auto y) { return one + y * y; }
};

struct atan2 : binary<"atan2"> {
  static constexpr const char* convention = "undefined (NaN) derivative at (0, 0)";
  static constexpr interval domain(std::size_t i) { return i == 0 ? interval{} : interval{0, std::numeric_limits<double>::infinity()}; }
  static constexpr auto value(auto y, auto x) { return math::atan2(y, x); }
  static constexpr auto partial(arg<0>, auto y, auto x, auto) { return x / (x * x + y * y); }
  static constexpr auto partial(arg<1>, auto y, auto x, auto) { return -(y / (x * x + y * y)); }
};

struct tanh : unary<"tanh"> {
  static constexpr auto value(auto x) { return math::tanh(x); }
  static constexpr auto partial(auto, auto y) { return one - y * y; }
};

struct erf : unary<"erf"> {
  static constexpr auto value(auto x) { return math::erf(x); }
  static constexpr auto partial(auto x, auto) { return literal(1.128379167095512573896158903121545172L) * tapeless::exp(-(x * x)); }
};
// clang-format on
using trigonometric = list<sin, cos, tan, atan2>;
using hyperbolic = list<tanh>;
using special = list<erf>;
}  // namespace tapeless::op
