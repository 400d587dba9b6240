// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <limits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Values at zeros of either sign, between equals and at the ends of domains, to the bit: on plain numbers and recorded.
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool identical(double a, double b) { return a == b ? std::signbit(a) == std::signbit(b) : a != a && b != b; }

template <class F, class... X>
bool gives(double expected, const F& f, X... x) {
  return identical(f(x...), expected) && identical(tl::value_and_gradient(f)(x...).value, expected);
}

}  // namespace

TEST_CASE("signs and absolute values of zeros and NaN", "[op]") {
  constexpr auto sign = [](auto x) { return tl::sign(x); };
  CHECK((gives(0.0, sign, 0.0) && gives(-0.0, sign, -0.0) && gives(not_a_number, sign, not_a_number)));
  CHECK((gives(1, sign, 5e-324) && gives(-1, sign, -inf)));
  CHECK(gives(
      0.0, [](auto x) { return tl::abs(x); }, -0.0));
  constexpr auto copysign = [](auto x, auto y) { return tl::copysign(x, y); };
  CHECK((gives(-2, copysign, 2.0, -0.0) && gives(2, copysign, -2.0, 0.0) && gives(-0.0, copysign, 0.0, -1.0)));
}

TEST_CASE("min and max take the first of equals, clamp keeps what it may", "[op]") {
  constexpr auto min = [](auto x, auto y) { return tl::min(x, y); };
  constexpr auto max = [](auto x, auto y) { return tl::max(x, y); };
  for (const double zero : {0.0, -0.0}) CHECK((gives(zero, min, zero, -zero) && gives(zero, max, zero, -zero)));
  CHECK((gives(not_a_number, min, not_a_number, 1.0) &&
         gives(not_a_number, max, not_a_number, 1.0)));  // as std::min and std::max
  CHECK((gives(1, min, 1.0, not_a_number) && gives(1, max, 1.0, not_a_number)));
  constexpr auto clamp = [](auto x) { return tl::clamp(x, 0.0, 1.0); };
  CHECK((gives(-0.0, clamp, -0.0) && gives(0.0, clamp, -5e-324) && gives(1, clamp, inf) &&
         gives(not_a_number, clamp, not_a_number)));
  constexpr auto relu = [](auto x) { return tl::relu(x); };
  CHECK((gives(-0.0, relu, -0.0) && gives(0.0, relu, -inf) && gives(not_a_number, relu, not_a_number)));
  CHECK(gives(
      0.0, [](auto x, auto y) { return tl::fdim(x, y); }, 1.0, 1.0));
}

TEST_CASE("halves and remainders", "[op]") {
  constexpr auto round = [](auto x) { return tl::round(x); };
  CHECK((gives(-1, round, -0.5) && gives(3, round, 2.5) && gives(-0.0, round, -0.25)));
  CHECK((gives(
      -0.0, [](auto x, auto y) { return tl::fmod(x, y); }, -4.0, 2.0)));
  constexpr auto remainder = [](auto x, auto y) { return tl::remainder(x, y); };
  CHECK((gives(1, remainder, 5.0, 2.0) && gives(-1, remainder, 3.0, 2.0)));
}

TEST_CASE("what is continued at the end of its domain", "[op]") {
  constexpr auto xlogx = [](auto x) { return tl::xlogx(x); };
  CHECK((gives(0.0, xlogx, 0.0) && gives(0.0, xlogx, 1.0) && gives(inf, xlogx, inf)));
  CHECK((gives(
      1, [](auto x, auto y) { return tl::pow(x, y); }, 0.0, 0.0)));
  CHECK((gives(
      1, [](auto x, auto n) { return tl::powi(x, n); }, 0.0, 0)));
  constexpr auto softplus = [](auto x) { return tl::softplus(x); };
  CHECK((gives(0.0, softplus, -inf) && gives(inf, softplus, inf)));
  constexpr auto smooth_max = [](auto x, auto y) { return tl::smooth_max(x, y, decltype(x)(0.5)); };
  CHECK((gives(1.0, smooth_max, 1.0, -1e17) && gives(1.0, smooth_max, -1e17, 1.0)));  // nothing cancels
  constexpr auto logaddexp = [](auto x, auto y) { return tl::logaddexp(x, y); };
  CHECK((gives(inf, logaddexp, inf, inf) && gives(-inf, logaddexp, -inf, -inf) && gives(inf, logaddexp, -inf, inf)));
}
