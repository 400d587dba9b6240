// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a tensor has one to four dimensions, and at least one element along each
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr tl::tensor<float, 1, 2, 3, 4> x{};
#else
constexpr tl::tensor<float, 1, 2, 3, 4, 5> x{};
#endif
