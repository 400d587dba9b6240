// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/selection.hpp>
#include <tapeless/derive/run_program.hpp>
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

/// One call of a gradient: the types that follow from those of the arguments, and how the program is run on storage.
template <class F, class Wrt, yield Yield, class... A>
struct gradient_call {
  using selected = typename resolved<Wrt, A...>::type;
  using result = typename gradient_result<selected, met_t<is_recorded<A...>, A>...>::type;
  using scalar = typename joint_real<met_t<is_recorded<A...>, A>...>::type;

  template <bool Settle, class G>
  [[gnu::always_inline]] static constexpr void run(scalar& value, G& g, const A&... x) {
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
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using call = detail::gradient_call<F, Wrt, detail::yield::gradient, A...>;
    typename call::scalar unused;
    typename call::result g;
    if constexpr ((detail::has_data<A> || ...)) g = {};  // members that are data come back as zeros
    call::template run<false>(unused, g, x...);
    return g;
  }

  /// Writes the gradient into `g`, which is like the argument (several arguments: `std::tie(...)`) and does not overlap
  /// the inputs.
  template <class G, class... A>
  [[gnu::always_inline]] constexpr void into(G&& g, const A&... x) const {
    using call = detail::gradient_call<F, Wrt, detail::yield::gradient, A...>;
    detail::check_storage<G, typename call::result>();
    typename call::scalar unused;
    call::template run<true>(unused, g, x...);
  }
};

/// The function object that `value_and_gradient` returns.
template <class F, class Wrt>
struct value_and_gradient_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using call = detail::gradient_call<F, Wrt, detail::yield::value_and_gradient, A...>;
    valued_gradient<typename call::scalar, typename call::result> r;
    if constexpr ((detail::has_data<A> || ...)) r = {};  // members that are data come back as zeros
    call::template run<false>(r.value, r.gradient, x...);
    return r;
  }

  /// Writes the gradient into `g` as `gradient_function::into` does, and returns the value.
  template <class G, class... A>
  [[gnu::always_inline]] constexpr auto into(G&& g, const A&... x) const {
    using call = detail::gradient_call<F, Wrt, detail::yield::value_and_gradient, A...>;
    detail::check_storage<G, typename call::result>();
    typename call::scalar value;
    call::template run<true>(value, g, x...);
    return value;
  }
};

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
