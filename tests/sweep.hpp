// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

// The laws over operations and shapes take long to compile. The ordinary tests hold them to the types and shapes that
// tell most; the preset `sweep` compiles the same files, and those of the folder `sweep`, for all.
namespace sweep {

#ifdef TAPELESS_SWEEP
inline constexpr bool is_on = true;
/// Which part of the shapes: 1 to 5, since a compiler has not room for all.
inline constexpr std::size_t part = TAPELESS_SWEEP;
#else
inline constexpr bool is_on = false;
inline constexpr std::size_t part = 1;
#endif

/// Calls `f.operator()<R, C>()` for all R and C from 1 to 5, and for lines, columns and primes, which fill no register:
/// a fifth of them in each part.
template <class F>
void for_each_matrix(const F& f) {
  [&]<std::size_t... C>(std::index_sequence<C...>) { (f.template operator()<part, C + 1>(), ...); }
  (std::make_index_sequence<5>{});
  constexpr std::size_t awkward[5][2] = {{1, 13}, {17, 1}, {7, 11}, {13, 19}, {31, 3}};
  f.template operator()<awkward[part - 1][0], awkward[part - 1][1]>();
}

}  // namespace sweep
