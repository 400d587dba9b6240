// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <tapeless/graph/value.hpp>
#include <tapeless/op/derivative.hpp>
#include <tapeless/op/power.hpp>

// An operation's rules, run on values: how it is recorded and what it contributes to the derivative of its arguments.
namespace tapeless {

namespace detail {

// clang-format off
// Defined in graph/simplify.hpp. Declared first, because Clang instantiates a rule where it is first named, and the simplifications
// name the rules of arithmetic.
constexpr value as_kind(const value& v, element kind);
constexpr element joint(element a, element b);
constexpr value record_node(recorder& r, const operation_info* op, const value* x);
constexpr value simplified(op::tag<op::add>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::sub>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::mul>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::div>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::neg>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::pow>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::powi>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::square>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::inv>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::as_real>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::as_integer>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::select>, recorder& r, const value* x);

/// The kind of element that an operation takes as argument i, its numbers being of the given kind.
template <class Op>
constexpr element kind_taken(std::size_t i, element number) {
  return Op::takes(i) == op::argument::condition ? element::boolean
         : Op::takes(i) == op::argument::whole   ? element::integer
                                                 : number;
}

template <class Op> concept HasPullback = (Op::arity == 1 && requires(value v) { Op::pullback(arg<0>{}, v, v, v); })
                                       || (Op::arity == 2 && requires(value v) { Op::pullback(arg<0>{}, v, v, v, v); })
                                       || (Op::arity == 3 && requires(value v) { Op::pullback(arg<0>{}, v, v, v, v, v); });
template <class Op> concept HasPartial  = (Op::arity == 1 && requires(value v) { Op::partial(v, v); })
                                       || (Op::arity == 2 && requires(value v) { Op::partial(arg<0>{}, v, v, v); })
                                       || (Op::arity == 3 && requires(value v) { Op::partial(arg<0>{}, v, v, v, v); });
// clang-format on

/// The contribution to argument I: the operation's own pullback where it has one, else cotangent times partial
/// derivative.
template <class Op, std::size_t I, class G, class Y, class... X>
constexpr auto contribution(const G& g, const Y& y, const X&... x) {
  if constexpr (HasPullback<Op>) return Op::pullback(arg<I>{}, g, x..., y);
  else if constexpr (sizeof...(X) == 1) return g * Op::partial(x..., y);
  else return g * Op::partial(arg<I>{}, x..., y);
}

template <class Op>
constexpr value graph_rule<Op>::record(recorder& r, const value* x) {
  // A rule's question about constants has an answer.
  if constexpr (Op::predicate && Op::arity == 2 && Op::takes(0) == op::argument::number)
    if (x[0].is_constant() && x[1].is_constant())
      return value::constant(Op::value(x[0].number(), x[1].number()), element::boolean);
  if constexpr (requires { simplified(op::tag<Op>{}, r, x); }) return simplified(op::tag<Op>{}, r, x);
  else return record_node(r, describe<Op>(), x);
}

template <class Op>
constexpr bool graph_rule<Op>::differentiable() {
  return HasPullback<Op> || HasPartial<Op>;
}

template <class Op>
constexpr value graph_rule<Op>::pullback([[maybe_unused]] int i, [[maybe_unused]] const value& g,
                                         [[maybe_unused]] const value* x, [[maybe_unused]] const value& y) {
  if constexpr (HasPullback<Op> || HasPartial<Op>) {
    if constexpr (Op::arity == 1) return contribution<Op, 0>(g, y, x[0]);
    else if constexpr (Op::arity == 2)
      return i == 0 ? value(contribution<Op, 0>(g, y, x[0], x[1])) : value(contribution<Op, 1>(g, y, x[0], x[1]));
    else
      return i == 0   ? value(contribution<Op, 0>(g, y, x[0], x[1], x[2]))
             : i == 1 ? value(contribution<Op, 1>(g, y, x[0], x[1], x[2]))
                      : value(contribution<Op, 2>(g, y, x[0], x[1], x[2]));
  } else {
    return zero;
  }
}

}  // namespace detail

namespace detail {

template <class Op>
inline constexpr bool takes_only_numbers = [] {
  bool only = true;
  for (std::size_t place = 0; place < Op::arity; ++place) only = only && Op::takes(place) == op::argument::number;
  return only;
}();

/// Gives the operands of an operation the kinds that it takes. A whole constant of a rule follows the numbers beside
/// it; where numbers of several kinds meet, the operation happens among reals.
template <class Op, std::size_t N>
constexpr void agree_on_kinds(value (&x)[N]) {
  element kind = Op::on_integers ? element::integer : element::real;
  bool any_integer = false;
  for (std::size_t i = 0; i < N; ++i)
    any_integer = any_integer || (x[i].kind() == element::integer && Op::takes(i) == op::argument::number);
  for (std::size_t i = 0; i < N; ++i) {
    const bool follows = any_integer && x[i].is_constant() && is_whole_number(x[i].number());
    if (Op::takes(i) == op::argument::number && !follows) kind = joint(kind, x[i].kind());
  }
  for (std::size_t i = 0; i < N; ++i) x[i] = as_kind(x[i], kind_taken<Op>(i, kind));
}

}  // namespace detail

/// An operation on values: recorded where its operands are, carried out at once where all of them are constants.
template <class Op, std::convertible_to<value>... X>
constexpr value apply_operation(op::tag<Op>, const X&... x) {
  value operands[] = {x...};
  bool agreed = detail::takes_only_numbers<Op>;
  for (const value& operand : operands) agreed = agreed && operand.kind() == element::real;
  if (!agreed) detail::agree_on_kinds<Op>(operands);
  for (const value& operand : operands)
    if (operand.home()) return detail::graph_rule<Op>::record(*operand.home(), operands);
  if constexpr (requires {
                  detail::simplified(op::tag<Op>{}, *operands[0].home(), operands);
                }) {  // these know structural zeros and ones
    recorder none;
    return detail::graph_rule<Op>::record(none, operands);
  } else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return value(detail::evaluate<Op, double>(std::index_sequence<I...>{}, operands[I].number()...));
    }
    (std::make_index_sequence<sizeof...(X)>{});
  }
}

}  // namespace tapeless

#include <tapeless/graph/simplify.hpp>  // defines what is declared above
