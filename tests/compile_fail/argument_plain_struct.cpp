// SPDX-License-Identifier: BSL-1.0
// error: tapeless: an argument must be a scalar, an array, a tuple or a BOOST_HANA_DEFINE_STRUCT of these
#include <boost/hana/at_key.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/string.hpp>

#include <tapeless/tapeless.hpp>

#ifdef CONTROL
struct point {
  BOOST_HANA_DEFINE_STRUCT(point, (double, x), (double, y));
};
constexpr auto f = [](const auto& p) { return boost::hana::at_key(p, BOOST_HANA_STRING("x")); };
#else
struct point {
  double x, y;
};
constexpr auto f = [](const auto& p) { return p.x; };
#endif
constexpr point g = tl::gradient(f)(point{1, 2});
