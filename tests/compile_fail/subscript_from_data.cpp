// SPDX-License-Identifier: BSL-1.0
// error: index with tl::gather
#include <array>

#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& x, auto i) { return tl::gather(x, i); };
#else
constexpr auto f = [](const auto& x, auto i) { return x[i]; };
#endif

constexpr auto slope = tl::gradient(f, tl::wrt<0>)(std::array{1.0, 2.0}, 1);
