// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function cannot be recorded in a constant expression; pass run-time numbers as arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr double rate = 0.5;
#else
double rate = 0.5;
#endif
constexpr auto f = [](auto x) { return rate * x * x; };
double slope(double x) { return tl::gradient(f)(x); }
