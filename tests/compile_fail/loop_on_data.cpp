// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded condition cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) {
  for (int i = 0; i < 4; ++i) x = tl::select(x < 10, x * x, x);
  return x;
};
#else
constexpr auto f = [](auto x) {
  while (x < 10) x = x * x;
  return x;
};
#endif

[[maybe_unused]] constexpr auto slope = tl::gradient(f)(2.0);
