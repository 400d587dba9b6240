// SPDX-License-Identifier: BSL-1.0
// error: tapeless: what is reshaped lies side by side in memory; copy() does
#include <tapeless/tapeless.hpp>

constexpr tl::mat<double, 2, 3> m{1, 2, 3, 4, 5, 6};
#ifdef CONTROL
constexpr tl::vec<double, 6> flat = m.transpose().copy().reshape<6>();
#else
constexpr tl::vec<double, 6> flat = m.transpose().reshape<6>();
#endif
