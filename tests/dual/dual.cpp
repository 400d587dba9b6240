// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <sstream>
#include <tuple>

#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

using pair = tl::dual<double, 2>;
constexpr double inf = std::numeric_limits<double>::infinity();

constexpr bool agrees(double a, double b) { return tl::abs(a - b) <= 4e-15 * (1 + tl::abs(b)); }

/// The derivative of a generic function, by a dual over the type of its argument.
template <class F, class X>
constexpr auto slope(const F& f, X x) {
  return f(tl::dual<X>::variable(x)).tangent[0];
}

}  // namespace

TEST_CASE("the example of the dual", "[dual]") {
  constexpr auto x = tl::dual<double, 2>::variable(3.0, 0), y = tl::dual<double, 2>::variable(4.0, 1);
  constexpr auto r = hypot(x, y);
  auto [value, tangent] = r;
  REQUIRE(value == 5);
  REQUIRE(tangent == std::array{0.6, 0.8});
  STATIC_REQUIRE(r.value == 5);
  STATIC_REQUIRE(r.tangent == std::array{0.6, 0.8});
}

TEST_CASE("how duals are made", "[dual]") {
  STATIC_REQUIRE(std::is_trivially_copyable_v<pair>);
  STATIC_REQUIRE(sizeof(pair) == 3 * sizeof(double));
  STATIC_REQUIRE(sizeof(tl::dual<tl::dual<tl::dual<double>>>) == 8 * sizeof(double));
  STATIC_REQUIRE(pair().value == 0);
  STATIC_REQUIRE(pair().tangent == std::array{0.0, 0.0});
  constexpr pair number = 3, other = 0.5F, both{3.0, {1.0, 2.0}};
  STATIC_REQUIRE(number.value == 3);
  STATIC_REQUIRE(number.tangent == std::array{0.0, 0.0});
  STATIC_REQUIRE(other.value == 0.5);
  STATIC_REQUIRE(both.tangent == std::array{1.0, 2.0});
  constexpr auto all = tl::dual<float, 3>::variables({1, 2, 3});
  STATIC_REQUIRE(all[2].value == 3);
  STATIC_REQUIRE(all[2].tangent == std::array{0.0F, 0.0F, 1.0F});
  STATIC_REQUIRE(static_cast<int>(both) == 3);
  STATIC_REQUIRE(static_cast<bool>(both));
}

TEST_CASE("numbers beside duals keep their type and cost nothing", "[dual]") {
  using narrow = tl::dual<float>;
  constexpr auto x = narrow::variable(2);
  STATIC_REQUIRE(std::is_same_v<decltype(0.5 * x), narrow>);
  STATIC_REQUIRE(std::is_same_v<decltype(x / 3.0L + 1), narrow>);
  STATIC_REQUIRE(std::is_same_v<decltype(pow(x, 2)), narrow>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::atan2(1.0, x)), narrow>);
  // A product with an infinite number would be NaN where the number had a tangent of 0.
  STATIC_REQUIRE((pair(1.0, {1.0, 2.0}) * inf).tangent == std::array{inf, inf});
  STATIC_REQUIRE((inf + pair(1.0, {1.0, 2.0})).tangent == std::array{1.0, 2.0});
  STATIC_REQUIRE((1.0 / pair(inf, {1.0, 2.0})).value == 0);
}

TEST_CASE("programs may branch on duals, loop and recur", "[dual]") {
  constexpr auto power = [](auto self, auto x, int n) -> decltype(x) {
    return n == 0 ? decltype(x)(1) : x * self(self, x, n - 1);
  };
  STATIC_REQUIRE(slope([&](auto x) { return power(power, x, 5); }, 2.0) == 80);
  constexpr auto newton = [](auto a) {
    auto x = a;
    while (abs(x * x - a) > 1e-15 * a) x = 0.5 * (x + a / x);
    return x;
  };
  STATIC_REQUIRE(agrees(slope(newton, 2.0), 0.5 / tl::sqrt(2.0)));
  constexpr auto collatz = [](auto x) {
    int steps = 0;
    for (; x > 1 && steps < 100; ++steps) x = static_cast<long>(x) % 2 ? 3 * x + 1 : x / 2;
    return x;
  };
  STATIC_REQUIRE(slope(collatz, 8.0) == 0.125);
}

TEST_CASE("comparisons and predicates look at values", "[dual]") {
  constexpr pair x(1.0, {5.0, 6.0}), y(2.0, {1.0, 1.0}), x_again(1.0, {0.0, 0.0});
  STATIC_REQUIRE(std::is_same_v<decltype(x < y), bool>);
  STATIC_REQUIRE((x < y && y > x && x <= 1 && 2 >= y && x == x_again && x != y && !(x == 3)));
  STATIC_REQUIRE((x && !pair(0.0, {1.0, 1.0})));
  constexpr pair bad = std::numeric_limits<pair>::quiet_NaN(), top = std::numeric_limits<pair>::infinity();
  STATIC_REQUIRE((isnan(bad) && !isnan(x) && isinf(-top) && !isinf(bad) && isfinite(x) && !isfinite(top)));
  STATIC_REQUIRE((!isfinite(bad) && signbit(-x) && signbit(pair(-0.0)) && !signbit(x)));
  STATIC_REQUIRE(std::is_same_v<decltype(std::numeric_limits<pair>::epsilon()), pair>);
  STATIC_REQUIRE(std::numeric_limits<pair>::digits == 53);
  STATIC_REQUIRE(std::numeric_limits<pair>::epsilon() == 0x1p-52);
}

TEST_CASE("selections take whole duals", "[dual]") {
  using std::max, std::min;
  constexpr pair x(1.0, {5.0, inf}), y(2.0, {1.0, 2.0});
  STATIC_REQUIRE(tl::select(x < y, x, y).tangent == x.tangent);
  STATIC_REQUIRE(tl::select(x > y, x, 3).tangent == std::array{0.0, 0.0});
  STATIC_REQUIRE(tl::select(x, 4.0F, y).value == 4);
  STATIC_REQUIRE(max(x, y).tangent == y.tangent);
  STATIC_REQUIRE(min(x, y).tangent == x.tangent);
  STATIC_REQUIRE(tl::max(x, 1).tangent == x.tangent);  // the first if they are equal
  STATIC_REQUIRE(tl::clamp(x, y, 7.0).tangent == y.tangent);
  STATIC_REQUIRE(tl::relu(pair(-1.0, {inf, 1.0})).tangent == std::array{0.0, 0.0});
}

TEST_CASE("a tangent of zero stays zero where the derivative is infinite", "[dual]") {
  constexpr auto x = pair::variable(0.0, 1);
  STATIC_REQUIRE(sqrt(x).tangent == std::array{0.0, inf});
  STATIC_REQUIRE(cbrt(x).tangent == std::array{0.0, inf});
  STATIC_REQUIRE(asin(1 - x).tangent == std::array{0.0, -inf});
  STATIC_REQUIRE(pow(x, 0.5).tangent == std::array{0.0, inf});
  STATIC_REQUIRE(sqrt(tl::dual<float>(0)).tangent[0] == 0);
  STATIC_REQUIRE(tl::xlogx(x).tangent == std::array{0.0, -inf});
  // The other operations have nothing to look out for.
  STATIC_REQUIRE(!tl::detail::may_be_infinite<tl::op::mul>);
  STATIC_REQUIRE(!tl::detail::may_be_infinite<tl::op::log>);
  STATIC_REQUIRE(!tl::detail::may_be_infinite<tl::op::div>);
  STATIC_REQUIRE(tl::detail::may_be_infinite<tl::op::acosh>);
  STATIC_REQUIRE(tl::detail::may_be_infinite<tl::op::pow>);
}

TEST_CASE("nested duals keep their variables apart", "[dual]") {
  // Siskind and Pearlmutter: the inner derivative is 1 whatever x is.
  const auto sum = [](auto x) { return x * slope([&](auto y) { return x + y; }, decltype(x)(1.0)); };
  REQUIRE(slope(sum, 1.0) == 1);
  const auto product = [](auto x) { return x * slope([&](auto y) { return x * y; }, decltype(x)(2.0)); };
  REQUIRE(slope(product, 3.0) == 6);
  const auto third = [](auto x) {
    return slope([](auto y) { return slope([](auto z) { return z * z * z * z; }, y); }, x);
  };
  REQUIRE(slope(third, 2.0) == 48);

  using inner = tl::dual<double, 2>;
  using outer = tl::dual<inner, 3>;
  constexpr inner a = inner::variable(3.0, 0);
  constexpr outer z = outer::variable(a, 0);
  constexpr outer w = z * z * z + 2.0 * z - a;  // the inner number has no outer tangent
  STATIC_REQUIRE(w.value.value == 30);
  STATIC_REQUIRE(w.value.tangent == std::array{28.0, 0.0});
  STATIC_REQUIRE(w.tangent[0].value == 29);
  STATIC_REQUIRE(w.tangent[0].tangent == std::array{18.0, 0.0});
  STATIC_REQUIRE(w.tangent[1].value == 0);
  constexpr outer u = tl::select(z < 4, 1.0, z) + tl::atan2(a, z) + tl::pow(z, 2) + tl::pow(2, z) + (a - z);
  STATIC_REQUIRE(agrees(u.tangent[0].value, -0.5 / 3 + 6 + 8 * tl::log(2.0) - 1));
}

TEST_CASE("duals of values that are being recorded", "[dual]") {
  constexpr auto first = [](auto x) {
    tl::dual<decltype(x), 1> d{x, {1}};
    const auto y = sin(d) * d * 2.0 + max(d, 1.0) + sqrt(d);
    return y.tangent[0];
  };
  STATIC_REQUIRE(agrees(first(1.5), 2 * tl::sin(1.5) + 3 * tl::cos(1.5) + 1 + 0.5 / tl::sqrt(1.5)));
  STATIC_REQUIRE(tl::check_gradient(first)(1.5));
  constexpr auto second = [](auto x, auto y, auto n) {
    using number = tl::dual<decltype(x), 2>;
    using std::max;
    const auto in = number::variables({x, y});
    const auto z = tl::select(in[0] < in[1], in[0] * in[1], x) + max(in[0], in[1]) + tl::powi(in[0], n) * y;
    return z.tangent[0] * z.tangent[1] + z.value;
  };
  STATIC_REQUIRE(tl::check_gradient(second)(1.5, 2.0, 3));
  STATIC_REQUIRE(tl::check_gradient(second)(2.5, 2.0, -2));
  STATIC_REQUIRE(second(1.5, 2.0, 2) == 1.5 * 2 + 2 + 2.25 * 2 + (2 + 6.0) * (1.5 + 1));
  // What has no tangent leaves nothing in the program.
  constexpr auto partial = [](auto x, auto y) { return (tl::dual<decltype(x)>::variable(x) * y * 3.0).tangent[0]; };
  STATIC_REQUIRE(tl::cost<decltype(partial), double, double>.total() == 1);
}

TEST_CASE("many tangents, in whatever pieces", "[dual]") {
  const auto check = []<class T, std::size_t N>(const tl::dual<T, N>&) {
    tl::dual<T, N> x(T(0.5)), y(T(2));
    for (std::size_t k = 0; k < N; ++k) x.tangent[k] = static_cast<T>(k + 1), y.tangent[k] = static_cast<T>(N - k);
    const auto z = (x * y - exp(x)) / y + 3 * x;
    const double e = tl::exp(0.5);
    for (std::size_t k = 0; k < N; ++k) {
      const double dx = static_cast<double>(k + 1), dy = static_cast<double>(N - k);
      REQUIRE(std::abs(static_cast<double>(z.tangent[k]) - (4 * dx - e / 2 * dx + e / 4 * dy)) <=
              1e3 * std::max(0x1p-52, static_cast<double>(std::numeric_limits<T>::epsilon())));
    }
  };
  check(tl::dual<double, 3>()), check(tl::dual<double, 7>()), check(tl::dual<double, 21>());
  check(tl::dual<float, 5>()), check(tl::dual<float, 13>()), check(tl::dual<long double, 4>());
}

TEST_CASE("duals are printed", "[dual]") {
  std::ostringstream out;
  out << pair(5.0, {0.5, -1.0}) << ' ' << tl::dual<tl::dual<double>>(3);
  REQUIRE(out.str() == "5 (0.5, -1) 3 (0) (0 (0))");
}

TEST_CASE("duals of recorded numbers choose a number with its tangent", "[dual]") {
  constexpr auto slope = [](auto x) {
    using number = tl::dual<decltype(x)>;
    const number t = number::variable(x);
    return max(t, t * t).tangent[0];
  };
  STATIC_REQUIRE(tl::value_and_gradient(slope)(0.25).value == 1);
  STATIC_REQUIRE(tl::value_and_gradient(slope)(3.0).value == 6);
  STATIC_REQUIRE(tl::gradient(slope)(3.0) == 2);
}
