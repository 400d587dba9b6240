// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the storage for a Jacobian has a row for each result, and a column for each number of the arguments
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return std::array{x * y, x, y}; };
void fill(double (&j)[3][2], double (&wrong)[2][2]) {
#ifdef CONTROL
  static_cast<void>(wrong), tl::jacobian(f).into(j, 1.0, 2.0);
#else
  static_cast<void>(j), tl::jacobian(f).into(wrong, 1.0, 2.0);
#endif
}
