// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a pointer or a std::function hides what it calls; pass a generic lambda, [](auto x) { return f(x); }
#include <tapeless/tapeless.hpp>

struct model {
  constexpr auto operator()(auto x) const { return cube(x); }
  template <class T>
  constexpr T cube(T x) const {
    return x * x * x;
  }
};

#ifdef CONTROL
double slope(double x) { return tl::gradient(model{})(x); }
#else
double slope(double x) { return tl::gradient(&model::cube<double>)(x); }
#endif
