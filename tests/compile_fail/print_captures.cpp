// SPDX-License-Identifier: BSL-1.0
// error: tapeless: what is printed must be a formula, or hold no data; pass what a lambda captures as arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr std::size_t length = tl::to_string<double, double>([](auto k, auto x) { return k * x; }).size();
#else
std::size_t length(double k) {
  return tl::to_string<double>([k](auto x) { return k * x; }).size();
}
#endif
