// SPDX-License-Identifier: BSL-1.0
#include <limits>
#include <type_traits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// What a row of the table does beyond the laws that hold for all of them.
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

constexpr bool near(double a, double b, double tolerance = 4e-16) {
  return tl::math::abs(a - b) <= tolerance * tl::math::abs(b);
}

template <class Op, class F>
constexpr std::size_t uses(const F&) {
  return tl::cost<F, double>.template count<Op>();
}

}  // namespace

TEST_CASE("a power of integer type is made of multiplications, any other is a call", "[op][pow]") {
  STATIC_REQUIRE(uses<tl::op::powi>([](auto x) { return pow(x, 3); }) == 1);
  STATIC_REQUIRE(uses<tl::op::pow>([](auto x) { return pow(x, 3.0); }) == 1);
  STATIC_REQUIRE(uses<tl::op::mul>([](auto x) { return pow(x, 2); }) == 1);
  STATIC_REQUIRE(uses<tl::op::div>([](auto x) { return pow(x, -1); }) == 1);
  STATIC_REQUIRE(tl::cost<decltype([](auto x) { return pow(x, 1); }), double>.total() == 0);
  STATIC_REQUIRE(std::is_same_v<tl::graph_of<decltype([](auto x) { return pow(x, 3); }), double>,
                                tl::graph_of<decltype([](auto x) { return tl::powi<3>(x); }), double>>);
  STATIC_REQUIRE(tl::powi<10>(2.0) == 1024 && tl::powi<-2>(4.0) == 0.0625 && tl::pow(2.0, 10) == 1024);
  STATIC_REQUIRE(tl::gradient([](auto x) { return pow(x, 3); })(-2.0) == 12);
  STATIC_REQUIRE(tl::gradient([](auto x) { return pow(x, -3); })(2.0) == -3.0 / 16);
}

TEST_CASE("all four kinds of arguments of a power", "[op][pow]") {
  constexpr auto both = [](auto x, auto y) { return pow(x, y); };
  STATIC_REQUIRE(tl::check_gradient(both)(1.5, 2.5));
  STATIC_REQUIRE(tl::check_gradient([](auto x) { return pow(x, 2.5); })(1.5));
  STATIC_REQUIRE(tl::check_gradient([](auto y) { return pow(1.5, y); })(2.5));
  STATIC_REQUIRE(
      tl::check_gradient([](auto x, auto n) { return pow(x, n); })(-1.5, 3));  // an integer known at run time
  for (int n = -5; n <= 12; ++n) CHECK(tl::gradient(both)(-1.5, n) == Approx(n * std::pow(-1.5, n - 1)));
  CHECK(tl::gradient(both)(1.0000001, 3'000'000'000LL) == Approx(3e9 * std::pow(1.0000001, 3e9 - 1)).epsilon(1e-6));
  CHECK(tl::gradient(both)(0.0, 0) == 0);
  CHECK(tl::gradient(both)(0.0, 1) == 1);
  // The constant factor of the logarithm is folded, and a constant exponent has no logarithm.
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient([](auto y) { return pow(1.5, y); })), double>.count<tl::op::log>() ==
                 0);
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient([](auto x) { return pow(x, 2.5); })), double>.count<tl::op::log>() ==
                 0);
}

TEST_CASE("plain numbers stay in their type, and integers become double", "[op]") {
  STATIC_REQUIRE(std::is_same_v<decltype(tl::leaky_relu(1.0F)), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::smooth_max(1.0F, 2.0F)), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::elu(1.0L)), long double>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::pow(2.0F, 3)), float>);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::sinh(1)), double>);
  STATIC_REQUIRE(tl::leaky_relu(-2) == -0.02 && tl::pow(2, 3) == 8.0);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient([](auto x) { return leaky_relu(x) + elu(x); })(1.0F)), float>);
}

TEST_CASE("sine and cosine come as a pair", "[op]") {
  constexpr auto f = [](auto x) {
    const auto [s, c] = sincos(x);
    return s * c;
  };
  STATIC_REQUIRE(tl::check_gradient(f)(0.7));
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(f)), double>.count<tl::op::sin>() == 1);
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(f)), double>.count<tl::op::cos>() == 1);
}

TEST_CASE("neither value nor derivative overflows or cancels where mathematics does not", "[op]") {
  constexpr auto slope = [](auto f, double x) { return tl::gradient(f)(x); };
  STATIC_REQUIRE(tl::sigmoid(-800.0) == 0 && tl::sigmoid(800.0) == 1);
  STATIC_REQUIRE(slope([](auto x) { return sigmoid(x); }, -800.0) == 0);
  STATIC_REQUIRE(slope([](auto x) { return sigmoid(x); }, 800.0) == 0);
  STATIC_REQUIRE(near(slope([](auto x) { return sigmoid(x); }, -700.0), tl::math::exp(-700.0)));
  STATIC_REQUIRE(tl::softplus(800.0) == 800 && near(tl::softplus(-700.0), tl::math::exp(-700.0)));
  STATIC_REQUIRE(tl::log_sigmoid(-800.0) == -800 && near(tl::log_sigmoid(700.0), -tl::math::exp(-700.0)));
  STATIC_REQUIRE(near(slope([](auto x) { return log_sigmoid(x); }, 700.0), tl::math::exp(-700.0)));
  STATIC_REQUIRE(near(tl::log1p(1e-20), 1e-20) && slope([](auto x) { return log1p(x); }, 1e-20) == 1);
  STATIC_REQUIRE(near(slope([](auto x) { return log1p(x); }, -1 + 0x1p-52), 0x1p52));
  STATIC_REQUIRE(tl::logaddexp(1000.0, -1000.0) == 1000 && tl::logaddexp(-inf, -inf) == -inf);
  STATIC_REQUIRE(tl::logaddexp(inf, inf) == inf && near(tl::logaddexp(1e300, 1e300), 1e300));
  constexpr auto far = tl::gradient([](auto x, auto y) { return logaddexp(x, y); })(700.0, 0.0);
  STATIC_REQUIRE(std::get<0>(far) == 1 && near(std::get<1>(far), tl::math::exp(-700.0)));
  for (const double size : {1e-300, 1e-200, 1e-155, 1e155, 1e200, 1e300}) {
    const auto by_hypot = tl::gradient([](auto x, auto y) { return hypot(x, y); })(3 * size, 4 * size);
    const auto by_angle = tl::gradient([](auto y, auto x) { return atan2(y, x); })(3 * size, 4 * size);
    CAPTURE(size);
    CHECK((near(std::get<0>(by_hypot), 0.6) && near(std::get<1>(by_hypot), 0.8)));
    if (size > 1e-290) CHECK((near(std::get<0>(by_angle), 0.16 / size) && near(std::get<1>(by_angle), -0.12 / size)));
  }
  STATIC_REQUIRE(near(slope([](auto x) { return asinh(x); }, 1e200), 1e-200));
  STATIC_REQUIRE(near(slope([](auto x) { return acosh(x); }, 1e200), 1e-200));
  constexpr auto apart = tl::gradient([](auto x, auto y, auto w) { return smooth_max(x, y, w); })(0.0, 1e6, 1e-3);
  STATIC_REQUIRE(near(std::get<0>(apart), 0.25e-18) && std::get<1>(apart) == 1);
}
