// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <tapeless/tapeless.hpp>

#ifdef TAPELESS_LAW_OPERATIONS
namespace tapeless::op {
using few = list<TAPELESS_LAW_OPERATIONS>;
}  // namespace tapeless::op
#endif

// What the laws over the whole op table share: an operation as a function, points of its domain, and differences in
// long double.
namespace laws {

/// What the laws hold for: the whole table. It takes long to compile; whoever tries one operation names it, as in
/// -DTAPELESS_LAW_OPERATIONS=sinh,cosh.
#ifdef TAPELESS_LAW_OPERATIONS
using operations = tl::op::few;
#else
using operations = tl::op::all;
#endif

inline constexpr double infinite = std::numeric_limits<double>::infinity();

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

/// The arguments of an operation that are numbers: how many, and where the k-th of them stands.
template <class Op>
inline constexpr std::size_t numbers = [] {
  std::size_t count = 0;
  for (std::size_t i = 0; i < Op::arity; ++i) count += Op::takes(i) == tl::op::argument::number;
  return count;
}();
template <class Op>
constexpr std::size_t position(std::size_t k) {
  std::size_t i = 0;
  while (Op::takes(i) != tl::op::argument::number || k-- > 0) ++i;
  return i;
}

/// Operations that connect conditions, and those whose result is one, have no derivative; of those that are transparent
/// it is a matter of definition, so differences say nothing about it.
template <class Op>
inline constexpr bool on_conditions = numbers<Op> == 0;
template <class Op>
inline constexpr bool differentiable = !Op::predicate && !Op::transparent;

/// Arguments of an operation: its numbers, and what stands for all of its conditions and whole numbers.
template <class Op, class T = double>
struct point {
  std::array<T, numbers<Op>> x{};
  bool condition = false;
  int whole = 0;

  template <class U>
  constexpr point<Op, U> as() const {
    point<Op, U> y{{}, condition, whole};
    for (std::size_t i = 0; i < x.size(); ++i) y.x[i] = static_cast<U>(x[i]);
    return y;
  }
  /// The argument of the operation at place I.
  template <std::size_t I>
  constexpr auto argument() const {
    if constexpr (Op::takes(I) == tl::op::argument::condition) return condition;
    else if constexpr (Op::takes(I) == tl::op::argument::whole) return whole;
    else return x[rank<I>()];
  }

 private:
  template <std::size_t I>
  static constexpr std::size_t rank() {
    std::size_t k = 0;
    while (position<Op>(k) != I) ++k;
    return k;
  }
};

/// Calls `f` with the arguments of an operation.
template <class Op, class F, class T>
constexpr auto call(const F& f, const point<Op, T>& p) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) { return f(p.template argument<I>()...); }
  (std::make_index_sequence<Op::arity>{});
}

/// An operation as a function of its arguments, by its struct.
template <class Op>
struct function_of {
  constexpr auto operator()(auto... x) const { return tl::apply<Op>(x...); }
};

/// Zero where the operation has a kink; one everywhere if it has none.
template <class Op>
struct kink_of {
  constexpr auto operator()(auto... x) const {
    if constexpr (requires { Op::kink(x...); }) return Op::kink(x...);
    else return 1.0;
  }
};
template <class Op>
inline constexpr bool has_kink = requires(double x) {
  Op::kink(x);
}
|| requires(double x) { Op::kink(x, x); }
|| requires(double x) { Op::kink(x, x, x); };
template <class Op, class T>
constexpr double kink_at(const point<Op, T>& p) {
  return static_cast<double>(call(kink_of<Op>{}, p));
}

/// 10 to a random power between the two given ones.
constexpr double log_uniform(generator& g, double from, double to) {
  return tl::math::exp(2.302585092994046 * (from + (to - from) * g.uniform()));
}

/// A point in the interior of an interval: anywhere in it, near an end, near zero, of either sign.
constexpr double inside(tl::interval d, generator& g) {
  const double from_end = log_uniform(g, -3, 1.3), sign = g.below(2) ? 1 : -1;
  const bool anywhere = d.lower == -infinite && d.upper == infinite;
  if (anywhere || (g.below(3) == 0 && d.lower < sign * from_end && sign * from_end < d.upper)) return sign * from_end;
  if (d.upper == infinite) return d.lower + from_end;
  if (d.lower == -infinite) return d.upper - from_end;
  const double share = g.below(3) ? g.uniform() : sign < 0 ? log_uniform(g, -3, -1) : 1 - log_uniform(g, -3, -1);
  return d.lower + (d.upper - d.lower) * share;
}

/// A point of the domain, some way off its kinks.
template <class Op>
constexpr point<Op> sample(generator& g) {
  point<Op> p;
  do {
    for (std::size_t k = 0; k < p.x.size(); ++k) p.x[k] = inside(Op::domain(position<Op>(k)), g);
    p.condition = g.below(2);
    for (std::size_t i = 0; i < Op::arity; ++i)
      if (Op::takes(i) == tl::op::argument::whole)
        p.whole = static_cast<int>(Op::domain(i).lower) +
                  static_cast<int>(g.below(static_cast<unsigned>(Op::domain(i).upper - Op::domain(i).lower) + 1));
  } while (tl::math::abs(kink_at(p)) < 1e-3);
  return p;
}

/// How far number k may be moved without leaving the domain or meeting a kink; zero counts as one.
template <class Op>
constexpr long double room(const point<Op>& p, std::size_t k) {
  const tl::interval d = Op::domain(position<Op>(k));
  const double x = p.x[k];
  double r = x == 0 ? 1 : tl::math::abs(x);
  if (d.lower != -infinite) r = std::min(r, x - d.lower);
  if (d.upper != infinite) r = std::min(r, d.upper - x);
  r = std::min(r, 8.0);
  const double here = kink_at(p);
  const auto is_clear = [&](double width) {
    point<Op> moved = p;
    for (int step = -16; step <= 16; ++step) {
      moved.x[k] = x + step * width / 16;
      const double there = kink_at(moved);
      if (tl::math::abs(there - here) > tl::math::abs(here) / 2) return false;
    }
    return true;
  };
  if constexpr (has_kink<Op>)
    while (!is_clear(r / 2)) r /= 2;
  return r;
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
