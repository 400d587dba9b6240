// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <tuple>

#include <boost/hana/define_struct.hpp>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Operations and derivatives that the user states.
namespace user {

/// The cube, and whatever is wanted as its derivative.
struct cube : tl::op::unary<"cube"> {
  static constexpr auto value(auto x) { return x * x * x; }
  static constexpr auto partial(auto x, auto) { return tl::literal(3) * x * x; }
};
struct quotient : tl::op::binary<"quotient"> {
  static constexpr auto value(auto x, auto y) { return x / y; }
  static constexpr auto partial(tl::arg<0>, auto, auto y, auto) { return tl::one / y; }
  static constexpr auto partial(tl::arg<1>, auto, auto y, auto r) { return -(r / y); }
};
struct weighted : tl::op::ternary<"weighted"> {
  static constexpr auto value(auto x, auto y, auto w) { return w * x + (1 - w) * y; }
  static constexpr auto partial(tl::arg<0>, auto, auto, auto w, auto) { return w; }
  static constexpr auto partial(tl::arg<1>, auto, auto, auto w, auto) { return tl::one - w; }
  static constexpr auto partial(tl::arg<2>, auto x, auto y, auto, auto) { return x - y; }
};
/// Constants alone are derivatives, too.
struct ramp : tl::op::unary<"ramp"> {
  static constexpr auto value(auto x) { return x / 2; }
  static constexpr auto partial(auto, auto) { return tl::literal(0.5L); }
};
/// The identity, whose cotangent is cut to [-1, 1]: a derivative that no value has.
struct clip_gradient : tl::op::unary<"clip_gradient"> {
  static constexpr bool transparent = true;
  static constexpr auto value(auto x) { return x; }
  static constexpr auto pullback(tl::arg<0>, auto g, auto, auto) {
    return tl::clamp(g, decltype(g)(-1), decltype(g)(1));
  }
};
/// Another library's function, of one type only and not for constant expressions.
double elsewhere(double x) { return std::sin(x); }
double elsewhere_slope(double x) { return std::cos(x); }
struct slope : tl::op::unary<"slope"> {
  static double value(double x) { return elsewhere_slope(x); }
};
struct opaque : tl::op::unary<"opaque"> {
  static double value(double x) { return elsewhere(x); }
  static constexpr auto partial(auto x, auto) { return tl::apply<slope>(x); }
};

template <class T>
struct spring {
  BOOST_HANA_DEFINE_STRUCT(spring, (T, stiffness), (std::array<T, 2>, ends));
};

}  // namespace user

namespace {

constexpr bool near(double a, double b, double tolerance = 1e-14) {
  return tl::math::abs(a - b) <= tolerance * (1 + tl::math::abs(b));
}

constexpr bool near(std::tuple<double, double> a, std::tuple<double, double> b) {
  return near(std::get<0>(a), std::get<0>(b)) && near(std::get<1>(a), std::get<1>(b));
}

constexpr auto with_rows = [](auto x, auto y) {
  return tl::apply<user::cube>(x) * tl::apply<user::quotient>(x, y) + tl::apply<user::weighted>(y, x, x * y) +
         tl::apply<user::ramp>(x);
};
constexpr auto without_rows = [](auto x, auto y) {
  return x * x * x * (x / y) + (x * y * y + (1.0 - x * y) * x) + 0.5 * x;
};

}  // namespace

TEST_CASE("an operation of the user's works in every verb", "[op][custom]") {
  STATIC_REQUIRE(tl::check_gradient(with_rows)(1.5, 0.75));
  constexpr auto got = tl::value_and_gradient(with_rows)(1.5, 0.75);
  constexpr auto expected = tl::value_and_gradient(without_rows)(1.5, 0.75);
  STATIC_REQUIRE(near(got.value, expected.value));
  STATIC_REQUIRE(near(std::get<0>(got.gradient), std::get<0>(expected.gradient)));
  STATIC_REQUIRE(near(std::get<1>(got.gradient), std::get<1>(expected.gradient)));
  STATIC_REQUIRE(near(tl::gradient(with_rows, tl::wrt<1>)(1.5, 0.75), std::get<1>(expected.gradient)));
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(with_rows)(1.5F, 0.75F)), std::tuple<float, float>>);
  constexpr auto second = tl::gradient(tl::gradient(with_rows, tl::wrt<0>))(1.5, 0.75);
  constexpr auto second_expected = tl::gradient(tl::gradient(without_rows, tl::wrt<0>))(1.5, 0.75);
  STATIC_REQUIRE(near(std::get<0>(second), std::get<0>(second_expected)));
  STATIC_REQUIRE(near(std::get<1>(second), std::get<1>(second_expected)));
  STATIC_REQUIRE(tl::cost<decltype(with_rows), double, double>.count<user::cube>() == 1);
  constexpr auto h = tl::hessian(with_rows)(1.5, 0.75), h_expected = tl::hessian(without_rows)(1.5, 0.75);
  STATIC_REQUIRE(near(h(0, 0), std::get<0>(second)));
  STATIC_REQUIRE((near(h(0, 1), h_expected(0, 1)) && near(h(1, 1), h_expected(1, 1))));
  constexpr auto moved = tl::jvp(with_rows)(1.5, 0.75, 1.0, 0.0);
  STATIC_REQUIRE(near(moved.tangent, std::get<0>(expected.gradient)));
  STATIC_REQUIRE(near(tl::jacobian(with_rows, tl::forward)(1.5, 0.75)(0, 1), std::get<1>(expected.gradient)));
  STATIC_REQUIRE(near(tl::vjp(with_rows)(1.5, 0.75, 2.0), tl::vjp(without_rows)(1.5, 0.75, 2.0)));
  STATIC_REQUIRE(near(tl::hvp(with_rows)(1.5, 0.75, 1.0, 0.0), tl::hvp(without_rows)(1.5, 0.75, 1.0, 0.0)));
  STATIC_REQUIRE(near(tl::partial<1, 1>(with_rows)(1.5, 0.75), h_expected(0, 1)));
}

TEST_CASE("a pullback may be what no partial derivative is", "[op][custom]") {
  constexpr auto f = [](auto x) { return 5.0 * tl::apply<user::clip_gradient>(x * x); };
  STATIC_REQUIRE(f(3.0) == 45.0);
  STATIC_REQUIRE(tl::gradient(f)(3.0) == 6.0);  // 1 * 2 x instead of 5 * 2 x
  STATIC_REQUIRE(tl::gradient([](auto x) { return -0.5 * tl::apply<user::clip_gradient>(x); })(3.0) == -0.5);
}

TEST_CASE("an opaque function with a rule", "[op][custom]") {
  const auto f = [](auto x) { return x * tl::apply<user::opaque>(x * x); };
  const auto expected = [](auto x) { return x * sin(x * x); };
  CHECK(tl::gradient(f)(0.8) == Approx(tl::gradient(expected)(0.8)));
  CHECK(tl::gradient(f)(0.8F) == Approx(tl::gradient(expected)(0.8F)));
  CHECK(tl::check_gradient(f)(0.8));
  CHECK(tl::check_gradient(f)(0.8F));
  CHECK(tl::check_gradient(f)(0.8L));
  CHECK(tl::cost<std::remove_const_t<decltype(f)>, double>.count<user::opaque>() == 1);
}

namespace {

/// The square root by iteration; the derivative of the iteration is wrong where it has not converged.
constexpr auto iterated_root = [](auto a) {
  auto x = 0.5 * (1.0 + a);
  for (int i = 0; i < 5; ++i) x = 0.5 * (x + a / x);
  return x;
};
constexpr auto root = tl::custom_gradient(iterated_root, [](auto g, auto, auto y) { return g / (2.0 * y); });

}  // namespace

TEST_CASE("a custom gradient takes the place of the function's own, to any order", "[derive][custom]") {
  STATIC_REQUIRE(root(2.0) == iterated_root(2.0));
  STATIC_REQUIRE(near(tl::gradient(root)(2.0), tl::gradient([](auto a) { return sqrt(a); })(2.0)));
  STATIC_REQUIRE(tl::check_gradient(root)(2.0));
  constexpr auto f = [](auto x) { return sin(root(x)) * root(x * x + 1.0); };
  constexpr auto reference = [](auto x) { return sin(sqrt(x)) * sqrt(x * x + 1.0); };
  constexpr auto third = [](auto g) { return tl::gradient(tl::gradient(tl::gradient(g))); };
  STATIC_REQUIRE(near(tl::gradient(f)(2.0), tl::gradient(reference)(2.0)));
  STATIC_REQUIRE(near(tl::gradient(tl::gradient(f))(2.0), tl::gradient(tl::gradient(reference))(2.0)));
  STATIC_REQUIRE(near(third(f)(2.0), third(reference)(2.0)));
  STATIC_REQUIRE(near(tl::jvp(f)(2.0, 1.0).tangent, tl::gradient(reference)(2.0)));
  STATIC_REQUIRE(near(tl::jacobian(f, tl::forward)(2.0)(0, 0), tl::gradient(reference)(2.0)));
  STATIC_REQUIRE(near(tl::hessian(f)(2.0)(0, 0), tl::hessian(reference)(2.0)(0, 0)));
  STATIC_REQUIRE(near(tl::hvp(f)(2.0, 1.0), tl::hessian(reference)(2.0)(0, 0)));
  STATIC_REQUIRE(near(tl::partial<3>(f)(2.0), third(reference)(2.0)));
  CHECK(tl::gradient(f)(2.0) == Approx(tl::gradient(reference)(2.0)));
  // The rule is all there is: nothing of the iteration is left to differentiate.
  constexpr auto iterations = tl::cost<decltype(iterated_root), double>.count<tl::op::div>();
  STATIC_REQUIRE(tl::cost<decltype(tl::gradient(root)), double>.count<tl::op::div>() == iterations + 1);
  STATIC_REQUIRE(tl::cost<decltype(root), double>.total() == tl::cost<decltype(iterated_root), double>.total());
}

TEST_CASE("a custom gradient of several arguments, arrays and structs", "[derive][custom]") {
  constexpr auto length =
      tl::custom_gradient([](const auto& v, auto scale, auto) { return scale * tl::sqrt(v[0] * v[0] + v[1] * v[1]); },
                          [](auto g, const auto& v, auto scale, auto, auto y) {
                            const auto k = g * scale * scale / y;
                            return std::tuple(std::array{k * v[0], k * v[1]}, g * y / scale, tl::zero);
                          });
  constexpr std::array v{3.0, 4.0};
  STATIC_REQUIRE(length(v, 2.0, 7) == 10.0);
  constexpr auto d = tl::gradient(length)(v, 2.0, 7);
  STATIC_REQUIRE((near(std::get<0>(d)[0], 1.2) && near(std::get<0>(d)[1], 1.6) && near(std::get<1>(d), 5)));
  STATIC_REQUIRE(tl::check_gradient(length)(v, 2.0, 7));
  constexpr auto by_scale = [](const auto& p, auto s) { return tl::gradient(decltype(length){}, tl::wrt<1>)(p, s, 1); };
  constexpr auto cross = tl::gradient(by_scale, tl::wrt<0>)(v, 2.0);
  STATIC_REQUIRE((near(cross[0], 0.6) && near(cross[1], 0.8)));  // d/dv of |v|

  constexpr auto stored = tl::custom_gradient(
      [](const auto& s) { return 0.5 * s.stiffness * (s.ends[1] - s.ends[0]) * (s.ends[1] - s.ends[0]); },
      [](auto g, const auto& s, auto y) {
        using S = std::remove_cvref_t<decltype(s)>;
        const auto force = g * s.stiffness * (s.ends[1] - s.ends[0]);
        return S{g * y / s.stiffness, {-force, force}};
      });
  constexpr user::spring<double> s{2.0, {1.0, 4.0}};
  STATIC_REQUIRE(tl::check_gradient(stored)(s));
  STATIC_REQUIRE(tl::gradient(stored)(s).ends[1] == 6.0);
  STATIC_REQUIRE(tl::gradient(stored)(s).stiffness == 4.5);
}

namespace {

// The straight-through estimator (Bengio, Leonard and Courville, 2013): a step with the slope of a line.
constexpr auto step = tl::custom_gradient([](auto x) { return tl::sign(x); }, [](auto g, auto, auto) { return g; });
constexpr auto constant = tl::custom_gradient([](auto x) { return x * x; }, [](auto, auto, auto) { return tl::zero; });

}  // namespace

TEST_CASE("a custom gradient may state something else than the derivative", "[derive][custom]") {
  STATIC_REQUIRE(tl::gradient([](auto x) { return step(3.0 * x) * x; })(2.0) == 1.0 + 3.0 * 2.0);
  STATIC_REQUIRE(tl::gradient([](auto x) { return constant(x) + x; })(2.0) == 1.0);
}
