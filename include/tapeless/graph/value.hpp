// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/recorder.hpp>
#include <tapeless/op/operators.hpp>

namespace tapeless {

/// A node of some recorder, or a constant that belongs to none. Arithmetic on values simplifies and records; derivative
/// rules are run on values to build the graph of the derivative.
class value : public operand_base {
 public:
  constexpr value() = default;
  template <class Number>
  requires std::is_arithmetic_v<Number>
  constexpr value(Number number)  // NOLINT(google-explicit-constructor): a literal stands for itself, as a real number
      : number_(static_cast<long double>(number)),
        kind_(std::is_same_v<Number, bool> ? element::boolean : element::real) {}
  constexpr value(zero_t) : strong_(true) {}             // NOLINT(google-explicit-constructor)
  constexpr value(one_t) : number_(1), strong_(true) {}  // NOLINT(google-explicit-constructor)
  constexpr value(literal k) : number_(k.number) {}      // NOLINT(google-explicit-constructor)
  constexpr value(recorder* home, std::int32_t id) : home_(home), id_(id) {
    const node& n = (*home)[id];
    op_ = n.op;
    kind_ = n.shape.kind();
    tensor_ = !n.shape.is_scalar();
    if (n.is_constant()) {
      number_ = n.number;
      strong_ = n.is<op::structural>();
      home_ = nullptr;
      op_ = nullptr;
    }
  }
  /// As above, for a node that is known, and no constant.
  constexpr value(recorder* home, std::int32_t id, const operation_info* op, element kind, bool tensor)
      : home_(home), op_(op), id_(id), kind_(kind), tensor_(tensor) {}

  static constexpr value constant(long double number, element kind) {
    value v(number);
    v.kind_ = kind;
    return v;
  }

  constexpr recorder* home() const { return home_; }
  constexpr element kind() const { return kind_; }
  constexpr long double number() const { return number_; }
  constexpr bool is_constant() const { return home_ == nullptr; }
  /// Whether there are several elements. A constant stands for as many as are wanted, all the same.
  constexpr bool is_tensor() const { return tensor_; }
  constexpr tapeless::shape shape() const { return home_ ? (*home_)[id_].shape : tapeless::shape(kind_); }
  constexpr bool is_strong() const { return strong_; }
  constexpr bool is_strong_zero() const { return strong_ && number_ == 0; }
  constexpr bool is_number(long double n) const { return is_constant() && detail::same_number(number_, n); }

  /// The node, for reading; null for a constant.
  constexpr const node* definition() const { return home_ ? &(*home_)[id_] : nullptr; }
  template <class Op>
  constexpr bool is() const {
    return op_ == &detail::info<Op>;
  }
  constexpr value operand(int i) const { return {home_, (*home_)[id_].operand[i]}; }

  /// The number of this value's node in `r`; a constant is recorded there first.
  constexpr std::int32_t id_in(recorder& r) const {
    if (home_) return id_;
    if (is_strong_zero())
      return r.intern({.op = detail::describe<op::structural>(), .shape = tapeless::shape(kind_), .number = number_});
    return r.constant(number_, kind_);
  }
  /// The same node or the same constant.
  friend constexpr bool same(const value& a, const value& b) {
    if (a.home_ || b.home_) return a.home_ == b.home_ && a.id_ == b.id_;
    return a.strong_ == b.strong_ && detail::same_number(a.number_, b.number_);
  }
  constexpr std::int32_t id() const { return id_; }

  template <class Number>
  static constexpr element kind_of = std::is_same_v<Number, bool>       ? element::boolean
                                     : std::is_floating_point_v<Number> ? element::real
                                                                        : element::integer;

 private:
  recorder* home_ = nullptr;
  const operation_info* op_ = nullptr;  // of the node; kept here because simplification asks for it all the time
  std::int32_t id_ = -1;
  long double number_ = 0;
  element kind_ = element::real;
  bool strong_ = false;
  bool tensor_ = false;
};

}  // namespace tapeless
