// SPDX-License-Identifier: BSL-1.0
// error: tapeless: wrt names an argument without real numbers; integers, bools and enums are data
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto n, auto x) { return n * x; };

#ifdef CONTROL
[[maybe_unused]] constexpr double g = tl::gradient(f, tl::wrt<1>)(3, 2.0);
#else
[[maybe_unused]] constexpr double g = tl::gradient(f, tl::wrt<0>)(3, 2.0);
#endif
