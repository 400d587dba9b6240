// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function cannot be called with these arguments; check their number, and that its parameters are generic
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return x * x; };
#else
constexpr auto f = [](double x) { return x * x; };
#endif
constexpr double g = tl::gradient(f)(3.0);
