// SPDX-License-Identifier: BSL-1.0
// error: tapeless: tl::side_by_side takes as many functions as it has titles
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) { return x * x; };

#ifdef CONTROL
constexpr auto both = tl::side_by_side<"f", "its gradient">(f, tl::gradient(f));
#else
constexpr auto both = tl::side_by_side<"f", "its gradient">(f);
#endif
