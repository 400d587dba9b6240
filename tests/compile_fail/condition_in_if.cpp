// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded condition cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return tl::select(x > 0, x, -x); };
#else
constexpr auto f = [](auto x) {
  if (x > 0) return x;
  return -x;
};
#endif
[[maybe_unused]] constexpr double g = tl::gradient(f)(3.0);
