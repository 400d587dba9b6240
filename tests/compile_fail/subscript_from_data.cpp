// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded integer is known at run time only; index with tl::gather(values, i)
#include <array>

#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& x, auto i) { return tl::gather(x, i); };
#else
constexpr auto f = [](const auto& x, auto i) { return x[i]; };
#endif

[[maybe_unused]] constexpr auto slope = tl::gradient(f, tl::wrt<0>)(std::array{1.0, 2.0}, 1);
