// SPDX-License-Identifier: BSL-1.0
// Derivatives use what the function computes in another way; what differs in how it rounds is not the same.
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include <tapeless/tapeless.hpp>

namespace {

using tl::detail::residue;

template <class F, class... A>
constexpr auto operations(const F&) {
  return tl::cost<F, A...>.total();
}

/// The sum of squares of z = (x - mean) p, whose derivative by p is the sum of (x - mean) z.
template <std::size_t N>
constexpr auto squares = [](const auto& x, auto mean, auto p) {
  auto sum = ((x[0] - mean) * p) * ((x[0] - mean) * p);
  for (std::size_t i = 1; i < N; ++i) sum += ((x[i] - mean) * p) * ((x[i] - mean) * p);
  return sum;
};

/// What is lost when a and b are added (Knuth, 1969): zero in algebra.
constexpr auto rest_of_sum = [](auto a, auto b) {
  const auto s = a + b, from_b = s - a;
  return (a - (s - from_b)) + (b - from_b);
};

}  // namespace

TEST_CASE("numbers of the field are those of arithmetic", "[transform]") {
  STATIC_REQUIRE(residue::of(0.5) + residue::of(0.5) == residue::of(1));
  STATIC_REQUIRE(residue::of(-3) * residue::of(0.375) == residue::of(-1.125));
  STATIC_REQUIRE(residue::of(1e300) * residue::of(0x1p-1000) == residue::of(1e300 * 0x1p-1000));
  STATIC_REQUIRE(residue::of(5e-324) * residue::of(0x1p1000) == residue::of(5e-324 * 0x1p1000));
  STATIC_REQUIRE(residue::of(0.1) - residue::of(0.1) == residue::of(-0.0));
  STATIC_REQUIRE(residue::of(0x1p61) == residue::of(1));
  STATIC_REQUIRE_FALSE(residue::of(0.1) == residue::of(0.2));
  const residue largest((std::uint64_t{1} << 61) - 2);
  CHECK(largest + residue(1) == residue(0));
  CHECK(largest * largest == residue(1));
}

TEST_CASE("a derivative finds its function's values", "[transform]") {
  // By p it is (2 p) times the sum of d d, which is 2 sum / p: with the quotient in the function, all but one product
  // is there.
  constexpr auto f = [](const auto& x, auto mean, auto deviation) {
    const auto p = 1.0 / deviation;
    return -0.5 * squares<4>(x, mean, p) - 4.0 * log(deviation);
  };
  using points = std::array<double, 4>;
  constexpr auto g = tl::value_and_gradient(f, tl::wrt<2>);
  STATIC_REQUIRE(operations<decltype(g), points, double, double>(g) <=
                 operations<decltype(f), points, double, double>(f) + 3);
  const points x{0.5, -1, 2, 0.25};
  const auto [v, deviation] = g(x, 0.5, 1.5);
  double sum = 0;
  for (const double xi : x) sum += (xi - 0.5) * (xi - 0.5);
  CHECK(v == Approx(-sum / 4.5 - 4 * std::log(1.5)).epsilon(1e-15));
  CHECK(deviation == Approx(sum / (1.5 * 1.5 * 1.5) - 4 / 1.5).epsilon(1e-15));
}

TEST_CASE("a sign goes on to what uses it", "[transform]") {
  constexpr auto opposite = [](auto x, auto y, auto z) {  // by x: 2 x - y; by y: 2 y - x; and y - x, x - y inside
    const auto d = x - y, e = (y - x) * z;
    return d * e + sin(d) * (e - d) - exp(e) / d + (e + y) * d;
  };
  STATIC_REQUIRE(tl::check_gradient(opposite)(0.75, 2.0, 0.5));
  STATIC_REQUIRE(tl::check_gradient(opposite)(-1.25, 0.5, -2.0));
  constexpr auto quotient = [](auto x, auto y) { return (x - y) / (y * y - x * y) + (x - y) * sin(y - x); };
  STATIC_REQUIRE(tl::check_gradient(quotient)(3.0, 0.5));
  constexpr auto h = tl::hessian(opposite)(0.75, 2.0, 0.5);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(h(i, j) == h(j, i));
  CHECK(h(0, 1) == Approx(tl::partial<1, 1, 0>(opposite)(0.75, 2.0, 0.5)).epsilon(1e-13));
}

TEST_CASE("what makes up for rounding stays", "[transform]") {
  // By w the derivative is the rest itself, which is zero in algebra and 0.25 here.
  constexpr auto compensated = [](auto a, auto b, auto w) { return rest_of_sum(a, b) * w; };
  constexpr double large = 0x1p53, small = 0.25;
  STATIC_REQUIRE(rest_of_sum(large, small) == small);
  STATIC_REQUIRE(std::get<2>(tl::gradient(compensated)(large, small, 3.0)) == small);
  // 1 + x - 1 is x in algebra, and has fewer digits.
  constexpr auto rounded = [](auto x) { return ((1.0 + x) - 1.0) + x * x * x; };
  STATIC_REQUIRE(tl::gradient(rounded)(1e-20) == 1);
  constexpr auto cubes = [](auto x, auto y) { return ((1.0 + x) - 1.0) * x * y; };
  constexpr double x = std::numeric_limits<double>::epsilon() / 4;
  STATIC_REQUIRE(std::get<1>(tl::gradient(cubes)(x, 1.0)) == ((1.0 + x) - 1.0) * x);
  STATIC_REQUIRE(std::get<0>(tl::gradient(cubes)(x, 1.0)) == x + ((1.0 + x) - 1.0));
}

TEST_CASE("constants that are no numbers of the field", "[transform]") {
  constexpr auto bounded = [](auto x, auto y) {
    using limits = std::numeric_limits<double>;
    return select(x * y < limits::infinity(), x * y * 1e-310, x) + 1e308 * x;
  };
  STATIC_REQUIRE(tl::gradient(bounded)(2.0, 3.0) == std::tuple(1e308 + 3e-310, 2e-310));
}

TEST_CASE("a function of one value among many has its hessian by that value", "[transform]") {
  constexpr auto potential = [](const auto& x) {  // two layers of products beneath one logarithm
    const auto a = x[0] * x[1] + x[2] * x[3], b = x[0] * x[2] - x[1] * x[3], c = x[4] * x[0] + x[5] * x[3];
    return log(a * b + b * c + c * a) + a * c;
  };
  using six = std::array<double, 6>;
  constexpr six at{1.5, 0.5, 2, 1, 0.25, 1.25};
  constexpr auto mixed = tl::hessian(potential, tl::mixed);
  constexpr auto reverse = tl::hessian(potential, tl::reverse);
  STATIC_REQUIRE(operations<decltype(mixed), six>(mixed) < operations<decltype(reverse), six>(reverse));
  const auto h = mixed(at), same = reverse(at);
  for (std::size_t i = 0; i < 36; ++i) CHECK(h.data()[i] == Approx(same.data()[i]).epsilon(1e-13).margin(1e-14));
}
