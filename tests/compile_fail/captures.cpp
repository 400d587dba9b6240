// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function must be stateless; write [] for [=] or [&], and pass what it captures as arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
double slope(double x) {
  return tl::gradient([](auto y) { return y * y; })(x);
}
#else
double slope(double x) {
  return tl::gradient([&](auto y) { return y * y; })(x);
}
#endif
