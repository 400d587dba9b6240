// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <initializer_list>

#include <tapeless/print/number.hpp>
#include <tapeless/tensor/inverse.hpp>
#include <tapeless/tensor/softmax.hpp>
#include <tapeless/tensor/window.hpp>

// Operations on whole tensors as they are called.
namespace tapeless::detail {

/// Writes <1, 2, 3>, nothing where nothing is added.
class template_arguments {
 public:
  constexpr explicit template_arguments(text& out) : out_(out) {}
  constexpr template_arguments& add(std::uint64_t number) {
    separate();
    write_integer(out_, static_cast<long long>(number));
    return *this;
  }
  constexpr template_arguments& add(const char* word) {
    separate();
    out_.append(word);
    return *this;
  }
  constexpr template_arguments& add(const shape& s) {
    for (std::size_t axis = 0; axis < s.rank(); ++axis) add(std::uint64_t{s.extent(axis)});
    return *this;
  }
  constexpr void close() {
    if (any_) out_.append('>');
  }

 private:
  constexpr void separate() {
    out_.append(any_ ? ", " : "<");
    any_ = true;
  }
  text& out_;
  bool any_ = false;
};

/// The extents of a tensor: 3x4.
constexpr void write_extents(text& out, const shape& s) {
  for (std::size_t axis = 0; axis < s.rank(); ++axis) {
    if (axis > 0) out.append('x');
    write_integer(out, static_cast<long long>(s.extent(axis)));
  }
}

/// An operation with what it is told besides its operands: sum<0>, slice<1, 0, 2>, transpose. `x` is the shape of the
/// first operand.
constexpr void write_tensor_operation(text& out, const node& n, const shape& x) {
  const std::uint64_t parameter = parameter_of(n);
  template_arguments arguments(out);
  if (n.is<op::sum>() || n.is<op::largest>()) {
    out.append(n.is<op::sum>() ? "sum" : "max");
    for (std::size_t axis = 0; parameter != 0 && axis < x.rank(); ++axis)
      if ((parameter >> axis & 1) == 0) arguments.add(std::uint64_t{axis});
  } else if (n.is<op::broadcast>()) {
    out.append("broadcast_to");
    arguments.add(n.shape);
  } else if (n.is<op::reshape>()) {
    out.append("reshape");
    arguments.add(n.shape);
  } else if (n.is<op::permute>()) {
    const bool transposes = parameter == transposed_axes(x.rank());
    out.append(transposes ? "transpose" : "permute");
    for (std::size_t axis = 0; !transposes && axis < x.rank(); ++axis) arguments.add(axis_at(parameter, axis));
  } else if (n.is<op::slice>()) {
    out.append("slice");
    arguments.add(parameter % 4).add(parameter / 4).add(std::uint64_t{n.shape.extent(parameter % 4)});
  } else if (n.is<op::place>()) {
    out.append("place");
    arguments.add(parameter % 4).add(parameter / 4).add(std::uint64_t{n.shape.extent(parameter % 4)});
  } else if (n.is<op::concat>()) {
    out.append("concat");
    if (parameter % 4 != 0) arguments.add(parameter % 4);
  } else if (n.is<op::add_element>()) {
    out.append(parameter % 2 != 0 ? "set_element" : "add_element");
    arguments.add(parameter / 2);
  } else if (n.is<op::place_element>() || n.is<op::element_at>()) {
    out.append(n.op->name);
    arguments.add(parameter);
  } else if (n.is<op::matmul>()) {
    out.append(n.op->name);
    constexpr const char* which[] = {"", "left_transposed", "right_transposed", "both_transposed"};
    if (parameter != 0) arguments.add(which[parameter & 3]);
  } else if (n.is<op::solve>()) {
    out.append(n.op->name);
    if (parameter != 0) arguments.add("transposed");
  } else if (n.is<op::one_hot>()) {
    out.append("one_hot");
    arguments.add(std::uint64_t{n.shape.extent(n.shape.rank() - 1)});
  } else if (n.is<op::triangle_part>()) {
    out.append((parameter & upper_part) != 0 ? "upper_triangle" : "lower_triangle");
    if ((parameter & half_diagonal) != 0) arguments.add("half_diagonal");
  } else if (n.is<op::triangular_solve>()) {
    out.append("solve_triangular");
    constexpr const char* which[] = {"", "upper", "lower_transposed", "upper_transposed"};
    if (parameter != 0) arguments.add(which[parameter & 3]);
  } else if (n.is<op::patches>() || n.is<op::patches_to_compare>() || n.is<op::overlay>()) {
    out.append(n.op->name);
    const moving_window window = moving_window::of(parameter);
    for (const std::size_t each :
         {window.height, window.width, window.stride[0], window.stride[1], window.padding[0], window.padding[1]})
      arguments.add(std::uint64_t{each});
  } else {
    out.append(n.op->name);
    if (parameter != 0) arguments.add(parameter);
  }
  arguments.close();
}

/// The place of an element in a tensor: [3], (1, 2).
constexpr void write_place(text& out, const shape& s, std::size_t index) {
  const bool line = s.rank() == 1;
  std::size_t below = s.size();
  out.append(line ? '[' : '(');
  for (std::size_t axis = 0; axis < s.rank(); ++axis) {
    if (axis > 0) out.append(", ");
    below /= s.extent(axis);
    write_integer(out, static_cast<long long>(index / below));
    index %= below;
  }
  out.append(line ? ']' : ')');
}

// ---- how operations are written ---------------------------------------------------------------------------------

/// Another form of the same elements whose extents differ by ones only: a vector as a column, a column as a vector.
constexpr bool is_line_form(const node& n, const shape& before) {
  if (!n.is<op::reshape>()) return false;
  const auto bare = [](const shape& s) {
    shape result;
    for (std::size_t axis = 0; axis < s.rank(); ++axis)
      if (s.extent(axis) != 1) result = result.with_axis(s.extent(axis));
    return result;
  };
  return bare(n.shape) == bare(before);
}

/// Repeated as C++ does without being told: along the first axes.
constexpr bool is_implied_broadcast(const node& n) {
  if (!n.is<op::broadcast>()) return false;
  const std::uint64_t kept = parameter_of(n), added = all_axes(n.shape) & ~kept;
  return (added & (added + 1)) == 0;
}

enum class tensor_form : unsigned char { as_numbers, call, product, outer, dot, hadamard, element };

/// A program's nodes for those who write them.
template <class Nodes>
struct tensor_reader {
  const Nodes& w;

  /// An operand without the forms that are not written.
  constexpr std::int32_t bare(std::int32_t i) const {
    while (w[i].op->arity > 0 && is_line_form(w[i], w[w[i].operand[0]].shape)) i = w[i].operand[0];
    return i;
  }
  constexpr tensor_form form(const node& n) const {
    if (n.is<op::matmul>()) {
      const shape left = w[bare(n.operand[0])].shape, right = w[bare(n.operand[1])].shape;
      if (left.rank() != 1 || right.rank() != 1) return tensor_form::product;
      return n.shape.size() == 1 && left.size() != 1 ? tensor_form::dot : tensor_form::outer;
    }
    if (n.is<op::element_at>()) return tensor_form::element;
    if (n.op->tensor) return tensor_form::call;
    if (n.shape.is_scalar() || !n.is<op::mul>()) return tensor_form::as_numbers;
    const node &a = w[n.operand[0]], &b = w[n.operand[1]];
    if (is_outer(a, b) || is_outer(b, a)) return tensor_form::outer;
    const auto is_number = [&](const node& x) {
      return x.is_constant() || (x.is<op::broadcast>() && w[x.operand[0]].shape.is_scalar());
    };
    return is_number(a) || is_number(b) ? tensor_form::as_numbers : tensor_form::hadamard;
  }
  /// Operand k of an operation element by element, as it is written beside the others.
  constexpr std::int32_t operand(const node& n, int k) const {
    const std::int32_t i = n.operand[k];
    if (n.op->tensor || n.shape.is_scalar() || !is_implied_broadcast(w[i])) return i;
    bool other_is_whole = false;
    for (int j = 0; j < n.op->arity; ++j) {
      const node& other = w[n.operand[j]];
      other_is_whole = other_is_whole || (!other.shape.is_scalar() && !is_implied_broadcast(other));
    }
    return other_is_whole ? w[i].operand[0] : i;
  }
  /// Operand k of an outer product: its vectors, the one of the rows first.
  constexpr std::int32_t factor(const node& n, int k) const {
    if (n.is<op::matmul>()) return n.operand[k];
    return w[n.operand[is_outer(w[n.operand[0]], w[n.operand[1]]) ? k : 1 - k]].operand[0];
  }
  /// Whether operand k of a product of matrices is to be transposed; a vector is a row or a column as it comes.
  constexpr bool is_transposed(const node& n, int k) const {
    return (parameter_of(n) >> k & 1) != 0 && w[bare(n.operand[k])].shape.rank() != 1;
  }

 private:
  static constexpr bool is_outer(const node& a, const node& b) {
    return a.is<op::broadcast>() && b.is<op::broadcast>() && a.shape.rank() == 2 && parameter_of(a) == 1 &&
           parameter_of(b) == 2;
  }
};
template <class Nodes>
tensor_reader(const Nodes&) -> tensor_reader<Nodes>;

/// The name of an input: of a whole tensor, or of a number.
template <class Names>
constexpr void write_input(text& out, const Names& names, const node& n) {
  if constexpr (requires { names.whole(out, n.operand[0]); }) {
    if (!n.shape.is_scalar()) return names.whole(out, n.operand[0]);
  }
  names(out, n.operand[0]);
}

}  // namespace tapeless::detail
