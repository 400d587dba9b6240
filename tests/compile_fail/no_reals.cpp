// SPDX-License-Identifier: BSL-1.0
// error: tapeless: there is nothing to differentiate with respect to; no argument holds a real number
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto n) { return x * n; };

#ifdef CONTROL
[[maybe_unused]] constexpr auto slope = tl::gradient(f)(2.0, 3);
#else
[[maybe_unused]] constexpr auto slope = tl::gradient(f)(2, 3);
#endif
