// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <stdexcept>
#include <vector>

#include "laws/programs.hpp"

// The engine's data structures are ordinary values, so at run time thousands of graphs can be recorded, differentiated,
// scheduled and carried out by an interpreter, where a compiler would manage a handful. All numbers are double here,
// conditions 0 and 1.
namespace graphs {

namespace detail = tl::detail;
using detail::address;
using tl::element;

using rows = std::vector<std::vector<double>>;  // runs of scalars, as arguments and results are addressed

/// What one operation makes of numbers.
template <class Op>
double carry_out(const double* x) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return static_cast<double>(Op::value(detail::passed<double, Op::takes(I)>(x[I])...));
  }
  (std::make_index_sequence<Op::arity>{});
}

/// What only the engine writes into a graph.
using inner = tl::op::list<tl::op::as_real, tl::op::as_integer, tl::op::mul_add, tl::op::mul_sub, tl::op::sub_mul,
                           tl::op::neg_mul_sub>;

inline double carry_out(const tl::operation_info* op, const double* x) {
  return [&]<class... Ops>(tl::op::list<Ops...>) {
    double y = 0;
    if (!((op == &detail::info<Ops> && (y = carry_out<Ops>(x), true)) || ...)) throw std::logic_error(op->name);
    return y;
  }(tl::op::all{} + inner{});
}

/// The results of a graph, node after node.
inline std::vector<double> interpret(const tl::program_view& p, const std::vector<double>& inputs) {
  std::vector<double> v(static_cast<std::size_t>(p.size));
  for (std::int32_t i = 0; i < p.size; ++i) {
    const tl::node& n = p[i];
    double x[3] = {};
    for (int k = 0; k < n.op->arity; ++k) {
      if (n.operand[k] < 0 || n.operand[k] >= i) throw std::logic_error("an operand does not come before its use");
      x[k] = v[static_cast<std::size_t>(n.operand[k])];
    }
    double& y = v[static_cast<std::size_t>(i)];
    if (n.is<tl::op::input>()) y = inputs.at(static_cast<std::size_t>(n.operand[0]));
    else if (n.is_constant()) y = static_cast<double>(n.number);
    else y = carry_out(n.op, x);
  }
  std::vector<double> results;
  for (std::int32_t o = 0; o < p.output_count; ++o) results.push_back(v.at(static_cast<std::size_t>(p.outputs[o])));
  return results;
}

/// Values of one kind in the frame or in a block's registers; each is as many numbers as a pack has. Reading what was
/// never written, or outside of what was reserved, is an error.
class bank {
 public:
  explicit bank(const detail::extent_of_kinds& size) {
    for (std::size_t k = 0; k < 4; ++k) places_[k].resize(static_cast<std::size_t>(size.count[k]));
  }
  void write(element k, std::size_t at, const std::vector<double>& v) { places_[index(k)].at(at) = v; }
  const std::vector<double>& read(element k, std::size_t at) const { return places_[index(k)].at(at).value(); }

 private:
  static std::size_t index(element k) { return static_cast<std::size_t>(k); }
  std::vector<std::optional<std::vector<double>>> places_[4];
};

/// Carries a schedule out block by block, as the emitted code would.
class machine {
 public:
  machine(const detail::schedule& s, std::size_t width)
      : s_(s), width_(width), frame_(s.frame), registers_(s.registers) {}

  void run(const rows& inputs, rows& results) {
    std::size_t instructions = 0, loads = 0, constants = 0, stores = 0;
    for (const auto& b : s_.blocks) {
      if (b.first_instruction != instructions || b.first_load != loads || b.first_constant != constants ||
          b.first_store != stores)
        throw std::logic_error("blocks do not follow each other");
      registers_ = bank(s_.registers);
      for (std::size_t i = 0; i < b.loads; ++i) load(s_.loads[loads++], inputs);
      for (std::size_t i = 0; i < b.constants; ++i, ++constants)
        put(s_.constants[constants].at, s_.constants[constants].kind,
            {static_cast<double>(s_.constants[constants].number)});
      for (std::size_t i = 0; i < b.instructions; ++i) carry_out(s_.instructions[instructions++]);
      for (std::size_t i = 0; i < b.stores; ++i) store(s_.stores[stores++], results);
    }
    if (instructions != s_.instructions.size() || loads != s_.loads.size() || constants != s_.constants.size() ||
        stores != s_.stores.size())
      throw std::logic_error("something belongs to no block");
  }

 private:
  static std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
  void put(detail::location l, element k, const std::vector<double>& v) {
    l < 0 ? registers_.write(k, at(-1 - l), v) : frame_.write(k, at(l), v);
  }
  const std::vector<double>& get(detail::location l, element k) const {
    return l < 0 ? registers_.read(k, at(-1 - l)) : frame_.read(k, at(l));
  }
  std::size_t size_of(element k) const { return k == element::pack ? width_ : 1; }

  void load(const detail::transfer& t, const rows& inputs) {
    std::vector<double> v;
    for (std::size_t k = 0; k < size_of(t.kind); ++k)
      v.push_back(inputs.at(at(t.outside.run)).at(at(t.outside.offset) + k));
    put(t.at, t.kind, v);
  }
  void store(const detail::transfer& t, rows& results) const {
    const auto& v = get(t.at, t.kind);
    for (std::size_t k = 0; k < size_of(t.kind); ++k)
      results.at(at(t.outside.run)).at(at(t.outside.offset) + k) = v.at(k);
  }

  void carry_out(const detail::instruction& c) {
    const auto operand = [&](int k) -> const std::vector<double>& { return get(c.operand[k], c.operand_kind[k]); };
    const auto parameter = at(c.parameter);
    std::vector<double> y;
    if (c.op == &detail::info<tl::op::sin_cos>) {
      y = {tl::sin(operand(0)[0])};
      put(c.operand[1], element::real, {tl::cos(operand(0)[0])});
    } else if (c.op == &detail::info<tl::op::splat>) {
      y.assign(width_, operand(0).at(0));
    } else if (c.op == &detail::info<tl::op::lane>) {
      y = {operand(0).at(parameter)};
    } else if (c.op == &detail::info<tl::op::join>) {
      for (std::size_t k = parameter / 16; k < width_; ++k) y.push_back(operand(0).at(k));
      for (std::size_t k = parameter % 16; y.size() < width_; ++k) y.push_back(operand(1).at(k));
    } else {
      for (std::size_t lane = 0; lane < size_of(c.kind); ++lane) {
        double x[3] = {};
        for (int k = 0; k < c.op->arity; ++k) x[k] = operand(k).at(c.operand_kind[k] == element::pack ? lane : 0);
        y.push_back(graphs::carry_out(c.op, x));
      }
    }
    put(c.result, c.kind, y);
  }

  const detail::schedule& s_;
  std::size_t width_;
  bank frame_, registers_;
};

inline bool identical(double a, double b) {
  if (a != a || b != b) return a != a && b != b;
  return a == b && std::signbit(a) == std::signbit(b);
}

}  // namespace graphs
