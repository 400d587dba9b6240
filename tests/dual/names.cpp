// SPDX-License-Identifier: BSL-1.0
#include <tapeless/dual/dual.hpp>
#include <tapeless/dual/taylor.hpp>

#include "catch.hpp"

// Whatever a program calls its own variables, no template of duals and series that is instantiated later warns of them.
// clang-format off
constexpr int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0, p = 0, q = 0,
              r = 0, s = 0, t = 0, u = 0, v = 0, w = 0, x = 0, y = 0, z = 0;
// clang-format on

namespace {

constexpr auto calculation = [](auto in, auto rate) {
  auto sum = in;
  for (int turn = 0; turn < 3; ++turn) sum = sin(sum) * sum / rate + tl::powi(sum, 3) + pow(in, rate);
  return sum + gelu(sum) + hypot(sum, rate, 1) + tl::select(sum < rate, sum, rate) + tl::clamp(sum, 0, 1) + cbrt(in);
};

}  // namespace

TEST_CASE("duals and series do not mind the names of the user's variables", "[dual]") {
  using number = tl::dual<double, 2>;
  const auto once = calculation(number::variable(0.5, 0), number::variable(1.5, 1));
  const auto twice = calculation(tl::dual<number>::variable(0.5), 1.5);
  const auto narrow = calculation(tl::dual<float, 20>::variable(0.5F), 1.5);
  const auto series = tl::taylor<3>([](auto in) { return calculation(in, 1.5); })(0.5);
  REQUIRE(once.tangent[0] == Approx(series[1]));
  REQUIRE(twice.value.value == Approx(series[0]));
  REQUIRE(static_cast<double>(narrow.tangent[0]) == Approx(series[1]).epsilon(1e-4));
  REQUIRE(twice.tangent[0].tangent[0] == Approx(0));
  REQUIRE(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v + w + x + y + z == 0);
}
