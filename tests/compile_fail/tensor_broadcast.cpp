// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; what is repeated has the extents of the result
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::broadcast_to<2, 3>(a)) + tl::sum(b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::broadcast_to<3, 2>(a)) + tl::sum(b); };
#endif
auto g(const tl::vec<double, 3>& a, const tl::vec<double, 2>& b) { return tl::gradient(f)(a, b); }
