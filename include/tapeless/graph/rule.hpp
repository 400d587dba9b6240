// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <tapeless/graph/value.hpp>
#include <tapeless/op/piecewise.hpp>

// An operation's rules, run on values: how it is recorded and what it contributes to the derivative of its arguments.
namespace tapeless {

namespace op {
struct pow;
}

namespace detail {

// clang-format off
// Defined in graph/simplify.hpp. Declared first, because Clang instantiates a rule where it is first named, and the simplifications
// name the rules of arithmetic.
constexpr value record_node(recorder& r, const operation_info* op, const value* x);
constexpr value simplified(op::tag<op::add>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::sub>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::mul>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::div>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::neg>, recorder& r, const value* x);
template <std::same_as<op::pow> Op>
constexpr value simplified(op::tag<Op>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::as_real>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::as_integer>, recorder& r, const value* x);
constexpr value simplified(op::tag<op::select>, recorder& r, const value* x);

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

/// An operation on values: recorded where its operands are, carried out at once where all of them are constants.
template <class Op, std::convertible_to<value>... X>
constexpr value apply_operation(op::tag<Op>, const X&... x) {
  const value operands[] = {x...};
  for (const value& operand : operands)
    if (operand.home()) return detail::graph_rule<Op>::record(*operand.home(), operands);
  if constexpr (requires {
                  detail::simplified(op::tag<Op>{}, *operands[0].home(), operands);
                }) {  // these know structural zeros and ones
    recorder none;
    return detail::graph_rule<Op>::record(none, operands);
  } else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return value(Op::value(static_cast<double>(operands[I].number())...));
    }
    (std::make_index_sequence<sizeof...(X)>{});
  }
}

}  // namespace tapeless

#include <tapeless/graph/simplify.hpp>  // defines what is declared above
