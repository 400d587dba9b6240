// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/formula/verbs.hpp>
#include <tapeless/print/to_string.hpp>

// Formulas as text. They know the names of their variables; the run-time numbers they carry are printed as numbers.
namespace tapeless {

/// Text of a length that is known at run time only, and a capacity that is known before. Otherwise a `fixed_text`.
template <std::size_t Capacity>
struct bounded_text {
  char characters[Capacity + 1]{};
  std::size_t length = 0;

  constexpr const char* data() const { return characters; }
  constexpr const char* c_str() const { return characters; }
  constexpr std::size_t size() const { return length; }
  constexpr const char* begin() const { return characters; }
  constexpr const char* end() const { return characters + length; }

  template <class String>
  requires requires { String::npos; }
  constexpr operator String() const {  // NOLINT(google-explicit-constructor): text is text
    return String(characters, length);
  }

  template <class Text>
  requires requires(const Text& t) { t.data()[t.size()]; }
  friend constexpr bool operator==(const bounded_text& a, const Text& b) {
    bool same = b.size() == a.length;
    for (std::size_t i = 0; same && i < a.length; ++i) same = a.characters[i] == b.data()[i];
    return same;
  }
  friend constexpr bool operator==(const bounded_text& a, const char* b) { return detail::same_text(a.characters, b); }

  template <class Stream>
  requires requires(Stream& s, const char* t) { s << t; }
  friend Stream& operator<<(Stream& s, const bounded_text& t) {
    s << t.characters;
    return s;
  }
};

namespace detail {

/// As `to_string` writes programs.
struct infix_form {
  template <std::floating_point T>
  static constexpr text write(const program_view& p, const auto& names) {
    return infix_text<T>(p, names);
  }
};

/// The formula that a derivative was taken of.
template <class F>
struct innermost {
  using type = formula_t<F>;
};
template <template <class, class> class Verb, class F, class Wrt>
struct innermost<on_parts<Verb, F, Wrt>> : innermost<F> {};

/// A program with numbers in the place of its first inputs.
constexpr program with_numbers_written(const program_view& p, const double* numbers, std::int32_t count) {
  buffer<node> nodes(p.size);
  for (std::int32_t i = 0; i < p.size; ++i) {
    node& n = nodes[i] = p[i];
    if (n.is<op::input>() && n.operand[0] < count) {
      n = {.op = describe<op::constant>(), .shape = n.shape, .number = numbers[n.operand[0]]};
    } else if (n.is<op::input>()) {
      n.operand[0] -= count;
    } else if ((n.is<op::as_integer>() || n.is<op::as_real>()) && nodes[n.operand[0]].is<op::constant>()) {
      n = {.op = describe<op::constant>(), .shape = n.shape, .number = nodes[n.operand[0]].number};
    }
  }
  buffer<std::int32_t> outputs;
  for (std::int32_t o = 0; o < p.output_count; ++o) outputs.push_back(p.outputs[o]);
  return without_dead_nodes(nodes, outputs);
}

/// A formula, or a derivative of one, in a form of text.
template <class Form, class F>
struct formula_in_form {
  using names = variables_of<typename innermost<F>::type>;
  template <std::size_t>
  using real = double;
  template <std::size_t... I>
  static auto program_on(std::index_sequence<I...>) -> program_of<F, real<I>...>;
  using program_type = decltype(program_on(std::make_index_sequence<names::size>{}));
  static constexpr std::size_t count = carried_by<typename innermost<F>::type>;

  static constexpr text written(const double* numbers) {
    const program p =
        with_numbers_written(program_type::graph.view(), numbers, static_cast<std::int32_t>(count));
    return Form::template write<double>(p.view(), listed_names{names::texts});
  }
  static constexpr text make() { return written(nullptr); }

  // No text is longer than that with the longest numbers; but text in steps can be shorter than an expression.
  static constexpr std::size_t capacity = [] {
    double longest[count + 1];
    for (double& number : longest) number = -2.2250738585072014e-308;
    const std::size_t size = written(longest).size();
    return size > longest_expression / 2 && size < longest_expression ? longest_expression : size;
  }();
  static constexpr auto of(const double* numbers) {
    const text t = written(numbers);
    bounded_text<capacity> result;
    result.length = t.size() < capacity ? t.size() : capacity;
    for (std::size_t i = 0; i < result.length; ++i) result.characters[i] = t.data()[i];
    return result;
  }
};

template <template <class, class> class Verb, class F, class Wrt>
constexpr const double* numbers_of(const on_parts<Verb, F, Wrt>& derivative) {
  return numbers_of(derivative.f);
}

template <class Form, class F>
constexpr decltype(auto) formula_text(const F& f) {
  using printed = formula_in_form<Form, F>;
  if constexpr (printed::count == 0) {
    const auto& constant = text_of<printed>;
    return constant;
  } else {
    return printed::of(numbers_of(f));
  }
}

}  // namespace detail

/// A formula, or a derivative of one, as text that C++ reads as the same formula; its variables have their own names,
/// and run-time numbers are written as numbers.
///
///     constexpr tl::variable<"x"> x;
///     to_string(x * sin(x)) == "x * sin(x)"
///     to_string(gradient(x * sin(x))) == "sin(x) + x * cos(x)"
///     to_string(k * x) == "2.5 * x"      for a double k = 2.5
///
/// It is the recorded program that is printed, as by `to_string<A...>` for functions: simplified, with the operands of
/// a commutative operation in the order in which they arose. The text is a constant, or, if there are run-time numbers,
/// a value that holds its characters; nothing is allocated for it that outlives the call. Both convert to
/// std::string_view and std::string and can be written to streams, as the formula itself can.
template <detail::formula_key Key>
constexpr decltype(auto) to_string(const formula<Key>& f) {
  return detail::formula_text<detail::infix_form>(f);
}
template <label Name>
constexpr decltype(auto) to_string(const variable<Name>& x) {
  return to_string(detail::as_formula<op::argument::number>(x));
}
template <template <class, class> class Verb, class F, class Wrt>
constexpr decltype(auto) to_string(const detail::on_parts<Verb, F, Wrt>& derivative) {
  return detail::formula_text<detail::infix_form>(derivative);
}

/// Writes a formula to a stream as `to_string` prints it: `std::cout << x * sin(x)`.
template <class Stream, class F>
requires(detail::Formula<F>&& requires(Stream& s, const char* t) { s << t; }) Stream& operator<<(Stream& s, const F& f) {
  s << to_string(f).c_str();
  return s;
}

}  // namespace tapeless
