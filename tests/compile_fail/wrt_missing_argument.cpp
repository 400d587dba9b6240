// SPDX-License-Identifier: BSL-1.0
// error: tapeless: wrt names an argument that the call does not have; arguments count from 0
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto n) { return x * n; };

#ifdef CONTROL
[[maybe_unused]] constexpr auto slope = tl::gradient(f, tl::wrt<1>)(2.0, 3.0);
#else
[[maybe_unused]] constexpr auto slope = tl::gradient(f, tl::wrt<2>)(2.0, 3.0);
#endif
