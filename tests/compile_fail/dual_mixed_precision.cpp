// SPDX-License-Identifier: BSL-1.0
// error: tapeless: numbers with tangents of different types do not mix; give all of them the same number type
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
using second_factor = tl::dual<double>;
#else
using second_factor = tl::dual<float>;
#endif
bool before(tl::dual<double> x, second_factor y) { return x < y; }
