// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <tapeless/graph/shape.hpp>
#include <tapeless/op/contract.hpp>

// Operations as data. Recording and differentiation are ordinary loops over an array of nodes, so there an operation is
// the address of a constant that describes it; code is emitted from templates, which need the operation's type back
// from that address.
namespace tapeless {

class value;
class recorder;

/// What the graph algorithms know of an operation.
struct operation_info {
  const char* name;
  int arity;
  bool commutative;
  bool predicate;
  bool never_negative_zero;
  bool calls_library;
  bool transparent;
  bool on_integers;
  op::notation written;
  int precedence;
  std::uint64_t hash;
  /// Records the operation on operands, or finds a simpler value that equals it.
  value (*record)(recorder& r, const value* x) = nullptr;
  bool (*differentiable)() = nullptr;
  /// The contribution of cotangent `g` of the result `y` to argument `i`.
  value (*pullback)(int i, const value& g, const value* x, const value& y) = nullptr;
  /// Of an operation on whole tensors: what depends on the node's shape and parameter; null for all others.
  const struct tensor_rules* tensor = nullptr;
};

struct node;
/// What the graph algorithms know besides of an operation that is not carried out element by element.
struct tensor_rules {
  /// Records the operation of node `n` again, on other operands of the same shapes.
  value (*again)(recorder& r, const node& n, const value* x);
  /// What a change `dx` of argument i does to the result.
  value (*pushforward)(int i, const value& dx, const value* x, const value& y);
  /// The operation in terms of simpler ones; null where there are none.
  value (*meaning)(recorder& r, const node& n, const value* x) = nullptr;
  /// The elements of the result from the elements of the operands.
  void (*elements)(const node& n, const shape* shapes, const value* const* x, value* y) = nullptr;
  /// `a + y` where y is a node of this operation, if there is more to it than an addition.
  value (*added)(recorder& r, const value& a, const value& y) = nullptr;
};

namespace detail {

constexpr std::uint64_t hash_of(const char* s) {
  std::uint64_t h = 0xcbf29ce484222325u;  // FNV-1a
  for (; *s; ++s) h = (h ^ static_cast<unsigned char>(*s)) * 0x100000001b3u;
  return h;
}

/// The rules of `Op` run on values; defined in graph/rule.hpp, where values are known. Leaves have none.
template <class Op>
struct graph_rule {
  static constexpr value record(recorder& r, const value* x);
  static constexpr bool differentiable();
  static constexpr value pullback(int i, const value& g, const value* x, const value& y);
};

/// The same of an operation on whole tensors; defined in graph/tensor_operation.hpp.
template <class Op>
struct tensor_rule {
  static constexpr value again(recorder& r, const node& n, const value* x);
  static constexpr value pullback(int i, const value& g, const value* x, const value& y);
  static constexpr value pushforward(int i, const value& dx, const value* x, const value& y);
  static constexpr value meaning(recorder& r, const node& n, const value* x);
  static constexpr void elements(const node& n, const shape* shapes, const value* const* x, value* y);
  static constexpr bool differentiable() { return Op::has_derivative; }
  static constexpr tensor_rules all{&again, &pushforward, Op::is_composed ? &meaning : nullptr, &elements, Op::added};
};

template <class Op>
constexpr operation_info make_info() {
  operation_info i{Op::name.text,
                   static_cast<int>(Op::arity),
                   Op::commutative,
                   Op::predicate,
                   Op::never_negative_zero,
                   Op::calls_library,
                   Op::transparent,
                   Op::on_integers,
                   Op::written,
                   Op::precedence,
                   hash_of(Op::name.text) | 1};
  if constexpr (Op::on_tensors) {
    i.differentiable = &tensor_rule<Op>::differentiable;
    i.pullback = &tensor_rule<Op>::pullback;
    i.tensor = &tensor_rule<Op>::all;
  } else if constexpr (Op::arity > 0) {
    i.record = &graph_rule<Op>::record;
    i.differentiable = &graph_rule<Op>::differentiable;
    i.pullback = &graph_rule<Op>::pullback;
  }
  return i;
}

template <class Op>
inline constexpr operation_info info = make_info<Op>();

// The way back from address to type: `info_key<&info<Op>>` declares a friend function that `remember<Op>` defines; each
// address belongs to one type, so the definition is the same in every translation unit.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wnon-template-friend"
template <const operation_info* Info>
struct info_key {
  friend constexpr auto operation_behind(info_key);
};
#pragma GCC diagnostic pop
template <class Op>
struct remember {
  friend constexpr auto operation_behind(info_key<&info<Op>>) { return op::tag<Op>{}; }
};

template <class Tag>
struct untag;
template <class Op>
struct untag<op::tag<Op>> {
  using type = Op;
};

template <const operation_info* Info>
using operation_of = typename untag<decltype(operation_behind(info_key<Info>{}))>::type;

/// The description of an operation; asking for it also records the way back.
template <class Op>
constexpr const operation_info* describe() {
  static_assert(sizeof(remember<Op>) > 0);
  return &info<Op>;
}

}  // namespace detail

namespace op {
// Leaves: what a program starts from.
struct input : inlined<"input", 0> {};
struct constant : inlined<"constant", 0> {};
struct structural : inlined<"structural", 0> {};  // an exact zero or one that arose from a derivative rule
}  // namespace op

}  // namespace tapeless
