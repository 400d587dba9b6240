// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>

// Algebra finds what comparing nodes does not: with z = p d, the derivative's p (d1 z1 + d2 z2) is the function's
// z1 z1 + z2 z2. Nodes are polynomials in the inputs and in the results of all operations but +, - and *. Two that
// agree at a random point of a large field are the same polynomial, but for a chance of about their degree over the
// size of the field (Schwartz, Fast probabilistic algorithms for verification of polynomial identities, 1980).
namespace tapeless::detail {

/// A number modulo the prime 2^61 - 1.
class residue {
 public:
  constexpr residue() = default;
  constexpr explicit residue(std::uint64_t n) : n_((n & prime) + (n >> 61)) {
    if (n_ >= prime) n_ -= prime;
  }
  friend constexpr residue operator+(residue a, residue b) { return residue(a.n_ + b.n_); }
  friend constexpr residue operator-(residue a, residue b) { return residue(a.n_ + prime - b.n_); }
  friend constexpr residue operator*(residue a, residue b) {
    const wide product = static_cast<wide>(a.n_) * b.n_;
    return residue((static_cast<std::uint64_t>(product) & prime) + static_cast<std::uint64_t>(product >> 61));
  }
  friend constexpr bool operator==(residue, residue) = default;
  constexpr std::uint64_t bits() const { return n_; }

  /// A number that is not infinite, exactly: in this field 2^61 is 1.
  static constexpr residue of(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x) << 1 >> 1;
    const auto exponent = bits >> 52, mantissa = bits & ((std::uint64_t{1} << 52) - 1);
    const residue m(exponent ? mantissa | std::uint64_t{1} << 52 : mantissa);
    const residue size = m * residue(std::uint64_t{1} << ((exponent ? exponent - 1 : 0) + 61 * 18 - 1074) % 61);
    return x < 0 ? residue() - size : size;
  }

 private:
  __extension__ using wide = unsigned __int128;
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
  std::uint64_t n_ = 0;
};

/// What a node's polynomial is at the random point, and what it would be if all its terms were positive. Where both
/// agree, neither of two nodes loses digits by cancellation that the other keeps: a sum's compensation is not undone.
struct point_value {
  residue plain, positive;
  friend constexpr bool operator==(const point_value&, const point_value&) = default;
  constexpr std::uint64_t hash() const { return (plain.bits() ^ positive.bits() << 3) * 0x9e3779b97f4a7c15u; }
};

constexpr std::uint64_t scattered(std::uint64_t h) {
  h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
  h = (h ^ h >> 27) * 0x94d049bb133111ebu;
  return h ^ h >> 31;
}

/// A constant that the field has. Zero is not one: its product with infinity is none.
constexpr bool in_field(long double x) {
  return x != 0 && x > -1e308L && x < 1e308L && static_cast<long double>(static_cast<double>(x)) == x;
}

constexpr point_value value_at_point(const node& n, std::int32_t id, const buffer<point_value>& at) {
  const auto arbitrary = [](std::uint64_t h) {
    const residue r(scattered(h));
    return point_value{r, r};
  };
  if (n.shape != shape(element::real)) return arbitrary(0x5851f42d4c957f2du + static_cast<std::uint64_t>(id));
  if (n.is<op::constant>() && in_field(n.number)) {
    const auto size = static_cast<double>(n.number);
    return {residue::of(size), residue::of(size < 0 ? -size : size)};
  }
  const auto x = [&](int k) -> const point_value& { return at[n.operand[k]]; };
  if (n.is<op::add>()) return {x(0).plain + x(1).plain, x(0).positive + x(1).positive};
  if (n.is<op::sub>()) return {x(0).plain - x(1).plain, x(0).positive + x(1).positive};
  if (n.is<op::neg>()) return {residue() - x(0).plain, x(0).positive};
  if (n.is<op::mul>()) return {x(0).plain * x(1).plain, x(0).positive * x(1).positive};
  std::uint64_t h = n.op->arity == 0 ? hash_of(n) : n.op->hash;
  if (n.is<op::div>()) {  // a product with a reciprocal
    const point_value reciprocal = arbitrary(scattered(h ^ x(1).plain.bits()) ^ x(1).positive.bits());
    return {x(0).plain * reciprocal.plain, x(0).positive * reciprocal.positive};
  }
  if (n.number != 0) h ^= std::bit_cast<std::uint64_t>(static_cast<double>(n.number));
  for (int k = 0; k < n.op->arity; ++k) h = scattered(scattered(h ^ x(k).plain.bits()) ^ x(k).positive.bits());
  return arbitrary(h);
}

/// Replaces nodes of a derivative by earlier ones that are the same polynomial, or the same but for the sign, which
/// then goes on to what uses them.
class coincidence {
 public:
  constexpr explicit coincidence(const program& p) : p_(p), at_(p.nodes.size()), same_(p.nodes.size()) {
    std::size_t room = 64;
    while (room < 2 * p.nodes.size()) room *= 2;
    table_ = buffer<std::int32_t>(room);
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(p.nodes.size()); ++i) look_up(i);
  }
  constexpr bool found_any() const { return found_; }

  constexpr program without() {
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(p_.nodes.size()); ++i) {
      if (const signed_node earlier = same_[i]; earlier.id != i)
        same_[i] = {same_[earlier.id].id, earlier.minus != same_[earlier.id].minus};
      else same_[i] = rewritten(p_.nodes[i]);
    }
    buffer<std::int32_t> outputs;
    for (const auto o : p_.outputs) outputs.push_back(without_sign(same_[o]));
    return without_dead_nodes(nodes_, outputs, p_.derivative_from);
  }

 private:
  struct signed_node {
    std::int32_t id = 0;
    bool minus = false;
  };

  constexpr void look_up(std::int32_t i) {
    const node& n = p_.nodes[i];
    at_[i] = value_at_point(n, i, at_);
    same_[i] = {i, false};
    std::int32_t& first = slot_of(at_[i]);
    const bool ours = i >= p_.derivative_from && n.op->arity > 0;
    if (first && ours) same_[i] = {first - 1, false};
    if (!first) first = i + 1;
    if (same_[i].id == i && ours && !n.is<op::neg>())
      if (const auto opposite = slot_of({residue() - at_[i].plain, at_[i].positive}); opposite && opposite <= i)
        same_[i] = {opposite - 1, true};
    found_ = found_ || same_[i].id != i;
  }
  /// Where the first node of a value is, plus one, or would be.
  constexpr std::int32_t& slot_of(const point_value& wanted) {
    std::size_t slot = wanted.hash() >> 20 & (table_.size() - 1);
    while (table_[slot] && !(at_[table_[slot] - 1] == wanted)) slot = (slot + 1) & (table_.size() - 1);
    return table_[slot];
  }

  constexpr std::int32_t append(const node& n) {
    nodes_.push_back(n);
    return static_cast<std::int32_t>(nodes_.size()) - 1;
  }
  constexpr std::int32_t without_sign(const signed_node& x) {
    if (!x.minus) return x.id;
    return append({.op = describe<op::neg>(), .operand = {x.id, -1, -1}, .shape = nodes_[x.id].shape});
  }

  /// A node on operands that may have a sign to be carried on.
  constexpr signed_node rewritten(node n) {
    signed_node x[3];
    for (int k = 0; k < n.op->arity; ++k) x[k] = same_[n.operand[k]];
    bool minus = false;
    if ((x[0].minus || x[1].minus) && n.shape == shape(element::real)) {
      if (n.is<op::neg>()) return {x[0].id, false};
      if (n.is<op::mul>() || n.is<op::div>()) {
        minus = x[0].minus != x[1].minus;
        x[0].minus = x[1].minus = false;
      } else if (n.is<op::add>() || n.is<op::sub>()) {
        x[1].minus = x[1].minus != n.is<op::sub>();
        minus = x[0].minus && x[1].minus;
        if (x[0].minus && !minus) {
          const auto first = x[0];
          x[0] = x[1], x[1] = first;
        }
        n.op = x[0].minus != x[1].minus ? describe<op::sub>() : describe<op::add>();
        x[0].minus = x[1].minus = false;
      }
    }
    for (int k = 0; k < n.op->arity; ++k) n.operand[k] = without_sign(x[k]);
    if (n.op->commutative && nodes_[n.operand[1]].is_constant()) {
      const auto first = n.operand[0];
      n.operand[0] = n.operand[1], n.operand[1] = first;
    }
    return {append(n), minus};
  }

  const program& p_;
  buffer<point_value> at_;
  buffer<signed_node> same_;    // of the old program, by node; while it is written anew: of the new
  buffer<std::int32_t> table_;  // nodes by their values, each plus one
  bool found_ = false;
  buffer<node> nodes_;
};

/// Joins what `coincidence` finds; the program stays as it is where that is nothing.
constexpr void coincide(program& p) {
  coincidence same(p);
  if (same.found_any()) p = same.without();
}

}  // namespace tapeless::detail
