// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a function that captures takes numbers only; pass what it captures as further arguments
#include <array>

#include <tapeless/tapeless.hpp>

using point = std::array<double, 2>;
#ifdef CONTROL
point slope(double k, const point& at) {
  return tl::gradient([](const auto& x, auto scale) { return scale * x[0] * x[1]; }, tl::wrt<0>)(at, k);
}
#else
point slope(double k, const point& at) {
  return tl::gradient([k](const auto& x) { return k * x[0] * x[1]; })(at);
}
#endif
