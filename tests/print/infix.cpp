// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "graphs.hpp"

// What is printed means the graph it was printed from: it is read by the rules of C++ and made a graph, or numbers,
// again.
namespace {

using namespace reading;

// Operations of a user's, which print as they say.
struct both : op::infix<"&", 1> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto x, auto y) { return x * y; }
};
struct either : op::infix<"|", 1> {
  static constexpr auto value(auto x, auto y) { return x + y; }
};
struct opposite : op::inlined<"-", 1> {
  static constexpr op::notation written = op::notation::prefix;
  static constexpr auto value(auto x) { return -x; }
};

void check_nodes(const tl::program& p) {
  check_graph(p, [](const reading::program& read) {
    graph_maker maker{making::by_age};
    const auto results = carry_out(read, maker);
    return maker.finished(results);
  });
}

/// Any nodes on any operands, also such as recording would simplify.
tl::program random_nodes(unsigned seed, int size) {
  laws::generator g(seed);
  graph_maker maker{making::by_age};
  std::vector<value> reals, conditions;
  for (const char* name : {"x", "y", "z"}) reals.push_back(maker.name(name));
  const auto one_of = [&](const std::vector<value>& from) { return from[g.below(static_cast<unsigned>(from.size()))]; };
  const auto real = [&] {
    static constexpr double literals[] = {0.5, 2, -1, -2.5, -0.0, 1e-7, 3e20, -1e300, 7};
    return g.below(4) ? one_of(reals) : value(literals[g.below(std::size(literals))]);
  };
  conditions.push_back(maker.apply("<", {real(), real()}));
  for (int i = 0; i < size; ++i) {
    static constexpr const char* infix[] = {"+", "-", "*", "/"};
    static constexpr const char* compared[] = {"<", "<=", "==", "!="};
    static constexpr const char* functions[] = {"sin", "min", "pow", "max", "atan2"};
    const unsigned kind = g.below(20), which = g.below(4);
    if (kind < 10) reals.push_back(maker.apply(infix[which], {real(), real()}));
    else if (kind < 13) reals.push_back(maker.apply("-", {one_of(reals)}));
    else if (kind < 15 && which == 0) reals.push_back(maker.apply("sin", {real()}));
    else if (kind < 15) reals.push_back(maker.apply(functions[which], {real(), real()}));
    else if (kind < 16) reals.push_back(maker.apply("select", {one_of(conditions), real(), real()}));
    else if (kind < 18) conditions.push_back(maker.apply(compared[which], {real(), real()}));
    else if (which == 0) conditions.push_back(maker.apply("!", {one_of(conditions)}));
    else conditions.push_back(maker.apply(which == 1 ? "&&" : "||", {one_of(conditions), one_of(conditions)}));
  }
  if (seed % 3 == 0) return maker.finished({reals.back(), conditions.back(), reals[reals.size() / 2]});
  return maker.finished({seed % 3 == 1 ? reals.back() : conditions.back()});
}

}  // namespace

TEST_CASE("any graph reads back as it was", "[print][infix]") {
  for (unsigned seed = 0; seed < 20000; ++seed) check_nodes(random_nodes(seed, 1 + static_cast<int>(seed % 12)));
  for (unsigned seed = 0; seed < 300; ++seed) check_nodes(random_nodes(seed, 100));
}

TEST_CASE("no parentheses but those that are needed, and those for readers", "[print][infix]") {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  // Comparisons and connectives have no order among themselves that everybody knows.
  const auto compares = [](std::string_view text, std::size_t at) {
    for (const std::string_view symbol : {"&&", "||", "==", "!=", "<"})
      if (at < text.size() && text.substr(at).starts_with(symbol)) return true;
    return false;
  };
  int needed = 0, for_readers = 0;
  for (unsigned seed = 0; seed < 30000; ++seed) {
    const tl::program p = random_nodes(3 * seed + 1 + seed % 2, 4 + static_cast<int>(seed % 16));
    const std::string text = printed(p.view());
    if (text.find(';') != text.npos) continue;
    const auto tree = read(text);
    for (std::size_t open = 0; open < text.size(); ++open) {
      if (text[open] != '(' || (open > 0 && is_word(text[open - 1]))) continue;
      std::size_t close = open;
      for (int depth = 0; depth += (text[close] == '(') - (text[close] == ')'), depth > 0;) ++close;
      std::string without = text;
      without.erase(close, 1).erase(open, 1);
      bool changes = true;
      try {
        changes = read(without) != tree;
      } catch (const std::runtime_error&) {}
      ++(changes ? needed : for_readers);
      if (changes) continue;
      const char before = open >= 2 ? text[open - 2] : ' ';
      const bool sign = (before == '+' || before == '-') && text[open + 1] == '-';
      bool condition = false;  // a comparison or connective, beside another one
      for (std::size_t at = open + 1, depth = 0; at < close; ++at) {
        depth += (text[at] == '(') - std::size_t{text[at] == ')'};
        condition = condition || (depth == 0 && compares(text, at));
      }
      condition = condition && (compares(text, close + 2) || (open >= 2 && compares(text, open - 2)) ||
                                (open >= 3 && compares(text, open - 3)));
      if (!sign && !condition) FAIL(text << ": the parentheses at " << open << " are not needed");
    }
  }
  CHECK(needed > 10000);
  CHECK(for_readers > 1000);
}

TEST_CASE("gradients read back as the same numbers", "[print][infix]") {
  struct calculator {
    const std::vector<double>& inputs;
    double name(const std::string& n) const {
      for (std::size_t i = 0; i < inputs.size(); ++i)
        if (n == names[i]) return inputs[i];
      return n == "inf" ? HUGE_VAL : n == "nan" ? std::nan("") : n == "true";
    }
    static double number(const std::string& n) { return std::strtod(n.c_str(), nullptr); }
    static double apply(const std::string& name, const std::vector<double>& x) {
      return graphs::carry_out(find(name, x.size()), x.data());
    }
  };
  constexpr std::int32_t inputs = 3;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    const auto code = laws::make_plan<op::all, inputs, 10>(seed);
    tl::recorder r;
    std::vector<tl::recorded<double>> v;
    for (std::int32_t i = 0; i < inputs; ++i) v.emplace_back(value(&r, r.input(i, tl::shape(element::real))));
    for (const laws::line& l : code.lines) {
      tl::recorded<double> x[3];
      for (int k = 0; k < 3; ++k)
        x[k] = l.operand[k] < 0 ? tl::recorded<double>(laws::literals[-1 - l.operand[k]])
                                : v[static_cast<std::size_t>(l.operand[k])];
      v.push_back(laws::table_of<op::all>::run(l.op, x[0], x[1], x[2]));
    }
    tl::detail::buffer<std::int32_t> outputs;
    outputs.push_back((v.back() * v[v.size() - 2] + v[v.size() - 3]).untyped().id_in(r));
    const std::int32_t places[inputs] = {0, 1, 2};
    const tl::program p =
        tl::detail::gradient_of(tl::detail::without_dead_nodes(r.nodes(), outputs).view(), places, inputs, true);
    for (const std::size_t limit : {whole, in_steps}) {
      const auto parsed = read(printed(p.view(), limit), p.outputs.size());
      for (const auto& point : code.at) {
        const std::vector<double> x(point.begin(), point.end());
        calculator numbers{x};
        const auto got = carry_out(parsed, numbers), expected = graphs::interpret(p.view(), x);
        for (std::size_t o = 0; o < got.size(); ++o)
          if (!graphs::identical(got[o], expected[o]))
            FAIL("seed " << seed << ": " << got[o] << " instead of " << expected[o] << ": "
                         << printed(p.view(), limit));
      }
    }
  }
}

TEST_CASE("parentheses", "[print][infix]") {
  const auto again = [](const char* text) {
    graph_maker maker{making::as_it_stands};
    return printed(maker.finished(carry_out(read(text), maker)).view());
  };
  // clang-format off
  for (const char* text : {
           "x - y - z", "x - (y - z)", "x + y + z", "x + y + (z + x)", "y - z + x", "x / y / z", "x / (y / z)", "x / (y * z)",
           "x * y / z", "y / z * x", "(x + y) * z", "x + y * z", "x * y + y * z", "x * y * (y + z)", "-(x * y)", "-x * y",
           "x * -y", "-x + y", "-(x + y)", "-(-x)", "-sin(x)", "sin(-x)", "sin(x + y)", "pow(x, -2.5)", "pow(x, 2.0)",
           "x - (-y)", "x - (-2)", "x + (-2 * y)", "x * -2", "x / -3", "-2 * x", "-2 - x", "x - (-y + z)", "x < -1",
           "-0.0 * x", "1 / x", "(x < y) && (y < z)", "((x < y) && (y < z)) && (z < x)", "!(x < y)", "!!(x < y)",
           "(x < y) || !(z == x)", "x + y < z * x", "select((x < y) || (y < z), x + 1, -x)", "select(x < y, 1.0, 0)",
           "select(x < y, 1, -0.0)", "max(2.0, 3)", "b == (x < y)"})
    // clang-format on
    CHECK(again(text) == text);
  // Commutative operations, either way.
  CHECK(again("x + (y + z)") == "y + z + x");
  CHECK(again("2 * (x * y)") == "x * y * 2");
  CHECK(again("(x + y) * (y * z)") == "y * z * (x + y)");
  CHECK(again("x + (y - z) * 2") == "x + (y - z) * 2");
}

TEST_CASE("text grows with the program, not with its expansion, and no recursion with its depth", "[print][infix]") {
  for (const int n : {100, 1000, 50000}) {
    graph_maker maker;
    value shared = maker.name("x"), left = maker.name("x"), right = maker.name("x");
    for (int i = 0; i < n; ++i) {
      shared = tl::sin(shared) * shared;
      left = left - maker.name("y");
      right = maker.name("y") - right;
    }
    const auto size = static_cast<std::size_t>(n);
    CHECK(printed(maker.finished({shared}).view()).size() < 50 * size);
    CHECK(printed(maker.finished({left}).view()).size() == 1 + 4 * size);
    CHECK(printed(maker.finished({right}).view()).size() == 1 + 4 * size + 2 * (size - 1));
  }
}

TEST_CASE("what is used twice has a name in steps", "[print][infix]") {
  graph_maker maker;
  const value x = maker.name("x"), y = maker.name("y"), s = tl::sin(x), p = s * s + y;
  CHECK(printed(maker.finished({p * p}).view()) == "(y + sin(x) * sin(x)) * (y + sin(x) * sin(x))");
  CHECK(printed(maker.finished({}).view(), in_steps) == "()");
  const auto again = [](const char* text, std::size_t results, making how) {
    graph_maker again_maker{how};
    const auto made = carry_out(read(text, results), again_maker);
    return printed(again_maker.finished(made).view(), in_steps);
  };
  for (const char* text : {"t0 = sin(x); t1 = y + t0 * t0; t1 * t1", "t0 = -x; y - t0 * z + t0",
                           "t0 = x * y; z * t0 + t0", "t0 = x + y; -t0 * t0", "t0 = x < y; t0 && !t0"})
    CHECK(again(text, 1, making::as_it_stands) == text);
  for (const char* text : {"t0 = sin(x); (y + t0 * t0, t0)", "t0 = sin(x); (y + t0 * t0, x)", "(x, x)"})
    CHECK(again(text, 2, making::recorded) == text);
}

TEST_CASE("a sign on a constant", "[print][infix]") {
  graph_maker maker;
  for (const auto& [number, text] : {std::pair(2.0, "-2.0"), {-2.0, "-(-2.0)"}, {-0.0, "-(-0.0)"}}) {
    tl::node n{.op = tl::detail::describe<op::neg>(), .shape = tl::shape(element::real)};
    n.operand[0] = value(number).id_in(maker.r);
    CHECK(printed(maker.finished({{&maker.r, maker.r.intern(n)}}).view()) == text);
  }
}

TEST_CASE("operations of a user's", "[print][infix]") {
  graph_maker maker;
  const value x = maker.name("x"), y = maker.name("y"), z = maker.name("z"), sum = x + y, product = x * z;
  const auto text = [&](const value& v) { return printed(maker.finished({v}).view()); };
  const auto with = [](auto tag, const auto&... operands) { return apply_operation(tag, operands...); };
  constexpr op::tag<both> b;
  constexpr op::tag<either> e;
  constexpr op::tag<opposite> o;
  CHECK(text(with(b, with(b, x, y), z)) == "x & y & z");
  CHECK(text(with(e, x, with(e, y, z))) == "x | (y | z)");
  CHECK(text(with(e, with(b, x, y), z)) == "(x & y) | z");
  CHECK(text(with(b, with(e, x, y), z)) == "z & (x | y)");
  CHECK(text(with(b, sum, product)) == "x + y & x * z");
  CHECK(text(with(b, x, y) + z) == "z + (x & y)");
  CHECK(text(with(o, with(o, x))) == "-(-x)");
  CHECK(text(x - with(o, y)) == "x - (-y)");
}

TEST_CASE("a node of a recorder: a derivative rule", "[print][infix]") {
  tl::recorder r;
  const char* const argument_and_result[] = {"x", "y"};
  const value x(&r, r.input(0, tl::shape(element::real))), y(&r, r.input(1, tl::shape(element::real)));
  const auto rule = [&](const value& v) {
    const auto id = v.id_in(r);
    const auto t = tl::detail::infix_text<double>(r.nodes().begin(), id, tl::detail::listed_names{argument_and_result});
    return std::string(t.begin(), t.end());
  };
  CHECK(rule(op::tanh::partial(x, y)) == "1 - y * y");
  CHECK(rule(op::erf::partial(x, y)) == "1.1283791670955126 * exp(-(x * x))");
  CHECK(rule(tl::select(x > 0.0, value(tl::one), value(tl::zero))) == "select(0 < x, 1.0, 0)");
  CHECK(rule(tl::select(x > 0.0, value(1.0), tl::select(x < 0.0, value(-1.0), value(tl::zero)))) ==
        "select(0 < x, 1, select(x < 0, -1.0, 0))");
  CHECK(rule(value(op::exp::partial(x, y))) == "y");
}
