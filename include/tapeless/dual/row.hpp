// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/dual/layer.hpp>
#include <tapeless/graph/rule.hpp>

// What the row of an operation says about its derivative, found out at compile time: a rule is run on values of a graph
// to see what it is made of.
namespace tapeless::detail {

/// Whether the rules of an operation can be run on values: always, but the compiler has to meet its description before
/// the rules, which may apply the operation itself.
template <class Op>
constexpr bool can_be_asked() {
  if constexpr (Op::predicate) return true;
  else return describe<Op>() != nullptr;
}

/// The partial derivative with respect to argument I, by the rule of the operation; `unit` is the one that a pullback
/// multiplies.
template <class Op, std::size_t I, class One, class Y, class... X>
[[gnu::always_inline]] constexpr auto partial_of(const One& unit, const Y& y, const X&... x) {
  static_assert(HasPullback<Op> || HasPartial<Op>,
                "tapeless: an operation on the way has no derivative; give its struct partial(x, y), or several "
                "arguments partial(tl::arg<i>{}, x..., y)");
  if constexpr (Op::takes(I) != op::argument::number) return zero;
  else if constexpr (HasPullback<Op>) return Op::pullback(arg<I>{}, unit, x..., y);
  else if constexpr (!HasPartial<Op>) return zero;
  else if constexpr (sizeof...(X) == 1) return Op::partial(x..., y);
  else return Op::partial(arg<I>{}, x..., y);
}

/// Whether an argument of the operation has an infinite partial derivative (or none) where the value is finite, by its
/// conventions.
constexpr bool is_finite(double number) { return math::abs(number) < op::infinity; }
template <class Op, std::size_t... I>
constexpr bool is_infinitely_steep(const convention& stated, std::index_sequence<I...> all) {
  return !(is_finite(stated.partial[I]) && ...) && is_finite(evaluate<Op, double>(all, stated.at[I]...));
}
template <class Op>
constexpr bool meets_infinity() {
  bool found = false;
  if constexpr (std::is_array_v<decltype(Op::conventions)>)
    for (const convention& stated : Op::conventions)
      found = found || is_infinitely_steep<Op>(stated, std::make_index_sequence<Op::arity>{});
  return found;
}
/// Then a tangent that is zero must not meet the partial derivative. (So where the value is not known at compile time.)
template <class Op>
inline constexpr bool may_be_infinite = true;
template <class Op>
requires requires { typename std::bool_constant<meets_infinity<Op>()>; }
inline constexpr bool may_be_infinite<Op> = meets_infinity<Op>();

/// What the partial derivative with respect to argument I is made of.
struct partial_facts {
  bool gated = false;            // behind a condition it is an exact zero
  bool looks_at_result = false;  // it is written in terms of the result
};
template <class Op, std::size_t I, std::size_t... K>
constexpr partial_facts find_facts(std::index_sequence<K...>) {
  partial_facts found;
  if constexpr (Op::takes(I) == op::argument::number) {
    recorder nodes;
    const value arguments[] = {
        value(&nodes, nodes.input(static_cast<std::int32_t>(K), shape(kind_taken<Op>(K, element::real))))...};
    const value result(&nodes, nodes.input(static_cast<std::int32_t>(Op::arity), shape(element::real)));
    const value partial(partial_of<Op, I>(value(1.0), result, arguments[K]...));
    found.gated = partial.definition() && is_gated(partial);
    found.looks_at_result = partial.definition() && partial.id() == result.id();
    for (std::int32_t id = 0; id < nodes.size(); ++id)
      for (int place = 0; place < nodes[id].op->arity; ++place)
        found.looks_at_result = found.looks_at_result || nodes[id].operand[place] == result.id();
  }
  return found;
}
template <class Op, std::size_t I>
inline constexpr partial_facts facts = find_facts<Op, I>(std::make_index_sequence<Op::arity>{});

}  // namespace tapeless::detail
