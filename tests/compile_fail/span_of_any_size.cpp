// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <span>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1]; };

#ifdef CONTROL
double g(std::span<const double, 2> x) { return tl::gradient(f)(x)[0]; }
#else
double g(std::span<const double> x) { return tl::gradient(f)(x)[0]; }
#endif
