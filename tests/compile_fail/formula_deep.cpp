// SPDX-License-Identifier: BSL-1.0
// error: /cannot convert .*formula|no viable conversion .*formula/
#include <tapeless/tapeless.hpp>

// A hundred levels, each of which uses the one below twice: the message stays short, and comes soon.
constexpr tl::variable<"x"> x;
template <int Levels>
constexpr auto nested() {
  if constexpr (Levels == 0) return sin(x);
  else {
    constexpr auto below = nested<Levels - 1>();
    return sin(below) * below + x;
  }
}
#ifdef CONTROL
[[maybe_unused]] constexpr auto f = nested<100>();
#else
[[maybe_unused]] constexpr int f = nested<100>();
#endif
