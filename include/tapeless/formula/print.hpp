// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/formula/verbs.hpp>
#include <tapeless/print/c_source.hpp>
#include <tapeless/print/dot.hpp>
#include <tapeless/print/explain.hpp>
#include <tapeless/print/latex.hpp>
#include <tapeless/print/to_string.hpp>

// Formulas as text. They know the names of their variables; the run-time numbers they carry are printed as numbers.
namespace tapeless {

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

/// The program of a formula or of a derivative of one, and the names of its variables.
template <class F>
struct formula_program {
  using formula_type = typename innermost<F>::type;
  using names = variables_of<formula_type>;
  static constexpr std::size_t count = carried_by<formula_type>;
  template <std::size_t>
  using real = double;
  template <std::size_t... I>
  static auto program_on(std::index_sequence<I...>) -> program_of<F, real<I>...>;
  using type = decltype(program_on(std::make_index_sequence<names::size>{}));

  static constexpr program with(const double* numbers) {
    return with_numbers_written(type::graph.view(), numbers, static_cast<std::int32_t>(count));
  }
};
template <class F, class Wrt>
using value_and_gradient_of = on_parts<value_and_gradient_function, F, Wrt>;

template <class Form, class F>
struct formula_in_form : formula_program<F> {
  using from = formula_program<F>;
  static constexpr text written(const double* numbers) {
    return Form::template write<double>(from::with(numbers).view(), listed_names{from::names::texts});
  }
};

template <class F, class Wrt>
struct formula_explanation : formula_program<F> {
  using from = formula_program<F>;
  using both = formula_program<value_and_gradient_of<F, Wrt>>;
  static constexpr text written(const double* numbers) {
    const auto& wanted = both::type::targets;
    buffer<std::int32_t> places;  // among the variables
    for (std::int32_t k = 0; k < wanted.count; ++k)
      places.push_back(wanted.place[k] - static_cast<std::int32_t>(from::count));
    return explanation_of<double>(from::with(numbers).view(), both::with(numbers).view(),
                                  listed_names{from::names::texts}, places.begin(), wanted.count,
                                  cost_by_pass(both::type::primal::graph.view(), wanted.place, wanted.count));
  }
};

template <label Name>
struct c_form {
  template <std::floating_point T>
  static constexpr text write(const program_view& p, const auto&) {
    return c_text(p, Name.text, p.output_count - 1);
  }
};

// No text is longer than that with the longest numbers; but one in steps may be shorter than one in a single piece.
template <class Printed>
inline constexpr std::size_t capacity_for = [] {
  double longest[Printed::count + 1];
  for (double& number : longest) number = -2.2250738585072014e-308;
  const std::size_t size = Printed::written(longest).size();
  return size > longest_expression / 2 && size < longest_expression ? longest_expression : size;
}();

template <class Printed>
struct without_numbers {
  static constexpr text make() { return Printed::written(nullptr); }
};

template <template <class, class> class Verb, class F, class Wrt>
constexpr const double* numbers_of(const on_parts<Verb, F, Wrt>& derivative) {
  return numbers_of(derivative.f);
}

template <class Printed, class F>
constexpr decltype(auto) formula_text(const F& f) {
  if constexpr (Printed::count == 0) {
    const auto& constant = text_of<without_numbers<Printed>>;
    return constant;
  } else {
    return bounded<capacity_for<Printed>>(Printed::written(numbers_of(f)));
  }
}

/// The inputs of a formula's program: its numbers, then its variables.
template <class Names>
struct numbers_and_names {
  const double* numbers;
  std::int32_t count;
  constexpr void operator()(text& out, std::int32_t input) const {
    if (input < count) write_number(out, numbers[input]);
    else out.append(Names::texts[input - count]);
  }
};

template <class F, class... X>
constexpr auto formula_dot_at(const F& f, const X&... x) {
  using from = formula_program<F>;
  using names = typename from::names;
  if constexpr ((is_binding<X> && ...)) {
    return in_order_of<names>([&](const auto&... values) { return formula_dot_at(f, values...); }, x...);
  } else {
    static_assert(sizeof...(X) == names::size, "tapeless: a point has one number for each variable of the formula");
    return with_numbers<from::count>(
        numbers_of(f),
        [&](const auto&... values) {
          const numeric_sweeps<typename from::type> sweeps(values...);
          return bounded<capacity_for<formula_in_form<dot_form, F>> + from::type::graph.size * 100>(dot_text<double>(
              from::type::graph.view(), numbers_and_names<names>{numbers_of(f), static_cast<std::int32_t>(from::count)},
              sweeps.at, sweeps.has_adjoints));
        },
        static_cast<double>(x)...);
  }
}

template <label Name>
constexpr auto plain_formula(const variable<Name>& x) {
  return as_formula<op::argument::number>(x);
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
  return detail::formula_text<detail::formula_in_form<detail::infix_form, formula<Key>>>(f);
}
template <label Name>
constexpr decltype(auto) to_string(const variable<Name>& x) {
  return to_string(detail::plain_formula(x));
}
template <template <class, class> class Verb, class F, class Wrt>
constexpr decltype(auto) to_string(const detail::on_parts<Verb, F, Wrt>& derivative) {
  return detail::formula_text<detail::formula_in_form<detail::infix_form, detail::on_parts<Verb, F, Wrt>>>(derivative);
}

/// Writes a formula to a stream as `to_string` prints it: `std::cout << x * sin(x)`.
template <class Stream, class F>
requires(detail::Formula<F>&& requires(Stream& s, const char* t) { s << t; }) Stream& operator<<(Stream& s,
                                                                                                 const F& f) {
  s << to_string(f).c_str();
  return s;
}

/// A formula, or a derivative of one, as LaTeX; otherwise as `to_latex` for functions.
///
///     to_latex(x / sqrt(alpha)) == "\\frac{x}{\\sqrt{\\alpha}}"
template <detail::formula_key Key>
constexpr decltype(auto) to_latex(const formula<Key>& f) {
  return detail::formula_text<detail::formula_in_form<detail::latex_form, formula<Key>>>(f);
}
template <label Name>
constexpr decltype(auto) to_latex(const variable<Name>& x) {
  return to_latex(detail::plain_formula(x));
}
template <template <class, class> class Verb, class F, class Wrt>
constexpr decltype(auto) to_latex(const detail::on_parts<Verb, F, Wrt>& derivative) {
  return detail::formula_text<detail::formula_in_form<detail::latex_form, detail::on_parts<Verb, F, Wrt>>>(derivative);
}

/// The graph of a formula, or of a derivative of one, for Graphviz; with a point, `to_dot(f, x = 1.0, y = 2.0)`, with
/// the value and the derivative at each node; otherwise as `to_dot` for functions.
template <detail::formula_key Key>
constexpr decltype(auto) to_dot(const formula<Key>& f) {
  return detail::formula_text<detail::formula_in_form<detail::dot_form, formula<Key>>>(f);
}
template <template <class, class> class Verb, class F, class Wrt>
constexpr decltype(auto) to_dot(const detail::on_parts<Verb, F, Wrt>& derivative) {
  return detail::formula_text<detail::formula_in_form<detail::dot_form, detail::on_parts<Verb, F, Wrt>>>(derivative);
}
template <detail::formula_key Key, class X, class... More>
requires((std::is_arithmetic_v<X> && ... && std::is_arithmetic_v<More>) ||
         (detail::is_binding<X> && ... &&
          detail::is_binding<More>)) constexpr auto to_dot(const formula<Key>& f, const X& x, const More&... more) {
  return detail::formula_dot_at(f, x, more...);
}

/// Value and gradient of a formula in C99, with respect to its variables in the order of their first appearance;
/// run-time numbers are constants there. Otherwise as `to_c` for functions.
///
///     std::ofstream("f.c") << tl::to_c<"f">(x * sin(y));
///     std::ofstream("g.c") << tl::to_c<"g">(x * sin(y), tl::wrt(y));
template <label Name, detail::formula_key Key, detail::Selection Wrt = selection<>>
constexpr decltype(auto) to_c(const formula<Key>& f, const Wrt& = {}) {
  using both = detail::value_and_gradient_of<formula<Key>, detail::chosen_t<Wrt>>;
  return detail::formula_text<detail::formula_in_form<detail::c_form<Name>, both>>(f);
}

/// What becomes of a formula when it is differentiated, as a table; as `explain` for functions.
///
///     std::cout << tl::explain(x * sin(y)) << tl::explain(x * sin(y), tl::wrt(y));
template <detail::formula_key Key, detail::Selection Wrt = selection<>>
constexpr decltype(auto) explain(const formula<Key>& f, const Wrt& = {}) {
  return detail::formula_text<detail::formula_explanation<formula<Key>, detail::chosen_t<Wrt>>>(f);
}

}  // namespace tapeless
