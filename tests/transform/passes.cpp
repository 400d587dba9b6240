// SPDX-License-Identifier: BSL-1.0
#include <string_view>

#include "catch.hpp"
#include "interpreter.hpp"

// Each pass over a graph by itself: dead code, activity, fusing, the split into blocks.
namespace {

namespace op = tl::op;
namespace detail = tl::detail;
using number = tl::recorded<double>;
using detail::address;

struct unruly : op::unary<"unruly"> {
  static constexpr auto value(auto x) { return x; }
};

/// A program of real inputs x[0], x[1], ... and the results of `f`.
template <class F>
tl::program program_of(std::size_t inputs, F f) {
  tl::recorder r;
  std::vector<number> x;
  for (std::size_t i = 0; i < inputs; ++i)
    x.emplace_back(tl::value(&r, r.input(static_cast<std::int32_t>(i), tl::shape(tl::element::real))));
  detail::buffer<std::int32_t> outputs;
  for (const number& y : std::vector<number>(f(x))) outputs.push_back(y.untyped().id_in(r));
  return detail::without_dead_nodes(r.nodes(), outputs);
}

template <class Op>
std::size_t count(const detail::buffer<tl::node>& nodes) {
  std::size_t n = 0;
  for (const tl::node& x : nodes) n += x.is<Op>();
  return n;
}
template <class Op>
std::size_t count(const detail::schedule& s) {
  std::size_t n = 0;
  for (const auto& x : s.instructions) n += x.op == &detail::info<Op>;
  return n;
}

/// The schedule of a program with all inputs in one run and all results in another.
detail::schedule scheduled(const tl::program& p, std::size_t inputs, int width = 1) {
  std::vector<address> in, out;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(inputs); ++i) in.push_back({0, i});
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(p.outputs.size()); ++i) out.push_back({0, i});
  return detail::make_schedule(p.view(), in.data(), out.data(), width);
}

}  // namespace

TEST_CASE("dead nodes go, live ones keep their order", "[transform]") {
  const auto p = program_of(3, [](const auto& x) {
    const number dead = exp(x[0]) * x[2];
    const number live = x[0] * x[1];
    (void)(dead + live);
    return std::vector{sin(live), live};
  });
  CHECK(count<op::exp>(p.nodes) == 0);
  CHECK(p.nodes.size() == 4);
  CHECK(p.nodes[2].is<op::mul>());
  CHECK(p.nodes[3].is<op::sin>());
  CHECK(p.outputs[0] == 3);
  CHECK(p.outputs[1] == 2);
}

TEST_CASE("the same result twice, an input or a constant as result", "[transform]") {
  const auto p =
      program_of(2, [](const auto& x) { return std::vector<number>{x[1], number(2.5), x[1] + 1.0, x[1] + 1.0, x[1]}; });
  for (const int width : {1, 2, 4}) {
    const auto s = scheduled(p, 2, width);
    graphs::rows out{std::vector<double>(5)};
    graphs::machine(s, static_cast<std::size_t>(width)).run({{10.0, 20.0}}, out);
    CHECK(out[0] == std::vector<double>{20, 2.5, 21, 21, 20});
  }
}

TEST_CASE("a derivative without any operation", "[transform]") {
  const auto p = program_of(3, [](const auto& x) { return std::vector<number>{x[0] + x[1]}; });
  const std::int32_t places[] = {2, 0, 1};
  const auto g = detail::gradient_of(p.view(), places, 3, false);
  CHECK(graphs::interpret(g.view(), {1, 2, 3}) == std::vector<double>{0, 1, 1});
  const auto s = scheduled(g, 3);
  CHECK(s.instructions.size() == 0);
  graphs::rows out{std::vector<double>(3, -1)};
  graphs::machine(s, 1).run({{1, 2, 3}}, out);
  CHECK(out[0] == std::vector<double>{0, 1, 1});
}

TEST_CASE("an operation without a rule is noticed where the derivative needs it", "[transform]") {
  const auto p = program_of(2, [](const auto& x) { return std::vector<number>{tl::apply<unruly>(x[0]) * x[1]}; });
  const std::int32_t first[] = {0}, second[] = {1};
  CHECK(detail::gradient_of(p.view(), first, 1, true).lacks_rule);
  CHECK(!detail::gradient_of(p.view(), second, 1, true).lacks_rule);
}

TEST_CASE("a product goes into the sum that uses it", "[transform][fuse]") {
  const auto fused = [](auto f) {
    return scheduled(program_of(4, [&](const auto& x) { return std::vector<number>{f(x)}; }), 4);
  };
  const auto sum = fused([](const auto& x) { return x[0] * x[1] + x[2]; });
  CHECK(sum.instructions.size() == 1);
  CHECK(count<op::mul_add>(sum) == 1);
  CHECK(count<op::mul_sub>(fused([](const auto& x) { return x[0] * x[1] - x[2]; })) == 1);
  CHECK(count<op::sub_mul>(fused([](const auto& x) { return x[2] - x[0] * x[1]; })) == 1);
  const auto both = fused([](const auto& x) { return x[0] * x[1] + x[2] * x[3]; });
  CHECK(both.instructions.size() == 2);
  CHECK(count<op::mul>(both) == 1);
  const auto shared = fused([](const auto& x) {
    const auto p = x[0] * x[1];
    return sin(p) * (p + x[2]);
  });
  CHECK(count<op::mul_add>(shared) == 0);  // the product is needed anyway
  const auto chain = fused([](const auto& x) { return ((x[0] * x[1] + x[2]) * x[3] + x[0]) * x[1] - x[2]; });
  CHECK(chain.instructions.size() == 3);
}

TEST_CASE("sine and cosine of one number are computed together", "[transform]") {
  const auto p = program_of(
      2, [](const auto& x) { return std::vector<number>{sin(x[0]) * cos(x[0]), cos(x[1]), sin(x[1] + x[0])}; });
  const auto s = scheduled(p, 2);
  CHECK(count<op::sin_cos>(s) == 1);
  CHECK(count<op::sin>(s) == 1);
  CHECK(count<op::cos>(s) == 1);
}

TEST_CASE("calls that do not wait for each other stand side by side", "[transform][order]") {
  const auto p = program_of(3, [](const auto& x) {
    const number first = tanh(sin(x[0]) + 1.0) * x[1];  // recorded before the others, and not ready before them
    return std::vector<number>{first + exp(x[1]) / (log(x[2]) + x[0])};
  });
  std::vector<const char*> calls;
  const auto s = scheduled(p, 3);
  for (std::size_t i = 0; i < s.instructions.size(); ++i)
    if (s.instructions[i].op->calls_library) calls.push_back(s.instructions[i].op->name);
  REQUIRE(calls.size() == 4);
  CHECK(calls.back() == std::string_view("tanh"));  // the only one that waits for another
  for (std::size_t i = 0; i < 3; ++i) CHECK(s.instructions[i].op->calls_library);
}

TEST_CASE("a loop over an array becomes one instruction for each pack", "[transform][rows]") {
  const auto p = program_of(8, [](const auto& x) {
    std::vector<number> y;
    for (const number& xi : x) y.push_back(3.0 * xi - xi / 7.0);
    return y;
  });
  const auto s = scheduled(p, 8, 4);
  CHECK(s.stores.size() == 2);
  CHECK(s.loads.size() == 2);
  CHECK(count<op::lane>(s) == 0);
  CHECK(s.instructions.size() <= 6);  // two literals in every lane, a quotient and a fused product for each half
  CHECK(scheduled(p, 8, 1).instructions.size() == 16);
}

TEST_CASE("results are stored together only where they lie side by side", "[transform][rows]") {
  const auto p = program_of(8, [](const auto& x) {
    std::vector<number> y;
    for (const number& xi : x) y.push_back(3.0 * xi - xi / 7.0);
    return y;
  });
  const std::vector<double> x{1, 2, 3, 4, 5, 6, 7, 8}, expected = graphs::interpret(p.view(), x);
  std::vector<address> in, apart, turned, shared;
  for (std::int32_t i = 0; i < 8; ++i) {
    in.push_back({0, i});
    apart.push_back({0, 2 * i});
    turned.push_back({0, 7 - i});
    shared.push_back({i % 2, i});
  }
  for (const auto& out : {apart, turned, shared}) {
    graphs::rows got{std::vector<double>(16, -1), std::vector<double>(16, -1)}, wanted = got;
    for (std::size_t i = 0; i < 8; ++i)
      wanted[static_cast<std::size_t>(out[i].run)][static_cast<std::size_t>(out[i].offset)] = expected[i];
    graphs::machine(detail::make_schedule(p.view(), in.data(), out.data(), 4), 4).run({x}, got);
    CHECK(got == wanted);
  }
}

TEST_CASE("long programs are cut into blocks of bounded size", "[transform][schedule]") {
  const auto p = program_of(3, [](const auto& x) {
    std::vector<number> y{x[0], x[1]};
    for (int k = 0; k < 500; ++k) y.push_back(sin(y[y.size() - 1]) * x[2] + y[y.size() / 2]);
    return std::vector<number>{y.back(), y[250], x[1]};
  });
  const auto s = scheduled(p, 3);
  CHECK(s.blocks.size() > 500 / detail::block_size);
  std::size_t instructions = 0;
  for (const auto& b : s.blocks) {
    CHECK(b.instructions <= static_cast<std::size_t>(detail::block_size));
    CHECK(b.first_instruction == instructions);
    instructions += b.instructions;
  }
  CHECK(instructions == s.instructions.size());
  graphs::rows out{std::vector<double>(3)};
  graphs::machine(s, 1).run({{0.1, 0.2, 0.9}}, out);
  CHECK(out[0] == graphs::interpret(p.view(), {0.1, 0.2, 0.9}));
}

TEST_CASE("values stay out of the frame where they can", "[transform][schedule]") {
  const auto p = program_of(1, [](const auto& x) {
    number y = x[0];
    for (int k = 0; k < 30; ++k) y = sin(y) + 1.0;
    return std::vector<number>{y};
  });
  CHECK(scheduled(p, 1).frame[tl::element::real] == 0);
}
