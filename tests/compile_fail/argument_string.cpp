// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <string>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, const auto&) { return x * x; };

#ifdef CONTROL
double g(double x) { return tl::gradient(f, tl::wrt<0>)(x, 1); }
#else
double g(double x) { return tl::gradient(f, tl::wrt<0>)(x, std::string("name")); }
#endif
