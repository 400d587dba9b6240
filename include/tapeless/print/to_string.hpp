// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/form.hpp>
#include <tapeless/print/infix.hpp>

namespace tapeless {
namespace detail {

template <class F, class Names, class... A>
struct function_text {
  static_assert(check_printable<F>());
  using real = typename joint_real<A...>::type;
  using program = shown_program_of<F, A...>;
  static constexpr std::size_t room = 4 * longest_expression + 16 * program::graph.size;
  static constexpr text make() {
    return infix_text<std::conditional_t<std::is_void_v<real>, double, real>>(program::graph.view(),
                                                                              scalar_names<Names, A...>{});
  }
};

}  // namespace detail

/// What a function, or a derivative of one, computes for arguments of types `A...`, as text that is a constant.
///
///     to_string<double>(f) == "x * sin(x)",   to_string<double>(gradient(f)) == "sin(x) + x * cos(x)"
///
/// It is the recorded program that is printed: simplified, and the operands of a commutative operation in the order in
/// which they arose, constants first, or the one that takes fewer parentheses. Compiled with its inputs named, the text
/// is the same program. Several results are in parentheses: "(y, x)". Arguments are x, y, z, or x0, x1, ... if there
/// are more than three, or as `names` calls them; their scalars x[0], x.mass, get<0>(x). Constants are the shortest
/// decimals that read back as numbers of the arguments' type. Text of more than about 4000 characters comes in steps,
/// "t0 = x * y; t1 = t0 * t0; t1 + t0 * t1", one for each operation that is used more than once: then it is about as
/// long as the program.
///
/// Operations on whole tensors are calls with what they are told besides: sum<0>(x), transpose(W) * (W * x), x[3],
/// hadamard(a, b); a vector that the program takes as a column is written as the vector. So are gradients of functions
/// of tensors; all other derivatives are on their elements.
///
/// `f` is a stateless generic callable as for `gradient`, whether or not it has a derivative.
///
///     static_assert(tl::to_string<double, double>(f, tl::names<"u", "v">) == "u * exp(v)");
///     std::cout << tl::to_string<double, double>(tl::gradient(f));
template <class... A, class F, label... Name>
constexpr const auto& to_string(const F&, argument_names<Name...> = {}) {
  return detail::text_of<detail::function_text<F, argument_names<Name...>, A...>>;
}

}  // namespace tapeless
