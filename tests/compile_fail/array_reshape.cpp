// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a reshaped value has as many elements as before
#include <tapeless/tapeless.hpp>

constexpr tl::mat<double, 2, 3> m{1, 2, 3, 4, 5, 6};
#ifdef CONTROL
constexpr tl::mat<double, 3, 2> reshaped = m.reshape<3, 2>();
#else
constexpr tl::mat<double, 3, 3> reshaped = m.reshape<3, 3>();
#endif
