// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <tapeless/print/c_source.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"
#include "transform/interpreter.hpp"

// What is written in C compiles without a warning and computes the same numbers.
namespace {

bool has_c_compiler() { return std::system("cc --version > /dev/null 2>&1") == 0; }

/// A C program of several functions, which are called at given points.
class c_program {
 public:
  explicit c_program(std::string name) : name_(std::move(name)) { sources_ = "#include <stdio.h>\n"; }

  void add(const auto& text) { sources_ += std::string(text.begin(), text.end()); }
  void call(const std::string& function, const std::vector<double>& x) { call(function, x, x.size()); }
  void call(const std::string& function, const std::vector<double>& x, std::size_t derivatives) {
    std::string numbers;
    char digits[40];
    for (const double k : x) std::snprintf(digits, sizeof digits, "%a, ", k), numbers += digits;
    calls_ += "  { const double x[] = {" + numbers + "0.0}; double v, g[" + std::to_string(derivatives + 1) +
              "];\n    " + function + "(x, &v, g);\n    printf(\"%a\\n\", v);\n    for (int i = 0; i < " +
              std::to_string(derivatives) + "; ++i) printf(\"%a\\n\", g[i]); }\n";
  }

  /// All values and gradients, one after the other.
  std::vector<double> run() const {
    std::ofstream(name_ + ".c") << sources_ << "int main(void) {\n" << calls_ << "  return 0;\n}\n";
    const std::string command = "cc -std=c99 -pedantic -Wall -Werror " + name_ + ".c -o ./" + name_ + " -lm && ./" +
                                name_ + " > " + name_ + ".txt";
    REQUIRE(std::system(command.c_str()) == 0);
    std::vector<double> results;
    std::ifstream file(name_ + ".txt");
    for (std::string line; std::getline(file, line);) results.push_back(std::strtod(line.c_str(), nullptr));
    return results;
  }

 private:
  std::string name_, sources_, calls_;
};

bool close(double a, double b) {
  if (!std::isfinite(a) || !std::isfinite(b)) return a == b || (a != a && b != b);
  return std::abs(a - b) <= 1e-13 * (1 + std::abs(b));
}

constexpr auto rosenbrock = [](const auto& x) {
  auto sum = x[0] * 0.0;
  for (std::size_t i = 0; i + 1 < 3; ++i) sum = sum + 100.0 * square(x[i + 1] - x[i] * x[i]) + square(1.0 - x[i]);
  return sum;
};
constexpr auto mixed = [](auto x, auto n, auto b, const auto& a) {
  return select(b, powi(x, n), softplus(a[0])) * sigmoid(a[1] - x) + max(a[0], a[1]) / n + tgamma(x) * -1.5;
};

struct twice : tl::op::unary<"twice"> {
  static constexpr auto value(auto x) { return 2 * x; }
  static constexpr auto partial(auto, auto) { return tl::literal(2); }
};

}  // namespace

TEST_CASE("every operation in C", "[print][c_source]") {
  if (!has_c_compiler()) {
    WARN("no C compiler: nothing is tested");
    return;
  }
  const std::vector<std::vector<double>> points = {{0.6, 0.8, 0.3},  {0.8, 0.6, 1.7},   {1.6, 2.5, 0.5},
                                                   {-0.7, 1.9, 0.2}, {-2.5, -0.4, 1.0}, {0.0, 0.0, 1.0},
                                                   {30, 3, 2}};
  c_program c("c_source_operations");
  struct expectation {
    std::string what;
    std::vector<double> results;
    bool positive_only;
  };
  std::vector<expectation> expected;
  [&]<class... Ops>(tl::op::list<Ops...>) {
    const auto add = [&]<class Op>(std::type_identity<Op>) {
      tl::recorder r;
      const auto input = [&](std::int32_t i) { return tl::value(&r, r.input(i, tl::shape(tl::element::real))); };
      const tl::value x = input(0), y = input(1), z = input(2);
      const tl::value f = laws::step<Op>(x, y, z) * 2.0 + x * y * z;
      tl::detail::buffer<std::int32_t> outputs;
      outputs.push_back(f.id_in(r));
      const auto primal = tl::detail::without_dead_nodes(r.nodes(), outputs);
      const std::int32_t places[] = {0, 1, 2};
      const auto p = tl::detail::gradient_of(primal.view(), places, 3, true);
      const std::string name = "f" + std::to_string(expected.size());
      c.add(tl::detail::c_text(p.view(), name.c_str(), 3));
      const bool gamma = std::string_view(Op::name.text).find("gamma") != std::string_view::npos;
      for (const auto& at : points) {
        if (gamma && at[0] <= 0) continue;
        c.call(name, at);
        expected.push_back(
            {std::string(Op::name.text) + " at " + std::to_string(at[0]), graphs::interpret(p.view(), at), gamma});
      }
    };
    (add(std::type_identity<Ops>{}), ...);
  }(tl::op::all{});
  const auto got = c.run();
  REQUIRE(got.size() == 4 * expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    for (std::size_t k = 0; k < 4; ++k) {
      INFO(expected[i].what << ", result " << k << ": " << got[4 * i + k] << " instead of " << expected[i].results[k]);
      CHECK(close(got[4 * i + k], expected[i].results[k]));
    }
}

TEST_CASE("functions in C", "[print][c_source]") {
  if (!has_c_compiler()) {
    WARN("no C compiler: nothing is tested");
    return;
  }
  c_program c("c_source_functions");
  c.add(tl::to_c<"rosenbrock", std::array<double, 3>>(rosenbrock));
  c.add(tl::to_c<"mixed", double, int, bool, std::array<double, 2>>(mixed));
  std::vector<double> expected;
  for (const double u : {0.5, 1.75, 3.0}) {
    const auto [v, g] = tl::value_and_gradient(rosenbrock)(std::array{u, -0.5, 2 * u});
    c.call("rosenbrock", {u, -0.5, 2 * u});
    expected.insert(expected.end(), {v, g[0], g[1], g[2]});
    for (const bool b : {false, true}) {
      const auto [w, h] = tl::value_and_gradient(mixed)(u, 3, b, std::array{u * u, 0.25});
      c.call("mixed", {u, 3, double(b), u * u, 0.25});
      expected.insert(expected.end(), {w, std::get<0>(h), 0, 0, std::get<1>(h)[0], std::get<1>(h)[1]});
    }
  }
  const auto got = c.run();
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) CHECK(close(got[i], expected[i]));
}

TEST_CASE("some arguments only, in C", "[print][c_source]") {
  if (!has_c_compiler()) {
    WARN("no C compiler: nothing is tested");
    return;
  }
  using two = std::array<double, 2>;
  constexpr tl::variable<"x"> x;
  constexpr tl::variable<"y"> y;
  constexpr auto formula = x * sin(y) + exp(x * y) / y;
  c_program c("c_source_selections");
  c.add(tl::to_c<"first", double, int, bool, two>(mixed, tl::wrt<0>));
  c.add(tl::to_c<"last", double, int, bool, two>(mixed, tl::wrt<3>));
  c.add(tl::to_c<"swapped", double, int, bool, two>(mixed, tl::wrt<3, 0>));
  c.add(tl::to_c<"by_y", double, double>(formula, tl::wrt(y)));
  c.add(tl::to_c<"by_y_and_x", double, double>(formula, tl::wrt(y, x)));
  std::vector<double> expected;
  for (const double u : {0.5, 1.75, 3.0}) {
    const two a{u * u, 0.25};
    const std::vector<double> at{u, 3, 1, a[0], a[1]};
    const auto [v, du] = tl::value_and_gradient(mixed, tl::wrt<0>)(u, 3, true, a);
    const two da = tl::gradient(mixed, tl::wrt<3>)(u, 3, true, a);
    c.call("first", at, 1);
    c.call("last", at, 2);
    c.call("swapped", at, 3);
    expected.insert(expected.end(), {v, du, v, da[0], da[1], v, da[0], da[1], du});
    const double w = formula(u, 0.75);
    const auto [dx, dy] = tl::gradient(formula)(u, 0.75);
    c.call("by_y", {u, 0.75}, 1);
    c.call("by_y_and_x", {u, 0.75}, 2);
    expected.insert(expected.end(), {w, dy, w, dy, dx});
  }
  const auto got = c.run();
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) CHECK(close(got[i], expected[i]));
}

TEST_CASE("the gradient has places for the scalars of the chosen arguments, data included", "[print][c_source]") {
  constexpr auto g = [](const auto& p, auto x) { return std::get<0>(p) * std::get<1>(p) * std::get<2>(p) * x; };
  using mix = std::tuple<double, int, double>;
  const std::string c = tl::to_c<"g", mix, double>(g, tl::wrt<0>);
  CHECK(c.find("gradient[1] = 0.0;") != c.npos);
  CHECK(c.find("gradient[2] = ") != c.npos);
  CHECK(c.find("gradient[3] = ") == c.npos);
}

TEST_CASE("the text is a constant", "[print][c_source]") {
  constexpr auto f = [](auto x) { return -2.0 * x * x; };
  STATIC_REQUIRE(tl::to_c<"f", double>(f) ==
                 "#include <math.h>\n"
                 "\n"
                 "void f(const double* x, double* value, double* gradient) {\n"
                 "  const double t3 = (-2.0) * x[0];\n"
                 "  const double t4 = x[0] * t3;\n"
                 "  const double t5 = (-4.0) * x[0];\n"
                 "  *value = t4;\n"
                 "  gradient[0] = t5;\n"
                 "}\n");
}

TEST_CASE("an operation of the user's is a function that C is given", "[print][c_source]") {
  constexpr auto f = [](auto x) { return tl::apply<twice>(x); };
  const std::string c = tl::to_c<"f", double>(f);
  CHECK(c.find("\ndouble twice(double);") != c.npos);
  CHECK(c.find("= twice(x[0]);") != c.npos);
}
