// SPDX-License-Identifier: BSL-1.0
#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// The very first thing that a program does with formulas: everything is there that its type refers to.
namespace first {
constexpr tl::variable<"first"> x;
constexpr tl::variable<"second"> y;
constexpr auto f = 0.5 * x * sin(y);
}  // namespace first

TEST_CASE("a number meets a variable before anything else does", "[formula]") {
  STATIC_REQUIRE(tl::check_gradient(first::f)(1.0, 2.0));
}
