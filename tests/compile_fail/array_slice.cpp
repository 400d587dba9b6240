// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the slice reaches beyond the end of the vector
#include <tapeless/tapeless.hpp>

constexpr tl::vec v{1.0, 2.0, 3.0};
#ifdef CONTROL
constexpr tl::vec<double, 2> tail = v.slice<1, 2>();
#else
constexpr tl::vec<double, 3> tail = v.slice<1, 3>();
#endif
