// SPDX-License-Identifier: BSL-1.0
// error: tapeless: each formula has a type of its own, so a name stands for one only
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
double slope(double k) {
  return tl::gradient([k](auto x) {
    const auto h = sin(x);
    return k * sin(h);
  })(2.0);
}
#else
double slope(double k) {
  return tl::gradient([k](auto x) {
    auto h = sin(x);
    h = sin(h);
    return k * h;
  })(2.0);
}
#endif
