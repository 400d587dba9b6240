// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/elementwise.hpp>

// Operations on whole tensors, applied: recorded as one node where an operand is recorded, computed at once otherwise.
namespace tapeless::detail {

/// The scalar of a result that depends on all these: recorded, or a number.
template <class... S>
struct result_scalar {
  using type = typename joint_type<S...>::type;
};
template <class... S>
requires(Recorded<S> || ...) struct result_scalar<S...> {
  using type = recorded<joint_scalar<S...>>;
};

template <class S>
inline constexpr bool is_whole_scalar = std::is_integral_v<S> || std::is_integral_v<recorded_scalar_t<S>>;

/// An operand with elements of type S: itself where they are, or where one of the two counts, otherwise a copy.
template <class S, class X>
constexpr decltype(auto) with_scalar(const X& x) {
  using own = scalar_in_t<X>;
  if constexpr (std::is_same_v<own, S> || is_whole_scalar<own> || is_whole_scalar<S>) {
    return (x);
  } else if constexpr (TensorValue<X>) {
    tensor_with_t<S, extents_of_type<X>().code()> copy{};
    for (std::size_t i = 0; i < copy.size(); ++i) copy.data()[i] = static_cast<S>(x.data()[i]);
    return copy;
  } else {
    return static_cast<S>(x);
  }
}

template <class X>
constexpr auto* elements_of(X& x) {
  if constexpr (TensorValue<X>) return x.data();
  else return &x;
}

/// An operation on whole tensors whose result has scalars S (recorded, if an operand is) and extents `Result`, and that
/// sees its operands with extents `Seen`: a vector may be a matrix of one column to it.
template <class Op, class S, std::uint64_t Result, std::uint64_t... Seen, class... X>
constexpr auto apply_whole(std::uint64_t parameter, const X&... x) {
  using result = tensor_with_t<S, Result>;
  if constexpr (any_recorded<X...>) {
    if (recorder* const home = home_of(x...)) {
      recorder& r = *home;
      const auto seen = [&]<std::uint64_t As, class Operand>(const Operand& operand) {
        const value all = value_of(r, operand);
        const shape as = shape::from(As).with_kind(all.kind());
        return all.is_tensor() ? record_reshape(r, all, as) : shaped(r, all, as);
      };
      const value operands[] = {seen.template operator()<Seen>(x)...};
      constexpr element kind = value::kind_of<recorded_scalar_t<S>>;
      const node n{
          .op = describe<Op>(), .shape = shape::from(Result).with_kind(kind), .number = as_parameter(parameter)};
      return result(Op::record(r, n, operands));
    }
  }
  const auto compute = [&](const auto&... operand) {
    result made{};
    tensor_call call{shape::from(Result), {}, parameter};
    std::size_t place = 0;
    ((call.operand[place++] = shape::from(Seen)), ...);
    Op::compute(call, elements_of(made), elements_of(operand)...);
    return made;
  };
  return compute(with_scalar<S>(x)...);
}

/// As above, the operands with extents of their own.
template <class Op, std::uint64_t Result, class... X>
constexpr auto apply_as_they_are(std::uint64_t parameter, const X&... x) {
  return apply_whole<Op, typename result_scalar<scalar_in_t<X>...>::type, Result, extents_of_type<X>().code()...>(
      parameter, x...);
}

}  // namespace tapeless::detail
