// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <tapeless/print/c_source.hpp>
#include <tapeless/print/dot.hpp>
#include <tapeless/print/explain.hpp>
#include <tapeless/print/latex.hpp>
#include <tapeless/print/to_string.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

using matrix = tl::mat<double, 3, 4>;
using matrix4 = tl::mat<double, 4, 4>;
using four = tl::vec<double, 4>;
using three = tl::vec<double, 3>;

constexpr auto layer = [](const auto& w, const auto& x, const auto& b) { return sum(tanh(w * x + b)); };
constexpr auto words = tl::names<"W", "A", "x", "b">;

}  // namespace

// The source of a function of tensors, and at the same time the text it is printed as.
#define PRINTS_ITSELF(...)                                                                                       \
  STATIC_REQUIRE(tl::to_string<matrix, matrix4, four, three>(                                                    \
                     []([[maybe_unused]] const auto& W, [[maybe_unused]] const auto& A,                          \
                        [[maybe_unused]] const auto& x, [[maybe_unused]] const auto& b) { return __VA_ARGS__; }, \
                     words) == #__VA_ARGS__)
#define PRINTS(text, ...)                                                                                        \
  STATIC_REQUIRE(tl::to_string<matrix, matrix4, four, three>(                                                    \
                     []([[maybe_unused]] const auto& W, [[maybe_unused]] const auto& A,                          \
                        [[maybe_unused]] const auto& x, [[maybe_unused]] const auto& b) { return __VA_ARGS__; }, \
                     words) == (text))
#define IS_LATEX(text, ...)                                                                                      \
  STATIC_REQUIRE(tl::to_latex<matrix, matrix4, four, three>(                                                     \
                     []([[maybe_unused]] const auto& W, [[maybe_unused]] const auto& A,                          \
                        [[maybe_unused]] const auto& x, [[maybe_unused]] const auto& b) { return __VA_ARGS__; }, \
                     words) == (text))

TEST_CASE("functions of tensors print as they are written", "[print][tensor]") {
  PRINTS_ITSELF(W * x);
  PRINTS_ITSELF(b * W);
  PRINTS_ITSELF(tanh(b + W * x));
  PRINTS_ITSELF(transpose(W) * b);
  PRINTS_ITSELF(W * (A * x));
  PRINTS_ITSELF(W * A * x);
  PRINTS_ITSELF((W + 2 * W) * x);
  PRINTS_ITSELF(hadamard(x, x) - 2 * x / 3);
  PRINTS_ITSELF(hadamard(A, A) - A * A);
  PRINTS_ITSELF(W + x);
  PRINTS_ITSELF(exp(-W) + outer(b, x));
  PRINTS_ITSELF(W * sum(x) - sum(W));
  PRINTS_ITSELF(hadamard(x, sum<0>(W)) + max<1>(A));
  PRINTS_ITSELF(log_softmax(A) + softmax(x));
  PRINTS_ITSELF(norm(x) + logsumexp(b));
  PRINTS_ITSELF(solve(A, x) + inverse(A) * x);
  PRINTS("solve_triangular<upper>(A, x)", tl::solve_triangular<tl::triangle::upper>(A, x));
  PRINTS_ITSELF(determinant(A) + log_determinant(A));
  PRINTS_ITSELF(x[2] * W(1, 2) + (W * x)[1]);
  PRINTS_ITSELF(inverse(A)(0, 3) - softmax(x)[0]);
  PRINTS_ITSELF(reshape<2, 6>(W));
  PRINTS_ITSELF(concat<1>(W, W));
  PRINTS_ITSELF(slice<1, 1, 2>(W));
  PRINTS_ITSELF(broadcast_to<4, 4>(exp(x)));
  PRINTS("sum(hadamard(x, A * x))", dot(x, A * x));
  PRINTS("sum(diagonal(A))", trace(A));
  PRINTS("solve_triangular<lower_transposed>(cholesky(A), solve_triangular(cholesky(A), x))",
         tl::solve<tl::matrix_kind::positive_definite>(A, x));
  PRINTS("select(0 < x, x, 0)", select(x > 0, x, 0.0));
}

TEST_CASE("derivatives print as operations on tensors, too", "[print][tensor]") {
  constexpr auto of_form = [](const auto& x) { return dot(x, x); };
  STATIC_REQUIRE(tl::to_string<four>(tl::gradient(of_form)) == "2 * x");
  constexpr auto of_line = [](const auto& w, const auto& x, const auto& b) { return dot(b, w * x); };
  STATIC_REQUIRE(tl::to_string<matrix, four, three>(tl::gradient(of_line), tl::names<"W", "x", "b">) ==
                 "(outer(b, x), transpose(W) * b, W * x)");
  constexpr auto of_volume = [](const auto& a) { return log_determinant(a); };
  STATIC_REQUIRE(tl::to_string<matrix4>(tl::gradient(of_volume)) == "transpose(inverse(x))");
}

TEST_CASE("tensors in structures have the names of these", "[print][tensor]") {
  constexpr auto f = [](const auto& pair, const auto& list) { return sum(std::get<1>(pair) * list[1]) + list[0][2]; };
  STATIC_REQUIRE(tl::to_string<std::tuple<double, matrix4>, std::array<four, 2>>(f) ==
                 "sum(get<1>(x) * y[1]) + y[0][2]");
}

TEST_CASE("tensors in LaTeX", "[print][tensor]") {
  IS_LATEX("\\tanh\\left(b + W x\\right)", tanh(W * x + b));
  IS_LATEX("W^{\\top} b", transpose(W) * b);
  IS_LATEX("b^{\\top} W", b * W);
  IS_LATEX("x \\odot x - \\frac{2 x}{3}", hadamard(x, x) - 2 * x / 3);
  IS_LATEX("b x^{\\top}", outer(b, x));
  IS_LATEX("A^{-1} x", solve(A, x));
  IS_LATEX("A^{-1} W^{\\top}", inverse(A) * transpose(W));
  IS_LATEX("\\log\\left|\\det\\left(A\\right)\\right|", log_determinant(A));
  IS_LATEX("x_{2} W_{1, 2} + \\left(W x\\right)_{1}", x[2] * W(1, 2) + (W * x)[1]);
  IS_LATEX("\\operatorname{log\\_softmax}\\left(x\\right)", tl::log_softmax(x));
  IS_LATEX("\\operatorname{sum}_{0}\\left(W\\right)", tl::sum<0>(W));
}

TEST_CASE("pictures show shapes", "[print][tensor]") {
  constexpr auto f = [](const auto& w, const auto& x) { return tl::sum<0>(tanh(w + x)); };
  STATIC_REQUIRE(tl::to_dot<matrix, four>(f) ==
                 "digraph {\n"
                 "  n0 [label=\"x\\n3x4\", shape=box];\n"
                 "  n1 [label=\"y\\n4\", shape=box];\n"
                 "  n2 [label=\"broadcast_to<3, 4>\\n3x4\"];\n"
                 "  n1 -> n2;\n"
                 "  n3 [label=\"+\\n3x4\"];\n"
                 "  n0 -> n3;\n"
                 "  n2 -> n3;\n"
                 "  n4 [label=\"tanh\\n3x4\"];\n"
                 "  n3 -> n4;\n"
                 "  n5 [label=\"sum<0>\\n4\", peripheries=2];\n"
                 "  n4 -> n5;\n"
                 "}\n");
}

TEST_CASE("graphs have one line for each operation on tensors", "[print][tensor]") {
  constexpr auto f = [](const auto& x) { return sum(exp(x)); };
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<decltype(f), matrix>,
                                tl::graph<tl::input<0, 3, 4>, tl::step<tl::op::exp, 0>,
                                          tl::step<tl::whole<tl::op::sum, 0>, 1>, tl::results<2>>>);
  constexpr auto product = [](const auto& w, const auto& x) { return w * x; };
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<decltype(product), matrix, tl::mat<double, 4, 2>>,
                                tl::graph<tl::input<0, 3, 4>, tl::input<12, 4, 2>,
                                          tl::step<tl::whole<tl::op::matmul, 0, 3, 2>, 0, 1>, tl::results<2>>>);
  constexpr auto first = [](const auto& x, const auto& y) { return tl::sum<0>(x) + tl::sum<1>(y); };
  constexpr auto second = [](const auto& x, const auto& y) { return tl::sum<1>(y) + tl::sum<0>(x); };
  constexpr auto third = [](const auto& x, const auto& y) { return tl::sum<1>(x) + tl::sum<0>(y); };
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<decltype(first), matrix4, matrix4>,
                                tl::graph_of<decltype(second), matrix4, matrix4>>);
  STATIC_REQUIRE(!std::is_same_v<tl::graph_of<decltype(first), matrix4, matrix4>,
                                 tl::graph_of<decltype(third), matrix4, matrix4>>);
}

TEST_CASE("costs are those of the elements", "[print][tensor]") {
  constexpr const auto& small = tl::cost<decltype(layer), matrix, four, three>;
  STATIC_REQUIRE(small.count<tl::op::mul>() == 12);
  STATIC_REQUIRE(small.count<tl::op::add>() == 9 + 3 + 2);
  STATIC_REQUIRE(small.count<tl::op::tanh>() == 3);
  using wide = tl::mat<double, 30, 40>;
  using forty = tl::vec<double, 40>;
  using thirty = tl::vec<double, 30>;
  constexpr const auto& large = tl::cost<decltype(layer), wide, forty, thirty>;
  STATIC_REQUIRE(large.count<tl::op::mul>() == 1200);
  STATIC_REQUIRE(large.count<tl::op::add>() == 1200 - 30 + 30 + 29);
  STATIC_REQUIRE(large.count<tl::op::tanh>() == 30);
  constexpr const auto& gradient = tl::cost<decltype(tl::gradient(layer, tl::wrt<0, 2>)), wide, forty, thirty>;
  STATIC_REQUIRE(gradient.count<tl::op::tanh>() == 30);
  STATIC_REQUIRE(gradient.count<tl::op::mul>() == 1200 + 30 + 1200);
  constexpr auto volume = [](const auto& a) { return determinant(a); };
  STATIC_REQUIRE(tl::cost<decltype(volume), tl::mat<double, 12, 12>>.count<tl::op::div>() == 66);
}

TEST_CASE("what is told of each operation, and C, are on numbers", "[print][tensor]") {
  constexpr auto f = [](const auto& w, const auto& x) { return sum(exp(w * x)); };
  using small = tl::mat<double, 1, 2>;
  const std::string_view table = tl::explain<small, tl::vec<double, 2>>(f);
  CHECK(table.find("x(0, 1) * y[1]") != std::string_view::npos);
  const std::string_view c = tl::to_c<"f", small, tl::vec<double, 2>>(f);
  CHECK(c.find("x[1] * x[3]") != std::string_view::npos);
  const auto at_point = tl::to_dot(f, small{1, 2}, tl::vec{3.0, 4.0});
  CHECK(std::string_view(at_point).find("x(0, 1)\\n2\\nadjoint") != std::string_view::npos);
  const auto large = tl::to_dot(f, matrix{}, four{});
  CHECK(std::string_view(large).ends_with("}\n"));
}
