// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "graphs.hpp"

#include <variant>

// Integers and conditions in printed functions: the text has the types of what was recorded. It is carried out with the
// operators themselves, on operands of the types that a compiler would see.
namespace {

using namespace reading;
using tl::recorded;
using term_value = std::variant<double, int, bool, recorded<double>, recorded<int>, recorded<bool>>;

template <class X>
inline constexpr bool is_condition = std::is_same_v<X, bool> || std::is_same_v<X, recorded<bool>>;

/// Converts nothing, as the constructor of a variant might.
template <class X>
term_value typed(const X& x) {
  return term_value(std::in_place_type<X>, x);
}

struct compiler {
  tl::recorder r{};

  term_value name(const std::string& n) {
    if (n == "true" || n == "false") return typed(n == "true");
    const value v = input(r, n);
    if (v.kind() == element::real) return typed(recorded<double>(v));
    if (v.kind() == element::integer) return typed(recorded<int>(v));
    return typed(recorded<bool>(v));
  }
  static term_value number(const std::string& n) {
    if (n.find_first_of(".e") != n.npos) return typed(std::stod(n));
    return typed(std::stoi(n));
  }
  static term_value apply(const std::string& name, const std::vector<term_value>& x) {
    if (name == "-" && x.size() == 1) return unary([](const auto& a) { return -a; }, x[0]);
    if (name == "!") return typed(!std::get<recorded<bool>>(x[0]));
    if (name == "+") return binary([](const auto& a, const auto& b) { return a + b; }, x[0], x[1]);
    if (name == "-") return binary([](const auto& a, const auto& b) { return a - b; }, x[0], x[1]);
    if (name == "*") return binary([](const auto& a, const auto& b) { return a * b; }, x[0], x[1]);
    if (name == "/") return binary([](const auto& a, const auto& b) { return a / b; }, x[0], x[1]);
    if (name == "<") return binary([](const auto& a, const auto& b) { return a < b; }, x[0], x[1]);
    if (name == "<=") return binary([](const auto& a, const auto& b) { return a <= b; }, x[0], x[1]);
    if (name == "==") return binary([](const auto& a, const auto& b) { return a == b; }, x[0], x[1]);
    if (name == "!=") return binary([](const auto& a, const auto& b) { return a != b; }, x[0], x[1]);
    if (name == "&&") return typed(std::get<recorded<bool>>(x[0]) && std::get<recorded<bool>>(x[1]));
    if (name == "||") return typed(std::get<recorded<bool>>(x[0]) || std::get<recorded<bool>>(x[1]));
    if (name == "sqrt") return unary([](const auto& a) { return tl::sqrt(a); }, x[0]);
    if (name == "pow")
      return binary([](const auto& a, const auto& b) { return tl::pow(a, b); }, x[0], x[1], std::false_type());
    if (name == "min")
      return binary([](const auto& a, const auto& b) { return tl::min(a, b); }, x[0], x[1], std::false_type());
    if (name != "select") throw std::logic_error("no operation " + name);
    return binary([&](const auto& a, const auto& b) { return tl::select(std::get<recorded<bool>>(x[0]), a, b); }, x[1],
                  x[2], std::false_type());
  }
  tl::program finished(const std::vector<term_value>& results) {
    std::vector<std::int32_t> outputs;
    for (const term_value& result : results)
      outputs.push_back(std::visit([&](const auto& x) { return tl::detail::recorded_of(x).id_in(r); }, result));
    return reading::finished(r, outputs);
  }

 private:
  template <class F>
  static term_value unary(F f, const term_value& a) {
    return std::visit(
        [&]<class X>(const X& x) -> term_value {
          if constexpr (is_condition<X>) throw std::logic_error("a condition among numbers");
          else return typed(f(x));
        },
        a);
  }
  template <class F, bool Conditions = true>
  static term_value binary(F f, const term_value& a, const term_value& b, std::bool_constant<Conditions> = {}) {
    return std::visit(
        [&]<class X, class Y>(const X& x, const Y& y) -> term_value {
          if constexpr (is_condition<X> && is_condition<Y>) throw std::logic_error("conditions among numbers");
          else if constexpr (!Conditions && (is_condition<X> || is_condition<Y>))
            throw std::logic_error("a condition among numbers");
          else return typed(f(x, y));
        },
        a, b);
  }
};

tl::program compiled(const reading::program& read) {
  compiler c;
  const auto results = carry_out(read, c);
  return c.finished(results);
}

}  // namespace

TEST_CASE("data keeps its type", "[print][data]") {
  for (unsigned seed = 0; seed < 20000; ++seed) {
    laws::generator g(seed);
    compiler c;
    std::vector<recorded<double>> reals;
    std::vector<recorded<int>> integers;
    std::vector<recorded<bool>> conditions;
    for (const char* name : {"x", "y", "z"}) reals.push_back(std::get<recorded<double>>(c.name(name)));
    for (const char* name : {"n", "m"}) integers.push_back(std::get<recorded<int>>(c.name(name)));
    conditions.push_back(std::get<recorded<bool>>(c.name("b")));
    const auto one_of = [&](const auto& from) { return from[g.below(static_cast<unsigned>(from.size()))]; };
    const auto combine = [&](const auto& a, const auto& b) {
      using result = decltype(a + b);
      const unsigned which = g.below(4);
      return which == 0 ? result(a + b) : which == 1 ? result(a - b) : which == 2 ? result(a * b) : result(a / b);
    };
    const auto compare = [&](const auto& a, const auto& b) {
      const unsigned which = g.below(4);
      conditions.push_back(which == 0 ? a < b : which == 1 ? b <= a : which == 2 ? a == b : a != b);
    };
    const auto as_real = [](const recorded<int>& n) { return recorded<double>(n); };
    for (unsigned i = 0; i < 1 + seed % 10; ++i) {
      const auto x = one_of(reals), y = one_of(reals);
      const auto n = one_of(integers), m = one_of(integers);
      const auto b = one_of(conditions), d = one_of(conditions);
      const double number = std::array{2.0, 3.0, 0.5, -3.0, 0.0, 1e20}[g.below(6)];
      const int count = std::array{2, 3, -5}[g.below(3)];
      // clang-format off
      switch (g.below(22)) {
        case 0: reals.push_back(combine(x, y)); break;
        case 1: reals.push_back(combine(x, n)); break;
        case 2: reals.push_back(combine(n, x)); break;
        case 3: reals.push_back(combine(n, number)); break;
        case 4: reals.push_back(combine(number, n)); break;
        case 5: reals.push_back(combine(x, count)); break;
        case 6: reals.push_back(combine(as_real(n), as_real(m))); break;
        case 7: reals.push_back(-as_real(n)); break;
        case 8: reals.push_back(combine(b, x)); break;
        case 9: reals.push_back(sqrt(n)); break;
        case 10: reals.push_back(pow(x, number)); break;
        case 11: reals.push_back(tl::select(b, number, 1.0)); break;
        case 12: reals.push_back(tl::select(b, x, n)); break;
        case 13: reals.push_back(tl::select(b, as_real(n), as_real(m))); break;
        case 14: reals.push_back(tl::min(as_real(n), 2.0)); break;
        case 15: integers.push_back(combine(n, m)); break;
        case 16: integers.push_back(combine(count, n)); break;
        case 17: integers.push_back(n + b); break;
        case 18: integers.push_back(tl::select(b, n, count)); break;
        case 19: compare(x, n), compare(n, number); break;
        case 20: compare(n, m), compare(n, count); break;
        case 21: conditions.push_back(g.below(3) == 0 ? !b : g.below(2) == 0 ? b && d : b || d); break;
      }
      // clang-format on
    }
    std::vector<term_value> results;  // a constant result is just a number
    if (!reals.back().untyped().is_constant()) results.push_back(typed(reals.back()));
    if (!integers.back().untyped().is_constant()) results.push_back(typed(integers.back()));
    if (!conditions.back().untyped().is_constant()) results.push_back(typed(conditions.back()));
    INFO("seed " << seed);
    check_graph(c.finished(results), compiled);
  }
}

TEST_CASE("numbers show their type where no other operand does", "[print][data]") {
  for (const char* text :
       {"n / 2 * x", "n / 3.0", "1.0 * n / m", "x / n", "x + n * m", "sqrt(n)", "pow(x, 1.0 * n)", "min(2.0, n)",
        "select(b, 1.0 * n, m)", "select(b, x, n)", "-(1.0 * n)", "2.0 == n", "1.0 * n < m", "n < m", "n < x"})
    CHECK(printed(compiled(read(text)).view()) == text);
}

TEST_CASE("a conversion has no name in steps, but what it converts does", "[print][data]") {
  for (const char* text : {"t0 = n * m; x * t0 + t0 * y", "t0 = n * m; t0 / (2.0 * t0)", "t0 = n * m; 1.0 * t0 / t0"})
    CHECK(printed(compiled(read(text)).view(), in_steps) == text);
}
