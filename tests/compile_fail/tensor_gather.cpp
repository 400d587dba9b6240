// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an index is a whole number, or a tensor of them
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::gather(a, 1) + tl::sum(b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::gather(a, b[0]) + tl::sum(b); };
#endif
auto g(const tl::vec<double, 3>& a, const tl::vec<double, 2>& b) { return tl::gradient(f)(a, b); }
