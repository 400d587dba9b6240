// SPDX-License-Identifier: BSL-1.0
// error: use tl::select
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return tl::select(x < 0, -x, x); };
#else
constexpr auto f = [](auto x) { return x < 0 ? -x : x; };
#endif

constexpr auto slope = tl::gradient(f)(2.0);
