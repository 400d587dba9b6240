// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <tuple>

namespace bench {

/// What a library evaluates an expression of its own to; identity for numbers, and for libraries without expressions.
template <class E>
struct evaluated {
  using type = E;
};

/// Ends a statement of a kernel. A library with expression templates keeps references to what is gone by the next
/// statement, unless the expression is stored as a number: here.
template <class E>
[[gnu::always_inline]] constexpr auto held(const E& expression) {
  return typename evaluated<E>::type(expression);
}

/// A kernel with numbers that it is not differentiated by: its input has `x`, and `data`.
template <class Kernel>
concept WithData = requires(const typename Kernel::input& in) {
  in.x;
  in.data;
};
/// A kernel whose formula gives an array of `results` numbers: what is measured is its Jacobian.
template <class Kernel>
concept GivesJacobian = Kernel::results >
0;
/// A kernel of which the Hessian is measured, besides value and gradient.
template <class Kernel>
concept GivesHessian = Kernel::order == 2;

/// The numbers by which a kernel is differentiated.
template <class Kernel>
constexpr const auto& active(const typename Kernel::input& in) {
  if constexpr (WithData<Kernel>) return in.x;
  else return in;
}

/// How many these are.
template <class Kernel>
inline constexpr std::size_t size =
    std::tuple_size_v<std::remove_cvref_t<decltype(active<Kernel>(std::declval<const typename Kernel::input&>()))>>;

/// How many numbers come before the derivatives: those of a Jacobian's function.
template <class Kernel>
inline constexpr std::size_t values = 0;
template <GivesJacobian Kernel>
inline constexpr std::size_t values<Kernel> = Kernel::results;

template <class Kernel>
inline constexpr std::size_t derivatives = size<Kernel>;
template <GivesJacobian Kernel>
inline constexpr std::size_t derivatives<Kernel> = Kernel::results* size<Kernel>;
template <GivesHessian Kernel>
inline constexpr std::size_t derivatives<Kernel> = size<Kernel>*(1 + size<Kernel>);

/// What a kernel writes: the gradient; or the results, then their Jacobian row by row; or the gradient, then the
/// Hessian row by row. It returns the value, or the first of the results.
template <class Kernel>
using output = std::array<double, values<Kernel> + derivatives<Kernel>>;

/// The kernel's function of `x`, be these numbers of whatever library.
template <class Kernel, class X>
[[gnu::always_inline]] constexpr auto evaluate(const X& x, const typename Kernel::input& in) {
  if constexpr (WithData<Kernel>) return Kernel::formula(x, in.data);
  else return Kernel::formula(x);
}

/// Different inputs, used in turn, so that nothing can be learnt from the last call.
template <class Kernel>
const auto& inputs() {
  alignas(64) static const auto all = [] {
    std::array<typename Kernel::input, 128> x{};
    std::mt19937_64 random(1980);
    for (auto& xi : x) xi = Kernel::sample(random);
    return x;
  }();
  return all;
}

struct sine_and_cosine {
  double sine, cosine;
};
/// In one call where the C library offers it. (g++ finds that by itself, clang only without errno.)
inline sine_and_cosine sin_cos(double x) {
#if defined(__GLIBC__)
  sine_and_cosine both;
  ::sincos(x, &both.sine, &both.cosine);
  return both;
#else
  return {std::sin(x), std::cos(x)};
#endif
}

inline double uniform(std::mt19937_64& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

}  // namespace bench
