// SPDX-License-Identifier: BSL-1.0
#include <cstdlib>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <tapeless/print/explain.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"
#include "print/reader.hpp"
#include "transform/interpreter.hpp"

// The table is read again: its lines are the program of value and gradient.
namespace {

constexpr auto f = [](auto x, auto y) { return x * tl::sin(y) + tl::exp(-x * y) * tl::sin(y) / (x + 2.0); };
constexpr auto g = [](auto x, auto y) { return tl::select(x < y, tl::powi(x, 3) * y, tl::hypot(x, y)) - y; };

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

struct line {
  std::string operation, purpose;
  int uses = 0;
};

std::vector<line> table_of(const std::string& text) {
  std::istringstream in(text.substr(text.find("\n\n") + 2));
  std::string heading;
  std::getline(in, heading);
  const auto column = heading.find("uses");
  std::vector<line> lines;
  for (std::string s; std::getline(in, s);) {
    if (std::stoul(s) != lines.size()) throw std::runtime_error("lines are out of order");
    line l{s.substr(7, column - 7), s.substr(column + 6), std::stoi(s.substr(column))};
    for (char& c : l.operation)
      if (c == '#') c = 't';
    lines.push_back(l);
  }
  return lines;
}

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t n = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++n;
  return n;
}

template <class F>
void check(const F& function) {
  const std::string text = tl::explain<double, double>(function);
  INFO(text);
  const auto lines = table_of(text);
  for (const auto& [x, y] : {std::pair(0.5, 1.25), std::pair(1.5, 0.75)}) {
    numbers algebra{{{"x", x}, {"y", y}}};
    const auto [v, d] = tl::value_and_gradient(function)(x, y);
    std::map<std::string, double> results;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const double value = reading::carry_out(reading::read(lines[i].operation), algebra)[0];
      algebra.given["t" + std::to_string(i)] = value;
      for (const std::string what : {"is the value", "is derivative 1", "is derivative 2"})
        if (lines[i].purpose.find(what) != std::string::npos) results[what] = value;
    }
    CHECK(results.at("is the value") == Approx(v).epsilon(1e-14));
    CHECK(results.at("is derivative 1") == Approx(std::get<0>(d)).epsilon(1e-14));
    CHECK(results.at("is derivative 2") == Approx(std::get<1>(d)).epsilon(1e-14));
  }
  const std::string first = text.substr(0, text.find('\n'));
  CHECK(first.find(" " + std::to_string(tl::cost<F, double, double>.total()) + " operations") != first.npos);
  const std::size_t at = text.find("value and gradient:");
  using both = decltype(tl::value_and_gradient(function));
  CHECK(text.substr(at, text.find('\n', at) - at)
            .find(" " + std::to_string(tl::cost<both, double, double>.total()) + " operations") != text.npos);
}

}  // namespace

TEST_CASE("the table is the program, and the costs are tl::cost's", "[print][explain]") {
  check(f);
  check(g);
}

TEST_CASE("uses are counted, and purposes follow from the results", "[print][explain]") {
  const auto lines = table_of(tl::explain<double, double>(f));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].operation.starts_with("t") && lines[i].operation.find('(') == std::string::npos) continue;
    std::size_t uses = count(lines[i].purpose, "; is");
    bool value = lines[i].purpose.find("is the value") != std::string::npos;
    bool derivative = lines[i].purpose.find("is derivative") != std::string::npos;
    for (std::size_t j = i + 1; j < lines.size(); ++j)
      for (const char after : {' ', ',', ')'}) {
        const std::size_t here = count(lines[j].operation, "t" + std::to_string(i) + after);
        uses += here;
        value = value || (here > 0 && lines[j].purpose.starts_with("  value"));
        derivative = derivative || (here > 0 && lines[j].purpose.find("derivative") != std::string::npos);
      }
    INFO(i << ": " << lines[i].operation << lines[i].purpose);
    CHECK(uses == static_cast<std::size_t>(lines[i].uses));
    CHECK(derivative == (lines[i].purpose.find("derivative") != std::string::npos));
  }
}

TEST_CASE("what reverse mode adds on paper", "[print][explain]") {
  constexpr auto square = [](auto x) { return x * x; };  // two products, added up
  STATIC_REQUIRE(tl::explain<double>(square) ==
                 "function:           1 operation: 1 *\n"
                 "as reversed:        2 products with partial derivatives, 1 sums\n"
                 "value and gradient: 2 operations: 2 *\n"
                 "\n"
                 "    #  operation  uses  for\n"
                 "    0  x             3  value, derivative\n"
                 "    1  2             1  derivative\n"
                 "    2  x * x         1  value; is the value\n"
                 "    3  2 * x         1  derivative; is derivative 1\n");
}
