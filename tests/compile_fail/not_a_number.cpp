// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument must be a scalar, an array, a tuple or a BOOST_HANA_DEFINE_STRUCT of these
#include <tapeless/tapeless.hpp>

struct point {
  double x = 1;
};
constexpr auto f = [](auto p) { return p; };

#ifdef CONTROL
[[maybe_unused]] constexpr auto slope = tl::gradient(f)(point{}.x);
#else
[[maybe_unused]] constexpr auto slope = tl::gradient(f)(point{});
#endif
