// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a tangent must be like its argument: as many real numbers, in the same order
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x) { return x[0] * x[1]; };
#ifdef CONTROL
auto moved = tl::jvp(f)(std::array{1.0, 2.0}, std::array{1.0, 0.0});
#else
auto moved = tl::jvp(f)(std::array{1.0, 2.0}, std::array{1.0, 0.0, 0.0});
#endif
