// SPDX-License-Identifier: BSL-1.0
#include <cstdlib>
#include <limits>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <tapeless/formula/print.hpp>
#include <tapeless/tapeless.hpp>
#include "catch.hpp"
#include "print/reader.hpp"
#include "transform/interpreter.hpp"

// Formulas as text, and back.
namespace formulas {

constexpr tl::variable<"x"> x;
constexpr tl::variable<"y"> y;
constexpr tl::variable<"rate"> rate;

/// Printed text carried out in double.
struct numbers {
  std::map<std::string, double> given;

  double name(const std::string& n) const { return given.at(n); }
  double number(const std::string& n) const { return std::strtod(n.c_str(), nullptr); }
  double apply(const std::string& called, const std::vector<double>& operands) const {
    return [&]<class... Ops>(tl::op::list<Ops...>) {
      double result = 0;
      const bool found = ((called == Ops::name.text && operands.size() == Ops::arity &&
                           (result = graphs::carry_out<Ops>(operands.data()), true)) ||
                          ...);
      if (!found) throw std::logic_error(called);
      return result;
    }(tl::op::all{});
  }
};

double read_back(const std::string& text, const std::map<std::string, double>& given) {
  numbers algebra{given};
  return reading::carry_out(reading::read(text), algebra)[0];
}

}  // namespace formulas

using namespace formulas;

TEST_CASE("a formula prints as it is written", "[formula][print]") {
  STATIC_REQUIRE(tl::to_string(x) == "x");
  STATIC_REQUIRE(tl::to_string(x * sin(x)) == "x * sin(x)");
  STATIC_REQUIRE(tl::to_string(x - (y - rate)) == "x - (y - rate)");
  STATIC_REQUIRE(tl::to_string(exp(-rate * x)) == "exp(-(rate * x))");
  STATIC_REQUIRE(tl::to_string(tl::gradient(x * sin(x))) == "sin(x) + x * cos(x)");
  STATIC_REQUIRE(tl::to_string(tl::gradient(x * y)) == "(y, x)");
  STATIC_REQUIRE(tl::to_string(tl::gradient(x * y, tl::wrt(y))) == "x");
  STATIC_REQUIRE(tl::to_string(tl::value_and_gradient(x * y)) == "(x * y, y, x)");
  STATIC_REQUIRE(tl::to_string(tl::derivative(x * sin(x), x)) == "sin(x) + x * cos(x)");
}

TEST_CASE("run-time numbers are printed as numbers", "[formula][print]") {
  for (const double k : {2.5, -2.0, 0.1, 1e300, 5e-324, std::numeric_limits<double>::infinity()}) {
    tl::detail::text written;
    tl::detail::write_number(written, k);
    const std::string number(written.begin(), written.end());
    CHECK(std::string(tl::to_string(k * x)) == number + " * x");
    CHECK(std::string(tl::to_string(tl::gradient(k * x * y))) == "(" + number + " * y, " + number + " * x)");
  }
  const double negative_zero = -0.0;
  CHECK(tl::to_string(negative_zero * x) == "-0.0 * x");
  constexpr double k = 3;
  STATIC_REQUIRE(tl::to_string(k * x) == "3 * x");
  STATIC_REQUIRE(tl::to_string(x - -k) == "x - (-3)");
  STATIC_REQUIRE(tl::to_string(tl::powi(x, 3)) == "powi(x, 3)");
}

TEST_CASE("what prints reads back with the same value and the same text", "[formula][print]") {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> number(-3, 3);
  for (int i = 0; i < 200; ++i) {
    const double a = number(random), b = number(random), u = number(random), v = number(random);
    const auto back = [&](const auto& f) {
      const std::string text = tl::to_string(f);
      INFO(text);
      CHECK(read_back(text, {{"x", u}, {"y", v}}) == f(x = u, y = v));
    };
    back(a * x - (b - y) / (x * x + 1.0));
    back(sin(a * x) * exp(y) - (a - (b - x * y)));
    back(tl::select(x < a * y, x - b, -(b * y)));
    back(tl::derivative(sin(a * x * y) / (y * y + 1.0), x) * y);
    back(tl::max(a - x, y - (x - b)) + tl::pow(tl::abs(x), b) - -a * y);
  }
}

TEST_CASE("formulas are written to streams", "[formula][print]") {
  std::ostringstream out;
  const double k = 0.5;
  out << x << "; " << x * y << "; " << k * y << "; " << tl::to_string(tl::gradient(k * y));
  CHECK(out.str() == "x; x * y; 0.5 * y; 0.5");
  constexpr std::string_view view = tl::to_string(x + y);
  CHECK(view == "x + y");
}

TEST_CASE("every form of text knows variables and numbers", "[formula][print]") {
  constexpr tl::variable<"alpha"> alpha;
  STATIC_REQUIRE(tl::to_latex(alpha) == "\\alpha");
  STATIC_REQUIRE(tl::to_latex(x / sqrt(alpha)) == "\\frac{x}{\\sqrt{\\alpha}}");
  STATIC_REQUIRE(tl::to_latex(tl::gradient(x * alpha)) == "(\\alpha, x)");
  const double k = 2.5;
  CHECK(tl::to_latex(k * x / alpha) == "\\frac{2.5 x}{\\alpha}");

  STATIC_REQUIRE(std::string_view(tl::to_dot(x * rate)).find("label=\"rate\"") != std::string_view::npos);
  const auto f = k * x * rate;
  CHECK(tl::to_dot(f, 3.0, 5.0) == tl::to_dot(f, rate = 5.0, x = 3.0));
  const std::string drawn = tl::to_dot(f, 3.0, 5.0);
  CHECK(drawn.find("label=\"x\\n3\\nadjoint 12.5\"") != std::string::npos);
  CHECK(drawn.find("label=\"rate\\n5\\nadjoint 7.5\"") != std::string::npos);
  CHECK(drawn.find("label=\"2.5\\n2.5\\nadjoint 15\"") != std::string::npos);

  const std::string c = tl::to_c<"product">(f);
  CHECK(c.find("void product(const double* x, double* value, double* gradient) {\n") != std::string::npos);
  CHECK(c.find("= 2.5 * x[0];\n") != std::string::npos);

  STATIC_REQUIRE(tl::explain(x * rate) ==
                 "function:           1 operation: 1 *\n"
                 "as reversed:        2 products with partial derivatives, 0 sums\n"
                 "value and gradient: 1 operation: 1 *\n"
                 "\n"
                 "pass                                 operations         calls     divisions\n"
                 "reverse sweep, rule by rule           1 ->    3     0 ->    0     0 ->    0\n"
                 "common subexpressions                 3 ->    3     0 ->    0     0 ->    0\n"
                 "simplification rules                  3 ->    1     0 ->    0     0 ->    0\n"
                 "dead nodes                            1 ->    1     0 ->    0     0 ->    0\n"
                 "equal polynomials                     1 ->    1     0 ->    0     0 ->    0\n"
                 "reciprocals and constant factors      1 ->    1     0 ->    0     0 ->    0\n"
                 "what only derivatives need            1 ->    1     0 ->    0     0 ->    0\n"
                 "\n"
                 "    #  operation  uses  for\n"
                 "    0  x             2  value, derivative; is derivative 2\n"
                 "    1  rate          2  value, derivative; is derivative 1\n"
                 "    2  x * rate      1  value; is the value\n");
  CHECK(std::string(tl::explain(f)).find("2.5 * x") != std::string::npos);

  const auto by_rate = tl::value_and_gradient(f, tl::wrt(rate));
  CHECK(std::string(tl::to_c<"g">(f, tl::wrt(rate))).find("gradient[1]") == std::string::npos);
  CHECK(std::string(tl::to_c<"g">(f, tl::wrt<1>)) == std::string(tl::to_c<"g">(f, tl::wrt(rate))));
  STATIC_REQUIRE(tl::to_c<"g">(x * sin(rate), tl::wrt(rate)) ==
                 tl::to_c<"g", double, double>([](auto u, auto v) { return u * sin(v); }, tl::wrt<1>));
  STATIC_REQUIRE(
      tl::explain(x * sin(rate), tl::wrt(rate)) ==
      tl::explain<double, double>([](auto u, auto v) { return u * sin(v); }, tl::wrt<1>, tl::names<"x", "rate">));
  const std::string table = tl::explain(f, tl::wrt(rate));
  CHECK(table.find("is derivative 1") != std::string::npos);
  CHECK(table.find("is derivative 2") == std::string::npos);
  const auto operations = std::to_string(tl::cost<decltype(by_rate), double, double>.total());
  CHECK(table.find("value and gradient: " + operations + " operation") != std::string::npos);
  CHECK(table.find("-> " + std::string(4 - operations.size(), ' ') + operations + " ", table.find("what only")) !=
        std::string::npos);
}

TEST_CASE("the longest numbers fit", "[formula][print]") {
  const double k = -2.2250738585072014e-308;
  CHECK(tl::to_string(x - k * y) == "x - (-2.2250738585072014e-308 * y)");
  CHECK(std::string(tl::to_latex(k * y - k)).ends_with("- \\left(-2.2250738585072014 \\cdot 10^{-308}\\right)"));
}
