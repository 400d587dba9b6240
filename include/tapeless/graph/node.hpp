// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>

#include <tapeless/graph/operation.hpp>
#include <tapeless/graph/shape.hpp>

namespace tapeless {

/// One operation on earlier nodes. Operations with more than three operands, or several results, work on a bundle that
/// is built and taken apart by nodes of its own, so that every node has the same small size.
struct node {
  const operation_info* op = nullptr;
  std::int32_t operand[3] = {-1, -1, -1};  // of an input: operand[0] is its place among the program's inputs
  tapeless::shape shape{};
  long double number = 0;  // of a constant, exactly; of an operation with a parameter, that parameter

  template <class Op>
  constexpr bool is() const {
    return op == &detail::info<Op>;
  }
  constexpr bool is_constant() const { return is<op::constant>() || is<op::structural>(); }
};

namespace detail {

/// Equal bit for bit: 0.0 and -0.0 differ, a NaN equals itself.
constexpr bool same_number(long double a, long double b) {
  if (a == b) return a != 0 || (__builtin_copysignl(1, a) == __builtin_copysignl(1, b));
  return a != a && b != b;
}

constexpr bool is_whole_number(long double k) {
  return k > -9e18L && k < 9e18L && static_cast<long double>(static_cast<long long>(k)) == k;
}

constexpr bool same_node(const node& a, const node& b) {
  return a.op == b.op && a.operand[0] == b.operand[0] && a.operand[1] == b.operand[1] && a.operand[2] == b.operand[2] &&
         a.shape == b.shape && same_number(a.number, b.number);
}

constexpr std::uint64_t hash_of(const node& n) {
  const auto word = [](std::int32_t i) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(i)); };
  std::uint64_t h = n.op->hash * 0x9e3779b97f4a7c15u;
  h ^= (word(n.operand[0]) << 32 | word(n.operand[1])) * 0xbf58476d1ce4e5b9u;
  h ^= word(n.operand[2]) * 0xd6e8feb86659fd93u;
  if (n.number != 0) h ^= std::bit_cast<std::uint64_t>(static_cast<double>(n.number)) * 0x94d049bb133111ebu;
  return h ^ (h >> 29);
}

}  // namespace detail
}  // namespace tapeless
