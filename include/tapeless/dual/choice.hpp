// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/dual/layer.hpp>

// Operations whose result is one of their arguments.
namespace tapeless::detail {

template <class Op>
concept ChoosesWhole = std::is_same_v<Op, op::select> || std::is_same_v<Op, op::min> || std::is_same_v<Op, op::max> ||
    std::is_same_v<Op, op::clamp>;

/// They take a number with all that belongs to it, so that nothing of the others is multiplied by zero.
template <class Number>
struct choice {
  template <class C, class X, class Y>
  [[gnu::always_inline]] static constexpr Number of(op::tag<op::select>, const C& condition, const X& x, const Y& y) {
    const auto holds = lowered<Number, op::argument::condition>(condition);
    if constexpr (std::is_same_v<decltype(holds), const bool>) {
      return holds ? whole(x) : whole(y);
    } else {
      using T = typename Number::value_type;
      const Number a = whole(x), b = whole(y);
      Number result(T(select(holds, a.primal(), b.primal())));
      for (std::size_t k = 0; k < result.parts().size(); ++k)
        result.parts()[k] = T(select(holds, a.parts()[k], b.parts()[k]));
      return result;
    }
  }
  template <class X, class Y>
  [[gnu::always_inline]] static constexpr Number of(op::tag<op::min>, const X& x, const Y& y) {
    return of(op::tag<op::select>{}, y < x, y, x);
  }
  template <class X, class Y>
  [[gnu::always_inline]] static constexpr Number of(op::tag<op::max>, const X& x, const Y& y) {
    return of(op::tag<op::select>{}, x < y, y, x);
  }
  template <class X, class L, class H>
  [[gnu::always_inline]] static constexpr Number of(op::tag<op::clamp>, const X& x, const L& low, const H& high) {
    const auto below = of(op::tag<op::select>{}, whole(high) < x, high, x);
    return of(op::tag<op::select>{}, whole(x) < low, low, below);
  }

 private:
  template <class X>
  [[gnu::always_inline]] static constexpr Number whole(const X& x) {
    if constexpr (std::is_same_v<X, Number>) return x;
    else return Number(x);
  }
};

}  // namespace tapeless::detail
