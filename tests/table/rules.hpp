// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "laws/support.hpp"

// What a row of the op table says, as functions that can be recorded: what the page prints, and what the printed text
// has to be when it is compiled.
namespace table {

template <class Op, std::size_t I>
using argument_type = std::conditional_t<Op::takes(I) == tl::op::argument::condition, bool,
                                         std::conditional_t<Op::takes(I) == tl::op::argument::whole, int, double>>;

/// Numbers are x, y, z; conditions c, d; a whole number is n.
template <class Op>
constexpr const char* argument_name(std::size_t i) {
  constexpr const char* names[][3] = {{"x", "y", "z"}, {"c", "d", "e"}, {"n", "m", "k"}};
  std::size_t rank = 0;
  for (std::size_t j = 0; j < i; ++j) rank += Op::takes(j) == Op::takes(i);
  return names[static_cast<int>(Op::takes(i))][rank];
}

/// A result as a recorded number, be it structural or a literal.
template <class X>
constexpr auto as_number(const X& x) {
  if constexpr (tl::detail::Recorded<X>) return x;
  else return tl::recorded<double>(x);
}

template <class Op>
struct formula_of {
  constexpr auto operator()(auto... x) const requires requires { Op::formula(x...); }
  { return as_number(Op::formula(x...)); }
};

template <class Op>
struct kink_function_of {
  constexpr auto operator()(auto... x) const requires requires { Op::kink(x...); }
  { return as_number(Op::kink(x...)); }
};

/// The derivative with respect to argument I as the row states it; the operation itself stands for its result.
template <class Op, std::size_t I>
struct partial_of {
  constexpr auto operator()(auto... x) const requires(!Op::predicate) {
    const auto y = tl::apply<Op>(x...);
    constexpr tl::arg<I> i;
    if constexpr (Op::arity == 1 && requires { Op::partial(x..., y); }) return as_number(Op::partial(x..., y));
    else if constexpr (requires { Op::partial(i, x..., y); }) return as_number(Op::partial(i, x..., y));
    else return as_number(Op::pullback(i, tl::recorded<double>(1), x..., y));
  }
};

/// Calls `f.template operator()<A...>()` with the types of an operation's arguments.
template <class Op, class F>
constexpr auto with_argument_types(const F& f) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) { return f.template operator()<argument_type<Op, I>...>(); }
  (std::make_index_sequence<Op::arity>{});
}

/// Whether a function can be recorded on the arguments of an operation.
template <class Op, class F>
inline constexpr bool applies = with_argument_types<Op>([]<class... A> { return tl::detail::Recordable<F, A...>; });

}  // namespace table
