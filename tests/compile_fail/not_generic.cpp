// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return x * x; };
#else
constexpr auto f = [](double x) { return x * x; };
#endif
[[maybe_unused]] constexpr double g = tl::gradient(f)(3.0);
