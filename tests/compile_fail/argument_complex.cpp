// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <complex>

#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto re, auto im) { return re * re + im * im; };
double slope(std::complex<double> z) { return std::get<0>(tl::gradient(f)(z.real(), z.imag())); }
#else
constexpr auto f = [](auto z) { return norm(z); };
double slope(std::complex<double> z) { return tl::gradient(f)(z).real(); }
#endif
