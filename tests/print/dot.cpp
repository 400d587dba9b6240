// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <tapeless/print/dot.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"
#include "transform/interpreter.hpp"

// A drawn graph is read again, line by line.
namespace {

struct drawn_node {
  std::vector<std::string> lines;  // of its label
  std::map<int, int> operands;     // by their number, from 1; or in their order
  bool is_result = false;
};

/// The clusters of a picture as pictures, by their titles; that their nodes have names of their own is checked.
std::map<std::string, std::string> clusters_of(const std::string& text) {
  std::map<std::string, std::string> clusters;
  std::istringstream lines(text);
  std::string title, prefix;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  subgraph cluster_")) {
      prefix = "c" + std::to_string(std::stoi(line.substr(19))) + "n";
      std::getline(lines, line);
      title = line.substr(11, line.size() - 13);
      if (clusters.contains(title)) throw std::runtime_error("two clusters " + title);
      clusters[title] = "";
    } else if (line.starts_with("    ")) {
      std::string here = line.substr(2);
      const auto arrow = here.find(" -> ");
      if (here.compare(2, prefix.size(), prefix) != 0) throw std::runtime_error(line);
      if (arrow != here.npos) {
        if (here.compare(arrow + 4, prefix.size(), prefix) != 0) throw std::runtime_error(line);
        here.replace(arrow + 4, prefix.size(), "n");
      }
      clusters[title] += here.replace(2, prefix.size(), "n") + "\n";
    }
  }
  for (auto& [_, cluster] : clusters) cluster = "digraph {\n" + cluster + "}\n";
  return clusters;
}

std::vector<drawn_node> read(const std::string& text) {
  std::vector<drawn_node> nodes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto label = line.find("label=\"");
    if (const auto arrow = line.find(" -> n"); arrow != line.npos) {
      auto& operands = nodes.at(std::stoul(line.substr(arrow + 5))).operands;
      const int number = label == line.npos ? static_cast<int>(operands.size()) + 1 : std::stoi(line.substr(label + 7));
      operands[number] = std::stoi(line.substr(3));
    } else if (line.starts_with("  n")) {
      if (std::stoul(line.substr(3)) != nodes.size()) throw std::runtime_error("nodes are out of order");
      drawn_node n;
      std::string inside = line.substr(label + 7, line.find('"', label + 7) - label - 7);
      for (std::size_t end; (end = inside.find("\\n")) != inside.npos; inside.erase(0, end + 2))
        n.lines.push_back(inside.substr(0, end));
      n.lines.push_back(inside);
      n.is_result = line.find("peripheries=2") != line.npos;
      nodes.push_back(n);
    }
  }
  return nodes;
}

/// The values of its nodes, for inputs by name.
std::vector<double> carry_out(const std::vector<drawn_node>& nodes, const std::map<std::string, double>& inputs) {
  std::vector<double> values;
  for (const drawn_node& n : nodes) {
    const std::string& what = n.lines[0];
    std::vector<double> x;
    for (const auto& [number, operand] : n.operands) x.push_back(values.at(static_cast<std::size_t>(operand)));
    if (const auto named = inputs.find(what); named != inputs.end()) values.push_back(named->second);
    else if (x.empty()) values.push_back(std::strtod(what.c_str(), nullptr));
    else
      [&]<class... Ops>(tl::op::list<Ops...>) {
        double y = 0;
        const bool found =
            ((what == Ops::name.text && x.size() == Ops::arity && (y = graphs::carry_out<Ops>(x.data()), true)) || ...);
        if (!found) throw std::runtime_error(what);
        values.push_back(y);
      }(tl::op::all{});
  }
  return values;
}

bool close(double a, double b) { return std::abs(a - b) <= 1e-13 * (1 + std::abs(b)); }

constexpr auto f = [](auto x, auto y) {
  return tl::select(x < y, x * tl::sin(y) - y / x, tl::exp(x * y)) * tl::sin(y);
};
constexpr auto g = [](const auto& a, auto b) {
  return tl::hypot(a[0], a[1] - b) * tl::fma(a[0], b, a[1]) + tl::max(a[0], b) * a[0];
};

}  // namespace

TEST_CASE("a drawn graph is the function, and shared nodes are drawn once", "[print][dot]") {
  const auto nodes = read(tl::to_dot<double, double>(f));
  CHECK(nodes.size() == tl::detail::program_of<decltype(f), double, double>::graph.size);
  std::size_t sines = 0;
  for (const auto& n : nodes) sines += n.lines[0] == "sin";
  CHECK(sines == 1);
  for (const auto& [x, y] : {std::pair(0.5, 1.5), std::pair(1.5, 0.5)}) {
    const auto values = carry_out(nodes, {{"x", x}, {"y", y}});
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i].is_result) CHECK(close(values[i], f(x, y)));
  }
}

TEST_CASE("numbers at a point: values, and adjoints that end in the gradient", "[print][dot]") {
  for (const double u : {0.5, 1.25, 3.0}) {
    const std::array a{u, 2.0 - u};
    const double b = 0.75;
    const auto nodes = read(tl::to_dot(g, a, b));
    const auto values = carry_out(nodes, {{"x[0]", a[0]}, {"x[1]", a[1]}, {"y", b}});
    const auto [da, db] = tl::gradient(g)(a, b);
    const std::map<std::string, double> gradient{{"x[0]", da[0]}, {"x[1]", da[1]}, {"y", db}};
    std::size_t checked = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& lines = nodes[i].lines;
      if (lines.size() > 1) CHECK(close(std::strtod(lines[1].c_str(), nullptr), values[i]));
      if (lines.size() < 3) continue;
      REQUIRE(lines[2].starts_with("adjoint "));
      const double adjoint = std::strtod(lines[2].c_str() + 8, nullptr);
      if (nodes[i].is_result) CHECK(adjoint == 1);
      if (const auto known = gradient.find(lines[0]); known != gradient.end()) {
        CHECK(close(adjoint, known->second));
        ++checked;
      }
    }
    CHECK(checked == 3);
  }
}

TEST_CASE("data and a stated gradient at a point", "[print][dot]") {
  constexpr auto h = [](auto x, auto n) { return tl::powi(x, n) + tl::stop_gradient(x) * x; };
  const auto nodes = read(tl::to_dot(h, 3.0, 2));
  CHECK(nodes[0].lines == std::vector<std::string>{"x", "3", "adjoint 9"});  // 2 x + x
  CHECK(nodes[1].lines == std::vector<std::string>{"y", "2"});
}

TEST_CASE("functions side by side are what they are alone", "[print][dot]") {
  constexpr auto slope = tl::gradient(f, tl::wrt<1>);
  constexpr auto both = tl::side_by_side<"f", "its \"gradient\"">(f, slope);
  const auto plain = clusters_of(tl::to_dot<double, double>(both, tl::names<"u", "v">));
  REQUIRE(plain.size() == 2);
  CHECK(tl::to_dot<double, double>(f, tl::names<"u", "v">) == plain.at("f"));
  CHECK(tl::to_dot<double, double>(slope, tl::names<"u", "v">) == plain.at("its \\\"gradient\\\""));

  const auto at = clusters_of(tl::to_dot(both, 0.5, 1.5));
  REQUIRE(at.size() == 2);
  CHECK(tl::to_dot(f, 0.5, 1.5) == at.at("f"));
  CHECK(tl::to_dot(slope, 0.5, 1.5) == at.at("its \\\"gradient\\\""));
}

TEST_CASE("a formula beside its gradient", "[print][dot]") {
  constexpr tl::variable<"w"> w;
  constexpr tl::variable<"b"> b;
  constexpr auto product = square(tanh(w * b));
  CHECK(tl::to_dot(product, w = 0.5, b = 1.5) == tl::to_dot(product, tl::names<"w", "b">, 0.5, 1.5));
  const auto graphs =
      tl::side_by_side<"f", "g", "h">(product, tl::gradient(product), tl::gradient(product, tl::wrt(b)));
  const auto drawn = clusters_of(tl::to_dot<double, double>(graphs, tl::names<"w", "b">));
  CHECK(tl::to_dot(product) == drawn.at("f"));
  CHECK(tl::to_dot(tl::gradient(product)) == drawn.at("g"));
  CHECK(tl::to_dot(tl::gradient(product, tl::wrt(b))) == drawn.at("h"));
}

TEST_CASE("Graphviz draws it", "[print][dot]") {
  if (std::system("dot -V > /dev/null 2>&1") != 0) {
    WARN("no Graphviz: nothing is tested");
    return;
  }
  std::ofstream("dot_side_by_side.dot") << tl::to_dot(
      tl::side_by_side<"f", "a \"title\" with \\ in it">(f, tl::gradient(f)), tl::names<"u", "v">, 0.5, 1.5);
  CHECK(std::system("dot -Tsvg dot_side_by_side.dot -o dot_side_by_side.svg") == 0);
}

TEST_CASE("the picture is a constant", "[print][dot]") {
  constexpr auto product = [](auto x, auto y) { return x - x * y; };
  STATIC_REQUIRE(tl::to_dot<double, double>(product, tl::names<"u", "v">) ==
                 "digraph {\n"
                 "  n0 [label=\"u\", shape=box];\n"
                 "  n1 [label=\"v\", shape=box];\n"
                 "  n2 [label=\"*\"];\n"
                 "  n0 -> n2;\n"
                 "  n1 -> n2;\n"
                 "  n3 [label=\"-\", peripheries=2];\n"
                 "  n0 -> n3 [label=\"1\"];\n"
                 "  n2 -> n3 [label=\"2\"];\n"
                 "}\n");
  constexpr auto at = tl::to_dot(product, 2.0, 3.0);
  STATIC_REQUIRE(at.size() > 200);
}
