// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/structure.hpp>

// Every operation of the table on vectors, matrices and tensors: element by element.
namespace tapeless {

namespace detail {

template <class X>
constexpr shape extents_of_type() {
  shape s(element::real);
  if constexpr (TensorValue<X>)
    for (const std::size_t each : tensor_traits<X>::extent) s = s.with_axis(each);
  return s;
}

/// The extents of several operands together; `fit` is lost where two disagree.
struct joint_extents {
  shape whole{element::real};
  bool fit = true;

  /// Counted from the last, extents are equal, or one is 1 or missing.
  constexpr void join(const shape& b) {
    const shape a = whole;
    const std::size_t rank = a.rank() < b.rank() ? b.rank() : a.rank();
    whole = shape(element::real);
    for (std::size_t k = rank; k > 0; --k) {
      const std::size_t x = k <= a.rank() ? a.extent(a.rank() - k) : 1, y = k <= b.rank() ? b.extent(b.rank() - k) : 1;
      fit = fit && (x == y || x == 1 || y == 1);
      whole = whole.with_axis(x == 1 ? y : x);
    }
  }
};
template <class... X>
constexpr joint_extents joint_extents_of() {
  joint_extents e;
  (e.join(extents_of_type<X>()), ...);
  return e;
}

template <class A, class B>
inline constexpr bool same_extents_v = extents_of_type<A>() == extents_of_type<B>();

/// Which axes of `whole` a tensor with extents `e` has, those aside that have but one place there.
constexpr std::uint64_t axes_had(const shape& e, const shape& whole) {
  std::uint64_t axes = 0;
  for (std::size_t k = 1; k <= e.rank(); ++k)
    if (e.extent(e.rank() - k) == whole.extent(whole.rank() - k)) axes |= std::uint64_t{1} << (whole.rank() - k);
  return axes;
}

template <class T, std::uint64_t Extents, class = std::make_index_sequence<shape::from(Extents).rank()>>
struct tensor_with;
template <class T, std::uint64_t Extents, std::size_t... I>
struct tensor_with<T, Extents, std::index_sequence<I...>> {
  using type = tensor_of<T, shape::from(Extents).extent(I)...>;
};
/// The tensor of T with the extents of a shape, given by its code; T itself where there are none.
template <class T, std::uint64_t Extents>
using tensor_with_t = typename tensor_with<T, Extents>::type;

/// The scalars of an operand: its elements, or what it is itself.
template <class X>
struct scalar_in {
  using type = X;
};
template <TensorValue X>
struct scalar_in<X> {
  using type = typename tensor_traits<X>::scalar;
};
template <class X>
using scalar_in_t = typename scalar_in<X>::type;

template <class... X>
inline constexpr bool any_recorded = (Recorded<scalar_in_t<X>> || ...);

/// The recorder of the first operand that has one.
constexpr recorder* home_of() { return nullptr; }
template <class X, class... More>
constexpr recorder* home_of(const X& x, const More&... more) {
  recorder* home = nullptr;
  if constexpr (RecordedTensor<X>) home = x.home();
  else if constexpr (Recorded<X>) home = x.untyped().home();
  return home ? home : home_of(more...);
}

/// An operand as a value: a recorded one is its node, a plain one a constant, or constants put together.
template <class X>
constexpr value value_of(recorder& r, const X& x) {
  if constexpr (RecordedTensor<X>) return x.whole(r);
  else if constexpr (TensorValue<X>) {
    using plain_scalar = scalar_in_t<X>;
    tensor_with_t<recorded<plain_scalar>, extents_of_type<X>().code()> constants;
    for (std::size_t i = 0; i < tensor_traits<X>::size; ++i) constants.data()[i] = recorded<plain_scalar>(x.data()[i]);
    return constants.whole(r);
  } else if constexpr (Recorded<X>) return x.untyped();
  else return constant_of(static_cast<typename literal_scalar<X>::type>(x));
}

/// The element of an operand that belongs to place `i` of the result.
template <std::uint64_t Whole, class X>
constexpr decltype(auto) element_for(const X& x, [[maybe_unused]] std::size_t i) {
  if constexpr (TensorValue<X>) {
    constexpr shape whole = shape::from(Whole);
    constexpr stepping steps = stepping_of(whole, axes_had(extents_of_type<X>(), whole));
    std::size_t behind = 0;
    for (std::size_t axis = whole.rank(); axis-- > 0; i /= whole.extent(axis))
      behind += i % whole.extent(axis) * steps.step[axis];
    if constexpr (RecordedTensor<X>) return x.element(behind);
    else return (x.data()[behind]);
  } else {
    return (x);
  }
}

/// An operand's node, repeated where the result has more places.
template <std::uint64_t Whole, class X>
constexpr value spread_over(recorder& r, const value& v) {
  if constexpr (TensorValue<X>) {
    constexpr shape whole = shape::from(Whole);
    constexpr std::uint64_t had = axes_had(extents_of_type<X>(), whole);
    if (!v.is_tensor() || had == all_axes(whole)) return v;
    const value bare = record_reshape(r, v, kept_axes(whole, had).with_kind(v.kind()));
    return record_broadcast(r, bare, whole, had);
  } else {
    return v;
  }
}

/// The floating-point type of the tensors among operands of types X; void where it is none.
template <class... X>
struct plain_real_of {
  using joint = typename joint_type<void, std::conditional_t<TensorValue<X>, scalar_in_t<X>, void>...>::type;
  using type = std::conditional_t<std::is_floating_point_v<joint>, joint, void>;
};
template <class... X>
requires any_recorded<X...>
struct plain_real_of<X...> {
  using type = void;
};
template <class... X>
using plain_real = typename plain_real_of<X...>::type;

/// A number beside tensors takes the type of their elements: 0.5 * x stays float.
template <class X, class... All, class Element>
constexpr auto beside(const Element& element) {
  using real = plain_real<All...>;
  if constexpr (std::is_void_v<real> || TensorValue<X> || !std::is_arithmetic_v<X>) return scalar_in_t<X>(element);
  else return static_cast<real>(element);
}

/// A sentence where the shapes of operands do not go together; Operation and operands stand in the line beside it.
template <class Operation, class... Operands>
struct elementwise {
  static constexpr joint_extents together = joint_extents_of<Operands...>();
  static_assert(together.fit,
                "tapeless: the shapes do not fit; element by element, extents are equal, counted from the last, or one "
                "of them is 1 or missing");
  static constexpr std::uint64_t whole = together.whole.code();
};

/// Records an operation, element by element, on operands some of which are recorded.
template <class Op, std::uint64_t Whole, class... X, std::size_t... I>
constexpr auto record_on_tensors(recorder& r, std::index_sequence<I...>, const X&... x) {
  using scalar = typename operation_scalar<Op, scalar_in_t<X>...>::type;
  using recorded_op = operation_on_t<Op, scalar>;
  using kept = kept_t<scalar>;
  using taken = std::conditional_t<std::is_same_v<recorded_op, Op>, scalar, kept>;
  using result = tensor_with_t<recorded<std::conditional_t<Op::predicate, bool, scalar>>, Whole>;
  const auto prepared = [&]<std::size_t Place, class Operand>(const Operand& operand) {
    constexpr auto kind = Op::takes(Place);
    using wanted = std::conditional_t<kind == op::argument::condition, bool,
                                      std::conditional_t<kind == op::argument::whole, long long, taken>>;
    const value all = value_of(r, operand);
    if constexpr (any_recorded<Operand>) {
      using own = recorded_scalar_t<scalar_in_t<Operand>>;
      return spread_over<Whole, Operand>(r, converted<wanted, own>(all));
    } else {
      return spread_over<Whole, Operand>(r, as_kind(all, value::kind_of<wanted>));
    }
  };
  const value operands[] = {prepared.template operator()<I>(x)...};
  return result(graph_rule<recorded_op>::record(r, operands));
}

/// An operation on elements; among whole numbers it is that of C++, as it is when it is recorded.
template <class Op, class... X>
constexpr auto apply_to_elements(const X&... x) {
  if constexpr (Op::on_integers && !Op::predicate && (std::is_integral_v<X> && ...)) {
    using common = decltype(+std::declval<std::common_type_t<X...>>());
    return Op::value(static_cast<common>(x)...);
  } else {
    return tapeless::apply<Op>(x...);
  }
}

template <class Op, class... X>
constexpr auto apply_elementwise(const X&... x) {
  constexpr std::uint64_t whole = elementwise<Op, X...>::whole;
  if constexpr (any_recorded<X...>)
    if (recorder* const home = home_of(x...))
      return record_on_tensors<Op, whole>(*home, std::index_sequence_for<X...>{}, x...);
  const auto at = [&](std::size_t place) {
    return apply_to_elements<Op>(beside<X, X...>(element_for<whole>(x, place))...);
  };
  tensor_with_t<decltype(at(0)), whole> y{};
  auto* const to = y.data();
  for (std::size_t i = 0; i < y.size(); ++i) to[i] = at(i);
  return y;
}

}  // namespace detail

/// An operation of the table on vectors, matrices and tensors, element by element.
template <class Op, class... X>
constexpr auto apply_to_tensors(op::tag<Op>, const X&... x) {
  return detail::apply_elementwise<Op>(x...);
}

}  // namespace tapeless
