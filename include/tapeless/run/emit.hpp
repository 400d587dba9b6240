// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <tapeless/math/sin_cos.hpp>
#include <tapeless/run/code.hpp>

// From tables to code: every instruction becomes one assignment, by expansion of a pack of indices; no function is
// instantiated per instruction, only one per operation, which keeps both compilers linear.
namespace tapeless::detail {

template <class T, element K>
constexpr auto number_as(long double number) {
  if constexpr (K == element::real) return static_cast<T>(static_cast<typename number_behind<T>::type>(number));
  else if constexpr (K == element::integer)
    return static_cast<typename whole_number<T>::type>(static_cast<long long>(number));
  else return static_cast<typename condition<T>::type>(number != 0);
}

/// Integers stay integers; only where numbers are reals can there be anything to round.
template <class Op, class T, class... X>
[[gnu::always_inline]] constexpr auto plain_value(const X&... x) {
  if constexpr (Op::rounds_often) return evaluate<Op, T>(std::index_sequence_for<X...>{}, x...);
  else return call_value<Op>(x...);
}

template <class Op>
inline constexpr bool is_fused = std::is_same_v<Op, op::mul_add> || std::is_same_v<Op, op::mul_sub> ||
                                 std::is_same_v<Op, op::sub_mul> || std::is_same_v<Op, op::neg_mul_sub>;

template <class X>
[[gnu::always_inline]] constexpr X chosen_of(bool condition, const X& x, const X& y) {
  return condition ? x : y;
}

/// An operation on scalars that are not numbers of C++. Beside them, conditions and whole numbers may be plain.
template <class Op, class T, class X, class... Y>
[[gnu::always_inline]] constexpr auto scalar_value(const X& x, const Y&... y) {
  if constexpr (std::is_same_v<Op, op::unsigned_as_real> && std::is_arithmetic_v<X>) {
    return static_cast<T>(static_cast<typename number_behind<T>::type>(static_cast<unsigned long long>(x)));
  } else if constexpr (std::is_same_v<Op, op::select> && std::is_same_v<X, bool>) {
    return chosen_of(x, y...);
  } else if constexpr (std::is_arithmetic_v<X> && (std::is_arithmetic_v<Y> && ...)) {
    using kept = std::conditional_t<Op::predicate, condition<T>, whole_number<T>>;
    return static_cast<typename kept::type>(call_value<Op>(x, y...));
  } else if constexpr (Op::transparent) {
    return x;
  } else if constexpr (is_fused<Op> && !requires { typename T::mask_type; }) {
    return Op::value(x, y...);  // made of operations that the scalar has
  } else {
    return apply<Op>(x, y...);
  }
}

/// Carries out an operation on as many of the operands as it has.
template <class Op, class T, std::int32_t Parameter, class X, class Y, class Z>
[[gnu::always_inline]] constexpr auto carry_out(const X& x, [[maybe_unused]] Y& y, [[maybe_unused]] const Z& z) {
  if constexpr (std::is_same_v<Op, op::sin_cos>) {
    T sine, cosine;
    if constexpr (std::is_arithmetic_v<T>) math::sin_cos(x, sine, cosine);
    else sine = tapeless::sin(x), cosine = tapeless::cos(x);
    y = cosine;
    return sine;
  } else if constexpr (std::is_same_v<Op, op::splat>) {
    return pack<T, pack_width<T>>::splat(x);
  } else if constexpr (std::is_same_v<Op, op::lane>) {
    return x.template lane<Parameter>();
  } else if constexpr (std::is_same_v<Op, op::join>) {
    return X::template join<Parameter / 16, Parameter % 16>(x, y);
  } else if constexpr (is_pack<X>) {
    const auto f = [](const auto&... lanes) __attribute__((always_inline)) { return Op::value(lanes...); };
    if constexpr (Op::arity == 1) return X::map(f, x);
    else if constexpr (Op::arity == 2) return X::map(f, x, y);
    else return X::map(f, x, y, z);
  } else if constexpr (std::is_same_v<Op, op::as_real> && std::is_arithmetic_v<X>)
    return static_cast<T>(static_cast<typename number_behind<T>::type>(x));
  else if constexpr (std::is_same_v<Op, op::as_real>) return static_cast<T>(x);
  else if constexpr (std::is_same_v<Op, op::as_integer>) return static_cast<typename whole_number<T>::type>(x);
  else if constexpr (std::is_arithmetic_v<T>) {
    if constexpr (Op::arity == 1) return plain_value<Op, T>(x);
    else if constexpr (Op::arity == 2) return plain_value<Op, T>(x, y);
    else return plain_value<Op, T>(x, y, z);
  } else {
    if constexpr (Op::arity == 1) return scalar_value<Op, T>(x);
    else if constexpr (Op::arity == 2) return scalar_value<Op, T>(x, y);
    else return scalar_value<Op, T>(x, y, z);
  }
}

/// A number as a constant of its own. Reading the tables in code that runs would make them, and every function they
/// point to, part of that code.
template <auto Value>
inline constexpr auto fixed = Value;

template <auto const& Code, class T>
struct emitter {
  using frame = bank<T, Code.frame>;
  using registers = bank<T, Code.registers>;

  /// The place of a value. `at` is a constant wherever this is inlined, so what remains is one array element.
  template <element K>
  [[gnu::always_inline]] static constexpr auto& place(frame& f, registers& r, location at) {
    return at < 0 ? (r.*registers::template of<K>)[-1 - at] : (f.*frame::template of<K>)[at];
  }

  template <std::size_t First, std::size_t... I, class Inputs>
  [[gnu::always_inline]] static constexpr void load(frame& f, registers& r, [[maybe_unused]] const Inputs& in,
                                                    std::index_sequence<I...>) {
    ((place<Code.loads[First + I].kind>(f, r, fixed<Code.loads[First + I].at>) =
          in.template get<T, Code.loads[First + I].kind>(
              {fixed<Code.loads[First + I].outside.run>, fixed<Code.loads[First + I].outside.offset>})),
     ...);
  }

  template <std::size_t First, std::size_t... I>
  [[gnu::always_inline]] static constexpr void load_constants(frame& f, registers& r, std::index_sequence<I...>) {
    ((place<Code.constants[First + I].kind>(f, r, fixed<Code.constants[First + I].at>) =
          number_as<T, Code.constants[First + I].kind>(fixed<Code.constants[First + I].number>)),
     ...);
  }

  template <std::size_t First, std::size_t... I>
  [[gnu::always_inline]] static constexpr void compute(frame& f, registers& r, std::index_sequence<I...>) {
    ((place<Code.instructions[First + I].kind>(f, r, fixed<Code.instructions[First + I].result>) =
          carry_out<operation_of<Code.instructions[First + I].op>, T, Code.instructions[First + I].parameter>(
              place<Code.instructions[First + I].operand_kind[0]>(f, r, fixed<Code.instructions[First + I].operand[0]>),
              place<Code.instructions[First + I].operand_kind[1]>(f, r, fixed<Code.instructions[First + I].operand[1]>),
              place<Code.instructions[First + I].operand_kind[2]>(f, r,
                                                                  fixed<Code.instructions[First + I].operand[2]>))),
     ...);
  }

  template <std::size_t First, std::size_t... I, class Outputs>
  [[gnu::always_inline]] static constexpr void store(frame& f, registers& r, [[maybe_unused]] const Outputs& out,
                                                     std::index_sequence<I...>) {
    (out.set({fixed<Code.stores[First + I].outside.run>, fixed<Code.stores[First + I].outside.offset>},
             place<Code.stores[First + I].kind>(f, r, fixed<Code.stores[First + I].at>)),
     ...);
  }

  template <std::size_t B, class Inputs, class Outputs>
  [[gnu::always_inline]] static constexpr void run_block(frame& f, const Inputs& in, const Outputs& out) {
    constexpr block b = Code.blocks[B];
    registers r;
    load<b.first_load>(f, r, in, std::make_index_sequence<b.loads>{});
    load_constants<b.first_constant>(f, r, std::make_index_sequence<b.constants>{});
    compute<b.first_instruction>(f, r, std::make_index_sequence<b.instructions>{});
    store<b.first_store>(f, r, out, std::make_index_sequence<b.stores>{});
  }

  template <class Inputs, class Outputs>
  [[gnu::always_inline]] static constexpr void run(const Inputs& in, const Outputs& out) {
    frame f;
    [&]<std::size_t... B>(std::index_sequence<B...>) __attribute__((always_inline)) { (run_block<B>(f, in, out), ...); }
    (std::make_index_sequence<Code.size.blocks>{});
  }
};

}  // namespace tapeless::detail
