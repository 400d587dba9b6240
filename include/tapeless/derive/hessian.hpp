// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/jacobian.hpp>

namespace tapeless {

/// A value together with the gradient and the Hessian there.
template <class V, class G, class H>
struct valued_hessian {
  V value;
  G gradient;
  H hessian;
};

namespace detail {

/// Which of value, gradient and Hessian a program computes; each shares the work of the one before.
enum class from_order : unsigned char { value = 0, hessian = 2 };

template <class F, class Wrt, order Wanted, from_order From, class... A>
struct hessian_maker {
  using primal = primal_program<F, A...>;
  using wrt = columns<Wrt, A...>;
  static constexpr layout<A...> arguments{};
  static constexpr std::size_t skipped = From == from_order::value ? 0 : 1 + wrt::size;
  static constexpr std::size_t outputs = 1 + wrt::size + wrt::size * wrt::size - skipped;
  static constexpr std::size_t guess = primal::graph.size * 8 + outputs + 64;
  static constexpr program make() { return only_outputs(hessian_of(primal::graph.view(), wrt::list, Wanted), skipped); }
};

template <class F, class Wrt, order Wanted, from_order From, class... A>
struct hessian_call {
  using selected = typename resolved<Wrt, A...>::type;
  using gradient = typename gradient_result<selected, met_t<is_recorded<A...>, A>...>::type;
  using scalar = typename joint_real<met_t<is_recorded<A...>, A>...>::type;
  static_assert(Scalar<typename primal_program<F, plain_t<A>...>::result>,
                "tapeless: hessian needs a scalar-valued function; take tl::jacobian of the gradient of each result");
  static constexpr std::size_t size = columns<selected, plain_t<A>...>::size;
  using result = mat<scalar, size, size>;
  using program = derived_program<hessian_maker<F, selected, Wanted, From, plain_t<A>...>>;
};

}  // namespace detail

/// The function object that `hessian` returns.
template <class F, class Wrt, order Wanted = order::cheapest>
struct hessian_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using call = detail::hessian_call<F, Wrt, Wanted, detail::from_order::hessian, A...>;
    typename call::result h;
    detail::run_derived<typename call::program, typename call::scalar, false>(h, x...);
    return h;
  }

  /// Writes the Hessian, row by row, into any array of its size.
  template <class H, class... A>
  [[gnu::always_inline]] constexpr void into(H&& h, const A&... x) const {
    using call = detail::hessian_call<F, Wrt, Wanted, detail::from_order::hessian, A...>;
    static_assert(detail::real_scalars<std::remove_cvref_t<H>>::all.reals == call::result::size(),
                  "tapeless: the storage for a Hessian has a row and a column for each number that is differentiated");
    detail::run_derived<typename call::program, typename call::scalar, true>(h, x...);
  }
};

/// The function object that `value_gradient_and_hessian` returns.
template <class F, class Wrt, order Wanted = order::cheapest>
struct value_gradient_and_hessian_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using call = detail::hessian_call<F, Wrt, Wanted, detail::from_order::value, A...>;
    valued_hessian<typename call::scalar, typename call::gradient, typename call::result> r;
    detail::clear_data(r.gradient);
    auto places = std::tie(r.value, r.gradient, r.hessian);
    detail::run_derived<typename call::program, typename call::scalar, false>(places, x...);
    return r;
  }

  /// Writes gradient and Hessian into the caller's storage, and returns the value.
  template <class G, class H, class... A>
  [[gnu::always_inline]] constexpr auto into(G&& g, H&& h, const A&... x) const {
    using call = detail::hessian_call<F, Wrt, Wanted, detail::from_order::value, A...>;
    detail::check_storage<G, typename call::gradient>();
    static_assert(detail::real_scalars<std::remove_cvref_t<H>>::all.reals == call::result::size(),
                  "tapeless: the storage for a Hessian has a row and a column for each number that is differentiated");
    typename call::scalar value;
    auto places = std::tie(value, g, h);
    detail::run_derived<typename call::program, typename call::scalar, true>(places, x...);
    return value;
  }
};

namespace detail {
/// The verbs with an order, as templates of a function and a selection alone.
template <order Wanted>
struct bent {
  template <class F, class Wrt>
  using hessian = hessian_function<F, Wrt, Wanted>;
  template <class F, class Wrt>
  using value_gradient_and_hessian = value_gradient_and_hessian_function<F, Wrt, Wanted>;
};
}  // namespace detail

/// All second derivatives of a scalar-valued function.
///
///     hessian(f)(x...)(i, j) == d^2 f / d x_i d x_j
///
/// A symmetric `tl::mat` with a row and a column for each real number of the arguments (`wrt<I...>`: of some of them).
/// The second derivatives of each operation are handed down to the inputs, each pair of inputs once (edge pushing:
/// Gower and Mello, 2012), in the order of least cost; entries that are zero for every x cost nothing. A function that
/// does not return one number is a compile error.
///
///     constexpr auto f = [](auto x, auto y) { return x * x * y; };
///     static_assert(tl::hessian(f)(3.0, 5.0) == tl::mat<double, 2, 2>{10, 6, 6, 0});
template <class F, class... Told>
constexpr auto hessian(const F& f, const Told&...) {
  using told = detail::told<std::decay_t<Told>...>;
  return detail::make_verb<detail::bent<told::wanted>::template hessian, F, typename told::wrt>(f);
}

/// The value of a function, its gradient and its Hessian, which share their work:
/// `auto [v, g, h] = value_gradient_and_hessian(f)(x);`
template <class F, class... Told>
constexpr auto value_gradient_and_hessian(const F& f, const Told&...) {
  using told = detail::told<std::decay_t<Told>...>;
  return detail::make_verb<detail::bent<told::wanted>::template value_gradient_and_hessian, F, typename told::wrt>(f);
}

}  // namespace tapeless
