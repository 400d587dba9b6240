// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// What programs cost, and that the same maths is the same graph.
namespace {

namespace op = tl::op;

template <class F>
using gradient_t = decltype(tl::gradient(std::declval<F>()));
template <class F>
using both_t = decltype(tl::value_and_gradient(std::declval<F>()));

constexpr auto f = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
constexpr auto scalar_product = [](const auto& x, const auto& y) {
  auto s = x[0] * y[0];
  for (std::size_t i = 1; i < x.size(); ++i) s += x[i] * y[i];
  return s;
};
constexpr auto logistic = [](auto w, auto b, auto x) { return tl::sigmoid(w * x + b); };

template <std::size_t N>
using numbers = std::array<double, N>;
template <class F, class G, class... A>
inline constexpr bool same = std::is_same_v<tl::graph_of<F, A...>, tl::graph_of<G, A...>>;
template <class F, class G>
constexpr bool same_of_one(F, G) {
  return same<F, G, double>;
}
template <class F, class G>
constexpr bool same_of_two(F, G) {
  return same<F, G, double, double>;
}
template <class F, class G>
constexpr bool same_of_array(F, G) {
  return same<F, G, numbers<3>>;
}

}  // namespace

TEST_CASE("operations of a function", "[derive][cost]") {
  using F = decltype(f);
  STATIC_REQUIRE(tl::cost<F, double, double>.total() == 5);
  STATIC_REQUIRE(tl::cost<F, double, double>.count<op::mul>() == 2);
  STATIC_REQUIRE(tl::cost<F, double, double>.count<op::add>() == 1);
  STATIC_REQUIRE(tl::cost<F, double, double>.count<op::sin>() == 1);
  STATIC_REQUIRE(tl::cost<F, double, double>.count<op::exp>() == 1);
  STATIC_REQUIRE(tl::cost<F, double, double>.count<op::cos>() == 0);
  STATIC_REQUIRE(tl::cost<F, double, double>.cheap() == 3);
  STATIC_REQUIRE(tl::cost<decltype(scalar_product), numbers<8>, numbers<8>>.total() == 15);
  STATIC_REQUIRE(tl::cost<decltype([](auto) { return 1.0; }), double>.total() == 0);
}

TEST_CASE("operations of a derivative", "[derive][cost]") {
  // sin y + y e, x (cos y) + x e with e = exp(x y)
  STATIC_REQUIRE(tl::cost<gradient_t<decltype(f)>, double, double>.total() <= 9);
  STATIC_REQUIRE(tl::cost<gradient_t<decltype(f)>, double, double>.count<op::exp>() == 1);
  STATIC_REQUIRE(tl::cost<both_t<decltype(f)>, double, double>.count<op::sin>() == 1);
  // The gradient of a scalar product is its other factor: nothing to compute.
  STATIC_REQUIRE(tl::cost<gradient_t<decltype(scalar_product)>, numbers<8>, numbers<8>>.total() == 0);
  STATIC_REQUIRE(tl::cost<gradient_t<decltype([](auto x) { return 3.0 * x; })>, double>.total() == 0);
  STATIC_REQUIRE(tl::cost<gradient_t<decltype([](auto x) { return x * x; })>, double>.total() == 1);
  STATIC_REQUIRE(tl::cost<gradient_t<decltype([](auto x, auto y) { return x * x + y * y; })>, double, double>.total() ==
                 2);
}

TEST_CASE("results are reused by derivatives", "[derive][cost]") {
  const auto calls = [](auto g) {
    constexpr auto c = tl::cost<decltype(g), double>;
    return c.total() - c.cheap();
  };
  CHECK(calls(tl::value_and_gradient([](auto x) { return exp(x); })) == 1);
  CHECK(calls(tl::value_and_gradient([](auto x) { return tanh(x); })) == 1);
  CHECK(calls(tl::value_and_gradient([](auto x) { return tl::sigmoid(x); })) == 1);
  CHECK(calls(tl::value_and_gradient([](auto x) { return tan(x); })) == 1);
  CHECK(calls(tl::value_and_gradient([](auto x) { return sqrt(x); })) == 2);  // and a division
  CHECK(calls(tl::value_and_gradient([](auto x) { return 1.0 / x; })) == 1);  // one division serves both
  CHECK(calls(tl::value_and_gradient([](auto x) { return exp(x) * sin(exp(x)); })) == 3);
  STATIC_REQUIRE(tl::cost<both_t<decltype(logistic)>, double, double, double>.count<op::sigmoid>() == 1);
  STATIC_REQUIRE(tl::cost<both_t<decltype(logistic)>, double, double, double>.total() <= 7);
}

TEST_CASE("a derivative costs a small multiple of the function", "[derive][cost]") {
  using rosenbrock = decltype([](const auto& x) {
    auto sum = 0.0 * x[0];
    for (std::size_t i = 0; i + 1 < x.size(); ++i)
      sum += 100.0 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1.0 - x[i]) * (1.0 - x[i]);
    return sum;
  });
  STATIC_REQUIRE(tl::cost<both_t<rosenbrock>, numbers<16>>.total() <=
                 5 * tl::cost<rosenbrock, numbers<16>>.total() / 2);
  using product = decltype([](const auto& x) {
    auto p = x[0];
    for (std::size_t i = 1; i < x.size(); ++i) p *= x[i];
    return p;
  });
  STATIC_REQUIRE(tl::cost<product, numbers<32>>.total() == 31);
  STATIC_REQUIRE(tl::cost<both_t<product>, numbers<32>>.total() <=
                 4 * 31);  // the cheap gradient principle (Baur and Strassen, 1983)
}

TEST_CASE("what the result does not need is not computed", "[derive][cost]") {
  using wasteful = decltype([](auto x) {
    auto unused = exp(x);
    unused *= x;
    return x * x;
  });
  STATIC_REQUIRE(tl::cost<wasteful, double>.total() == 1);
  STATIC_REQUIRE(tl::cost<gradient_t<decltype([](auto x) { return x + exp(x) * 0; })>, double>.count<op::exp>() == 1);
  constexpr auto stopped = [](auto x, auto y) { return x + tl::stop_gradient(exp(y)); };
  STATIC_REQUIRE(tl::cost<gradient_t<decltype(stopped)>, double, double>.total() == 0);
}

TEST_CASE("the graph is a type that can be read", "[derive][graph_of]") {
  using namespace tl;
  STATIC_REQUIRE(std::is_same_v<graph_of<decltype([](auto x) { return x * sin(x); }), double>,
                                graph<input<0>, step<op::sin, 0>, step<op::mul, 0, 1>, results<2>>>);
  STATIC_REQUIRE(
      std::is_same_v<graph_of<decltype([](auto x, auto) { return x; }), double, double>, graph<input<0>, results<0>>>);
  STATIC_REQUIRE(std::is_same_v<graph_of<decltype([](auto, auto y) { return sqrt(y); }), double, double>,
                                graph<input<1>, step<op::sqrt, 0>, results<1>>>);
  STATIC_REQUIRE(std::is_same_v<graph_of<gradient_t<decltype([](auto x) { return x * 3.0; })>, double>,
                                graph<constant<3.0L>, results<0>>>);
  STATIC_REQUIRE(std::is_same_v<graph_of<gradient_t<decltype(scalar_product)>, numbers<1>, numbers<1>>,
                                graph<input<1>, input<0>, results<0, 1>>>);
}

TEST_CASE("the same maths is the same graph", "[derive][graph_of]") {
  STATIC_REQUIRE(same_of_two([](auto x, auto y) { return x * y + x; }, [](auto x, auto y) { return x + y * x; }));
  STATIC_REQUIRE(same_of_two([](auto x, auto y) { return exp(x) * sin(y); },
                             [](auto x, auto y) {
                               auto s = sin(y);
                               auto e = exp(x);
                               return s * e;
                             }));
  STATIC_REQUIRE(same_of_two([](auto x, auto y) { return x > y && x < 2 * y; },
                             [](auto x, auto y) { return y < x && y * 2 > x; }));
  STATIC_REQUIRE(same_of_two([](auto x, auto y) { return x - y; }, [](auto x, auto y) { return x + -y; }));
  STATIC_REQUIRE(same_of_two([](auto x, auto y) { return -x * y; }, [](auto x, auto y) { return -(y * x); }));
  STATIC_REQUIRE(same_of_one([](auto x) { return x / 2; }, [](auto x) { return 0.5 * x; }));
  STATIC_REQUIRE(same_of_one([](auto x) { return x + x; }, [](auto x) { return 2 * x; }));
  STATIC_REQUIRE(same_of_one([](auto x) { return -(-x) * 1.0; }, [](auto x) { return x; }));
  STATIC_REQUIRE(same_of_array(
      [](const auto& x) {
        auto s = x[0];
        for (auto k : {1U, 2U}) s += x[k];
        return s;
      },
      [](const auto& x) { return x[0] + x[1] + x[2]; }));
  // A derivative is a function like any other.
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<gradient_t<decltype([](auto x) { return x * x; })>, double>,
                                tl::graph_of<decltype([](auto x) { return x + x; }), double>>);
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<gradient_t<decltype([](auto x) { return sin(x); })>, double>,
                                tl::graph_of<decltype([](auto x) { return cos(x); }), double>>);
}

TEST_CASE("different maths is a different graph", "[derive][graph_of]") {
  STATIC_REQUIRE(!same_of_two([](auto x, auto y) { return x - y; }, [](auto x, auto y) { return y - x; }));
  STATIC_REQUIRE(!same_of_two([](auto x, auto y) { return x / y; }, [](auto x, auto y) { return y / x; }));
  STATIC_REQUIRE(!same_of_two([](auto x, auto y) { return tl::max(x, y); },
                              [](auto x, auto y) { return tl::max(y, x); }));  // their derivatives differ
  STATIC_REQUIRE(!same_of_array([](const auto& x) { return (x[0] + x[1]) + x[2]; },
                                [](const auto& x) { return x[0] + (x[1] + x[2]); }));
  STATIC_REQUIRE(!same_of_one([](auto x) { return x + 0.0; }, [](auto x) { return x - 0.0; }));  // at -0
  STATIC_REQUIRE(!same_of_one([](auto x) { return x * 0.0; }, [](auto x) { return x * -0.0; }));
  STATIC_REQUIRE(!same_of_one([](auto x) { return x / 3.0; }, [](auto x) { return x * (1.0 / 3.0); }));
  STATIC_REQUIRE(!same_of_one([](auto x) { return sin(x); }, [](auto x) { return cos(x); }));
}
