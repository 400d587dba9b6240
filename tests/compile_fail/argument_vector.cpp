// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <span>
#include <vector>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1]; };

#ifdef CONTROL
double g(const std::vector<double>& x) { return tl::gradient(f)(std::span<const double, 2>(x.data(), 2))[0]; }
#else
double g(const std::vector<double>& x) { return tl::gradient(f)(x)[0]; }
#endif
