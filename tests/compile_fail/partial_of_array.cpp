// SPDX-License-Identifier: BSL-1.0
// error: tapeless: partial differentiates arguments that are real numbers; use tl::jacobian or tl::hessian for arrays
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](const auto& x, auto y) { return x[0] * y * y; };
#ifdef CONTROL
auto d = tl::partial<0, 2>(f)(std::array{1.0, 2.0}, 3.0);
#else
auto d = tl::partial<1, 2>(f)(std::array{1.0, 2.0}, 3.0);
#endif
