// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the storage for a Hessian has a row and a column for each number that is differentiated
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * y; };
void fill(double (&h)[2][2], double (&wrong)[2]) {
#ifdef CONTROL
  static_cast<void>(wrong), tl::hessian(f).into(h, 1.0, 2.0);
#else
  static_cast<void>(h), tl::hessian(f).into(wrong, 1.0, 2.0);
#endif
}
