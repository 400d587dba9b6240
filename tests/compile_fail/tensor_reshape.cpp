// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; a reshaped tensor has as many elements as before
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::reshape<3, 2>(a)) + tl::sum(b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::reshape<3, 3>(a)) + tl::sum(b); };
#endif
auto g(const tl::mat<double, 2, 3>& a, const tl::mat<double, 3, 2>& b) { return tl::gradient(f)(a, b); }
