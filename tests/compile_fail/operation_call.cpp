// SPDX-License-Identifier: BSL-1.0
// error: tapeless: this operation takes another number of arguments
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return tl::apply<tl::op::atan2>(x, x * x); };
#else
constexpr auto f = [](auto x) { return tl::apply<tl::op::atan2>(x); };
#endif
double slope(double x) { return tl::gradient(f)(x); }
