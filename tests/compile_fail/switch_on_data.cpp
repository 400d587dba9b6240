// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded integer is known at run time only; index with tl::gather(values, i)
#include <tapeless/tapeless.hpp>

enum class kind { line, parabola };

constexpr auto f = [](auto k, auto x) {
#ifdef CONTROL
  return tl::select(k == kind::line, x, x * x);
#else
  switch (k) {
    case kind::line:
      return x;
    default:
      return x * x;
  }
#endif
};
double slope(kind k, double x) { return tl::gradient(f)(k, x); }
