// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the extents given to from_array make as many elements as the array has
#include <tapeless/tapeless.hpp>

#include <tapeless/array/from_array.hpp>
constexpr std::array flat{1.0, 2.0, 3.0, 4.0};
#ifdef CONTROL
constexpr auto m = tl::from_array<2, 2>(flat);
#else
constexpr auto m = tl::from_array<2, 3>(flat);
#endif
