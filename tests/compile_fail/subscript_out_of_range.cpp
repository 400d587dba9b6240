// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function cannot be recorded in a constant expression; pass run-time numbers as arguments
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) {
  auto sum = 0.0 * x[0];
#ifdef CONTROL
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i];
#else
  for (std::size_t i = 0; i <= x.size(); ++i) sum += x[i];
#endif
  return sum;
};
double slope(const std::array<double, 3>& x) { return tl::gradient(f)(x)[0]; }
