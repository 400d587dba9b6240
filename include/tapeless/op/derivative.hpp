// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/operators.hpp>

// Operations that leave the value alone and say what its derivative is.
namespace tapeless::op {
using definitions = list<struct stop_gradient>;
}  // namespace tapeless::op

namespace tapeless {
/// The value of `x`, with derivative zero.
template <Operand X>
constexpr auto stop_gradient(X x) {
  return apply<op::stop_gradient>(x);
}
}  // namespace tapeless

namespace tapeless::op {
struct stop_gradient : inlined<"stop_gradient", 1> {
  static constexpr bool on_integers = true;
  static constexpr bool transparent = true;
  static constexpr const char* note = "the derivative is 0 by definition";
  static constexpr auto value(auto x) { return x; }
  static constexpr auto partial(auto, auto) { return zero; }
};

// What a custom gradient is in a graph: `with_partials(y, list)` has the value y; where a derivative is taken, the list
// says all there is to it. A list is `partial_entry(x, p, rest)`: with respect to x it is p, and then there is the
// rest.
struct with_partials : inlined<"with_partials", 2> {
  static constexpr bool transparent = true;
  static constexpr auto value(auto y, auto) { return y; }
};
struct partial_entry : inlined<"partial_entry", 3> {
  static constexpr auto value(auto, auto, auto rest) { return rest; }
};
}  // namespace tapeless::op
