// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified
#include <cmath>

#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](auto x) { return sin(x); };
#else
constexpr auto f = [](auto x) { return std::sin(x); };
#endif
[[maybe_unused]] constexpr double g = tl::gradient(f)(1.0);
