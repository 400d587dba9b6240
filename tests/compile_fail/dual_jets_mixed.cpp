// SPDX-License-Identifier: BSL-1.0
// error: tapeless: numbers with tangents of different types do not mix; give all of them the same number type
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
using second_factor = tl::jet<double, 2>;
#else
using second_factor = tl::jet<double, 3>;
#endif
auto product(tl::jet<double, 2> x, second_factor y) { return x * exp(y); }
