// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/value.hpp>

// Operations on whole tensors. Each is one struct, as operations on numbers are: how it is recorded, what it means for
// the elements, and its derivative in terms of such operations again, so that every mode and order follows.
namespace tapeless {

namespace op {

/// The base of every operation on whole tensors. A row adds
///   record(r, n, x)               records it again as node n says (shape and parameter), simplified where that can be
///                                 (the body behind the struct, since recording looks at the whole of it);
///   compute(call, y, x...)        the elements of the result, over any type of number (returning `auto`, as all it
///                                 calls: Clang would not have templates ready otherwise when constants need them);
///   meaning(r, n, x)              of what is composed of other operations: what it is in terms of these;
///   pullback(i, g, x, y)          the contribution of the cotangent `g` of the result to argument i;
///   pushforward(i, dx, x, y)      what a change of argument i does; not needed where the operation is linear in each
///                                 argument while the others stay.
template <label Name, std::size_t Arity>
struct tensor_operation : operation<Name, Arity> {
  static constexpr bool on_tensors = true;
  static constexpr bool is_composed = false;
  static constexpr bool has_derivative = true;
  static constexpr bool is_linear = false;        // in each argument, while the others stay
  static constexpr bool takes_constants = false;  // as a cotangent that is the same everywhere
  static constexpr value (*added)(recorder& r, const value& a, const value& y) = nullptr;  // a + y, if that is special
};

}  // namespace op

namespace detail {

/// What an operation on tensors is given besides the elements.
struct tensor_call {
  shape result;
  shape operand[3];
  std::uint64_t parameter;
};

constexpr std::uint64_t parameter_of(const node& n) { return static_cast<std::uint64_t>(n.number); }
constexpr long double as_parameter(std::uint64_t bits) { return static_cast<long double>(bits); }

/// Records a node of an operation on tensors as it is.
template <class Op, class... X>
constexpr value tensor_node(recorder& r, const shape& result, std::uint64_t parameter, const X&... x) {
  node n{.op = describe<Op>(), .shape = result, .number = as_parameter(parameter)};
  int k = 0;
  ((n.operand[k++] = x.id_in(r)), ...);
  return {&r, r.intern(n), n.op, result.kind(), !result.is_scalar()};
}

/// A constant as a tensor that is the same everywhere; all else as it is.
constexpr value shaped(recorder& r, const value& x, const shape& like);

template <class Op>
constexpr value tensor_rule<Op>::again(recorder& r, const node& n, const value* x) {
  return Op::record(r, n, x);
}

template <class Op>
constexpr value tensor_rule<Op>::pullback([[maybe_unused]] int i, [[maybe_unused]] const value& g,
                                          [[maybe_unused]] const value* x, [[maybe_unused]] const value& y) {
  if constexpr (Op::has_derivative)
    return Op::pullback(i, Op::takes_constants ? g : shaped(*y.home(), g, y.shape()), x, y);
  else return zero;
}

template <class Op>
constexpr value tensor_rule<Op>::pushforward([[maybe_unused]] int i, [[maybe_unused]] const value& dx,
                                             [[maybe_unused]] const value* x, [[maybe_unused]] const value& y) {
  if constexpr (!Op::has_derivative) {
    return zero;
  } else {
    recorder& r = *y.home();
    const value moved = shaped(r, dx, x[i].shape());
    if constexpr (Op::is_linear) {
      value other[3];
      for (int k = 0; k < static_cast<int>(Op::arity); ++k) other[k] = k == i ? moved : x[k];
      const node n = *y.definition();
      return Op::record(r, n, other);
    } else {
      return Op::pushforward(i, moved, x, y);
    }
  }
}

template <class Op>
constexpr value tensor_rule<Op>::meaning([[maybe_unused]] recorder& r, [[maybe_unused]] const node& n,
                                         [[maybe_unused]] const value* x) {
  if constexpr (Op::is_composed) return Op::meaning(r, n, x);
  else return zero;
}

template <class Op>
constexpr void tensor_rule<Op>::elements([[maybe_unused]] const node& n, [[maybe_unused]] const shape* shapes,
                                         [[maybe_unused]] const value* const* x, [[maybe_unused]] value* y) {
  const tensor_call call{n.shape, {shapes[0], shapes[1], shapes[2]}, parameter_of(n)};
  if constexpr (Op::arity == 1) Op::compute(call, y, x[0]);
  else if constexpr (Op::arity == 2) Op::compute(call, y, x[0], x[1]);
  else Op::compute(call, y, x[0], x[1], x[2]);
}

/// Records the operation of node `n` on other operands.
constexpr value record_again(recorder& r, const node& n, const value* x) {
  return n.op->tensor ? n.op->tensor->again(r, n, x) : n.op->record(r, x);
}

}  // namespace detail
}  // namespace tapeless

#include <tapeless/graph/broadcast.hpp>  // defines what is declared above
