// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/dual/jet.hpp>

namespace tapeless {

/// The function object that `taylor` returns.
template <std::size_t K, class F>
struct taylor_function {
  F function;

  template <class... A>
  constexpr auto operator()(const A&... x) const {
    static_assert(sizeof...(A) == 1 && (Operand<A> && ...),
                  "tapeless: tl::taylor takes a function of one number; fix the others in a lambda around it");
    if constexpr (sizeof...(A) == 1 && (Operand<A> && ...)) return series(x...);
  }

 private:
  template <class A>
  constexpr auto series(const A& x) const {
    using T = std::conditional_t<std::is_integral_v<A> || std::is_enum_v<A>, double, A>;
    const auto y = function(jet<T, K>::variable(static_cast<T>(x)));
    static_assert(std::is_convertible_v<decltype(y), jet<T, K>>,
                  "tapeless: tl::taylor takes a function that returns one number");
    return jet<T, K>(y);
  }
};

/// The Taylor series of a function of one number, up to order K.
///
///     taylor<K>(f)(x)[k] == f^(k)(x) / k!   and   taylor<K>(f)(x).derivative(k) == f^(k)(x),   for k = 0, ..., K
///
/// `f` is any generic callable, with captures, branches and loops as it likes; x is a number, or what stands for one
/// where taylor is used inside another function. The result is a `jet`. A function of several arguments is a compile
/// error.
///
///     constexpr auto series = tl::taylor<3>([](auto x) { return exp(2 * x); })(0.0);  // 1 + 2 t + 2 t^2 + 4/3 t^3
template <std::size_t K, class F>
constexpr taylor_function<K, F> taylor(const F& f) {
  return {f};
}

}  // namespace tapeless
