// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; tensors that follow one another along an axis agree in all others
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::concat<1>(a, tl::transpose(b))); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::concat(a, b)); };
#endif
auto g(const tl::mat<double, 2, 3>& a, const tl::mat<double, 3, 2>& b) { return tl::gradient(f)(a, b); }
