// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>
#include <type_traits>
#include <utility>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

constexpr auto product = [](auto x, auto y, auto z) { return x * y * z; };
constexpr auto line = [](const auto& w, auto b, const auto& x, auto target) {
  const auto error = w[0] * x[0] + w[1] * x[1] + b - target;
  return error * error;
};

/// Fifty arguments, each with a function of its own, all with one in common.
struct of_fifty {
  constexpr auto operator()(auto first, auto... rest) const {
    auto sum = first * first;
    ((sum += exp(rest) * sin(rest) + rest * first), ...);
    return sum;
  }
};
struct of_one {
  constexpr auto operator()(auto x, auto first) const { return exp(x) * sin(x) + x * first; }
};

template <class F, class T, std::size_t... I>
constexpr std::size_t cost_with(std::index_sequence<I...>) {
  return tl::cost<F, std::conditional_t<I + 1 != 0, T, T>...>.total();
}
constexpr auto fifty = std::make_index_sequence<50>{};

}  // namespace

TEST_CASE("wrt picks arguments", "[derive][wrt]") {
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<1>)(2.0, 3.0, 5.0) == 10.0);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(product, tl::wrt<1>)(2.0, 3.0, 5.0)), double>);
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<0, 2>)(2.0, 3.0, 5.0) == std::tuple(15.0, 6.0));
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<0, 1, 2>)(2.0, 3.0, 5.0) == tl::gradient(product)(2.0, 3.0, 5.0));
  STATIC_REQUIRE(tl::value_and_gradient(product, tl::wrt<2>)(2.0, 3.0, 5.0).gradient == 6.0);
  STATIC_REQUIRE(tl::value_and_gradient(product, tl::wrt<2>)(2.0, 3.0, 5.0).value == 30.0);
}

TEST_CASE("derivatives come in the order in which wrt names them", "[derive][wrt]") {
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<2, 0>)(2.0, 3.0, 5.0) == std::tuple(6.0, 15.0));
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<1, 2, 0>)(2.0, 3.0, 5.0) == std::tuple(10.0, 6.0, 15.0));
  STATIC_REQUIRE(tl::value_and_gradient(product, tl::wrt<2, 0>)(2.0, 3.0, 5.0).gradient == std::tuple(6.0, 15.0));
}

TEST_CASE("an argument that wrt names twice has its derivative twice", "[derive][wrt]") {
  STATIC_REQUIRE(tl::gradient(product, tl::wrt<0, 0>)(2.0, 3.0, 5.0) == std::tuple(15.0, 15.0));
  STATIC_REQUIRE(tl::value_and_gradient(product, tl::wrt<1, 0, 1>)(2.0, 3.0, 5.0).gradient ==
                 std::tuple(10.0, 15.0, 10.0));
  using three = std::array<double, 3>;
  constexpr auto of_array = [](const auto& v, auto k) { return k * v[0] * v[1] * v[2]; };
  three first{}, second{};
  double both = 0;
  tl::gradient(of_array, tl::wrt<0, 1, 0>).into(std::tie(first, both, second), three{2, 3, 5}, 7.0);
  CHECK(first == three{105, 70, 42});
  CHECK(second == first);
  CHECK(both == 30.0);
}

TEST_CASE("an argument that is not named is data", "[derive][wrt]") {
  using two = std::array<double, 2>;
  constexpr two w{1, 2}, x{3, 4};
  STATIC_REQUIRE(tl::gradient(line, tl::wrt<0>)(w, 0.5, x, 1.0) == two{2 * 10.5 * 3, 2 * 10.5 * 4});
  STATIC_REQUIRE(tl::gradient(line, tl::wrt<0, 1>)(w, 0.5, x, 1.0) == std::tuple(two{63, 84}, 21.0));
  STATIC_REQUIRE(tl::gradient(line, tl::wrt<3>)(w, 0.5, x, 1.0) == -21.0);
  STATIC_REQUIRE(tl::gradient(line, tl::wrt<0, 1>)(w, 0.5, std::array<int, 2>{3, 4}, 1) ==
                 std::tuple(two{63, 84}, 21.0));
}

TEST_CASE("no code is made for what is not asked", "[derive][wrt]") {
  constexpr of_fifty f{};
  constexpr auto one = cost_with<decltype(tl::gradient(f, tl::wrt<17>)), double>(fifty);
  constexpr auto primal = cost_with<of_fifty, double>(fifty);
  constexpr auto all = cost_with<decltype(tl::gradient(f)), double>(fifty);
  STATIC_REQUIRE(one <= tl::cost<decltype(tl::gradient(of_one{}, tl::wrt<0>)), double, double>.total());
  STATIC_REQUIRE(one == 7);
  STATIC_REQUIRE(primal >= 49 * 5);
  STATIC_REQUIRE(all <= 4 * primal);
  STATIC_REQUIRE(all >= 49 * one / 2);
}

TEST_CASE("with the value, the work of both is shared", "[derive][wrt]") {
  using value = decltype(tl::value_and_gradient(of_one{}, tl::wrt<0>));
  STATIC_REQUIRE(tl::cost<value, double, double>.count<tl::op::exp>() == 1);
  STATIC_REQUIRE(tl::cost<value, double, double>.count<tl::op::sin>() == 1);
  STATIC_REQUIRE(tl::cost<value, double, double>.count<tl::op::cos>() == 1);
}
