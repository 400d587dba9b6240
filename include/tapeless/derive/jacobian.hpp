// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/derived.hpp>
#include <tapeless/op/table.hpp>

namespace tapeless {

/// Forces the order in which a Jacobian or Hessian is accumulated: `jacobian(f, tl::forward)`.
inline constexpr std::integral_constant<order, order::forward> forward{};
inline constexpr std::integral_constant<order, order::reverse> reverse{};
inline constexpr std::integral_constant<order, order::mixed> mixed{};

/// A value together with the Jacobian there.
template <class V, class J>
struct valued_jacobian {
  V value;
  J jacobian;
};

namespace detail {

/// What a verb was told besides the function: `wrt` and an order, either or none.
template <class... Told>
struct told {
  using wrt = selection<>;
  static constexpr order wanted = order::cheapest;
};
template <class Wrt, class... More>
struct told<Wrt, More...> : told<More...> {
  using wrt = chosen_t<Wrt>;
};
template <order Wanted, class... More>
struct told<std::integral_constant<order, Wanted>, More...> : told<More...> {
  static constexpr order wanted = Wanted;
};

/// Makes the Jacobian, row by row; or, for storage with a block for each argument, block by block.
template <class F, class Wrt, order Wanted, bool WithValue, bool Blocks, class... A>
struct jacobian_maker {
  using primal = primal_program<F, A...>;
  using rows = real_results<primal>;
  using wrt = columns<Wrt, A...>;
  static constexpr layout<A...> arguments{};
  static constexpr std::size_t values = WithValue ? rows::size : 0;
  static constexpr std::size_t outputs = values + rows::size * wrt::size;
  static constexpr std::size_t guess =
      primal::graph.size * (4 + 2 * (rows::size < wrt::size ? rows::size : wrt::size)) + 64;

  static constexpr program row_by_row() {
    if constexpr (rows::size == 1 && (Wanted == order::cheapest || Wanted == order::reverse))
      return gradient_of(rows::view(), wrt::list.place, wrt::list.count, WithValue);
    else return jacobian_of(rows::view(), wrt::list, Wanted, WithValue);
  }
  static constexpr program make() {
    program made = row_by_row();
    if (!Blocks) return made;
    buffer<std::int32_t> in_blocks;
    for (std::size_t o = 0; o < values; ++o) in_blocks.push_back(made.outputs[o]);
    std::size_t first = 0;
    for (const std::size_t width : wrt::blocks) {
      for (std::size_t row = 0; row < rows::size; ++row)
        for (std::size_t k = 0; k < width; ++k) in_blocks.push_back(made.outputs[values + row * wrt::size + first + k]);
      first += width;
    }
    made.outputs = static_cast<buffer<std::int32_t>&&>(in_blocks);
    return made;
  }
};

/// One call of a Jacobian: the types that follow from those of the arguments.
template <class F, class Wrt, order Wanted, bool WithValue, class... A>
struct jacobian_call {
  using selected = typename resolved<Wrt, A...>::type;
  using checked = typename gradient_result<selected, A...>::type;
  using scalar = typename joint_real<met_t<is_recorded<A...>, A>...>::type;
  using primal = primal_program<F, plain_t<A>...>;
  using wrt = columns<selected, plain_t<A>...>;
  using value = met_t<is_recorded<A...>, plain_t<typename primal::result>>;
  static_assert(real_results<primal>::size > 0, "tapeless: a Jacobian needs a function that returns real numbers");
  using result = mat<scalar, real_results<primal>::size, wrt::size>;

  template <bool Blocks>
  using program = derived_program<jacobian_maker<F, selected, Wanted, WithValue, Blocks, plain_t<A>...>>;

  /// Whether storage has a block for each argument, of as many numbers as there are rows times its own.
  template <class G>
  static constexpr bool in_blocks() {
    constexpr std::size_t blocks = std::size(wrt::blocks);
    if constexpr (blocks > 1 && StdTuple<G>) return std::tuple_size_v<G> == blocks;
    else return false;
  }
  template <class Offered>
  static constexpr void check() {
    using offered = std::remove_cvref_t<Offered>;
    static_assert(Structure<offered>,
                  "tapeless: a Jacobian is written into a matrix or an array, or std::tie of one for each argument");
    static_assert(real_scalars<offered>::all.reals == result::size(),
                  "tapeless: the storage for a Jacobian has a row for each result, and a column for each number of the "
                  "arguments");
  }
};

}  // namespace detail

/// The function object that `jacobian` returns.
template <class F, class Wrt, order Wanted = order::cheapest>
struct jacobian_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using call = detail::jacobian_call<F, Wrt, Wanted, false, A...>;
    typename call::result j;
    detail::run_derived<typename call::template program<false>, typename call::scalar, false>(j, x...);
    return j;
  }

  /// Writes the Jacobian, row by row, into any array of its size; or a block for each argument into `std::tie(...)`.
  template <class J, class... A>
  [[gnu::always_inline]] constexpr void into(J&& j, const A&... x) const {
    using call = detail::jacobian_call<F, Wrt, Wanted, false, A...>;
    call::template check<J>();
    using derived = typename call::template program<call::template in_blocks<std::remove_cvref_t<J>>()>;
    detail::run_derived<derived, typename call::scalar, true>(j, x...);
  }
};

/// The function object that `value_and_jacobian` returns.
template <class F, class Wrt, order Wanted = order::cheapest>
struct value_and_jacobian_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using call = detail::jacobian_call<F, Wrt, Wanted, true, A...>;
    valued_jacobian<typename call::value, typename call::result> r;
    detail::clear_data(r.value);
    auto places = std::tie(r.value, r.jacobian);
    detail::run_derived<typename call::template program<false>, typename call::scalar, false>(places, x...);
    return r;
  }

  /// Writes the value into `v`, which is like the function's result, and the Jacobian as `jacobian_function::into`
  /// does.
  template <class V, class J, class... A>
  [[gnu::always_inline]] constexpr void into(V&& v, J&& j, const A&... x) const {
    using call = detail::jacobian_call<F, Wrt, Wanted, true, A...>;
    call::template check<J>();
    detail::check_storage<V, typename call::value>();
    using derived = typename call::template program<call::template in_blocks<std::remove_cvref_t<J>>()>;
    auto places = std::tie(v, j);
    detail::run_derived<derived, typename call::scalar, true>(places, x...);
  }
};

namespace detail {
/// The verbs with an order, as templates of a function and a selection alone.
template <order Wanted>
struct accumulated {
  template <class F, class Wrt>
  using jacobian = jacobian_function<F, Wrt, Wanted>;
  template <class F, class Wrt>
  using value_and_jacobian = value_and_jacobian_function<F, Wrt, Wanted>;
};
}  // namespace detail

/// All first derivatives of a function's results.
///
///     jacobian(f)(x...)(i, j) == d f_i / d x_j
///
/// A `tl::mat` with a row for each real number of the result and a column for each real number of the arguments, both
/// in the order in which they lie in their arrays, tuples or structs. `wrt<I...>` restricts the columns to some
/// arguments.
/// `.into(storage, x...)` fills any array, row by row, or `std::tie` of an array for each argument. The chain rule is
/// applied from the results back, from the inputs on, or node by node in the order of least cost (Griewank and Reese,
/// 1991), whichever costs fewest operations; `jacobian(f, tl::forward)` and the like force it. Entries that are zero
/// for every x are stored, and nothing is computed for them.
///
///     constexpr auto polar = [](auto r, auto angle) { return std::array{r * cos(angle), r * sin(angle)}; };
///     tl::mat<double, 2, 2> j = tl::jacobian(polar)(2.0, 0.5);
template <class F, class... Told>
constexpr auto jacobian(const F& f, const Told&...) {
  using told = detail::told<std::decay_t<Told>...>;
  return detail::make_verb<detail::accumulated<told::wanted>::template jacobian, F, typename told::wrt>(f);
}

/// The value of a function and its Jacobian, which share their work: `auto [v, j] = value_and_jacobian(f)(x);`
template <class F, class... Told>
constexpr auto value_and_jacobian(const F& f, const Told&...) {
  using told = detail::told<std::decay_t<Told>...>;
  return detail::make_verb<detail::accumulated<told::wanted>::template value_and_jacobian, F, typename told::wrt>(f);
}

}  // namespace tapeless
