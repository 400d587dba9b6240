// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a label is a whole number, or a tensor of them
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::dot(tl::one_hot<3>(1), a) + tl::sum(b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::dot(tl::one_hot<3>(a[0]), a) + tl::sum(b); };
#endif
auto g(const tl::vec<double, 3>& a, const tl::vec<double, 2>& b) { return tl::gradient(f)(a, b); }
