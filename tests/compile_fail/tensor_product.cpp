// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; A * B needs as many rows in B as A has columns
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(a * tl::transpose(b)); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(a * b); };
#endif
auto g(const tl::mat<double, 2, 3>& a, const tl::mat<double, 2, 3>& b) { return tl::gradient(f)(a, b); }
