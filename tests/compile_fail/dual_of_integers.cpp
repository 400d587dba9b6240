// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a dual is made of float, double, long double, or of what stands for one of them
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
using made_of = double;
#else
using made_of = int;
#endif
tl::dual<made_of> twice(tl::dual<made_of> x) { return x + x; }
