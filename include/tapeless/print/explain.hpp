// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/cost.hpp>
#include <tapeless/print/form.hpp>
#include <tapeless/print/passes.hpp>

namespace tapeless {
namespace detail {

/// What the reverse sweep of a textbook adds to a program: it leaves nothing out and shares nothing.
struct reversal_count {
  std::size_t products = 0;  // cotangent times partial derivative, for each operand that the derivative passes through
  std::size_t sums = 0;      // of the contributions to one cotangent

  constexpr reversal_count(const program_view& p, const buffer<bool>& active) {
    buffer<std::size_t> contributions(p.size);
    if (active[p.outputs[0]]) contributions[p.outputs[0]] = 1;
    for (std::int32_t i = p.size; i-- > 0;) {
      if (contributions[i] == 0) continue;
      sums += contributions[i] - 1;
      for (int k = 0; k < p[i].op->arity; ++k)
        if (active[p[i].operand[k]]) ++contributions[p[i].operand[k]], ++products;
    }
  }
};

/// Writes a program as a table, with what it costs on top.
template <std::floating_point T, class Names>
class explanation {
 public:
  /// `places` are the inputs that the derivatives are with respect to.
  constexpr explanation(const program_view& function, const program_view& both, const Names& names,
                        const std::int32_t* places, std::int32_t count, const buffer<pass_cost>& passes)
      : p_(both), names_(names), for_value_(both.size), for_derivative_(both.size), uses_(both.size) {
    write_cost("function:           ", operation_count(function));
    const reversal_count reversed(function, active_nodes(function, places, count));
    out_.append("as reversed:        ");
    write_integer(out_, reversed.products);
    out_.append(" products with partial derivatives, ");
    write_integer(out_, reversed.sums);
    out_.append(" sums\n");
    write_cost("value and gradient: ", operation_count(both));
    write_passes(passes);
    find_purposes();
    write_table();
  }
  constexpr text written() { return static_cast<text&&>(out_); }

 private:
  constexpr void write_cost(const char* what, const operation_count& cost) {
    out_.append(what);
    write_integer(out_, cost.total());
    out_.append(cost.total() == 1 ? " operation" : " operations");
    bool first = true;
    for (const auto& kind : cost) {
      out_.append(first ? ": " : ", ");
      write_integer(out_, kind.count);
      out_.append(' ').append(kind.op->name);
      if (kind.op->arity == 1 && kind.op->written == op::notation::prefix) out_.append('x');
      first = false;
    }
    out_.append('\n');
  }

  constexpr void write_passes(const buffer<pass_cost>& passes) {
    out_.append("\npass                                 operations         calls     divisions\n");
    for (std::size_t i = 1; i < passes.size(); ++i) {
      const std::size_t start = out_.size();
      const pass_cost &before = passes[i - 1], &after = passes[i];
      out_.append(after.pass);
      pad(start + 33 - out_.size());
      write_change(before.operations, after.operations);
      write_change(before.calls, after.calls);
      write_change(before.divisions, after.divisions);
      out_.append('\n');
    }
  }
  constexpr void write_change(std::size_t before, std::size_t after) {
    right(before, 6);
    out_.append(" ->");
    right(after, 5);
  }

  constexpr void find_purposes() {
    for (std::int32_t o = 0; o < p_.output_count; ++o) {
      (o == 0 ? for_value_ : for_derivative_)[p_.outputs[o]] = true;
      ++uses_[p_.outputs[o]];
    }
    for (std::int32_t i = p_.size; i-- > 0;)
      for (int k = 0; k < p_[i].op->arity; ++k) {
        const std::int32_t operand = p_[i].operand[k];
        ++uses_[operand];
        for_value_[operand] = for_value_[operand] || for_value_[i];
        for_derivative_[operand] = for_derivative_[operand] || for_derivative_[i];
      }
  }

  constexpr void write_table() {
    buffer<text> operations(p_.size + 1);
    std::size_t width = 9;
    for (std::int32_t i = 0; i < p_.size; ++i) {
      write_operation(operations[i], i);
      if (operations[i].size() > width) width = operations[i].size();
    }
    out_.append("\n    #  operation");
    pad(width - 9);
    out_.append("  uses  for\n");
    for (std::int32_t i = 0; i < p_.size; ++i) {
      right(i, 5);
      out_.append("  ").append(operations[i]);
      pad(width - operations[i].size());
      right(uses_[i], 6);
      out_.append(for_value_[i] && for_derivative_[i] ? "  value, derivative"
                  : for_value_[i]                     ? "  value"
                                                      : "  derivative");
      for (std::int32_t o = 0; o < p_.output_count; ++o) {
        if (p_.outputs[o] != i) continue;
        out_.append(o == 0 ? "; is the value" : "; is derivative ");
        if (o > 0) write_integer(out_, o);
      }
      out_.append('\n');
    }
  }

  constexpr void write_operand(text& t, std::int32_t i) const {
    const node& n = p_[i];
    if (n.is<op::input>()) {
      names_(t, n.operand[0]);
    } else if (n.is_constant()) {
      write_number(t, static_cast<T>(n.number));
    } else {
      t.append('#');
      write_integer(t, i);
    }
  }
  constexpr void write_operation(text& t, std::int32_t i) const {
    const node& n = p_[i];
    if (n.op->arity == 0) {
      write_operand(t, i);
    } else if (n.op->written == op::notation::infix) {
      write_operand(t, n.operand[0]);
      t.append(' ').append(n.op->name).append(' ');
      write_operand(t, n.operand[1]);
    } else {
      const bool prefix = n.op->written == op::notation::prefix;
      t.append(n.op->name);
      for (int k = 0; k < n.op->arity; ++k) {
        t.append(k > 0 ? ", " : prefix ? "" : "(");
        write_operand(t, n.operand[k]);
      }
      if (!prefix) t.append(')');
    }
  }

  constexpr void pad(std::size_t count) {
    for (; count > 0; --count) out_.append(' ');
  }
  constexpr void right(std::integral auto number, std::size_t width) {
    text digits;
    write_integer(digits, number);
    if (digits.size() < width) pad(width - digits.size());
    out_.append(digits);
  }

  program_view p_;
  const Names& names_;
  buffer<bool> for_value_, for_derivative_;
  buffer<std::int32_t> uses_;
  text out_;
};

template <std::floating_point T, class Names>
constexpr text explanation_of(const program_view& function, const program_view& both, const Names& names,
                              const std::int32_t* places, std::int32_t count, const buffer<pass_cost>& passes) {
  const program f = carried_out(function), g = carried_out(both);
  return explanation<T, Names>(f.outputs.size() ? f.view() : function, g.outputs.size() ? g.view() : both, names,
                               places, count, passes)
      .written();
}

template <class F, class Wrt, class Names, class... A>
struct function_explanation {
  static_assert(check_printable<F>());
  using both = value_and_gradient_program<F, Wrt, A...>;
  static constexpr text make() {
    const auto& wanted = both::targets;
    return explanation_of<printed_real<A...>>(program_of<F, A...>::graph.view(), both::graph.view(),
                                              scalar_names<Names, A...>{}, wanted.place, wanted.count,
                                              cost_by_pass(both::primal::graph.view(), wanted.place, wanted.count));
  }
};

}  // namespace detail

/// What becomes of a scalar-valued function when it is differentiated, as tables: what it costs before and after each
/// pass, and the nodes of `value_and_gradient(f)` for arguments of types `A...`, one line for each, with how often it
/// is used and whether for the value, for the derivatives or for both. On top stands what things cost:
///
///     function:           operations of the function as recorded
///     as reversed:        what reverse mode adds to them on paper: for each operand of each operation that the
///                         derivative passes through a product with a partial derivative, and the sums of these where
///                         a value is used more than once; what the partial derivatives themselves cost is not counted
///     value and gradient: operations of both together as carried out, simplified and shared
///
/// Then the passes, with all operations before -> after them, and among these the calls of functions and the divisions:
///
///     reverse sweep, rule by rule        the derivative rule of each operation written out for each use of a value
///     common subexpressions              the same operation on the same operands is carried out once
///     simplification rules               constants folded, factors of one, terms of zero, products reordered, ...; in
///                                        the engine this and the pass before it are one: each node when it is recorded
///     dead nodes                         what no result needs is gone
///     equal polynomials                  what the function computes in another way, or its opposite, is not made again
///     reciprocals and constant factors   a * (1 / y) is a / y, k * (a * b) is (k * a) * b
///     what only derivatives need         marks such as `stop_gradient`'s, and what nothing else needed
///
/// The last line is the cost of value and gradient. What the emitted code gains on top (packs of numbers, products
/// fused with sums, sine and cosine together) is not counted. Derivatives are counted from 1 in the order of the
/// gradient's scalars; `wrt` chooses as for `gradient`. Operations are `cost`'s, in order of their appearance; "-x" is
/// a change of sign. What cannot be differentiated or recorded, or holds data, is a compile error that says why.
///
///     std::cout << tl::explain<double, double>(f);
///     std::cout << tl::explain<double, double>(f, tl::wrt<1>, tl::names<"u", "v">);
template <class... A, class F, detail::Selection Wrt = selection<>, label... Name>
constexpr const auto& explain(const F&, const Wrt& = {}, argument_names<Name...> = {}) {
  return detail::text_of<detail::function_explanation<F, detail::chosen_t<Wrt>, argument_names<Name...>, A...>>;
}
template <class... A, class F, label... Name>
constexpr const auto& explain(const F& f, argument_names<Name...> names) {
  return explain<A...>(f, selection<>{}, names);
}

}  // namespace tapeless
