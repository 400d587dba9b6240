// SPDX-License-Identifier: BSL-1.0
// error: tapeless: partial names an argument that the call does not have
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) { return x * x; };
#ifdef CONTROL
auto d = tl::partial<1>(f)(3.0);
#else
auto d = tl::partial<1, 1>(f)(3.0);
#endif
