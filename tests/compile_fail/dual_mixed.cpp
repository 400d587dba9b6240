// SPDX-License-Identifier: BSL-1.0
// error: tapeless: numbers with tangents of different types do not mix; give all of them the same number type
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
using second_factor = tl::dual<double, 2>;
#else
using second_factor = tl::dual<double, 3>;
#endif
constexpr auto f = [](auto x, auto y) { return sin(x) * y; };
auto product(tl::dual<double, 2> x, second_factor y) { return f(x, y); }
