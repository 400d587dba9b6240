// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; stack takes tensors of one shape, or numbers
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::stack(a, tl::transpose(b))); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::stack(a, b)); };
#endif
auto g(const tl::mat<double, 2, 3>& a, const tl::mat<double, 3, 2>& b) { return tl::gradient(f)(a, b); }
