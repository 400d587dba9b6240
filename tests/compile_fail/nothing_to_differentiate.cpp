// SPDX-License-Identifier: BSL-1.0
// error: tapeless: there is nothing to differentiate with respect to; no argument holds a real number
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto n) { return n * n; };

#ifdef CONTROL
constexpr double g = tl::gradient(f)(3.0);
#else
constexpr double g = tl::gradient(f)(3);
#endif
