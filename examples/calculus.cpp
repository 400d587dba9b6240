// SPDX-License-Identifier: BSL-1.0

// Calculus with formulas: partial derivatives of a function of several variables, the table of derivative rules as the
// library has it, a Taylor polynomial, and a picture of a loss beside that of its gradient. Writes derivatives.tex,
// loss.dot and gradient.dot into the working directory, and the pictures as SVG if Graphviz's `dot` is there.

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

#include <tapeless/tapeless.hpp>

namespace calculus {

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;

bool right = true;
void expect(bool condition, const char* what) {
  if (condition) return;
  std::cout << "wrong: " << what << '\n';
  right = false;
}

// ---- a function of several variables ------------------------------------------------------------------------------

constexpr auto f = x * x + y * y;
static_assert(tl::to_string(tl::derivative(f, x)) == "2 * x");
static_assert(tl::to_string(tl::derivative(f, x, x)) == "2");
static_assert(tl::derivative(f, x, y)(3.0, 4.0) == 0);

void several_variables() {
  const auto gradient = tl::gradient(f)(x = 3.0, y = 4.0);
  std::cout << "f(x, y) = " << f << "\n  df/dx = " << tl::derivative(f, x) << ", df/dy = " << tl::derivative(f, y)
            << "\n  at (3, 4): f = " << f(3.0, 4.0) << ", gradient = (" << gradient[x] << ", " << gradient[y]
            << ")\n\n";
  expect(gradient[x] == 6 && gradient[y] == 8, "the gradient of x^2 + y^2");
}

// ---- the table of derivative rules --------------------------------------------------------------------------------

/// Operations of one number that have a derivative.
template <class Op>
constexpr bool is_function_of_one_number() {
  return Op::arity == 1 && !Op::predicate && !Op::transparent && Op::takes(0) == tl::op::argument::number;
}

template <class Op>
void add_row(std::ostream& text, std::ostream& latex, std::size_t& rows) {
  if constexpr (is_function_of_one_number<Op>()) {
    constexpr auto function = tl::apply<Op>(x);
    constexpr auto derivative = tl::derivative(function, x);
    text << "  " << std::left << std::setw(16) << std::string(std::string_view(tl::to_string(function)))
         << std::string_view(tl::to_string(derivative)) << '\n';
    latex << std::string_view(tl::to_latex(function)) << " & " << std::string_view(tl::to_latex(derivative))
          << " \\\\\n";
    ++rows;
  }
}

template <class... Ops>
std::size_t write_rules(tl::op::list<Ops...>, std::ostream& text, std::ostream& latex) {
  std::size_t rows = 0;
  text << "derivative rules\n";
  latex << "\\begin{array}{ll}\nf(x) & f'(x) \\\\ \\hline\n";
  (add_row<Ops>(text, latex, rows), ...);
  latex << "\\end{array}\n";
  text << '\n';
  return rows;
}

// ---- a Taylor polynomial ------------------------------------------------------------------------------------------

/// The n-th derivative as a formula.
template <std::size_t N, class F>
constexpr auto derivative_of_order(const F& g) {
  if constexpr (N == 0) return g;
  else return derivative_of_order<N - 1>(tl::derivative(g, x));
}

/// The sum of f^(n)(0) / n! h^n for n < N (B. Taylor, 1715).
template <std::size_t... N, class F>
constexpr double taylor(std::index_sequence<N...>, const F& g, double h) {
  double power = 1, factorial = 1, sum = 0;
  ((sum += derivative_of_order<N>(g)(0.0) * power / factorial, power *= h, factorial *= static_cast<double>(N + 1)),
   ...);
  return sum;
}

constexpr auto bell = exp(-x * x) * cos(x);

void polynomial() {
  constexpr double h = 0.25, exact = bell(h);
  constexpr double third = taylor(std::make_index_sequence<4>{}, bell, h);
  constexpr double seventh = taylor(std::make_index_sequence<8>{}, bell, h);
  std::cout << "Taylor polynomial of " << bell << " at 0\n  degree 3: error " << std::abs(third - exact)
            << ", degree 7: error " << std::abs(seventh - exact) << " at " << h << "\n\n";
  expect(std::abs(third - exact) < 6e-3 && std::abs(seventh - exact) < 1e-4, "the Taylor polynomial");
}

// ---- a loss and its gradient as pictures --------------------------------------------------------------------------

constexpr tl::variable<"w"> w;
constexpr tl::variable<"b"> b;
constexpr auto loss = square(tanh(w * x + b) - y);

template <class Text>
void draw(const std::string& name, const Text& dot) {
  std::ofstream(name + ".dot") << std::string_view(dot);
  const bool drawn = std::system(("dot -Tsvg " + name + ".dot -o " + name + ".svg 2>/dev/null").c_str()) == 0;
  std::cout << "  " << name << (drawn ? ".svg" : ".dot (no `dot` here to draw it; Debian: graphviz)") << '\n';
}

void pictures() {
  std::cout << "a loss and its gradient as graphs: " << loss << '\n';
  draw("loss", tl::to_dot(loss, w = 0.5, x = 2.0, b = -0.25, y = 1.0));
  draw("gradient", tl::to_dot(tl::gradient(loss, tl::wrt(w, b))));
  static_assert(tl::check_gradient(loss)(0.5, 2.0, -0.25, 1.0));
}

}  // namespace calculus

int main() {
  using namespace calculus;
  several_variables();
  std::ofstream latex("derivatives.tex");
  const std::size_t rows = write_rules(tl::op::all{}, std::cout, latex);
  expect(rows >= 40 && latex.good(), "the table of rules");
  polynomial();
  pictures();
  std::cout << (right ? "all as it should be\n" : "something is wrong\n");
  return right ? 0 : 1;
}
