// SPDX-License-Identifier: BSL-1.0
// error: tapeless: tl::taylor takes a function of one number; fix the others in a lambda around it
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto... more) { return (sin(x) * ... * more); };
#ifdef CONTROL
[[maybe_unused]] constexpr auto series = tl::taylor<3>(f)(1.0);
#else
[[maybe_unused]] constexpr auto series = tl::taylor<3>(f)(1.0, 2.0);
#endif
