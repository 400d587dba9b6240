// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an array
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
using whole = long long;
#else
__extension__ using whole = __int128;
#endif
constexpr auto f = [](auto n, auto x) { return n * x; };
double slope(whole n, double x) { return tl::gradient(f)(n, x); }
