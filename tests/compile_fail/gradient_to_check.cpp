// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the gradient to check must return one number for each real scalar that is differentiated
#include <tuple>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * y; };

#ifdef CONTROL
static_assert(tl::check_gradient(f, [](auto x, auto y) { return std::tuple(y, x); })(3.0, 4.0));
#else
static_assert(tl::check_gradient(f, [](auto, auto y) { return y; })(3.0, 4.0));
#endif
