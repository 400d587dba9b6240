// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the call takes the arguments, and then a tangent for each one that is differentiated
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * y; };
#ifdef CONTROL
auto moved = tl::jvp(f)(1.0, 2.0, 1.0, 0.0);
#else
auto moved = tl::jvp(f)(1.0, 2.0, 1.0);
#endif
