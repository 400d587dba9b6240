// SPDX-License-Identifier: BSL-1.0
// error: tapeless: %, &, |, ^, ~, << and >> are for integers; the remainder of real numbers is tl::fmod
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return x * tl::fmod(x, 2.0); };
#else
constexpr auto f = [](auto x) { return x * (x % 2); };
#endif
double slope(double x) { return tl::gradient(f)(x); }
