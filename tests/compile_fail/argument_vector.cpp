// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument must be a scalar, an array, a tuple or a BOOST_HANA_DEFINE_STRUCT of these
#include <span>
#include <vector>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1]; };

#ifdef CONTROL
double g(const std::vector<double>& x) { return tl::gradient(f)(std::span<const double, 2>(x.data(), 2))[0]; }
#else
double g(const std::vector<double>& x) { return tl::gradient(f)(x)[0]; }
#endif
