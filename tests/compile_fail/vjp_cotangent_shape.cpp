// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a cotangent must be like the result: as many real numbers, in the same order
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) { return std::array{x, x * x}; };
#ifdef CONTROL
auto pulled = tl::vjp(f)(1.0, std::array{1.0, 0.0});
#else
auto pulled = tl::vjp(f)(1.0, 1.0);
#endif
