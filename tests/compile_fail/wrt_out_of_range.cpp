// SPDX-License-Identifier: BSL-1.0
// error: tapeless: wrt names an argument that the call does not have; arguments count from 0
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * y; };

#ifdef CONTROL
constexpr double g = tl::gradient(f, tl::wrt<1>)(3.0, 2.0);
#else
constexpr double g = tl::gradient(f, tl::wrt<2>)(3.0, 2.0);
#endif
