// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the block reaches beyond the edge of the matrix
#include <tapeless/tapeless.hpp>

constexpr tl::mat<double, 2, 3> m{1, 2, 3, 4, 5, 6};
#ifdef CONTROL
constexpr tl::mat<double, 1, 3> corner = m.block<1, 0, 1, 3>();
#else
constexpr tl::mat<double, 1, 3> corner = m.block<1, 1, 1, 3>();
#endif
