// SPDX-License-Identifier: BSL-1.0

// Calculus with formulas: partial derivatives of a function of several variables, the table of derivative rules as the
// library has it, a Taylor polynomial, and a picture of a loss beside its gradient. Writes derivatives.tex and loss.dot
// into the working directory, and the picture, loss.svg, if Graphviz's `dot` is there.

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

// ---- a loss beside its gradient -----------------------------------------------------------------------------------

constexpr tl::variable<"w"> w;
constexpr tl::variable<"b"> b;
constexpr auto loss = square(tanh(w * x + b) - y);

void picture() {
  std::cout << "a loss beside its gradient, as graphs: " << loss << '\n';
  const auto graphs = tl::side_by_side<"loss", "its gradient">(loss, tl::gradient(loss, tl::wrt(w, b)));
  std::ofstream("loss.dot") << tl::to_dot(graphs, tl::names<"w", "x", "b", "y">, 0.5, 2.0, -0.25, 1.0);
  const bool drawn = std::system("dot -Tsvg loss.dot -o loss.svg 2>/dev/null") == 0;
  std::cout << (drawn ? "  loss.svg\n" : "  loss.dot (no `dot` here to draw it; Debian: graphviz)\n");
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
  picture();
  std::cout << (right ? "all as it should be\n" : "something is wrong\n");
  return right ? 0 : 1;
}
