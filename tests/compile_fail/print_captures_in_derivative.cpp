// SPDX-License-Identifier: BSL-1.0
// error: tapeless: what is printed must be a formula, or hold no data; pass what a lambda captures as arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
const char* table() {
  return tl::explain<double, double>([](auto k, auto x) { return k * x; }, tl::wrt<1>).c_str();
}
#else
const char* table(double k) {
  return tl::explain<double>([k](auto x) { return k * x; }, tl::wrt<0>).c_str();
}
#endif
