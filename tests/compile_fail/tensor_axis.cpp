// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the tensor has no such axis; axes count from 0
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::sum<1>(a)) + tl::sum(b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::sum<2>(a)) + tl::sum(b); };
#endif
auto g(const tl::mat<double, 2, 3>& a, const tl::mat<double, 3, 2>& b) { return tl::gradient(f)(a, b); }
