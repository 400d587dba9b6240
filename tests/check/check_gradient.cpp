// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <limits>
#include <tuple>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

constexpr auto f = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
constexpr auto right = [](auto x, auto y) {
  const auto e = tl::exp(x * y);
  return std::tuple(tl::sin(y) + y * e, x * tl::cos(y) + x * e);
};
constexpr auto norm2 = [](const auto& x) {
  auto s = x[0] * x[0];
  for (std::size_t i = 1; i < x.size(); ++i) s += x[i] * x[i];
  return s;
};

/// The right gradient with one component scaled and shifted.
template <std::size_t Index>
struct off {
  double factor = 1, offset = 0;
  template <class... X>
  constexpr auto operator()(X... x) const {
    auto g = right(x...);
    auto& component = std::get<Index>(g);
    component = static_cast<std::remove_reference_t<decltype(component)>>(component * factor + offset);
    return g;
  }
};

using eight = std::array<double, 8>;
struct one_wrong {
  std::size_t index;
  double relative;
  constexpr eight operator()(const eight& x) const {
    eight g{};
    for (std::size_t i = 0; i < 8; ++i) g[i] = 2 * x[i] * (i == index ? 1 + relative : 1);
    return g;
  }
};

}  // namespace

TEST_CASE("the library's own gradients pass", "[check]") {
  STATIC_REQUIRE(tl::check_gradient(f)(1.0, 2.0));
  STATIC_REQUIRE(tl::check_gradient(f)(-0.3, 0.7));
  STATIC_REQUIRE(tl::check_gradient(f, tl::wrt<1>)(1.0, 2.0));
  STATIC_REQUIRE(tl::check_gradient(norm2)(eight{1, -2, 3, -4, 5, -6, 7, -8}));
  STATIC_REQUIRE(tl::check_gradient(norm2)(eight{}));
  for (double x = -3; x < 3; x += 0.37)
    for (double y = -3; y < 3; y += 0.41) CHECK(tl::check_gradient(f)(x, y));
}

TEST_CASE("a right gradient written by hand passes", "[check]") {
  STATIC_REQUIRE(tl::check_gradient(f, right)(1.0, 2.0));
  STATIC_REQUIRE(tl::check_gradient(f, right)(1.0F, 2.0F));
  STATIC_REQUIRE(tl::check_gradient(f, right)(1.0L, 2.0L));
  STATIC_REQUIRE(tl::check_gradient(norm2, one_wrong{0, 0})(eight{1, -2, 3, -4, 5, -6, 7, -8}));
}

TEST_CASE("a wrong one does not: sign, factor, offset, another component's", "[check]") {
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{-1})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<1>{-1})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{0.5})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<1>{2})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{1, 0.01})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{0})(1.0, 2.0));
  constexpr auto swapped = [](auto x, auto y) {
    return std::tuple(std::get<1>(right(x, y)), std::get<0>(right(x, y)));
  };
  STATIC_REQUIRE(!tl::check_gradient(f, swapped)(1.0, 2.0));
  constexpr auto sine_for_cosine = [](auto x, auto y) {
    return std::tuple(std::get<0>(right(x, y)), x * tl::sin(y) + x * tl::exp(x * y));
  };
  STATIC_REQUIRE(!tl::check_gradient(f, sine_for_cosine)(1.0, 2.0));
  constexpr auto nan = [](auto x, auto y) {
    return std::tuple(std::get<0>(right(x, y)), std::numeric_limits<double>::quiet_NaN());
  };
  CHECK(!tl::check_gradient(f, nan)(1.0, 2.0));
}

TEST_CASE("an error of one part in a hundred thousand is an error", "[check]") {
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{1 + 1e-5})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<1>{1 - 1e-5})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<1>{1 + 1e-5})(1.0L, 2.0L));
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{1 + 1e-6})(1.0, 2.0));
  STATIC_REQUIRE(!tl::check_gradient(f, off<0>{1.001})(1.0F, 2.0F));
  STATIC_REQUIRE(tl::check_gradient(f, off<0>{1 + 1e-11})(1.0, 2.0));  // rounding is none
}

TEST_CASE("the report names the component, and what it expected", "[check]") {
  for (std::size_t i = 0; i < 8; ++i) {
    const auto report = tl::check_gradient(norm2, one_wrong{i, 1e-3})(eight{1, -2, 3, -4, 5, -6, 7, -8});
    const double expected = 2.0 * static_cast<double>(i + 1) * (i % 2 ? -1 : 1);
    CHECK(!report);
    CHECK(!report.agrees);
    CHECK(report.index == i);
    CHECK(report.expected == Approx(expected).epsilon(1e-9));
    CHECK(report.got == Approx(expected * 1.001).epsilon(1e-12));
    CHECK(report.tolerance > 0);
    CHECK(report.tolerance < 1e-4);
  }
  constexpr auto fine = tl::check_gradient(f)(1.0, 2.0);
  STATIC_REQUIRE(fine.agrees);
  STATIC_REQUIRE(tl::math::abs(fine.expected - fine.got) <= fine.tolerance);
}

TEST_CASE("wrt: index and gradient are those of the arguments named", "[check]") {
  constexpr auto g = [](auto a, const auto& x, auto b) { return a * x[0] * x[1] + b * b * x[1]; };
  constexpr std::array<double, 2> x{3, 5};
  STATIC_REQUIRE(tl::check_gradient(g, tl::wrt<1>)(2.0, x, 7.0));
  STATIC_REQUIRE(tl::check_gradient(g, tl::wrt<0, 2>)(2.0, x, 7.0));
  constexpr auto by_hand = [](auto a, const auto& v, auto b) {
    return std::array<double, 2>{a * v[1], a * v[0] + b * b};
  };
  constexpr auto wrong = [](auto a, const auto& v, auto) { return std::array<double, 2>{a * v[1], a * v[0]}; };
  STATIC_REQUIRE(tl::check_gradient(g, by_hand, tl::wrt<1>)(2.0, x, 7.0));
  constexpr auto report = tl::check_gradient(g, wrong, tl::wrt<1>)(2.0, x, 7.0);
  STATIC_REQUIRE(!report);
  STATIC_REQUIRE(report.index == 1);
  STATIC_REQUIRE(report.got == 6);
}

TEST_CASE("data is not moved", "[check]") {
  constexpr auto g = [](auto n, auto x, auto flag) { return tl::select(flag, n * x * x, x); };
  STATIC_REQUIRE(tl::check_gradient(g)(3, 2.0, true));
  STATIC_REQUIRE(tl::check_gradient(g)(3, 2.0, false));
  STATIC_REQUIRE(!tl::check_gradient(g, [](auto, auto, auto) { return 6.0; })(3, 2.0, true));
}
