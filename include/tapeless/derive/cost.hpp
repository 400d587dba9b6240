// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program_of.hpp>
#include <tapeless/derive/tensor_cost.hpp>

namespace tapeless {

/// How many operations of each kind a program carries out.
class operation_count {
 public:
  constexpr explicit operation_count(const program_view& whole) {
    if (detail::uses_tensors(whole)) {
      const program steps = detail::lowered(whole);
      count_all(steps.view());
    } else {
      const program less = detail::carried_out(whole);
      count_all(less.outputs.size() ? less.view() : whole);
    }
  }

  /// The number of operations of one kind, also on data of whatever type: `cost<F, double>.count<op::exp>()`.
  template <class Op>
  constexpr std::size_t count() const {
    std::size_t sum = 0;
    for (std::size_t k = 0; k < kinds_; ++k)
      if (entries_[k].op->hash == detail::info<Op>.hash && entries_[k].op->arity == detail::info<Op>.arity)
        sum += entries_[k].count;
    return sum;
  }
  /// All operations: arithmetic, functions, comparisons, selections. Reading inputs and constants is free.
  constexpr std::size_t total() const {
    std::size_t sum = 0;
    for (std::size_t k = 0; k < kinds_; ++k) sum += entries_[k].count;
    return sum;
  }
  /// Additions, subtractions, multiplications and changes of sign.
  constexpr std::size_t cheap() const {
    return count<op::add>() + count<op::sub>() + count<op::mul>() + count<op::neg>();
  }

  struct entry {
    const operation_info* op;
    std::size_t count;
  };
  constexpr const entry* begin() const { return entries_; }
  constexpr const entry* end() const { return entries_ + kinds_; }

 private:
  constexpr void count_all(const program_view& p) {
    for (std::int32_t i = 0; i < p.size; ++i) {
      const node& n = p[i];
      if (n.op->arity == 0 || n.is<op::as_real>() || n.is<op::unsigned_as_real>() || n.is<op::as_integer>()) continue;
      if (n.op->tensor) {
        shape operands[3];
        for (int k = 0; k < n.op->arity; ++k) operands[k] = p[n.operand[k]].shape;
        detail::tensor_operations(n, operands, [&](const operation_info* op, std::size_t count) { add(op, count); });
      } else {
        add(n.op, n.shape.size());
      }
    }
  }
  constexpr void add(const operation_info* op, std::size_t count) {
    if (count == 0) return;
    std::size_t k = 0;
    while (k < kinds_ && entries_[k].op != op) ++k;
    if (k == kinds_) entries_[kinds_++] = {op, 0};
    entries_[k].count += count;
  }

  static constexpr std::size_t most_kinds = 96;
  entry entries_[most_kinds]{};
  std::size_t kinds_ = 0;
};

namespace detail {

/// The program that is carried out: one of whole tensors where that is what runs.
template <class Program>
struct carried_out_program {
  using type = Program;
};
template <class F, class... A>
requires(runs_on_tensors<F, A...>()) struct carried_out_program<primal_program<F, A...>> {
  using type = tensor_program<F, A...>;
};
template <class F, class Wrt, yield Yield, class... A>
requires(runs_on_tensors<F, A...>()) struct carried_out_program<gradient_program<F, Wrt, Yield, A...>> {
  using type = tensor_gradient_program<F, Wrt, Yield, A...>;
};

}  // namespace detail

/// The operations of a function, or of its derivative, on arguments of types `A...`. Those on tensors count for each
/// element, products of matrices as the multiplications and additions that they consist of.
///
///     static_assert(tl::cost<decltype(f), double, double>.count<tl::op::exp>() == 1);
///     static_assert(tl::cost<decltype(tl::gradient(f)), double, double>.total() <= 12);
template <class F, class... A>
inline constexpr operation_count cost{detail::carried_out_program<detail::program_of<F, A...>>::type::graph.view()};

}  // namespace tapeless
