// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the function cannot be called with these arguments; check their number, and that its parameters are
// generic
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * y; };

#ifdef CONTROL
[[maybe_unused]] constexpr auto g = tl::gradient(f)(1.0, 2.0);
#else
[[maybe_unused]] constexpr auto g = tl::gradient(f)(1.0);
#endif
