// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program.hpp>

namespace tapeless::detail {

/// Programs up to this many instructions are expanded where they are called; larger ones are functions of their own.
inline constexpr std::size_t expand_in_place = 256;

template <class Program, bool Settle, class T, class G, class... A>
[[gnu::always_inline]] constexpr void run_in_place(T& value, G& g, const A&... x) {
  using program_code = emitter<code_of<Program, pack_width<T>, Program::graph.size, Program::outputs>(), T>;
  outputs<T, Settle, G> results(value, g);
  program_code::run(inputs<T, A...>(x...), results);
  results.finish(g);
}

template <class Program, bool Settle, class T, class G, class... A>
constexpr void run_as_function(T& value, G& g, const A&... x) {
  run_in_place<Program, Settle>(value, g, x...);
}

}  // namespace tapeless::detail
