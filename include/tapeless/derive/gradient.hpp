// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <tapeless/derive/run_program.hpp>
#include <tapeless/derive/selection.hpp>
#include <tapeless/derive/tensor_gradient.hpp>
#include <tapeless/derive/within.hpp>
#include <tapeless/op/table.hpp>

namespace tapeless {

/// A value together with the gradient there; `auto [v, g] = value_and_gradient(f)(x);`
template <class V, class G>
struct valued_gradient {
  V value;
  G gradient;
};

namespace detail {

/// Where a program on tensors works if nobody has said anything else.
struct on_stack {};

/// One call of a gradient: the types that follow from those of the arguments, and how the program is run on storage.
template <class F, class Wrt, yield Yield, class... A>
struct gradient_call {
  using selected = typename resolved<Wrt, A...>::type;
  using result = typename gradient_result<selected, met_t<is_recorded<A...>, A>...>::type;
  using scalar = typename joint_real<met_t<is_recorded<A...>, A>...>::type;

  using on_tensors = tensor_gradient_program<F, selected, Yield, plain_t<A>...>;
  static constexpr bool tensors = runs_on_tensors<F, plain_t<A>...>();

  template <bool Settle, class Room, class G>
  [[gnu::always_inline]] static constexpr void run([[maybe_unused]] Room room, scalar& value, G& g, const A&... x) {
    if constexpr (!tensors) run_on_numbers<Settle>(value, g, x...);
    else if constexpr (is_recorded<A...>)
      record_on_tensors_again<on_tensors, Yield == yield::value_and_gradient>(value, g, x...);
    else if constexpr (std::is_same_v<Room, on_stack>) run_on_tensors<on_tensors, Settle>(value, g, x...);
    else run_on_tensors_in<on_tensors, Settle>(room, value, g, x...);
  }
  /// The numbers in the workspace.
  static constexpr std::size_t workspace() {
    if constexpr (tensors) return tensor_code<on_tensors, scalar>::workspace();
    else return 0;
  }

 private:
  template <bool Settle, class G>
  [[gnu::always_inline]] static constexpr void run_on_numbers(scalar& value, G& g, const A&... x) {
    using program = gradient_program<F, selected, Yield, plain_t<A>...>;
    if constexpr (is_recorded<A...>) run_within<program>(value, g, x...);
    else if constexpr (program::graph.size <= expand_in_place) run_in_place<program, Settle>(value, g, x...);
    else run_as_function<program, Settle>(value, g, x...);
  }
};

}  // namespace detail

/// The function object that `gradient` returns.
template <class F, class Wrt>
struct gradient_function {
  template <class... A>
  using call_on = detail::gradient_call<F, Wrt, detail::yield::gradient, A...>;

  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    return returned_from(detail::on_stack{}, x...);
  }
  /// Writes the gradient into `g`, which is like the argument (several arguments: `std::tie(...)`) and does not overlap
  /// the inputs.
  template <class G, class... A>
  [[gnu::always_inline]] constexpr void into(G&& g, const A&... x) const {
    put_into(detail::on_stack{}, g, x...);
  }

  template <class Room, class... A>
  [[gnu::always_inline]] static constexpr auto returned_from(Room room, const A&... x) {
    typename call_on<A...>::scalar unused;
    typename call_on<A...>::result g;
    if constexpr ((detail::has_data<A> || ...)) g = {};  // members that are data come back as zeros
    call_on<A...>::template run<false>(room, unused, g, x...);
    return g;
  }
  template <class Room, class G, class... A>
  [[gnu::always_inline]] static constexpr void put_into(Room room, G& g, const A&... x) {
    detail::check_storage<G, typename call_on<A...>::result>();
    typename call_on<A...>::scalar unused;
    call_on<A...>::template run<true>(room, unused, g, x...);
  }
};

/// The function object that `value_and_gradient` returns.
template <class F, class Wrt>
struct value_and_gradient_function {
  template <class... A>
  using call_on = detail::gradient_call<F, Wrt, detail::yield::value_and_gradient, A...>;

  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    return returned_from(detail::on_stack{}, x...);
  }
  /// Writes the gradient into `g` as `gradient_function::into` does, and returns the value.
  template <class G, class... A>
  [[gnu::always_inline]] constexpr auto into(G&& g, const A&... x) const {
    return put_into(detail::on_stack{}, g, x...);
  }

  template <class Room, class... A>
  [[gnu::always_inline]] static constexpr auto returned_from(Room room, const A&... x) {
    valued_gradient<typename call_on<A...>::scalar, typename call_on<A...>::result> r;
    if constexpr ((detail::has_data<A> || ...)) r = {};  // members that are data come back as zeros
    call_on<A...>::template run<false>(room, r.value, r.gradient, x...);
    return r;
  }
  template <class Room, class G, class... A>
  [[gnu::always_inline]] static constexpr auto put_into(Room room, G& g, const A&... x) {
    detail::check_storage<G, typename call_on<A...>::result>();
    typename call_on<A...>::scalar value;
    call_on<A...>::template run<true>(room, value, g, x...);
    return value;
  }
};

/// The bytes of memory that a derivative of a function of tensors needs beside arguments and results, on the stack or
/// where `in_workspace` says; 0 where it is straight-line code.
///
///     constexpr std::size_t bytes = tl::workspace_bytes<decltype(tl::gradient(loss)), parameters, images>;
///
/// It is planned when the derivative is made: a tensor's place serves another once nothing needs it any more.
template <class Derivative, class... A>
inline constexpr std::size_t workspace_bytes = Derivative::template call_on<A...>::workspace() *
                                               sizeof(typename Derivative::template call_on<A...>::scalar);

/// The same derivative, working in memory of the caller's instead of on the stack.
///
///     alignas(64) std::byte memory[tl::workspace_bytes<decltype(step), parameters, images>];
///     tl::in_workspace(step, memory).into(gradient, p, x);
///
/// For functions of tensors on microcontrollers and threads with small stacks. The memory holds `workspace_bytes` or
/// more (fewer are a compile error where the size is known), is aligned for numbers, and may be used for anything else
/// between calls.
template <class Derivative, std::size_t Bytes>
struct derivative_in_workspace {
  std::byte* memory;

  template <class... A>
  constexpr auto operator()(const A&... x) const {
    return Derivative::returned_from(scalars<A...>(), x...);
  }
  template <class G, class... A>
  constexpr auto into(G&& g, const A&... x) const {
    return Derivative::put_into(scalars<A...>(), g, x...);
  }

 private:
  template <class... A>
  auto* scalars() const {
    static_assert(
        Bytes >= workspace_bytes<Derivative, A...>,
        "tapeless: the workspace is too small; tl::workspace_bytes<derivative, arguments...> says how much it "
        "takes");
    using scalar = typename Derivative::template call_on<A...>::scalar;
    return reinterpret_cast<scalar*>(memory);
  }
};
template <class Derivative, std::size_t Bytes>
constexpr auto in_workspace(const Derivative&, std::byte (&memory)[Bytes]) {
  return derivative_in_workspace<Derivative, Bytes>{memory};
}

/// The gradient of a scalar-valued function, by reverse mode.
///
///     gradient(f)(x...) == (df/dx0, df/dx1, ...)
///
/// `f` is a stateless generic callable. Of one differentiable argument the gradient has that argument's own type (a C
/// array's and a span's is a std::array), of several it is a std::tuple. Integers, bools and enums are data.
/// `gradient(f, wrt<1>)` restricts it. Costs a small multiple of `f`, whatever the number of arguments; allocates
/// nothing; usable in constant expressions. At a kink (abs, max, relu) the operation's stated convention holds. A
/// function that does not return one number is a compile error.
///
///     constexpr auto f = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
///     auto [dx, dy] = tl::gradient(f)(1.0, 2.0);
template <class F, class Wrt = selection<>>
constexpr auto gradient(const F& f, const Wrt& = {}) {
  return detail::make_verb<gradient_function, F, Wrt>(f);
}

/// The value of a function and its gradient, which share their work.
///
///     value_and_gradient(f)(x...) == {.value = f(x...), .gradient = gradient(f)(x...)}
///
/// `.into(g, x...)` writes a large gradient into the caller's storage and returns the value.
///
///     auto [v, g] = tl::value_and_gradient(f)(1.0, 2.0);
template <class F, class Wrt = selection<>>
constexpr auto value_and_gradient(const F& f, const Wrt& = {}) {
  return detail::make_verb<value_and_gradient_function, F, Wrt>(f);
}

}  // namespace tapeless
