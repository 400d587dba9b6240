// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; dot takes two tensors of one shape
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return dot(tl::slice<0, 2>(a), b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return dot(a, b); };
#endif
auto g(const tl::vec<double, 3>& a, const tl::vec<double, 2>& b) { return tl::gradient(f)(a, b); }
