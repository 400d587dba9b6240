// SPDX-License-Identifier: BSL-1.0
// error: tapeless: x * y of two vectors may mean dot(x, y), outer(x, y) or hadamard(x, y)
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return dot(a, b); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return a * b; };
#endif
auto g(const tl::vec<double, 3>& a, const tl::vec<double, 3>& b) { return tl::gradient(f)(a, b); }
