// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/transform/schedule.hpp>

namespace tapeless::detail {

struct code_size {
  std::size_t instructions, loads, constants, stores, blocks;
};

constexpr code_size size_of(const schedule& s) {
  return {s.instructions.size(), s.loads.size(), s.constants.size(), s.stores.size(), s.blocks.size()};
}

/// A schedule as constant tables, from which templates emit the program.
template <code_size N>
struct code {
  static constexpr code_size size = N;
  instruction instructions[N.instructions + 1]{};
  transfer loads[N.loads + 1]{}, constants[N.constants + 1]{}, stores[N.stores + 1]{};
  block blocks[N.blocks + 1]{};
  extent_of_kinds frame, registers;
};

template <code_size N>
constexpr code<N> freeze(const schedule& s) {
  code<N> c;
  for (std::size_t i = 0; i < N.instructions; ++i) c.instructions[i] = s.instructions[i];
  for (std::size_t i = 0; i < N.loads; ++i) c.loads[i] = s.loads[i];
  for (std::size_t i = 0; i < N.constants; ++i) c.constants[i] = s.constants[i];
  for (std::size_t i = 0; i < N.stores; ++i) c.stores[i] = s.stores[i];
  for (std::size_t i = 0; i < N.blocks; ++i) c.blocks[i] = s.blocks[i];
  c.frame = s.frame;
  c.registers = s.registers;
  return c;
}

/// The type of a condition on scalars of type T; a SIMD scalar would have a mask here.
template <class T> struct condition { using type = bool; };

/// Room for values of each kind. Nothing is initialised: every place is written before it is read.
template <class T, extent_of_kinds N>
struct bank {
  static constexpr std::size_t room(element k) { return static_cast<std::size_t>(N[k] > 0 ? N[k] : 1); }
  T real[room(element::real)];
  long long integer[room(element::integer)];
  typename condition<T>::type boolean[room(element::boolean)];

  template <element K>
  static constexpr auto values() {
    if constexpr (K == element::real) return &bank::real;
    else if constexpr (K == element::integer) return &bank::integer;
    else return &bank::boolean;
  }
  template <element K> static constexpr auto of = values<K>();
};

}  // namespace tapeless::detail
