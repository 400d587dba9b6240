// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) {
#ifdef CONTROL
  auto s = 0.0 * x[0];
#else
  double s = 0;
#endif
  for (std::size_t i = 0; i < x.size(); ++i) s += x[i];
  return s;
};
[[maybe_unused]] constexpr auto g = tl::gradient(f)(std::array{1.0, 2.0, 3.0});
