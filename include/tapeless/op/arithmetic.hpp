// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/math/ieee.hpp>
#include <tapeless/op/operators.hpp>

namespace tapeless::op {
// clang-format off
struct add : infix<"+", 4> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto x, auto y) { return math::add(x, y); }
  static constexpr auto partial(auto, auto, auto, auto) { return one; }
};

struct sub : infix<"-", 4> {
  static constexpr auto value(auto x, auto y) { return math::sub(x, y); }
  static constexpr auto partial(arg<0>, auto, auto, auto) { return one; }
  static constexpr auto partial(arg<1>, auto x, auto, auto) { return decltype(x)(-1); }
};

struct mul : infix<"*", 5> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto x, auto y) { return math::mul(x, y); }
  static constexpr auto partial(arg<0>, auto, auto y, auto) { return y; }
  static constexpr auto partial(arg<1>, auto x, auto, auto) { return x; }
};

struct div : infix<"/", 5> {
  static constexpr convention conventions[] = {{{1, 0}, {infinity, -infinity}}};
  static constexpr auto kink(auto, auto y) { return y; }
  static constexpr auto value(auto x, auto y) { return math::div(x, y); }
  static constexpr auto partial(arg<0>, auto, auto y, auto) { return one / y; }
  static constexpr auto partial(arg<1>, auto, auto y, auto r) { return -(r / y); }
  static constexpr auto pullback(arg<0>, auto g, auto, auto y, auto) { return g / y; }
  static constexpr auto pullback(arg<1>, auto g, auto, auto y, auto r) { return -(g / y * r); }
};

struct neg : inlined<"-", 1> {
  static constexpr notation written = notation::prefix;
  static constexpr int precedence = 5;
  static constexpr bool on_integers = true;
  static constexpr auto value(auto x) { return -x; }
  static constexpr auto partial(auto x, auto) { return decltype(x)(-1); }
};

// Data enters arithmetic through a conversion of its own, so that every other operation has operands of one kind.
struct as_real    : inlined<"as_real", 1>    { static constexpr auto value(auto x) { return x; } };
struct as_integer : inlined<"as_integer", 1> { static constexpr auto value(auto x) { return x; } };
// clang-format on
}  // namespace tapeless::op
