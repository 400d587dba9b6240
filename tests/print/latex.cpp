// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>

#include <tapeless/print/latex.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

template <class... A>
constexpr bool is_set(auto f, const char* expected) {
  return tl::to_latex<A...>(f) == expected;
}
constexpr auto two = [](auto f, const char* expected) { return is_set<double, double>(f, expected); };

/// Reads mathematics as people do, in the variables x and y: powers, then products, then sums; side by side is a
/// product.
class reader {
 public:
  reader(std::string_view text, double x, double y) : rest_(text), x_(x), y_(y) {}
  double whole() {
    const double result = sum();
    if (!rest_.empty()) fail();
    return result;
  }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error("not understood: " + std::string(rest_)); }
  bool accept(std::string_view token) {
    while (rest_.starts_with(" ")) rest_.remove_prefix(1);
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    while (rest_.starts_with(" ")) rest_.remove_prefix(1);
    return true;
  }
  void expect(std::string_view token) {
    if (!accept(token)) fail();
  }
  double braced() {
    expect("{");
    const double inner = sum();
    expect("}");
    return inner;
  }
  double sum() {
    const bool negative = accept("-");
    double result = product();
    if (negative) result = -result;
    for (;;) {
      if (accept("+")) result += product();
      else if (accept("-")) result -= product();
      else return result;
    }
  }
  double product() {
    double result = power();
    while (!rest_.empty() && !ends_product()) accept("\\cdot"), result *= power();
    return result;
  }
  bool ends_product() const {
    for (const std::string_view end : {"+", "-", "}", ",", "&", "\\right", "\\\\", "\\end", "<", "\\le ", "=", "\\ne"})
      if (rest_.starts_with(end) && !rest_.starts_with("\\left")) return true;
    return false;
  }
  double power() {
    const double base = atom();
    return accept("^") ? std::pow(base, braced()) : base;
  }
  bool condition() {
    const double a = sum();
    if (accept("<")) return a < sum();
    if (accept("\\le ")) return a <= sum();
    fail();
  }
  double atom() {
    if (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      std::size_t n = rest_.find_first_not_of("0123456789.");
      n = n == rest_.npos ? rest_.size() : n;
      const double number = std::strtod(std::string(rest_.substr(0, n)).c_str(), nullptr);
      rest_.remove_prefix(n);
      accept("");
      return number;
    }
    if (accept("x")) return x_;
    if (accept("y")) return y_;
    if (accept("e^")) return std::exp(braced());
    if (accept("\\frac")) {
      const double numerator = braced();
      return numerator / braced();
    }
    if (accept("\\sqrt[3]")) return std::cbrt(braced());
    if (accept("\\sqrt")) return std::sqrt(braced());
    if (accept("\\sin")) return std::sin(atom());
    if (accept("\\log")) return std::log(atom());
    if (accept("\\operatorname{sigmoid}")) return 1 / (1 + std::exp(-atom()));
    if (accept("\\left(")) {
      const double inner = sum();
      expect("\\right)");
      return inner;
    }
    if (accept("\\left|")) {
      const double inner = sum();
      expect("\\right|");
      return std::abs(inner);
    }
    if (accept("\\begin{cases}")) {
      const double yes = sum();
      expect("& \\text{if }");
      const bool holds = condition();
      expect("\\\\");
      const double no = sum();
      expect("& \\text{otherwise} \\end{cases}");
      return holds ? yes : no;
    }
    fail();
  }

  std::string_view rest_;
  double x_, y_;
};

void reads_back(auto f) {
  const std::string text = tl::to_latex<double, double>(f);
  INFO(text);
  for (const auto& [u, v] : {std::pair(0.75, 1.5), std::pair(2.25, 0.5), std::pair(1.0, 3.0)}) {
    const double expected = f(u, v), got = reader(text, u, v).whole();
    CHECK(std::abs(got - expected) <= 1e-13 * (1 + std::abs(expected)));
  }
  // Without one pair of parentheses it says something else, or nothing: none is there for nothing.
  for (std::size_t at = text.find("\\left("); at != text.npos; at = text.find("\\left(", at + 1)) {
    if (at >= 4 && (text.substr(at - 4, 4) == "\\sin" || text.substr(at - 4, 4) == "\\log" || text[at - 1] == '}'))
      continue;
    // By convention, a power of these and a factor of several lines have them.
    if (const std::string inside = text.substr(at + 6, 5);
        inside == "\\frac" || inside == "\\sin\\" || inside == "\\begi")
      continue;
    int depth = 0;
    std::size_t end = at;
    do {
      if (text.substr(end, 6) == "\\left(") ++depth;
      if (text.substr(end, 7) == "\\right)") --depth;
      ++end;
    } while (depth > 0);
    std::string bare = text;
    bare.erase(end - 1, 7).erase(at, 6);
    bool same = true;
    try {
      same = std::abs(reader(bare, 0.75, 1.5).whole() - f(0.75, 1.5)) <= 1e-13;
    } catch (const std::runtime_error&) {
      same = false;
    }
    CHECK_FALSE(same);
  }
}

}  // namespace

TEST_CASE("what is set means what is computed, with no parentheses to spare", "[print][latex]") {
  reads_back([](auto x, auto y) { return x - (y - x) + (x + y); });
  reads_back([](auto x, auto y) { return (x + y) * (x - y) * (y + 1.0); });
  reads_back([](auto x, auto y) { return x / y / x + x / (y / x); });
  reads_back([](auto x, auto y) { return tl::pow(tl::pow(x, y), x) + tl::pow(x, tl::pow(y, x)); });
  reads_back([](auto x, auto y) { return tl::powi(x + y, 3) * tl::powi(x / y, 5) - tl::powi(tl::sin(x), 3); });
  reads_back([](auto x, auto y) { return -(x + y) * tl::exp(-x * y) + tl::exp(x) * 2.0; });
  reads_back([](auto x, auto y) { return x - -2.0 * y - (-3.0 - x) * (y * -1.5); });
  reads_back([](auto x, auto y) { return x * (2.0 * y) * 1.5e-9 + 3e20 / y - 1e-7; });
  reads_back([](auto x, auto y) { return tl::sqrt(x * y) * tl::cbrt(y) * tl::abs(x - y) - tl::log(tl::sigmoid(x)); });
  reads_back([](auto x, auto y) { return x * tl::select(x < y, x * tl::sin(y), y - 1.0) + y; });
  reads_back([](auto x, auto y) { return tl::inv(x) * 2.0 * tl::rsqrt(y) / 3.0 - -(-x - -y); });
  reads_back([](auto x, auto y) { return tl::pow(-x * y, 2) + tl::pow(1.0 / x, y) + tl::square(x - y); });
}

TEST_CASE("mathematics as it is set", "[print][latex]") {
  STATIC_REQUIRE(two([](auto x, auto y) { return x / y; }, "\\frac{x}{y}"));
  STATIC_REQUIRE(two([](auto x, auto y) { return powi(x / y, 3); }, "\\left(\\frac{x}{y}\\right)^{3}"));
  STATIC_REQUIRE(two([](auto x, auto y) { return exp(-x * y); }, "e^{-x y}"));
  STATIC_REQUIRE(two([](auto x, auto y) { return 2.0 * pow(3.0, x) * abs(y); }, "2 \\cdot 3^{x} \\left|y\\right|"));
  STATIC_REQUIRE(two([](auto x, auto y) { return -2.0 * x - y; }, "-2 x - y"));
  STATIC_REQUIRE(two([](auto x, auto y) { return x - (-2.0 * y); }, "x - \\left(-2 y\\right)"));
  STATIC_REQUIRE(
      two([](auto x, auto y) { return log_sigmoid(x - y); }, "\\operatorname{log\\_sigmoid}\\left(x - y\\right)"));
  STATIC_REQUIRE(two([](auto x, auto y) { return lgamma(x) + polygamma(1, y); },
                     "\\log\\left|\\Gamma\\left(x\\right)\\right| + \\psi^{\\left(1\\right)}\\left(y\\right)"));
  STATIC_REQUIRE(two([](auto x, auto y) { return select(x < y && !(y <= 1.0), x, sin(y)); },
                     "\\begin{cases} x & \\text{if } x < y \\land \\lnot \\left(y \\le 1\\right) \\\\ "
                     "\\sin\\left(y\\right) & \\text{otherwise} \\end{cases}"));
  constexpr auto product = [](auto x, auto y) { return x * y; };
  STATIC_REQUIRE(tl::to_latex<double, double>(tl::gradient(product)) == "(y, x)");
}

TEST_CASE("names and subscripts", "[print][latex]") {
  constexpr auto f = [](const auto& a, const auto& b) { return a[0] * std::get<1>(b)[2] + a[1] * std::get<0>(b); };
  STATIC_REQUIRE(
      tl::to_latex<std::array<double, 2>, std::tuple<double, std::array<double, 3>>>(f, tl::names<"alpha", "r_max">) ==
      "\\alpha_{0} r_{\\mathrm{max}, 1, 2} + \\alpha_{1} r_{\\mathrm{max}, 0}");
  constexpr auto g = [](auto a, auto b) { return a * b; };
  STATIC_REQUIRE(tl::to_latex<double, double>(g, tl::names<"rate", "Omega2">) == "\\mathrm{rate} \\Omega_{2}");
}
