// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <tapeless/tapeless.hpp>

// What the laws over the whole op table share: an operation as a function, points of its domain, and differences in
// long double.
namespace laws {

/// Pseudo-random numbers that are the same everywhere (Knuth's MMIX constants).
class generator {
 public:
  constexpr explicit generator(unsigned long long seed) : state_(seed * 2654435769u + 1) {}
  constexpr unsigned below(unsigned n) { return static_cast<unsigned>((next() >> 33) % n); }
  constexpr double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  constexpr unsigned long long next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return state_ ^ (state_ >> 29);
  }
  unsigned long long state_;
};

/// Operations on conditions state their parameter types, so their `value` is not a template.
template <class Op>
concept OnConditions = requires {
  &Op::value;
};
/// The first argument is a condition, not a number.
template <class Op>
inline constexpr bool chooses = std::is_same_v<Op, tl::op::select>;
/// An operation as a function of its arguments.
template <class Op>
struct function_of {
  constexpr auto operator()(auto... x) const {
    if constexpr (chooses<Op>) return tl::select(x...);
    else if constexpr (OnConditions<Op>) return Op::value((x > 0)...);
    else return tl::apply<Op>(x...);
  }
};

/// The derivative is a matter of definition, so differences say nothing about it.
template <class Op>
inline constexpr bool by_definition = std::is_same_v<Op, tl::op::stop_gradient>;
template <class Op>
inline constexpr bool differentiable = !Op::predicate && !by_definition<Op>;

/// Numbers that an operation takes: as many as it has arguments that are not conditions.
template <class Op>
inline constexpr std::size_t numbers = Op::arity - chooses<Op>;

/// Calls `f` with the arguments of an operation: its numbers, after the condition if it wants one.
template <class Op, class F, class T, std::size_t N>
constexpr auto call(const F& f, const std::array<T, N>& x, [[maybe_unused]] bool condition) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    if constexpr (chooses<Op>) return f(condition, x[I]...);
    else return f(x[I]...);
  }
  (std::make_index_sequence<N>{});
}

/// 10 to a random power between the two given ones.
constexpr double log_uniform(generator& g, double from, double to) {
  return tl::math::exp(2.302585092994046 * (from + (to - from) * g.uniform()));
}

/// A point in the interior of an interval: anywhere in it, near an end, near zero, of either sign.
constexpr double inside(tl::interval d, generator& g) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  const double from_end = log_uniform(g, -3, 1.3), sign = g.below(2) ? 1 : -1;
  if (d.lower == -inf && d.upper == inf) return sign * from_end;
  if (d.upper == inf) return d.lower + from_end;
  if (d.lower == -inf) return d.upper - from_end;
  const double share = g.below(3) ? g.uniform() : sign < 0 ? log_uniform(g, -3, -1) : 1 - log_uniform(g, -3, -1);
  return d.lower + (d.upper - d.lower) * share;
}

template <class Op>
constexpr std::array<double, numbers<Op>> sample(generator& g) {
  std::array<double, numbers<Op>> x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = inside(Op::domain(i + chooses<Op>), g);
  return x;
}

/// How far `x` may be moved without leaving the domain or meeting a kink at zero.
constexpr long double room(tl::interval d, double x) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  double r = x == 0 ? 1 : tl::math::abs(x);
  if (d.lower != -inf) r = std::min(r, x - d.lower);
  if (d.upper != inf) r = std::min(r, d.upper - x);
  return std::min(r, 8.0);
}

struct quotient {
  long double value = 0, error = std::numeric_limits<long double>::infinity();
};

/// The derivative at `x` by central differences with repeated extrapolation to step 0 (Richardson; Ridders 1982), in
/// long double.
template <class F>
quotient differences(const F& f, long double x, long double step) {
  constexpr int rows = 14;
  long double a[rows][rows];
  quotient best;
  for (int i = 0; i < rows; ++i, step /= 2) {
    const long double above = f(x + step), below = f(x - step);
    a[i][0] = (above - below) / ((x + step) - (x - step));
    const long double rounding =
        2 * std::numeric_limits<long double>::epsilon() * std::max(std::abs(above), std::abs(below)) / step;
    long double power = 1;
    for (int j = 1; j <= i && j < 7; ++j) {
      power *= 4;
      a[i][j] = (power * a[i][j - 1] - a[i - 1][j - 1]) / (power - 1);
      const auto error = std::max(std::abs(a[i][j] - a[i][j - 1]), std::abs(a[i][j] - a[i - 1][j - 1])) + rounding;
      if (error < best.error) best = {a[i][j], error};
    }
  }
  return best;
}

/// The distance of two numbers, relative to the larger of them and of `scale`.
constexpr long double distance(long double a, long double b, long double scale = 0) {
  if (a == b || (a != a && b != b)) return 0;
  const long double size = std::max({scale, a < 0 ? -a : a, b < 0 ? -b : b});
  const long double off = a < b ? b - a : a - b;
  return off / size;
}

/// The derivative as an array, whatever its form.
template <class T, std::size_t N>
constexpr std::array<T, N> flat(const auto& derivative) {
  if constexpr (N == 1) return {derivative};
  else return std::apply([](auto... d) { return std::array<T, N>{d...}; }, derivative);
}

}  // namespace laws
