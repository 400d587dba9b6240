// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/jacobian.hpp>

namespace tapeless {

namespace detail {

/// The derivative of every result along one input, as a program that has as many results again.
constexpr program derivative_along(const program_view& p, std::int32_t place) {
  return jacobian_of(distinct(p).view(), {&place, 1}, order::cheapest, false);
}

template <class Orders, class F, class... A>
struct partial_maker;
template <std::size_t... Order, class F, class... A>
struct partial_maker<std::index_sequence<Order...>, F, A...> {
  using primal = primal_program<F, A...>;
  using rows = real_results<primal>;
  static constexpr layout<A...> arguments{};
  static constexpr std::size_t outputs = rows::size;
  static constexpr std::size_t guess = primal::graph.size * (4 + 4 * (Order + ...)) + 64;

  static constexpr program make() {
    program made = without_dead_nodes(program_nodes(), row_outputs());
    std::int32_t argument = 0;
    for (const std::size_t times : {Order...}) {
      std::int32_t leaf = 0;
      while (leaf < static_cast<std::int32_t>(arguments.count.leaves) &&
             arguments.argument[leaf] != static_cast<std::size_t>(argument))
        ++leaf;
      for (std::size_t k = 0; k < times; ++k) {
        program next = derivative_along(made.view(), leaf);
        next.lacks_rule = next.lacks_rule || made.lacks_rule;
        made = static_cast<program&&>(next);
      }
      ++argument;
    }
    return made;
  }

 private:
  static constexpr buffer<node> program_nodes() {
    buffer<node> nodes(primal::graph.size);
    for (std::size_t i = 0; i < primal::graph.size; ++i) nodes[i] = primal::graph.nodes[i];
    return nodes;
  }
  static constexpr buffer<std::int32_t> row_outputs() {
    buffer<std::int32_t> outputs_of_rows;
    for (std::size_t o = 0; o < rows::size; ++o) outputs_of_rows.push_back(rows::list.place[o]);
    return outputs_of_rows;
  }
};

template <class Orders, class... A>
struct check_orders;
template <std::size_t... Order, class... A>
struct check_orders<std::index_sequence<Order...>, A...> {
  static_assert(sizeof...(Order) <= sizeof...(A), "tapeless: partial names an argument that the call does not have");
  static constexpr std::size_t order_of(std::size_t i) {
    constexpr std::size_t orders[] = {Order..., 0};
    return i < sizeof...(Order) ? orders[i] : 0;
  }
  template <std::size_t... I>
  static constexpr bool all(std::index_sequence<I...>) {
    return ((order_of(I) == 0 || (Scalar<A> && Real<A>)) && ...);
  }
  static_assert(
      all(std::index_sequence_for<A...>{}),
      "tapeless: partial differentiates arguments that are real numbers; use tl::jacobian or tl::hessian for arrays");
};

}  // namespace detail

/// The function object that `partial` returns.
template <class F, std::size_t... Order>
struct partial_function {
  template <class... A>
  [[gnu::always_inline]] constexpr auto operator()(const A&... x) const {
    using orders = std::index_sequence<Order...>;
    static_assert(sizeof(detail::check_orders<orders, A...>) > 0);
    using maker = detail::partial_maker<orders, F, detail::plain_t<A>...>;
    using result = detail::met_t<detail::is_recorded<A...>, detail::plain_t<typename maker::primal::result>>;
    result y;
    detail::clear_data(y);
    detail::run_derived<detail::derived_program<maker>,
                        typename detail::joint_real<detail::met_t<detail::is_recorded<A...>, A>...>::type, false>(y,
                                                                                                                  x...);
    return y;
  }
};

/// A partial derivative of any order, mixed or not.
///
///     partial<m, n>(f)(x, y) == d^(m+n) f / dx^m dy^n
///
/// One order for each argument, 0 for those left out at the end; the arguments that are differentiated are numbers.
/// What is returned is like the function's result. Each order is a derivative of the graph of the one before.
///
///     constexpr auto f = [](auto x, auto y) { return x * x * x * y * y; };
///     static_assert(tl::partial<2, 1>(f)(2.0, 3.0) == 6 * 2 * 2 * 3);
template <std::size_t... Order, class F>
constexpr partial_function<F, Order...> partial(const F&) {
  static_assert(sizeof...(Order) > 0, "tapeless: partial takes the order for each argument, as in partial<2, 1>(f)");
  return {};
}

}  // namespace tapeless
