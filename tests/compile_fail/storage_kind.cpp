// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a gradient is written into a scalar, an array, a tuple or a Hana struct
#include <array>
#include <vector>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1] * x[2]; };

#ifdef CONTROL
double g(std::array<double, 3>& into, const std::array<double, 3>& x) {
  return tl::value_and_gradient(f).into(into, x);
}
#else
double g(std::vector<double>& into, const std::array<double, 3>& x) { return tl::value_and_gradient(f).into(into, x); }
#endif
