// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the storage for the gradient must be like the arguments that are differentiated
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1] * x[2]; };

#ifdef CONTROL
double g(std::array<double, 3>& into, const std::array<double, 3>& x) {
  return tl::value_and_gradient(f).into(into, x);
}
#else
double g(std::array<double, 2>& into, const std::array<double, 3>& x) {
  return tl::value_and_gradient(f).into(into, x);
}
#endif
