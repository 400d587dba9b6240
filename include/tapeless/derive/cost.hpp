// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program_of.hpp>

namespace tapeless {

/// How many operations of each kind a program carries out.
class operation_count {
 public:
  constexpr explicit operation_count(const program_view& whole) {
    const program less = detail::carried_out(whole);
    const program_view p = less.outputs.size() ? less.view() : whole;
    for (std::int32_t i = 0; i < p.size; ++i)
      if (p[i].op->arity > 0 && !p[i].is<op::as_real>() && !p[i].is<op::unsigned_as_real>() &&
          !p[i].is<op::as_integer>())
        add(p[i].op);
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
  constexpr void add(const operation_info* op) {
    std::size_t k = 0;
    while (k < kinds_ && entries_[k].op != op) ++k;
    if (k == kinds_) entries_[kinds_++] = {op, 0};
    ++entries_[k].count;
  }

  static constexpr std::size_t most_kinds = 96;
  entry entries_[most_kinds]{};
  std::size_t kinds_ = 0;
};

/// The operations of a function, or of its derivative, on arguments of types `A...`.
///
///     static_assert(tl::cost<decltype(f), double, double>.count<tl::op::exp>() == 1);
///     static_assert(tl::cost<decltype(tl::gradient(f)), double, double>.total() <= 12);
template <class F, class... A>
inline constexpr operation_count cost{detail::program_of<F, A...>::graph.view()};

}  // namespace tapeless
