// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/buffer.hpp>
#include <tapeless/graph/node.hpp>

namespace tapeless {

/// The list of nodes while it grows. Nodes are interned: the same operation on the same operands is the same node.
class recorder {
 public:
  constexpr recorder() : table_(64) {}

  constexpr std::int32_t intern(const node& n) {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = detail::hash_of(n) & mask;
    while (const std::int32_t there = table_[at]) {
      if (detail::same_node(nodes_[there - 1], n)) return there - 1;
      at = (at + 1) & mask;
    }
    nodes_.push_back(n);
    table_[at] = size();
    if (nodes_.size() * 2 > table_.size()) rehash();
    return size() - 1;
  }

  /// The node if it is there already, otherwise -1.
  constexpr std::int32_t find(const node& n) const {
    const std::size_t mask = table_.size() - 1;
    for (std::size_t at = detail::hash_of(n) & mask; table_[at]; at = (at + 1) & mask)
      if (detail::same_node(nodes_[table_[at] - 1], n)) return table_[at] - 1;
    return -1;
  }

  constexpr std::int32_t constant(long double number, element kind = element::real) {
    return intern({.op = detail::describe<op::constant>(), .shape = shape(kind), .number = number});
  }
  constexpr std::int32_t input(std::int32_t place, shape s) {
    return intern({.op = detail::describe<op::input>(), .operand = {place, -1, -1}, .shape = s});
  }

  constexpr std::int32_t size() const { return static_cast<std::int32_t>(nodes_.size()); }
  constexpr const detail::buffer<node>& nodes() const { return nodes_; }
  constexpr const node& operator[](std::int32_t id) const { return nodes_[id]; }

  /// While a derivative is built the order of its operations is ours to choose. Nodes from here on belong to it.
  constexpr void start_derivative() { first_of_derivative_ = size(); }
  constexpr void end_derivative() { first_of_derivative_ = none, shares_factors_ = false; }
  /// The factors of products that follow serve many: a constant stays with its factor, so that `(2 x) y` and `(2 x) z`
  /// share it.
  constexpr void share_factors() { shares_factors_ = true; }
  constexpr bool shares_factors() const { return shares_factors_; }
  constexpr bool differentiating() const { return first_of_derivative_ != none; }
  constexpr bool in_derivative(std::int32_t id) const { return id >= first_of_derivative_; }

 private:
  constexpr void rehash() {
    table_ = detail::buffer<std::int32_t>(table_.size() * 4);
    const std::size_t mask = table_.size() - 1;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      std::size_t at = detail::hash_of(nodes_[i]) & mask;
      while (table_[at]) at = (at + 1) & mask;
      table_[at] = static_cast<std::int32_t>(i) + 1;
    }
  }

  static constexpr std::int32_t none = 0x7fffffff;
  std::int32_t first_of_derivative_ = none;
  bool shares_factors_ = false;
  detail::buffer<node> nodes_;
  detail::buffer<std::int32_t> table_;
};

}  // namespace tapeless
