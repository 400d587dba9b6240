// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include <tapeless/graph/rule.hpp>

// What is not worth a node. Every rule keeps the result bit for bit under IEEE (NaN payloads aside), except the ones
// marked "derivative": those reorder operations that a derivative rule produced, whose order is ours to choose.
namespace tapeless::detail {

constexpr value record_add(recorder& r, const value& a, const value& b);
constexpr value record_sub(recorder& r, const value& a, const value& b);
constexpr value record_mul(recorder& r, const value& a, const value& b);
constexpr value record_div(recorder& r, const value& a, const value& b);
constexpr value record_neg(recorder& r, const value& a);
constexpr value record_select(recorder& r, const value& c, const value& a, const value& b);
constexpr value record_broadcast(recorder& r, const value& x, const shape& extents, std::uint64_t kept);

constexpr bool all_real(const value& a, const value& b) {
  return a.kind() == element::real && b.kind() == element::real;
}

/// An operation on numbers of mixed kinds happens among reals.
constexpr element joint(element a, element b) {
  return a == element::real || b == element::real ? element::real : element::integer;
}

/// The extents of the tensors among some operands, which agree.
constexpr shape extents_among(const value* x, int count) {
  for (int i = 0; i < count; ++i)
    if (x[i].is_tensor()) return x[i].shape();
  return {};
}

/// Operand i beside tensors: a number is repeated for all elements. Constants are that without more ado.
constexpr value spread_among(recorder& r, const value* x, int count, int i) {
  if (x[i].is_tensor() || x[i].is_constant()) return x[i];
  return record_broadcast(r, x[i], extents_among(x, count), 0);
}

/// The node itself, with the operands of a commutative operation in one order: a constant first, then by age. An
/// operation on tensors is carried out element by element.
constexpr value record_node(recorder& r, const operation_info* op, const value* x) {
  bool tensor = false;
  for (int i = 0; i < op->arity; ++i) tensor = tensor || x[i].is_tensor();
  node n{.op = op};
  element kind = element::integer;
  for (int i = 0; i < op->arity; ++i) {
    n.operand[i] = tensor ? spread_among(r, x, op->arity, i).id_in(r) : x[i].id_in(r);
    kind = joint(kind, x[i].kind());
  }
  if (op->predicate) kind = element::boolean;
  n.shape = tensor ? extents_among(x, op->arity).with_kind(kind) : shape(kind);
  if (op->commutative && (x[1].is_constant() || (n.operand[0] > n.operand[1] && !x[0].is_constant()))) {
    const auto first = n.operand[0];
    n.operand[0] = n.operand[1];
    n.operand[1] = first;
  }
  return {&r, r.intern(n), op, kind, tensor};
}

template <class Op, class... X>
constexpr value node_of(recorder& r, const X&... x) {
  const value operands[] = {x...};
  return record_node(r, describe<Op>(), operands);
}

constexpr bool is_power_of_two(long double k) {
  const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(k));
  const auto exponent = (bits >> 52) & 0x7ff;
  return static_cast<long double>(static_cast<double>(k)) == k && (bits << 12) == 0 && exponent > 960 &&
         exponent < 1086;
}

/// Far from overflow and underflow, so that scaling by a power of two stays exact.
constexpr bool is_ordinary(long double k) {
  const long double size = k < 0 ? -k : k;
  return size > 1e-18L && size < 1e18L;
}

/// A value that is never -0.0, so that adding 0.0 leaves it as it is.
constexpr bool never_negative_zero(const value& a) {
  const node* n = a.definition();
  if (!n) return !a.is_number(-0.0L);
  return n->op->never_negative_zero || (n->is<op::mul>() && n->operand[0] == n->operand[1]);
}

/// select(c, a, 0) or select(c, 0, a) with a structural zero: all that is left of a derivative behind a condition.
constexpr bool is_gated(const value& a) {
  return a.is<op::select>() && (a.operand(1).is_strong_zero() || a.operand(2).is_strong_zero());
}

/// Carries `f`, linear in its argument, into the side of a gated value that is not zero. The zero stays exact, whatever
/// f multiplies it with.
template <class Linear>
constexpr value through_gate(recorder& r, const value& gated, Linear f) {
  const value c = gated.operand(0), a = gated.operand(1), b = gated.operand(2);
  return a.is_strong_zero() ? record_select(r, c, a, f(b)) : record_select(r, c, f(a), b);
}

/// What two constants come to; whole numbers stay whole.
constexpr value folded(long double number, const value& a, const value& b) {
  return value::constant(number, joint(a.kind(), b.kind()));
}

constexpr value record_add(recorder& r, const value& a, const value& b) {
  if (a.is_constant() && b.is_constant())
    return a.is_strong_zero() ? b : b.is_strong_zero() ? a : folded(a.number() + b.number(), a, b);
  if (a.is_strong_zero() || a.is_number(-0.0L)) return b;
  if (b.is_strong_zero() || b.is_number(-0.0L)) return a;
  if (a.is_number(0) && never_negative_zero(b)) return b;
  if (b.is_number(0) && never_negative_zero(a)) return a;
  if (a.is<op::neg>() && same(a, b) && !a.is_tensor())  // not -x - x
    return record_neg(r, record_mul(r, value(2.0), a.operand(0)));
  if (b.is<op::neg>()) return record_sub(r, a, b.operand(0));
  if (a.is<op::neg>()) return record_sub(r, b, a.operand(0));
  if (a.is_tensor() && b.is_tensor()) {
    if (b.definition()->op->tensor && b.definition()->op->tensor->added)
      return b.definition()->op->tensor->added(r, a, b);
    if (a.definition()->op->tensor && a.definition()->op->tensor->added)
      return a.definition()->op->tensor->added(r, b, a);
  }
  if (same(a, b) && all_real(a, b)) return record_mul(r, value(2.0), a);
  if (is_gated(a) && is_gated(b) && same(a.operand(0), b.operand(0)))
    return record_select(r, a.operand(0), record_add(r, a.operand(1), b.operand(1)),
                         record_add(r, a.operand(2), b.operand(2)));
  if (r.differentiating()) {  // derivative: a + k * b with k < 0 is a - (-k) * b
    if (b.is<op::mul>() && b.operand(0).is_constant() && b.operand(0).number() < 0 && r.in_derivative(b.id()))
      return record_sub(r, a, record_neg(r, b));
    if (a.is<op::mul>() && a.operand(0).is_constant() && a.operand(0).number() < 0 && r.in_derivative(a.id()))
      return record_sub(r, b, record_neg(r, a));
  }
  return node_of<op::add>(r, a, b);
}

constexpr value record_sub(recorder& r, const value& a, const value& b) {
  if (a.is_constant() && b.is_constant())
    return b.is_strong_zero() ? a : a.is_strong_zero() ? record_neg(r, b) : folded(a.number() - b.number(), a, b);
  if (a.is_strong_zero()) return record_neg(r, b);
  if (b.is_strong_zero() || b.is_number(0)) return a;
  if (b.is<op::neg>()) return record_add(r, a, b.operand(0));
  return node_of<op::sub>(r, a, b);
}

constexpr bool is_reciprocal(const value& x) { return x.is<op::div>() && x.operand(0).is_number(1); }

/// A product whose order is ours to choose: constants are gathered in front, and a product that exists already is used.
constexpr value record_derivative_product(recorder& r, const value& a, const value& b) {
  const auto scaled = [&](const value& x) { return x.is<op::mul>() && x.operand(0).is_constant(); };
  // Factors of the function's own products stay where they are, unless they are powers of two, which cancel elsewhere.
  const auto loose = [&](const value& x) {
    return scaled(x) && (r.in_derivative(x.id()) || is_power_of_two(x.operand(0).number()));
  };
  const auto existing = [&](const value& x, const value& y) {
    const bool in_order = x.id() < y.id();
    return r.find({.op = describe<op::mul>(),
                   .operand = {in_order ? x.id() : y.id(), in_order ? y.id() : x.id(), -1},
                   .shape = x.is_tensor() ? x.shape() : y.shape()});
  };
  if (a.is_constant())
    return scaled(b) ? record_mul(r, a.number() * b.operand(0).number(), b.operand(1)) : node_of<op::mul>(r, a, b);
  if (r.shares_factors()) return node_of<op::mul>(r, a, b);
  if (loose(a)) return record_mul(r, a.operand(0), record_mul(r, a.operand(1), b));
  if (loose(b)) return record_mul(r, b.operand(0), record_mul(r, a, b.operand(1)));
  for (int side = 0; side < 2; ++side) {
    const value& product = side == 0 ? a : b;
    const value& factor = side == 0 ? b : a;
    if (!product.is<op::mul>() || !r.in_derivative(product.id())) continue;
    const value x = product.operand(0), y = product.operand(1);
    if (x.is_constant() || y.is_constant()) continue;
    if (factor.is<op::div>())  // h / p * (p / q) is h / q, and h / (p / q) / q is h / p: the logarithm of a quotient
      for (int k = 0; k < 2; ++k) {
        const value reciprocal = k == 0 ? x : y, h = k == 0 ? y : x;
        if (!is_reciprocal(reciprocal)) continue;
        const value divisor = reciprocal.operand(1);
        if (same(divisor, factor.operand(0))) return record_div(r, h, factor.operand(1));
        if (is_reciprocal(factor) && divisor.is<op::div>() && same(divisor.operand(1), factor.operand(1)))
          return record_div(r, h, divisor.operand(0));
      }
    if (const auto there = existing(x, factor); there >= 0) return node_of<op::mul>(r, value(&r, there), y);
    if (const auto there = existing(y, factor); there >= 0) return node_of<op::mul>(r, value(&r, there), x);
  }
  return node_of<op::mul>(r, a, b);
}

constexpr value record_mul(recorder& r, const value& a, const value& b) {
  if (a.is_strong_zero() || b.is_strong_zero()) return zero;
  if (a.is_constant() && b.is_constant())
    return a.is_strong() ? b : b.is_strong() ? a : folded(a.number() * b.number(), a, b);
  if (b.is_constant()) return record_mul(r, b, a);
  if (a.is_number(1)) return b;
  if (a.is_number(-1)) return record_neg(r, b);
  if (b.is<op::neg>())
    return a.is_constant() ? record_mul(r, -a.number(), b.operand(0)) : record_neg(r, record_mul(r, a, b.operand(0)));
  if (a.is<op::neg>()) return record_neg(r, record_mul(r, a.operand(0), b));
  if (is_gated(a)) return through_gate(r, a, [&](const value& x) { return record_mul(r, x, b); });
  if (is_gated(b)) return through_gate(r, b, [&](const value& x) { return record_mul(r, a, x); });
  if (r.differentiating() && all_real(a, b)) return record_derivative_product(r, a, b);
  if (a.is_constant() && all_real(a, b) && a.number() > 0 && is_power_of_two(a.number()) && b.is<op::add>() &&
      b.operand(0).is_constant() &&
      is_ordinary(b.operand(0).number()))  // 0.5 * (1 + x) is 0.5 + 0.5 * x, which is one fma where there are such
    return record_add(r, a.number() * b.operand(0).number(), record_mul(r, a, b.operand(1)));
  return node_of<op::mul>(r, a, b);
}

constexpr value record_div(recorder& r, const value& a, const value& b) {
  if (a.is_strong_zero()) return zero;
  if (a.is_constant() && b.is_constant() && b.number() != 0 && all_real(a, b)) return a.number() / b.number();
  if (b.is_number(1)) return a;
  if (all_real(a, b)) {
    if (b.is_number(-1)) return record_neg(r, a);
    if (b.is_constant() && is_power_of_two(b.number())) return record_mul(r, 1 / b.number(), a);
    if (a.is<op::neg>()) return record_neg(r, record_div(r, a.operand(0), b));
    if (b.is<op::neg>()) return record_neg(r, record_div(r, a, b.operand(0)));
    if (is_gated(a)) return through_gate(r, a, [&](const value& x) { return record_div(r, x, b); });
    // derivative: by way of a reciprocal, which other divisions share; one that stays alone becomes a division again
    // (polish)
    if (r.differentiating() && !b.is_constant() && !a.is_number(1))
      return record_mul(r, a, node_of<op::div>(r, value(1.0), b));
  }
  return node_of<op::div>(r, a, b);
}

constexpr value record_neg(recorder& r, const value& a) {
  if (a.is_strong_zero()) return a;
  if (a.is_constant()) return folded(-a.number(), a, a);
  if (a.is<op::neg>()) return a.operand(0);
  if (a.is<op::mul>() && a.operand(0).is_constant() && (!r.differentiating() || r.in_derivative(a.id())))
    return record_mul(r, -a.operand(0).number(), a.operand(1));
  if (is_gated(a)) return through_gate(r, a, [&](const value& x) { return record_neg(r, x); });
  if (r.differentiating() && a.is<op::sub>())
    return record_sub(r, a.operand(1), a.operand(0));                     // derivative: the sign of a zero
  if (r.differentiating() && a.is<op::add>() && r.in_derivative(a.id()))  // derivative: -(x y + z) is -x y - z, one fma
    for (int k = 0; k < 2; ++k)
      if (a.operand(k).is<op::mul>()) return node_of<op::sub>(r, record_neg(r, a.operand(k)), a.operand(1 - k));
  return node_of<op::neg>(r, a);
}

constexpr value record_select(recorder& r, const value& c, const value& a, const value& b) {
  if (c.is_constant()) return c.number() != 0 ? a : b;
  if (same(a, b)) return a;
  if (c.is<op::logical_not>()) return record_select(r, c.operand(0), b, a);
  if (a.is<op::select>() && same(a.operand(0), c)) return record_select(r, c, a.operand(1), b);
  if (b.is<op::select>() && same(b.operand(0), c)) return record_select(r, c, a, b.operand(2));
  return node_of<op::select>(r, c, a, b);
}

/// A value as another kind of element: data that enters arithmetic. A number is a condition that holds if it is not 0.
constexpr value as_kind(const value& v, element kind) {
  if (v.kind() == kind) return v;
  if (v.is_constant())
    return v.is_strong() ? v : value::constant(kind == element::boolean ? v.number() != 0 : v.number(), kind);
  if (kind == element::boolean) return node_of<op::not_equal>(*v.home(), v, value::constant(0, v.kind()));
  node n{.op = kind == element::real ? describe<op::as_real>() : describe<op::as_integer>(),
         .shape = v.shape().with_kind(kind)};
  n.operand[0] = v.id();
  return {v.home(), v.home()->intern(n)};
}

constexpr value simplified(op::tag<op::add>, recorder& r, const value* x) { return record_add(r, x[0], x[1]); }
constexpr value simplified(op::tag<op::sub>, recorder& r, const value* x) { return record_sub(r, x[0], x[1]); }
constexpr value simplified(op::tag<op::mul>, recorder& r, const value* x) { return record_mul(r, x[0], x[1]); }
constexpr value simplified(op::tag<op::div>, recorder& r, const value* x) { return record_div(r, x[0], x[1]); }
constexpr value simplified(op::tag<op::neg>, recorder& r, const value* x) { return record_neg(r, x[0]); }
/// The powers that compilers expand, too.
template <class Op>
constexpr value record_power(recorder& r, const value* x) {
  if (x[1].is_constant() && x[1].number() == 0) return 1.0;
  if (x[1].is_number(1)) return x[0];
  if (x[1].is_number(2)) return record_mul(r, x[0], x[0]);
  return record_node(r, describe<Op>(), x);
}
constexpr value simplified(op::tag<op::pow>, recorder& r, const value* x) { return record_power<op::pow>(r, x); }
constexpr value simplified(op::tag<op::powi>, recorder& r, const value* x) {
  return x[1].is_number(-1) ? record_div(r, value(1.0), x[0]) : record_power<op::powi>(r, x);
}
constexpr value simplified(op::tag<op::square>, recorder& r, const value* x) { return record_mul(r, x[0], x[0]); }
constexpr value simplified(op::tag<op::inv>, recorder& r, const value* x) { return record_div(r, value(1.0), x[0]); }
constexpr value simplified(op::tag<op::as_real>, recorder&, const value* x) { return as_kind(x[0], element::real); }
constexpr value simplified(op::tag<op::as_integer>, recorder&, const value* x) {
  return as_kind(x[0], element::integer);
}
constexpr value simplified(op::tag<op::select>, recorder& r, const value* x) {
  return record_select(r, x[0], x[1], x[2]);
}

}  // namespace tapeless::detail

#include <tapeless/graph/broadcast.hpp>  // defines what is declared above
