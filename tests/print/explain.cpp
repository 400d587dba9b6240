// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
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

constexpr auto cubed = tl::custom_gradient([](auto x) { return x * x * x; },
                                           [](auto cotangent, auto x, auto) { return cotangent * (exp(x) * x * x); });
constexpr auto stated = [](auto x, auto y) { return cubed(x) * y; };

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
  std::istringstream in(text.substr(text.find("\n    #") + 1));
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

/// All operations, calls of functions and divisions.
using costs = std::array<std::size_t, 3>;

struct pass {
  std::string name;
  costs before, after;
};

std::vector<pass> passes_of(const std::string& text) {
  std::istringstream in(text.substr(text.find("\npass ") + 1));
  std::vector<pass> passes;
  std::string s;
  std::getline(in, s);
  while (std::getline(in, s) && !s.empty()) {
    pass p{s.substr(0, 33), {}, {}};
    p.name.erase(p.name.find_last_not_of(' ') + 1);
    std::istringstream numbers(s.substr(33));
    std::string arrow;
    for (std::size_t k = 0; k < 3; ++k) numbers >> p.before[k] >> arrow >> p.after[k];
    if (!numbers || arrow != "->") throw std::runtime_error(s);
    passes.push_back(p);
  }
  return passes;
}

costs costs_of(const tl::operation_count& cost) {
  costs c{cost.total(), 0, cost.count<tl::op::div>()};
  for (const auto& kind : cost)
    if (kind.op->calls_library) c[1] += kind.count;
  return c;
}

/// From the function to the derivative, from each pass to the next.
template <class F, class Both, class... A>
std::vector<pass> check_passes(const std::string& text) {
  INFO(text);
  const auto passes = passes_of(text);
  REQUIRE(passes.size() == 7);
  CHECK(passes.front().before == costs_of(tl::cost<F, A...>));
  for (std::size_t i = 1; i < passes.size(); ++i) CHECK(passes[i].before == passes[i - 1].after);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(passes[0].before[k] <= passes[0].after[k]);
    for (const std::size_t i : {1U, 3U, 4U, 5U, 6U}) CHECK(passes[i].before[k] >= passes[i].after[k]);
  }
  CHECK(passes.back().after == costs_of(tl::cost<Both, A...>));
  return passes;
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

TEST_CASE("what each pass does to the cost", "[print][explain]") {
  const auto both = [](auto h) { return tl::value_and_gradient(h); };
  check_passes<decltype(f), decltype(both(f)), double, double>(tl::explain<double, double>(f));
  check_passes<decltype(g), decltype(both(g)), double, double>(tl::explain<double, double>(g));

  constexpr auto twice = [](auto x) { return sin(x) * sin(x) + cos(x); };  // sin is its own derivative's derivative
  const auto shares = check_passes<decltype(twice), decltype(both(twice)), double>(tl::explain<double>(twice));
  CHECK(shares[0].after[1] > shares[1].after[1]);

  constexpr auto quotient = [](auto x, auto y) { return 3.0 * x / y * exp(y); };
  const auto divides =
      check_passes<decltype(quotient), decltype(both(quotient)), double, double>(tl::explain<double, double>(quotient));
  CHECK(divides[2].after[0] <= divides[1].after[0]);

  constexpr auto cube = [](auto x, auto y) { return pow(x, 3.0) * sqrt(y); };
  const auto folds =
      check_passes<decltype(cube), decltype(both(cube)), double, double>(tl::explain<double, double>(cube));
  CHECK(folds[1].after[1] == 2);  // pow(x, 3) and pow(x, 2),
  CHECK(folds[2].after[1] == 1);  // which is x * x
  CHECK(folds[3].after[0] < folds[2].after[0]);
  CHECK(folds[5].after[0] < folds[4].after[0]);  // a reciprocal goes into a quotient
}

TEST_CASE("what only derivatives need goes last", "[print][explain]") {
  const std::string text = tl::explain<double, double>(stated, tl::wrt<1>);
  const auto passes =
      check_passes<decltype(stated), decltype(tl::value_and_gradient(stated, tl::wrt<1>)), double, double>(text);
  CHECK(passes[5].after == costs{6, 1, 0});
  CHECK(passes[6].after == costs{3, 0, 0});
}

TEST_CASE("the sweep of a textbook computes the derivative, shared and not", "[print][explain]") {
  const auto holds_for = []<class F>(const F& function) {
    using program = tl::detail::primal_program<F, double, double>;
    const tl::program_view p = program::graph.view();
    const std::int32_t places[] = {0, 1};
    const tl::detail::written_out_sweep sweep(p, tl::detail::active_nodes(p, places, 2));
    tl::detail::buffer<std::int32_t> outputs;
    for (const std::int32_t place : places)
      for (std::int32_t i = 0; i < p.size; ++i)
        if (p[i].is<tl::op::input>() && p[i].operand[0] == place) outputs.push_back(sweep.cotangent(i));
    REQUIRE(outputs.size() == 2);
    const auto literal = tl::detail::without_dead_nodes(sweep.nodes(), outputs);
    const auto repeated = tl::detail::shared(literal.nodes);
    CHECK(repeated.nodes().size() <= literal.nodes.size());
    for (const auto& [x, y] : {std::pair(0.5, 1.25), std::pair(1.5, 0.75)}) {
      const auto [dx, dy] = tl::gradient(function)(x, y);
      const auto got = graphs::interpret(literal.view(), {x, y});
      CHECK(got[0] == Approx(dx).epsilon(1e-13));
      CHECK(got[1] == Approx(dy).epsilon(1e-13));
    }
  };
  holds_for(f);
  holds_for([](auto x, auto y) { return tl::select(x < y, tl::pow(x, 3.0) * y, tl::hypot(x, y)) - y * y; });
  holds_for([](auto x, auto y) { return tl::max(x, y) * tl::atan2(x, y) / tl::logaddexp(x, y) - tl::sqrt(x); });
}

TEST_CASE("some arguments only", "[print][explain]") {
  const auto by_y = tl::value_and_gradient(f, tl::wrt<1>);
  const std::string text = tl::explain<double, double>(f, tl::wrt<1>);
  check_passes<decltype(f), decltype(by_y), double, double>(text);
  CHECK(text.find("is derivative 2") == text.npos);
  numbers algebra{{{"x", 0.5}, {"y", 1.25}}};
  const auto lines = table_of(text);
  double derivative = NAN;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double value = reading::carry_out(reading::read(lines[i].operation), algebra)[0];
    algebra.given["t" + std::to_string(i)] = value;
    if (lines[i].purpose.find("is derivative 1") != std::string::npos) derivative = value;
  }
  CHECK(derivative == Approx(tl::gradient(f, tl::wrt<1>)(0.5, 1.25)).epsilon(1e-14));
  CHECK(text.substr(text.find("as reversed:")).starts_with("as reversed:        10 products"));
  STATIC_REQUIRE(tl::explain<double, double>(f, tl::wrt<0, 1>) == tl::explain<double, double>(f));
  STATIC_REQUIRE(tl::explain<double, double>(f, tl::wrt<1>, tl::names<"y", "x">) ==
                 tl::explain<double, double>([](auto x, auto y) { return f(x, y); }, tl::wrt<1>, tl::names<"y", "x">));
}

TEST_CASE("some variables of a formula", "[print][explain]") {
  constexpr tl::variable<"x"> x;
  constexpr tl::variable<"y"> y;
  constexpr auto product = x * sin(y) + exp(x * y);
  constexpr auto function = [](auto u, auto v) { return u * sin(v) + exp(u * v); };
  STATIC_REQUIRE(tl::explain<double, double>(product, tl::wrt(y)) == tl::explain<double, double>(function, tl::wrt<1>));
  STATIC_REQUIRE(tl::explain<double, double>(product, tl::wrt(y, x)) ==
                 tl::explain<double, double>(function, tl::wrt<1, 0>));
  STATIC_REQUIRE(tl::explain<double, double>(product) == tl::explain<double, double>(function));
}

TEST_CASE("what reverse mode adds on paper", "[print][explain]") {
  constexpr auto square = [](auto x) { return x * x; };  // two products, added up
  STATIC_REQUIRE(tl::explain<double>(square) ==
                 "function:           1 operation: 1 *\n"
                 "as reversed:        2 products with partial derivatives, 1 sums\n"
                 "value and gradient: 2 operations: 2 *\n"
                 "\n"
                 "pass                                 operations         calls     divisions\n"
                 "reverse sweep, rule by rule           1 ->    4     0 ->    0     0 ->    0\n"
                 "common subexpressions                 4 ->    3     0 ->    0     0 ->    0\n"
                 "simplification rules                  3 ->    2     0 ->    0     0 ->    0\n"
                 "dead nodes                            2 ->    2     0 ->    0     0 ->    0\n"
                 "equal polynomials                     2 ->    2     0 ->    0     0 ->    0\n"
                 "reciprocals and constant factors      2 ->    2     0 ->    0     0 ->    0\n"
                 "what only derivatives need            2 ->    2     0 ->    0     0 ->    0\n"
                 "\n"
                 "    #  operation  uses  for\n"
                 "    0  x             3  value, derivative\n"
                 "    1  2             1  derivative\n"
                 "    2  x * x         1  value; is the value\n"
                 "    3  2 * x         1  derivative; is derivative 1\n");
}
