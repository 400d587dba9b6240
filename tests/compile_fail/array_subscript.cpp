// SPDX-License-Identifier: BSL-1.0
// error: /not a constant expression|must be initialized by a constant expression|call to non-.constexpr. function/
#include <tapeless/tapeless.hpp>

constexpr tl::mat<double, 2, 3> m{1, 2, 3, 4, 5, 6};
#ifdef CONTROL
constexpr double element = m(0, 2);
#else
constexpr double element = m(0, 3);  // which would be in row 1
#endif
