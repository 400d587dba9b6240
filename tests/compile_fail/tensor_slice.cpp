// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the slice reaches beyond the end of the axis
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::slice<1, 2>(a) + b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::slice<2, 2>(a) + b); };
#endif
auto g(const tl::vec<double, 3>& a, const tl::vec<double, 2>& b) { return tl::gradient(f)(a, b); }
