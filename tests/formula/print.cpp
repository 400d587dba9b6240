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
  for (const double k : {2.5, -2.0, 0.1, 1e300, 5e-324, -0.0, std::numeric_limits<double>::infinity()}) {
    const std::string number = tl::to_string(tl::substitute(x, x = k));
    CHECK(std::string(tl::to_string(k * x)) == number + " * x");
    CHECK(std::string(tl::to_string(tl::gradient(k * x * y))) == "(" + number + " * y, " + number + " * x)");
  }
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
