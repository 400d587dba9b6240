// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function cannot be recorded in a constant expression; pass run-time numbers as arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto cube(auto x) { return x * x * x; }
#else
auto cube(auto x) { return x * x * x; }
#endif
constexpr auto f = [](auto x) { return cube(x) * x; };
double slope(double x) { return tl::gradient(f)(x); }
