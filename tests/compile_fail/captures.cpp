// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function must be stateless; pass what it captures as further arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
double slope(double k) {
  return tl::gradient([](auto x, auto scale) { return scale * x; }, tl::wrt<0>)(2.0, k);
}
#else
double slope(double k) {
  return tl::gradient([k](auto x) { return k * x; })(2.0);
}
#endif
