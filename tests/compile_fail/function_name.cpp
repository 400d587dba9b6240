// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a pointer or a std::function hides what it calls; pass a generic lambda, [](auto x) { return f(x); }
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto cube = [](auto x) { return x * x * x; };
#else
double cube(double x) { return x * x * x; }
#endif
double slope(double x) { return tl::gradient(cube)(x); }
