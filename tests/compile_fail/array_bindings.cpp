// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the index is beyond the end of the vector
#include <tapeless/tapeless.hpp>

constexpr tl::vec v{1.0, 2.0, 3.0};
#ifdef CONTROL
using last = std::tuple_element_t<2, decltype(v)>;
#else
using last = std::tuple_element_t<3, decltype(v)>;
#endif
