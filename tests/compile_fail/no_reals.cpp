// SPDX-License-Identifier: BSL-1.0
// error: no argument holds a real number
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto n) { return x * n; };

#ifdef CONTROL
constexpr auto slope = tl::gradient(f)(2.0, 3);
#else
constexpr auto slope = tl::gradient(f)(2, 3);
#endif
