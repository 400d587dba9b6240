// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; the window is no larger than the image with its padding
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::conv2d<tl::window{.padding = 1}>(a, b)); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::conv2d(a, b)); };
#endif
auto g(const tl::tensor<double, 2, 2, 1>& a, const tl::tensor<double, 3, 3, 1, 2>& b) { return tl::gradient(f)(a, b); }
