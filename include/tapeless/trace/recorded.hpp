// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/trace/scalar.hpp>

namespace tapeless {

namespace detail {

/// Why a recorded `From` is not a plain `To`, in a sentence.
template <class From, class To = From>
constexpr bool is_not_plain() {
  static_assert(!std::is_same_v<To, bool>,
                "tapeless: a recorded condition cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)");
  static_assert(std::is_same_v<To, bool> || !std::is_integral_v<From>,
                "tapeless: a recorded integer is known at run time only; index with tl::gather(values, i)");
  static_assert(std::is_same_v<To, bool> || !std::is_integral_v<To> || std::is_integral_v<From>,
                "tapeless: a recorded real number does not become an integer; use tl::trunc, tl::floor or tl::round");
  static_assert(
      std::is_integral_v<To> || std::is_integral_v<From>,
      "tapeless: a recorded value is not a plain number; declare it `auto`, call sin, exp, ... unqualified, and "
      "make any other function an operation, tl::apply<op>(x)");
  return true;
}

}  // namespace detail

/// A scalar of type `T` while a function is recorded: it behaves like a `T` whose value is not known, and writes down
/// what is done with it. A function under differentiation sees it in place of its arguments' scalars.
///
/// `recorded<bool>` is what comparisons give; `recorded<int>` (any integer) is data, known at run time only.
template <class T>
class recorded : public operand_base {
 public:
  using value_type = T;

  constexpr recorded() : recorded(T{}) {}
  template <class Number>  // NOLINTNEXTLINE(google-explicit-constructor): literals mix freely
  requires(std::is_arithmetic_v<Number> || std::is_enum_v<Number>) constexpr recorded(Number plain_number)
      : value_(detail::constant_of(static_cast<T>(plain_number))) {}
  template <class U>
  requires(!std::is_same_v<T, U> && (std::is_floating_point_v<T> || std::is_integral_v<U> ||
                                     std::is_same_v<T, bool>)) constexpr recorded(const recorded<U>& other)
      : value_(detail::converted<T, U>(other.untyped())) {}  // NOLINT(google-explicit-constructor)
  constexpr explicit recorded(const value& wrapped) : value_(wrapped) {}
  template <class N>
  requires(!NonStructural<N>) constexpr explicit recorded(N plain_number)
      : value_(std::is_floating_point_v<T> ? value(plain_number) : detail::constant_of(static_cast<T>(plain_number))) {}

  constexpr const value& untyped() const { return value_; }

  // Only reached by mistakes. The sentence stands where it is read as soon as the conversion is chosen: a function's
  // body comes too late, after complaints about constant expressions.
  constexpr operator T() const noexcept(detail::is_not_plain<T>());  // NOLINT(google-explicit-constructor)
  template <std::integral N>
  requires(!std::is_same_v<T, N>) constexpr explicit operator N() const noexcept(detail::is_not_plain<T, N>());
  template <class U>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool> && std::is_floating_point_v<U>) constexpr recorded(
      const recorded<U>&) noexcept(detail::is_not_plain<U, T>());  // NOLINT(google-explicit-constructor)

 private:
  value value_;
};

namespace detail {

template <class Op, class Number, std::size_t... I>
constexpr bool has_value(std::index_sequence<I...>) {
  return requires { Op::value(passed<Number, Op::takes(I)>(Number())...); };
}
/// Whether there are rules for the arguments I if there is one for the first. On plain numbers, since on values a rule
/// may need the rules of its own operation.
template <class Op, std::size_t... I, class... X>
constexpr bool has_rules_alike(std::index_sequence<0, I...>, X... x) {
  constexpr bool pullback = requires { Op::pullback(arg<0>{}, double(), x..., double()); };
  constexpr bool partial = requires { Op::partial(arg<0>{}, x..., double()); };
  if constexpr (pullback) return (requires { Op::pullback(arg<I>{}, double(), x..., double()); } && ...);
  else if constexpr (partial) return (requires { Op::partial(arg<I>{}, x..., double()); } && ...);
  else return true;
}
template <class Op, std::size_t... I>
constexpr bool has_all_rules_or_none(std::index_sequence<I...> all) {
  return has_rules_alike<Op>(all, passed<double, Op::takes(I)>(1)...);
}

/// Whether what a user calls an operation is one, for so many operands.
template <class Op, std::size_t Operands>
constexpr bool check_operation() {
  constexpr bool is_operation = requires { Op::arity, Op::written; };
  static_assert(is_operation,
                "tapeless: an operation is derived from tl::op::unary, tl::op::binary or tl::op::ternary");
  if constexpr (is_operation)
    static_assert(Op::arity == Operands, "tapeless: this operation takes another number of arguments");
  return true;
}
/// Whether it has the functions that it should have.
template <class Op, class Number>
constexpr bool check_rules() {
  constexpr std::make_index_sequence<Op::arity> all;
  static_assert(has_value<Op, Number>(all),
                "tapeless: an operation has a static function `value` of as many numbers as it takes");
  if constexpr (Op::arity > 1 && std::is_floating_point_v<Number>)
    static_assert(has_all_rules_or_none<Op>(all),
                  "tapeless: an operation of several arguments has partial(tl::arg<i>{}, x..., y) for each of them");
  return true;
}

/// An operand as a value of the type that the operation works on.
template <class Op, std::size_t I, class Scalar, class X>
constexpr value operand_of(const X& x) {
  constexpr auto taken = Op::takes(I);
  using scalar = std::conditional_t<taken == op::argument::condition, bool,
                                    std::conditional_t<taken == op::argument::whole, long long, Scalar>>;
  if constexpr (Recorded<X>) return converted<scalar, recorded_scalar_t<X>>(x.untyped());
  else return constant_of(static_cast<scalar>(x));
}

}  // namespace detail

/// Records an operation on operands of which at least one is recorded.
template <class Op, class... X>
requires(detail::Recorded<X> || ...) constexpr auto apply_operation(op::tag<Op>, const X&... x) {
  static_assert(detail::check_operation<Op, sizeof...(X)>());
  using scalar = typename detail::operation_scalar<Op, X...>::type;
  static_assert(
      std::is_integral_v<scalar> || !requires { Op::only_integers; },
      "tapeless: %, &, |, ^, ~, << and >> are for integers; the remainder of real numbers is tl::fmod");
  using recorded_op = detail::operation_on_t<Op, scalar>;
  using kept = detail::kept_t<scalar>;
  static_assert(detail::check_rules<Op, kept>());
  using taken = std::conditional_t<std::is_same_v<recorded_op, Op>, scalar, kept>;  // others convert what they take
  using result = recorded<std::conditional_t<Op::predicate, bool, scalar>>;
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const value operands[] = {detail::operand_of<Op, I, taken>(x)...};
    for (const value& operand : operands)
      if (operand.home()) return result(detail::graph_rule<recorded_op>::record(*operand.home(), operands));
    return result(detail::evaluate<recorded_op, kept>(std::index_sequence<I...>{}, operands[I].number()...));
  }
  (std::index_sequence_for<X...>{});
}

/// min and max as `std::min` takes them, so that `using std::max; max(x, y)` finds these and not a comparison that
/// branches.
template <class T>
constexpr recorded<T> min(const recorded<T>& x, const recorded<T>& y) {
  return apply<op::min>(x, y);
}
template <class T>
constexpr recorded<T> max(const recorded<T>& x, const recorded<T>& y) {
  return apply<op::max>(x, y);
}

}  // namespace tapeless

/// Generic code asks for epsilon, max, infinity of the scalar it is given.
template <class T>
class std::numeric_limits<tapeless::recorded<T>> : public std::numeric_limits<T> {};
