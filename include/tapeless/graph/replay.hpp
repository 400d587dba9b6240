// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/simplify.hpp>

namespace tapeless::detail {

/// Records a finished program again, on other inputs: how a derivative is used inside another function.
template <class Inputs>
constexpr buffer<value> replay(recorder& r, const program_view& p, const Inputs& inputs) {
  buffer<value> made(p.size);
  for (std::int32_t i = 0; i < p.size; ++i) {
    const node& n = p[i];
    value& y = made[i];
    if (n.is<op::input>()) {
      if constexpr (requires { inputs.whole(0); })
        y = n.shape.is_scalar() ? inputs[n.operand[0]] : inputs.whole(n.operand[0]);
      else y = inputs[n.operand[0]];
    } else if (n.is<op::structural>()) {
      y = n.number == 0 ? value(zero) : value(one);
    } else if (n.is<op::constant>()) {
      y = value::constant(n.number, n.shape.kind());
    } else {
      value x[3];
      for (int k = 0; k < n.op->arity; ++k) x[k] = made[n.operand[k]];
      y = record_again(r, n, x);
    }
  }
  buffer<value> outputs;
  for (std::int32_t k = 0; k < p.output_count; ++k) outputs.push_back(made[p.outputs[k]]);
  return outputs;
}

}  // namespace tapeless::detail
