// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/print/form.hpp>
#include <tapeless/print/infix.hpp>
#include <tapeless/print/latex_tensor.hpp>

namespace tapeless {
namespace detail {

/// An operation in LaTeX: what stands before, between and behind its operands, how tightly the whole holds together,
/// and how tightly each operand has to; a looser one gets parentheses.
struct latex_operation {
  const char* name;
  int arity;
  int binding;
  const char* part[4];
  int inner[3];
};

// clang-format off
inline constexpr latex_operation latex_operations[] = {
    {"+", 2, 4, {"", " + ", ""}, {4, 4}}, {"-", 2, 4, {"", " - ", ""}, {4, 5}}, {"-", 1, 4, {"-", ""}, {5}},
    {"*", 2, 5, {"", " ", ""}, {5, 5}}, {"/", 2, 7, {"\\frac{", "}{", "}"}, {}}, {"inv", 1, 7, {"\\frac{1}{", "}"}, {}},
    {"<", 2, 3, {"", " < ", ""}, {4, 4}}, {"<=", 2, 3, {"", " \\le ", ""}, {4, 4}},
    {"==", 2, 3, {"", " = ", ""}, {4, 4}}, {"!=", 2, 3, {"", " \\ne ", ""}, {4, 4}},
    {"&&", 2, 2, {"", " \\land ", ""}, {2, 2}}, {"||", 2, 1, {"", " \\lor ", ""}, {1, 1}},
    {"!", 1, 6, {"\\lnot ", ""}, {6}}, {"%", 2, 5, {"", " \\bmod ", ""}, {6, 6}},
    {"&", 2, 0, {"", " \\mathbin{\\&} ", ""}, {7, 7}}, {"|", 2, 0, {"", " \\mathbin{|} ", ""}, {7, 7}},
    {"^", 2, 0, {"", " \\oplus ", ""}, {7, 7}}, {"<<", 2, 0, {"", " \\ll ", ""}, {7, 7}},
    {">>", 2, 0, {"", " \\gg ", ""}, {7, 7}},
    {"select", 3, 0, {"\\begin{cases} ", " & \\text{if } ", " \\\\ ", " & \\text{otherwise} \\end{cases}"}, {1, 1, 1}},
    {"pow", 2, 7, {"", "^{", "}"}, {8, 0}}, {"powi", 2, 7, {"", "^{", "}"}, {8, 0}}, {"square", 1, 7, {"", "^{2}"}, {8}},
    {"exp", 1, 7, {"e^{", "}"}, {}}, {"exp2", 1, 7, {"2^{", "}"}, {}}, {"exp10", 1, 7, {"10^{", "}"}, {}},
    {"sqrt", 1, 8, {"\\sqrt{", "}"}, {}}, {"cbrt", 1, 8, {"\\sqrt[3]{", "}"}, {}},
    {"rsqrt", 1, 7, {"\\frac{1}{\\sqrt{", "}}"}, {}},
    {"abs", 1, 8, {"\\left|", "\\right|"}, {}}, {"floor", 1, 8, {"\\left\\lfloor ", "\\right\\rfloor"}, {}},
    {"ceil", 1, 8, {"\\left\\lceil ", "\\right\\rceil"}, {}},
    {"log", 1, 7, {"\\log\\left(", "\\right)"}, {}}, {"log2", 1, 7, {"\\log_{2}\\left(", "\\right)"}, {}},
    {"log10", 1, 7, {"\\log_{10}\\left(", "\\right)"}, {}},
    {"sin", 1, 7, {"\\sin\\left(", "\\right)"}, {}}, {"cos", 1, 7, {"\\cos\\left(", "\\right)"}, {}},
    {"tan", 1, 7, {"\\tan\\left(", "\\right)"}, {}}, {"asin", 1, 7, {"\\arcsin\\left(", "\\right)"}, {}},
    {"acos", 1, 7, {"\\arccos\\left(", "\\right)"}, {}}, {"atan", 1, 7, {"\\arctan\\left(", "\\right)"}, {}},
    {"sinh", 1, 7, {"\\sinh\\left(", "\\right)"}, {}}, {"cosh", 1, 7, {"\\cosh\\left(", "\\right)"}, {}},
    {"tanh", 1, 7, {"\\tanh\\left(", "\\right)"}, {}},
    {"min", 2, 7, {"\\min\\left(", ", ", "\\right)"}, {}}, {"max", 2, 7, {"\\max\\left(", ", ", "\\right)"}, {}},
    {"tgamma", 1, 7, {"\\Gamma\\left(", "\\right)"}, {}}, {"digamma", 1, 7, {"\\psi\\left(", "\\right)"}, {}},
    {"lgamma", 1, 7, {"\\log\\left|\\Gamma\\left(", "\\right)\\right|"}, {}},
    {"polygamma", 2, 7, {"\\psi^{\\left(", "\\right)}\\left(", "\\right)"}, {}},
};

inline constexpr const char* greek_letters[] = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi",
    "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"};
// clang-format on

/// Writes the name of an input: \alpha, x_{0}, W_{1, 2}, r_{\mathrm{max}} for what C++ writes as alpha, x[0], W(1, 2),
/// r.max or get<0>(x).
class latex_name {
 public:
  constexpr latex_name(text& out, const char* first, const char* last) : out_(out) {
    const char* around[max_depth]{};  // the numbers in get<2>(get<0>(
    int depth = 0;
    const char* base = first;
    for (const char* s = first; s != last && depth < max_depth; ++s) {
      if (*s == '<') around[depth++] = s + 1;
      if (*s == '(' && !is_digit(s[1])) base = s + 1;
    }
    const char* end = base;
    while (end != last && is_letter(*end)) ++end;
    write_base(base, end);
    while (end != last) {  // subscripts from the base outwards, as C++ applies them
      if (*end == ')' && depth > 0) {
        subscript(around[--depth]);
        ++end;
      } else if (is_digit(*end) || is_letter(*end)) {
        end = subscript(end);
      } else {
        ++end;  // [ ] . _
      }
    }
    if (subscripts_ > 0) out_.append('}');
  }

 private:
  static constexpr int max_depth = 16;
  static constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  constexpr void write_base(const char* first, const char* end) {
    bool greek = false;
    for (const char* letter : greek_letters) {
      const char* s = first;
      while (s != end && *letter == *s) ++s, ++letter;
      greek = greek || (s == end && s != first && *letter == '\0');
    }
    if (greek) out_.append('\\');
    write_word(first, end, end - first > 1 && !greek);
  }

  /// Writes digits and letters from here on, and returns where they end.
  constexpr const char* subscript(const char* first) {
    out_.append(subscripts_++ == 0 ? "_{" : ", ");
    const char* end = first;
    while (is_digit(*end) || is_letter(*end)) ++end;
    write_word(first, end, end - first > 1 && !is_digit(*first));
    return end;
  }
  constexpr void write_word(const char* first, const char* end, bool upright) {
    if (upright) out_.append("\\mathrm{");
    for (; first != end; ++first) out_.append(*first);
    if (upright) out_.append('}');
  }

  text& out_;
  int subscripts_ = 0;
};

/// Operations as mathematics is set: what associates needs no parentheses, and products are written side by side, with
/// a dot where two numbers would run together.
template <std::floating_point T, class Names>
struct latex_notation {
  Names input;

  template <class Writer>
  constexpr void write(Writer& w, const piece& x) const {
    std::int32_t i = x.node;
    while (is_conversion(w[i])) i = w[i].operand[0];
    const node& n = w[i];
    const bool parentheses = binding(w, n) < x.binding || (x.after_sign && starts_with_sign(w, i));
    if (n.op->arity == 0) {
      if (parentheses) w.out().append("\\left(");
      write_leaf(w.out(), n);
      if (parentheses) w.out().append("\\right)");
      return;
    }
    if (w.has_name(i)) {
      w.add({.node = i});
      return;
    }
    if (parentheses) w.add("\\left(");
    if (const tensor_form form = tensor_reader(w).form(n); form != tensor_form::as_numbers)
      latex_tensors<latex_notation>{*this}.write(w, n, form);
    else write_operation(w, n);
    if (parentheses) w.add("\\right)");
  }

  static constexpr void name(text& out, std::int32_t k) {
    out.append("t_{");
    write_integer(out, k);
    out.append('}');
  }

 private:
  template <class Notation>
  friend struct latex_tensors;
  static constexpr int sum = 4, product = 5, power = 7, tightest = 8;

  static constexpr const latex_operation* find(const operation_info* op) {
    for (const latex_operation& l : latex_operations) {
      const char *a = l.name, *b = op->name;
      while (*a && *a == *b) ++a, ++b;
      if (*a == *b && l.arity == op->arity) return &l;
    }
    return nullptr;
  }

  static constexpr bool has_exponent(const node& n) {
    const long double size = n.number < 0 ? -n.number : n.number;
    return n.number != 0 && math::isfinite(n.number) && (size >= 1e16L || size < 1e-5L);
  }
  static constexpr bool is_negative(const node& n) { return math::signbit(n.number) && !math::isnan(n.number); }

  template <class Writer>
  static constexpr int binding(const Writer& w, const node& n) {
    if (n.is_constant()) return is_negative(n) || has_exponent(n) ? product : tightest;
    if (n.is<op::input>()) return tightest;
    if (const tensor_form form = tensor_reader(w).form(n); form != tensor_form::as_numbers)
      return latex_tensors<latex_notation>::binding(n, form);
    const latex_operation* l = find(n.op);
    return l ? l->binding : power;
  }

  template <class Writer>
  static constexpr bool starts_with_sign(const Writer& w, std::int32_t i) {
    for (;;) {
      while (is_conversion(w[i])) i = w[i].operand[0];
      const node& n = w[i];
      if (w.has_name(i)) return false;
      if (n.is_constant()) return is_negative(n);
      if (tensor_reader(w).form(n) != tensor_form::as_numbers) return false;
      if (n.is<op::neg>()) return true;
      if (!n.is<op::add>() && !n.is<op::sub>() && !n.is<op::mul>()) return false;
      i = n.operand[0];
      if (binding(w, w[i]) < binding(w, n)) return false;
    }
  }

  /// Whether what is written begins with a digit.
  template <class Writer>
  static constexpr bool starts_with_number(const Writer& w, std::int32_t i) {
    for (;;) {
      while (is_conversion(w[i])) i = w[i].operand[0];
      const node& n = w[i];
      if (w.has_name(i)) return false;
      if (n.is_constant()) return math::isfinite(n.number) && !is_negative(n);
      if (tensor_reader(w).form(n) != tensor_form::as_numbers) return false;
      if (n.is<op::inv>() || n.is<op::rsqrt>() || n.is<op::exp2>() || n.is<op::exp10>()) return true;
      if (!n.is<op::mul>() && !n.is<op::pow>() && !n.is<op::powi>() && !n.is<op::square>() && !n.is<op::div>())
        return false;
      const int inner = n.is<op::mul>() ? product : n.is<op::div>() ? 0 : tightest;
      i = n.operand[0];
      if (binding(w, w[i]) < inner) return false;
    }
  }

  template <class Writer>
  constexpr void write_operation(Writer& w, const node& n) const {
    const latex_operation* l = find(n.op);
    const tensor_reader tensors(w);
    if (!l) {
      w.add("\\operatorname{");
      write_upright(w, n.op->name);
      w.add("}\\left(");
      for (int k = 0; k < n.op->arity; ++k) {
        if (k > 0) w.add(", ");
        w.add({.node = tensors.operand(n, k)});
      }
      w.add("\\right)");
      return;
    }
    if (n.is<op::select>()) {  // the value comes first, then the condition
      for (const int k : {1, 0, 2}) {
        w.add(l->part[k == 1 ? 0 : k == 0 ? 1 : 2]);
        w.add({.node = tensors.operand(n, k), .binding = 1});
      }
      w.add(l->part[3]);
      return;
    }
    w.add(l->part[0]);
    for (int k = 0; k < n.op->arity; ++k) {
      const bool dot = n.is<op::mul>() && k == 1 && starts_with_number(w, tensors.operand(n, 1));
      if (k > 0) w.add(dot ? " \\cdot " : l->part[k]);
      w.add({.node = tensors.operand(n, k),
             .binding = l->inner[k],
             .after_sign = k == 1 ? l->binding == sum || l->binding == product : n.is<op::neg>()});
    }
    w.add(l->part[n.op->arity]);
  }

  /// Underscores have a meaning of their own in LaTeX.
  template <class Writer>
  static constexpr void write_upright(Writer& w, const char* name) {
    if (const operation_spelling* s = spelling(name)) w.add(s->latex);
    else w.add(name);
  }
  struct operation_spelling {
    const char *name, *latex;
  };
  static constexpr const operation_spelling* spelling(const char* name) {
    for (const operation_spelling& s : spellings) {
      const char *a = s.name, *b = name;
      while (*a && *a == *b) ++a, ++b;
      if (*a == *b) return &s;
    }
    return nullptr;
  }
  static constexpr operation_spelling spellings[] = {
      {"log_sigmoid", "log\\_sigmoid"}, {"leaky_relu", "leaky\\_relu"},       {"smooth_abs", "smooth\\_abs"},
      {"smooth_max", "smooth\\_max"},   {"stop_gradient", "stop\\_gradient"},
  };

  constexpr void write_leaf(text& out, const node& n) const {
    if (n.is<op::input>()) {
      text written;
      write_input(written, input, n);
      written.append('\0');
      latex_name(out, written.begin(), written.end() - 1);
    } else if (n.shape.kind() == element::boolean) {
      out.append(n.number != 0 ? "\\text{true}" : "\\text{false}");
    } else if (n.shape.kind() == element::integer) {
      write_integer(out, static_cast<long long>(n.number));
    } else if (!math::isfinite(n.number)) {
      out.append(math::isnan(n.number) ? "\\text{NaN}" : n.number < 0 ? "-\\infty" : "\\infty");
    } else {
      text written;
      write_number(written, static_cast<T>(n.number));
      write_decimal(out, written);
    }
  }

  /// 1.5e-07 is 1.5 \cdot 10^{-7}, and 1e-07 is 10^{-7}.
  static constexpr void write_decimal(text& out, const text& written) {
    std::size_t i = 0;
    while (i < written.size() && written.data()[i] != 'e') ++i;
    const bool one =
        i < written.size() && written.data()[i - 1] == '1' && (i == 1 || (i == 2 && written.data()[0] == '-'));
    for (std::size_t k = 0; k < i - one; ++k) out.append(written.data()[k]);
    if (i == written.size()) return;
    out.append(one ? "10^{" : " \\cdot 10^{");
    if (written.data()[++i] == '-') out.append('-');
    while (written.data()[i + 1] == '0') ++i;
    while (++i < written.size()) out.append(written.data()[i]);
    out.append('}');
  }
};

struct latex_form {
  template <std::floating_point T, class Names>
  static constexpr text write(const program_view& p, const Names& names) {
    const latex_notation<T, Names> notation{names};
    return expression_writer(p, notation).written(longest_expression);
  }
};

}  // namespace detail

/// What a function, or a derivative of one, computes for arguments of types `A...`, as LaTeX for mathematics mode.
///
///     to_latex<double, double>(f, names<"x", "alpha">) == "\\frac{x^{3}}{\\sqrt{\\alpha}}"
///
/// Division is \frac; powi, pow and square are powers; exp is e^{...}; select is a case distinction; operations without
/// a sign in LaTeX are \operatorname{...}. Products are written side by side, with \cdot only in front of a number.
/// There are no parentheses where mathematics needs none: sums and products associate, which floating-point numbers do
/// not quite; `to_string` says it exactly. Names of Greek letters are these; elements, members and trailing numbers are
/// subscripts. Tensors are in the notation of linear algebra: W^{\top} b, a \odot b, A^{-1} x. Otherwise as
/// `to_string`.
template <class... A, class F, label... Name>
constexpr const auto& to_latex(const F&, argument_names<Name...> = {}) {
  return detail::text_of<detail::text_in_form<detail::latex_form, F, argument_names<Name...>, A...>>;
}

}  // namespace tapeless
