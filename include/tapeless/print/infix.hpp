// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/table.hpp>
#include <tapeless/print/expression.hpp>
#include <tapeless/print/number.hpp>

namespace tapeless::detail {

/// Names of inputs from a list.
struct listed_names {
  const char* const* name;
  constexpr void operator()(text& out, std::int32_t input) const { out.append(name[input]); }
};

/// Operations as C++ writes them, with no more parentheses than it needs: compiled with its inputs named, the text is
/// the same graph again. `Names` writes the name of an input; constants are written as the numbers of type T that they
/// are in the program.
///
/// - What IEEE distinguishes stays apart: a + b + (c + d), a - (b - c). The operands of + and * change places where it
///   spares parentheses: a + (b + c) is b + c + a.
/// - For readers only there are parentheses around comparisons and connectives inside each other, and around a right
///   operand of + and - that starts with a sign: x - (-2).
/// - Data enters arithmetic as it does in C++. Where only the type of a constant makes an operation one of reals, the
///   constant is written "2.0", and where there is none, data is multiplied: n / 2.0, 1.0 * n / m.
/// - Structural zeros and ones are 0 and 1, -0.0 is -0.0, and infinity and NaN are written as the names inf and nan.
template <std::floating_point T, class Names>
struct infix_notation {
  Names input;

  template <class Writer>
  constexpr void write(Writer& w, const piece& x) const {
    const node& n = w[x.node];
    const bool parentheses = binding(w, n) < x.binding || (x.after_sign && starts_with_sign(w, x.node));
    if (parentheses) w.out().append('(');
    if (n.op->arity == 0) {
      if (n.is_constant()) write_constant(w.out(), n, x.typed);
      else write_input(w.out(), input, n);
    } else if (const tensor_form form = tensor_reader(w).form(n); form != tensor_form::as_numbers) {
      write_tensor(w, n, form);
    } else if (is_conversion(n)) {
      w.out().append(n.is<op::as_integer>() ? "1 * " : std::is_same_v<T, float> ? "1.0f * " : "1.0 * ");
      w.add({.node = n.operand[0], .binding = product + 1});
    } else if (n.op->written == op::notation::prefix) {
      w.out().append(n.op->name);
      w.add({.node = n.operand[0], .binding = is_sign(n) ? tightest : signed_, .typed = to_be_typed(w, n) == 0});
    } else if (n.op->written == op::notation::infix) {
      const int typed = to_be_typed(w, n), left = left_operand(w, n, typed), right = 1 - left, level = n.op->precedence;
      const tensor_reader tensors(w);
      w.add({.node = tensors.operand(n, left), .binding = left_binding(w, n, left), .typed = typed == left});
      w.add({.word = n.op->name,
             .node = tensors.operand(n, right),
             .binding = level + 1,
             .spaced = true,
             .after_sign = is_sign(n),
             .typed = typed == right});
    } else {
      const int typed = to_be_typed(w, n);
      w.out().append(n.op->name);
      for (int k = 0; k < n.op->arity; ++k)
        w.add({.word = k == 0 ? "(" : ", ", .node = tensor_reader(w).operand(n, k), .typed = typed == k});
      w.add(")");
    }
    if (parentheses) w.add(")");
  }

  template <class Writer>
  constexpr void write_tensor(Writer& w, const node& n, tensor_form form) const {
    const tensor_reader tensors(w);
    if (form == tensor_form::product) {
      for (int k = 0; k < 2; ++k) {
        const bool turned = tensors.is_transposed(n, k);
        if (k == 1) w.add(" * ");
        w.add({.word = turned ? "transpose(" : "", .node = n.operand[k], .binding = turned ? 0 : product + k});
        if (turned) w.add(")");
      }
    } else if (form == tensor_form::element) {
      w.add({.node = n.operand[0], .binding = tightest});
      text place;
      write_place(place, w[n.operand[0]].shape, parameter_of(n));
      w.add(w.kept(place));
    } else if (form == tensor_form::call) {
      const bool turned = n.is<op::solve>() && parameter_of(n) != 0;
      if (turned) w.out().append(n.op->name);
      else write_tensor_operation(w.out(), n, w[n.operand[0]].shape);
      for (int k = 0; k < n.op->arity; ++k) {
        w.add({.word = k > 0 ? ", " : turned ? "(transpose(" : "(", .node = n.operand[k]});
        if (k == 0 && turned) w.add(")");
      }
      w.add(")");
    } else {
      const bool outer = form == tensor_form::outer;
      w.out().append(outer ? "outer(" : form == tensor_form::dot ? "dot(" : "hadamard(");
      for (int k = 0; k < 2; ++k)
        w.add({.word = k > 0 ? ", " : "", .node = outer ? tensors.factor(n, k) : tensors.operand(n, k)});
      w.add(")");
    }
  }

  static constexpr void name(text& out, std::int32_t k) {
    out.append('t');
    write_integer(out, k);
  }

 private:
  // How tightly text holds together: from the precedence of operators to calls, names and numbers without a sign.
  static constexpr int signed_ = 90, tightest = 99;
  static constexpr int product = info<op::mul>.precedence, comparison = info<op::less>.precedence;

  template <class Writer>
  constexpr int binding(const Writer& w, const node& n) const {
    if (n.is_constant()) return is_negative(n) ? signed_ : tightest;
    if (is_conversion(n)) return product;
    if (n.op->arity == 0) return tightest;
    if (const tensor_form form = tensor_reader(w).form(n); form != tensor_form::as_numbers)
      return form == tensor_form::product ? product : tightest;
    if (n.op->written == op::notation::infix) return n.op->precedence;
    return n.op->written == op::notation::prefix ? signed_ : tightest;
  }

  static constexpr bool is_sign(const node& n) {
    return (n.op->name[0] == '-' || n.op->name[0] == '+') && n.op->name[1] == '\0';
  }

  /// Infix operations group from the left; those of the lowest precedence, which C++ has several levels for, only with
  /// their like, and comparisons not even so.
  static constexpr bool groups(const node& n, const node& left) {
    return !n.op->predicate && (n.op->precedence != comparison || left.op == n.op);
  }
  template <class Writer>
  constexpr int left_binding(const Writer& w, const node& n, int left) const {
    return groups(n, w[w.meant(n.operand[left])]) ? n.op->precedence : n.op->precedence + 1;
  }

  /// Which operand of an infix operation comes first: of a commutative one the second, if that spares parentheses.
  template <class Writer>
  constexpr int left_operand(const Writer& w, const node& n, int typed) const {
    if (!n.op->commutative || n.op->predicate) return 0;
    bool on_the_left_only[2];  // it needs none
    for (int k = 0; k < 2; ++k) {
      const std::int32_t i = w.meant(n.operand[k], typed == k);
      on_the_left_only[k] = binding(w, w[i]) == n.op->precedence && groups(n, w[i]) && !w.has_name(i);
    }
    return on_the_left_only[1] && !on_the_left_only[0];
  }

  template <class Writer>
  constexpr bool starts_with_sign(const Writer& w, std::int32_t i) const {
    for (;;) {
      i = w.meant(i);
      const node& n = w[i];
      if (w.has_name(i)) return false;
      if (n.is_constant()) return is_negative(n);
      if (n.op->arity > 0 && tensor_reader(w).form(n) != tensor_form::as_numbers) return false;
      if (n.op->written != op::notation::infix) return is_sign(n);
      const int left = left_operand(w, n, to_be_typed(w, n));
      i = w.meant(n.operand[left]);
      if (binding(w, w[i]) < left_binding(w, n, left)) return false;
    }
  }

  /// The operand, if any, that has to show its type, since no other one makes the operation what it is.
  template <class Writer>
  constexpr int to_be_typed(const Writer& w, const auto& n) const {
    if (n.template is<op::pow>())
      return shows_type(w[n.operand[1]]) ? -1 : 1;  // with a whole exponent it is another operation
    if (!n.op->on_integers) return -1;
    bool all_show = true;
    for (int k = 0; k < n.op->arity; ++k) all_show = all_show && shows_type(w[n.operand[k]]);
    if (all_show) return -1;
    element kind = element::boolean;
    for (int k = 0; k < n.op->arity; ++k)
      if (const element other = w[n.operand[k]].shape.kind(); kind == element::boolean || other == element::real)
        kind = other;
    if (kind == element::boolean) return -1;
    int best = -1, worth = 0;
    for (int k = 0; k < n.op->arity; ++k) {
      const node& operand = w[n.operand[k]];
      if (operand.shape.kind() != kind) continue;
      if (shows_type(operand)) return -1;
      const int here = operand.is<op::constant>() ? 3 : operand.is_constant() ? 2 : 1;
      if (here > worth) best = k, worth = here;
    }
    return best;
  }
  static constexpr bool shows_type(const node& n) {
    if (!n.is_constant()) return !is_conversion(n);
    const T x = number(n);
    return n.shape.kind() != element::real || !math::isfinite(x) || !looks_whole(x) || is_negative_zero(x);
  }

  /// The number that a constant is among numbers of type T.
  static constexpr T number(const node& n) {
    constexpr long double most = std::numeric_limits<T>::max();
    if (n.number > most) return std::numeric_limits<T>::infinity();
    if (n.number < -most) return -std::numeric_limits<T>::infinity();
    return static_cast<T>(n.number);
  }
  static constexpr bool is_negative_zero(T x) { return x == 0 && math::signbit(x); }
  static constexpr bool is_negative(const node& n) { return !math::isnan(n.number) && math::signbit(n.number); }

  static constexpr void write_constant(text& out, const node& n, bool typed) {
    if (n.shape.kind() == element::boolean) {
      out.append(n.number != 0 ? "true" : "false");
    } else if (n.shape.kind() == element::integer) {
      write_integer(out, static_cast<long long>(n.number));
    } else {
      const T x = number(n);
      const bool literal = typed || is_negative_zero(x) || !is_double(x);
      write_number(out, x, literal ? number_form::literal : number_form::text);
    }
  }
};

/// A program as infix text.
template <std::floating_point T, class Names>
constexpr text infix_text(const program_view& p, const Names& names, std::size_t limit = longest_expression) {
  const infix_notation<T, Names> notation{names};
  return expression_writer(p, notation).written(limit);
}

/// One node of a program as infix text; of a recorder, too, whose nodes are `r.nodes()`.
template <std::floating_point T, class Names>
constexpr text infix_text(const node* nodes, std::int32_t which, const Names& names,
                          std::size_t limit = longest_expression) {
  return infix_text<T>(program_view{nodes, which + 1, &which, 1}, names, limit);
}

}  // namespace tapeless::detail
