// SPDX-License-Identifier: BSL-1.0
// error: tapeless: hessian needs a scalar-valued function; take tl::jacobian of the gradient of each result
#include <array>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) { return std::array{x, x * x}; };
#ifdef CONTROL
auto h = tl::jacobian(f)(1.0);
#else
auto h = tl::hessian(f)(1.0);
#endif
