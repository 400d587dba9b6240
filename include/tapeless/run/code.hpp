// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/run/pack.hpp>
#include <tapeless/run/scalar.hpp>
#include <tapeless/transform/schedule.hpp>

namespace tapeless::detail {

struct code_size {
  std::size_t instructions, loads, constants, stores, blocks;
};

constexpr code_size size_of(const schedule& s) {
  return {s.instructions.size(), s.loads.size(), s.constants.size(), s.stores.size(), s.blocks.size()};
}

/// A schedule as constant tables, from which templates emit the program. Where it does not fit, only its size is kept.
template <code_size Room>
struct code {
  code_size size{};
  instruction instructions[Room.instructions + 1]{};
  transfer loads[Room.loads + 1]{}, constants[Room.constants + 1]{}, stores[Room.stores + 1]{};
  block blocks[Room.blocks + 1]{};
  extent_of_kinds frame, registers;

  constexpr bool fits() const {
    return size.instructions <= Room.instructions && size.loads <= Room.loads && size.constants <= Room.constants &&
           size.stores <= Room.stores && size.blocks <= Room.blocks;
  }
};

template <code_size Room>
constexpr code<Room> freeze(const schedule& s) {
  code<Room> c;
  c.size = size_of(s);
  if (!c.fits()) return c;
  for (std::size_t i = 0; i < s.instructions.size(); ++i) c.instructions[i] = s.instructions[i];
  for (std::size_t i = 0; i < s.loads.size(); ++i) c.loads[i] = s.loads[i];
  for (std::size_t i = 0; i < s.constants.size(); ++i) c.constants[i] = s.constants[i];
  for (std::size_t i = 0; i < s.stores.size(); ++i) c.stores[i] = s.stores[i];
  for (std::size_t i = 0; i < s.blocks.size(); ++i) c.blocks[i] = s.blocks[i];
  c.frame = s.frame;
  c.registers = s.registers;
  return c;
}

/// Room for the code of most programs of a given number of nodes and results.
constexpr code_size ample_room(std::size_t nodes, std::size_t results) {
  return {nodes, nodes + 16, nodes / 2 + 16, results, nodes / static_cast<std::size_t>(small_block_size) + 1};
}

// A schedule is frozen in room that most programs fit into; if one does not, it is made again. (Variables and not
// locals of a function, which compilers would evaluate again for every evaluation of that function.)
template <class Planner, std::size_t Width, code_size Room>
inline constexpr auto first_code = freeze<Room>(Planner::plan(Width));
template <class Planner, std::size_t Width, code_size Room>
inline constexpr auto second_code = freeze<first_code<Planner, Width, Room>.size>(Planner::plan(Width));

/// The code of a program for packs of `Width` numbers; the planner makes a schedule for them.
template <class Planner, std::size_t Width, std::size_t Nodes, std::size_t Results>
constexpr const auto& code_of() {
  constexpr code_size room = ample_room(Nodes, Results);
  if constexpr (first_code<Planner, Width, room>.fits()) return first_code<Planner, Width, room>;
  else return second_code<Planner, Width, room>;
}

struct no_pack {};

/// Room for values of each kind. Nothing is initialised: every place is written before it is read.
template <class T, extent_of_kinds N>
struct bank {
  static constexpr std::size_t room(element k) { return static_cast<std::size_t>(N[k] > 0 ? N[k] : 1); }
  T real[room(element::real)];
  typename whole_number<T>::type integer[room(element::integer)];
  typename condition<T>::type boolean[room(element::boolean)];
  std::conditional_t<std::is_arithmetic_v<T>, pack<T, pack_width<T>>, no_pack> packs[room(element::pack)];

  template <element K>
  static constexpr auto values() {
    if constexpr (K == element::real) return &bank::real;
    else if constexpr (K == element::integer) return &bank::integer;
    else if constexpr (K == element::boolean) return &bank::boolean;
    else return &bank::packs;
  }
  template <element K>
  static constexpr auto of = values<K>();
};

}  // namespace tapeless::detail
