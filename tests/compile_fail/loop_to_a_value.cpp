// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded condition cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto n, auto x) {
  auto p = x;
#ifdef CONTROL
  for (int i = 0; i < 4; ++i) p = tl::select(i < n, p * x, p);
#else
  for (int i = 0; i < n; ++i) p *= x;
#endif
  return p;
};
[[maybe_unused]] constexpr double g = tl::gradient(f)(3, 2.0);
