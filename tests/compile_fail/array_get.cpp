// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the index is beyond the end of the vector
#include <tapeless/tapeless.hpp>

constexpr tl::vec v{1.0, 2.0, 3.0};
#ifdef CONTROL
constexpr double last = v.get<2>();
#else
constexpr double last = v.get<3>();
#endif
