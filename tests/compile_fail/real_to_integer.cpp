// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded real number does not become an integer; use tl::trunc, tl::floor or tl::round
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return x * (x - tl::trunc(x)); };
#else
constexpr auto f = [](auto x) { return x * (x - static_cast<int>(x)); };
#endif
double slope(double x) { return tl::gradient(f)(x); }
