// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/exponential.hpp>

namespace tapeless {
namespace op {
struct sigmoid;
struct relu;
struct softplus;
}  // namespace op
/// 1 / (1 + exp(-x)), without overflow and with full relative accuracy in the left tail.
template <Operand X>
constexpr auto sigmoid(X x) {
  return apply<op::sigmoid>(x);
}
/// max(x, 0); the derivative at 0 is 0.
template <Operand X>
constexpr auto relu(X x) {
  return apply<op::relu>(x);
}
/// log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)); its derivative is sigmoid(x).
template <Operand X>
constexpr auto softplus(X x) {
  return apply<op::softplus>(x);
}
}  // namespace tapeless

namespace tapeless::op {
// clang-format off
struct sigmoid : unary<"sigmoid"> {
  static constexpr bool never_negative_zero = true;
  static constexpr auto value(auto x) {  // exp of a negative number only, so that neither tail overflows
    const auto e = math::exp(-math::abs(x));
    return (x < 0 ? e : decltype(x)(1)) / (1 + e);
  }
  static constexpr auto partial(auto, auto y) { return y * (one - y); }
};

struct relu : inlined<"relu", 1> {
  static constexpr const char* convention = "relu'(0) = 0";
  static constexpr auto value(auto x) { return x < 0 ? decltype(x)(0) : x; }
  static constexpr auto partial(auto x, auto) { using X = decltype(x); return tapeless::select(x > literal(0), X(one), X(zero)); }
};

struct softplus : unary<"softplus"> {
  static constexpr bool never_negative_zero = true;
  static constexpr auto value(auto x) { return (x > 0 ? x : decltype(x)(0)) + math::log1p(math::exp(-math::abs(x))); }
  static constexpr auto partial(auto x, auto) { return tapeless::sigmoid(x); }
};
// clang-format on
using activation = list<sigmoid, relu, softplus>;
}  // namespace tapeless::op
