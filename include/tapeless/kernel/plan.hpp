// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/transform/tensor_plan.hpp>

// A plan as constant tables, from which templates emit the steps.
namespace tapeless::detail {

struct plan_size {
  std::size_t steps, nodes, outputs, accesses, tables;
};

template <plan_size Room>
struct frozen_plan {
  plan_size size{};
  std::size_t workspace = 0;
  planned_step steps[Room.steps + 1]{};
  node nodes[Room.nodes + 1]{};
  std::int32_t outputs[Room.outputs + 1]{};
  planned_result results[Room.outputs + 1]{};
  planned_access accesses[Room.accesses + 1]{};
  long double tables[Room.tables + 1]{};

  constexpr bool fits() const {
    return size.steps <= Room.steps && size.nodes <= Room.nodes && size.outputs <= Room.outputs &&
           size.accesses <= Room.accesses && size.tables <= Room.tables;
  }
};

template <plan_size Room>
constexpr frozen_plan<Room> freeze(const tensor_plan& p) {
  frozen_plan<Room> f;
  f.size = {p.steps.size(), p.nodes.size(), p.outputs.size(), p.accesses.size(), p.tables.size()};
  f.workspace = p.workspace;
  if (!f.fits()) return f;
  for (std::size_t i = 0; i < p.steps.size(); ++i) f.steps[i] = p.steps[i];
  for (std::size_t i = 0; i < p.nodes.size(); ++i) f.nodes[i] = p.nodes[i];
  for (std::size_t i = 0; i < p.outputs.size(); ++i) f.outputs[i] = p.outputs[i], f.results[i] = p.results[i];
  for (std::size_t i = 0; i < p.accesses.size(); ++i) f.accesses[i] = p.accesses[i];
  for (std::size_t i = 0; i < p.tables.size(); ++i) f.tables[i] = p.tables[i];
  return f;
}

/// Room for the plans of most programs of a given number of nodes.
constexpr plan_size ample_plan(std::size_t nodes) {
  return {nodes + 16, 3 * nodes + 64, nodes + 16, 2 * nodes + 32, 0};
}

}  // namespace tapeless::detail
