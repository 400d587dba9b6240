// SPDX-License-Identifier: BSL-1.0
// error: tapeless: gradient needs a scalar-valued function; use tl::jacobian for several results
#include <array>

#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x, auto y) { return x * y; };
#else
constexpr auto f = [](auto x, auto y) { return std::array{x * y, x + y}; };
#endif
[[maybe_unused]] constexpr auto g = tl::gradient(f)(3.0, 4.0);
