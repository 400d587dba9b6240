// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/op/table.hpp>
#include <tapeless/tensor/element.hpp>
#include <tapeless/tensor/extreme.hpp>
#include <tapeless/tensor/inverse.hpp>
#include <tapeless/tensor/window.hpp>
#include <tapeless/transform/lower.hpp>

// How many operations on numbers an operation on whole tensors takes.
namespace tapeless::detail {

/// Calls `add(operation, count)` for what a step of a plan takes, apart from moving elements about. `x` are the shapes
/// of its operands.
template <class Add>
constexpr void tensor_operations(const node& n, const shape* x, const Add& add) {
  const std::size_t size = n.shape.size();
  const auto products = [&](std::size_t count, const operation_info* summed) {
    add(describe<op::mul>(), count), add(summed, count);
  };
  const auto triangles = [&](std::size_t order, std::size_t columns, std::size_t how_many, std::size_t divided) {
    products(how_many * columns * order * (order - 1) / 2, describe<op::sub>());
    add(describe<op::div>(), divided * columns * order);
  };
  if (n.is<op::matmul>() || n.is<op::matmul_add>()) {
    const std::size_t depth = matmul_extents(x[0], x[1], parameter_of(n)).depth;
    add(describe<op::mul>(), size * depth);
    add(describe<op::add>(), size * (depth - n.is<op::matmul>()));
  } else if (n.is<op::sum>()) {
    add(describe<op::add>(), x[0].size() - size);
  } else if (n.is<op::largest>()) {
    add(describe<op::max>(), x[0].size() - size);
  } else if (n.is<op::argmax>()) {
    add(describe<op::less>(), x[0].size() - size);
  } else if (n.is<op::add_element>()) {
    add(describe<op::add>(), parameter_of(n) % 2 == 0);
  } else if (n.is<op::scatter>() || n.is<op::overlay>()) {
    add(describe<op::add>(), x[0].size());
  } else if (n.is<op::triangle_part>()) {
    add(describe<op::mul>(), (parameter_of(n) & half_diagonal) != 0 ? n.shape.extent(0) : 0);
  } else if (n.is<op::cholesky>()) {
    const std::size_t order = n.shape.extent(0), below = order * (order - 1) / 2;
    products(below, describe<op::add>());  // the symmetric part
    products(below * (order + 1) / 3, describe<op::sub>());
    add(describe<op::div>(), below);
    add(describe<op::sqrt>(), order);
  } else if (n.is<op::triangular_solve>()) {
    triangles(n.shape.extent(0), n.shape.extent(1), 1, 1);
  } else if (n.is<op::lu>()) {
    const std::size_t order = n.shape.extent(1), below = order * (order - 1) / 2;
    products(below * (2 * order - 1) / 3, describe<op::sub>());
    add(describe<op::div>(), below);
    add(describe<op::less>(), below);
  } else if (n.is<op::lu_solve>() || n.is<op::lu_inverse>()) {
    triangles(n.shape.extent(0), n.shape.extent(1), 2, 1);
  } else if (n.is<op::lu_determinant>()) {
    const std::size_t order = x[0].extent(1);
    if (parameter_of(n) != 0) {
      add(describe<op::abs>(), order), add(describe<op::log>(), order), add(describe<op::add>(), order - 1);
    } else if (x[0].extent(0) == order) {
      add(describe<op::mul>(), order == 3 ? 9 : order == 2 ? 2 : 0);
      add(describe<op::sub>(), order == 3 ? 4 : order - 1);
      add(describe<op::add>(), order == 3 ? 1 : 0);
    } else {
      add(describe<op::mul>(), order - 1);
    }
  } else if (n.is<op::cofactors>()) {
    add(describe<op::neg>(), 2);
  } else if (n.is<op::mixed_cofactors>()) {
    products(18, describe<op::sub>());
    add(describe<op::mul>(), 18), add(describe<op::add>(), 9);
  }
}

}  // namespace tapeless::detail
