// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/expression.hpp>

namespace tapeless::detail {

/// Operations on whole tensors in LaTeX: W x, W^{\\top}, a \\odot b, A^{-1} b, x_{3}; others are \\operatorname{...},
/// what they are told below it.
template <class Notation>
struct latex_tensors {
  const Notation& notation;
  static constexpr int product = 5, power = 7, tightest = 8;

  /// What is around the only operand, or null.
  struct around {
    const char *before, *after;
    int binding, inner;
  };
  static constexpr around surroundings(const node& n) {
    if (n.is<op::permute>() && parameter_of(n) == transposed_axes(n.shape.rank()))
      return {"", "^{\\top}", power, tightest};
    if (n.is<op::inverse>()) return {"", "^{-1}", power, tightest};
    if (n.is<op::determinant>()) return {"\\det\\left(", "\\right)", power, 0};
    if (n.is<op::log_determinant>()) return {"\\log\\left|\\det\\left(", "\\right)\\right|", power, 0};
    if (n.is<op::norm>()) return {"\\left\\|", "\\right\\|", power, 0};
    return {nullptr, nullptr, power, 0};
  }
  static constexpr bool is_system(const node& n) { return n.is<op::solve>() || n.is<op::triangular_solve>(); }

  static constexpr int binding(const node& n, tensor_form form) {
    if (form == tensor_form::element) return tightest;
    return form == tensor_form::call && !is_system(n) ? power : product;
  }

  template <class Writer>
  constexpr void write(Writer& w, const node& n, tensor_form form) const {
    const tensor_reader tensors(w);
    if (form == tensor_form::product || form == tensor_form::outer || form == tensor_form::dot) {
      const bool vectors = form != tensor_form::product;
      for (int k = 0; k < 2; ++k) {
        const bool turned = vectors ? (form == tensor_form::outer) == (k == 1)
                                    : tensors.is_transposed(n, k) || (k == 0 && is_row(w, n));
        if (k > 0) w.add(" ");
        w.add({.node = form == tensor_form::outer ? tensors.factor(n, k) : n.operand[k],
               .binding = turned ? tightest : product + 1});
        if (turned) w.add("^{\\top}");
      }
    } else if (form == tensor_form::hadamard) {
      for (int k = 0; k < 2; ++k)
        w.add({.word = k > 0 ? " \\odot " : "", .node = tensors.operand(n, k), .binding = product + 1});
    } else if (form == tensor_form::element) {
      w.add({.node = n.operand[0], .binding = tightest});
      text place;
      write_place(place, w[n.operand[0]].shape, parameter_of(n));
      text subscript;
      subscript.append("_{");
      for (std::size_t i = 1; i + 1 < place.size(); ++i) subscript.append(place.data()[i]);
      w.add(w.kept(subscript.append('}')));
    } else if (is_system(n)) {
      const bool turned = n.is<op::solve>() ? parameter_of(n) != 0 : (parameter_of(n) & transposed_system) != 0;
      w.add({.node = n.operand[0], .binding = tightest});
      w.add({.word = turned ? "^{-\\top} " : "^{-1} ", .node = n.operand[1], .binding = product + 1});
    } else {
      write_call(w, n);
    }
  }

 private:
  /// Whether the left factor is a vector that is multiplied from the left.
  template <class Writer>
  static constexpr bool is_row(const Writer& w, const node& n) {
    return w[tensor_reader(w).bare(n.operand[0])].shape.rank() == 1;
  }

  template <class Writer>
  constexpr void write_call(Writer& w, const node& n) const {
    if (const around a = surroundings(n); a.before) {
      w.add({.word = a.before, .node = n.operand[0], .binding = a.inner});
      w.add(a.after);
      return;
    }
    text name, written;
    write_tensor_operation(name, n, w[n.operand[0]].shape);
    written.append("\\operatorname{");
    bool told = false;
    for (const char c : name) {
      if (c == '<') written.append("}_{"), told = true;
      else if (c == '_' && !told) written.append("\\_");
      else if (c == '_') written.append(' ');
      else if (c != '>') written.append(c);
    }
    w.add(w.kept(written.append("}\\left(")));
    for (int k = 0; k < n.op->arity; ++k) w.add({.word = k > 0 ? ", " : "", .node = n.operand[k]});
    w.add("\\right)");
  }
};

}  // namespace tapeless::detail
