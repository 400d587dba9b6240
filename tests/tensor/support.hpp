// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <tuple>
#include <type_traits>
#include <vector>

#include <tapeless/tapeless.hpp>

#include <catch.hpp>

#include "../sweep.hpp"

// The law of every function of tensors: what a recorded function returns and its gradient are what the same text,
// evaluated in long double, and its difference quotients say.
namespace tensors {

/// Calls `f(element)` for every real number in an argument, in order.
template <class X, class F>
void for_each_real(X& x, const F& f) {
  tl::detail::for_each_run(x, [&](auto* first, std::size_t count) {
    if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(*first)>>)
      for (std::size_t i = 0; i < count; ++i) f(first[i]);
  });
}

/// An argument with all its real numbers as T.
template <class T, class X>
auto in(const X& x) {
  if constexpr (std::is_floating_point_v<X>) {
    return static_cast<T>(x);
  } else if constexpr (tl::detail::TensorValue<X>) {
    using scalar = typename tl::detail::tensor_traits<X>::scalar;
    if constexpr (std::is_floating_point_v<scalar>) {
      tl::detail::tensor_with_t<T, tl::detail::extents_of_type<X>().code()> y{};
      for (std::size_t i = 0; i < x.size(); ++i) y.data()[i] = static_cast<T>(x.data()[i]);
      return y;
    } else {
      return x;
    }
  } else if constexpr (tl::detail::StdTuple<X>) {
    return std::apply([](const auto&... each) { return std::make_tuple(in<T>(each)...); }, x);
  } else if constexpr (tl::detail::array_extent<X> > 0) {
    std::array<decltype(in<T>(x[0])), tl::detail::array_extent<X>> y{};
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = in<T>(x[i]);
    return y;
  } else {
    return x;
  }
}

/// Numbers between -1.5 and 1.5 that repeat themselves nowhere, another sequence for each seed.
class numbers {
 public:
  explicit numbers(unsigned seed = 1) : state_(seed * 2654435769u + 12345) {}
  double next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53 * 3 - 1.5;
  }
  template <class X>
  X filled() {
    X x{};
    for_each_real(x, [&](auto& each) { each = static_cast<std::remove_cvref_t<decltype(each)>>(next()); });
    return x;
  }

 private:
  unsigned long long state_;
};

/// Whatever a function returns, as a number that depends on all of it, and not linearly.
struct weighing {
  template <class Y, class W>
  constexpr auto operator()(const Y& y, const W& w) const {
    if constexpr (tl::detail::TensorValue<Y>) return tl::sum(tl::hadamard(tl::sin(y), w));
    else return tl::sin(y) * w;
  }
};
template <class F>
struct weighed {
  template <class W, class... X>
  constexpr auto operator()(const W& w, const X&... x) const {
    return weighing{}(F{}(x...), w);
  }
};

/// Tensors of these shapes, whatever they are made of.
template <class T, std::size_t... Dims>
using of = tl::detail::tensor_of<T, Dims...>;

inline bool is_close(long double a, long double b, long double tolerance) {
  return std::abs(a - b) <= tolerance * std::max({1.0L, std::abs(a), std::abs(b)});
}

/// The derivative of f by each real number of its arguments, by differences of fourth order.
template <class F, class... X>
std::vector<long double> differences(const F& f, std::tuple<X...> x) {
  constexpr long double step = 0x1p-17L;  // small, since where elements change places there is a kink
  std::vector<long double> slopes;
  for_each_real(x, [&](long double& number) {
    const long double before = number;
    const auto at = [&](long double moved) {
      number = before + moved;
      return static_cast<long double>(std::apply(f, x));
    };
    slopes.push_back((8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step));
    number = before;
  });
  return slopes;
}

/// Forward against reverse: along any direction the tangent is the product of the gradient with it.
template <class F, class... X>
void check_tangent(const F& f, const X&... x) {
  INFO(__PRETTY_FUNCTION__);
  using real = typename tl::detail::joint_real<X...>::type;
  const auto slope = tl::gradient(f)(x...);
  auto along = slope;
  numbers some(5);
  for_each_real(along, [&](auto& each) { each = static_cast<real>(some.next()); });
  const auto tangent = [&] {
    if constexpr (tl::detail::StdTuple<decltype(along)>)
      return std::apply([&](const auto&... each) { return tl::jvp(f)(x..., each...); }, along).tangent;
    else return tl::jvp(f)(x..., along).tangent;
  }();
  std::vector<long double> slopes;
  for_each_real(slope, [&](auto each) { slopes.push_back(each); });
  long double moved = 0, size = 1;
  std::size_t k = 0;
  for_each_real(along, [&](auto each) {
    const long double product = slopes[k++] * static_cast<long double>(each);
    moved += product, size += std::abs(product);
  });
  INFO(tangent << " forward, " << moved << " backward");
  CHECK(std::abs(static_cast<long double>(tangent) - moved) <= (std::is_same_v<real, float> ? 1e-5L : 1e-12L) * size);
}

/// Value and gradient of a function of one real result at x; in the sweep its tangent, too.
template <class F, class... X>
void check(const F& f, const X&... x) {
  INFO(__PRETTY_FUNCTION__);
  using real = typename tl::detail::joint_real<X...>::type;
  const long double tolerance = std::is_same_v<real, float> ? 2e-4L : 1e-9L;
  const std::tuple exact_arguments(in<long double>(x)...);
  const auto exact = static_cast<long double>(std::apply(f, exact_arguments));
  const auto [value, gradient] = tl::value_and_gradient(f)(x...);
  CHECK(std::is_same_v<std::remove_const_t<decltype(value)>, real>);
  CHECK(is_close(static_cast<long double>(f(x...)), exact, tolerance));
  CHECK(is_close(value, exact, tolerance));
  std::vector<long double> computed;
  for_each_real(gradient, [&](auto number) { computed.push_back(number); });
  const auto expected = differences(f, exact_arguments);
  REQUIRE(computed.size() == expected.size());
  for (std::size_t i = 0; i < computed.size(); ++i)
    if (!is_close(computed[i], expected[i], tolerance)) {
      INFO("component " << i << ": " << computed[i] << " by the gradient, " << expected[i] << " by differences");
      CHECK(false);
      break;
    }
  if constexpr (sweep::is_on) check_tangent(f, x...);
}

/// The same for a function with a result of any shape.
template <class F, class... X>
void check_weighed(const F&, const X&... x) {
  using result = std::remove_cvref_t<decltype(F{}(x...))>;
  check(weighed<F>{}, numbers(77).filled<result>(), x...);
}
/// ... at numbers of some sequence.
template <class... X, class F>
void check_at_random(const F& f) {
  numbers some;
  const std::tuple<X...> x{some.filled<X>()...};
  std::apply([&](const X&... each) { check_weighed(f, each...); }, x);
}

/// The value of `f` at x is `expected(i)` for each place.
template <class Y, class Expected>
void check_elements(const Y& y, const Expected& expected) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    INFO("element " << i);
    CHECK(y.data()[i] == expected(i));
  }
}

}  // namespace tensors
