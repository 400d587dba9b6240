// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified
#include <cmath>

#include <tapeless/tapeless.hpp>

double smooth(double x) { return x / (1 + std::fabs(x)); }

#ifdef CONTROL
constexpr auto f = [](auto x) { return x / (1 + abs(x)); };
#else
constexpr auto f = [](auto x) { return smooth(x); };
#endif
float slope(float x) { return tl::gradient(f)(x); }
