// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <array>
#include <complex>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1]; };

#ifdef CONTROL
using number = double;
#else
using number = std::complex<double>;
#endif
auto slope(const std::array<number, 2>& x) { return tl::gradient(f)(x)[0]; }
