// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <string_view>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {
constexpr auto hourglass = [](const auto& x) {
  const auto s = x[0] * x[0] + x[1] * x[1] + x[2] * x[2], t = exp(sin(s));
  return std::array{t * x[0], t * x[1], t * x[2], x[2] * 1.0};
};
constexpr auto bowl = [](const auto& x) { return x[0] * x[0] * x[1] + exp(x[2]); };
}  // namespace

TEST_CASE("how a jacobian and a hessian are made", "[print][explain]") {
  constexpr std::string_view jacobian = tl::explain<std::array<double, 3>>(tl::jacobian(hourglass));
  STATIC_REQUIRE(jacobian == R"(function:     10 operations
rows:         4
columns:      3
filled:       10 entries
matrix:       24 operations, with what it needs of the function
accumulated:  mixed

order         operations
forward       26
reverse       26
mixed         24
)");
  constexpr std::string_view forced = tl::explain<std::array<double, 3>>(tl::jacobian(hourglass, tl::forward));
  STATIC_REQUIRE(forced.find("accumulated:  forward") != forced.npos);
  constexpr std::string_view hessian = tl::explain<std::array<double, 3>>(tl::hessian(bowl));
  STATIC_REQUIRE(hessian.find("filled:       4 entries") != hessian.npos);
  STATIC_REQUIRE(hessian.find("matrix:       3 operations") != hessian.npos);
}
