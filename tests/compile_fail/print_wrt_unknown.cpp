// SPDX-License-Identifier: BSL-1.0
// error: tapeless: wrt names an argument that the call does not have; arguments count from 0
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x) { return x * x; };

#ifdef CONTROL
constexpr std::size_t length = tl::to_c<"f", double>(f, tl::wrt<0>).size();
#else
constexpr std::size_t length = tl::to_c<"f", double>(f, tl::wrt<1>).size();
#endif
