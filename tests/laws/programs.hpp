// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tuple>

#include "support.hpp"

// Random programs, made by the compiler from a number. They use every operation of a list, literals that simplification
// rules know (0, -0, 1, -1, 2), shared and unused values. A step is taken only where all sample points stay inside the
// operation's domain.
namespace laws {

inline constexpr double literals[] = {0.5, 2.0, -1.0, 1.0, 0.0, -0.0, 3.0, -0.25, 0.7};
inline constexpr std::size_t sample_points = 3;

/// One line of a program: an operation on earlier values; -1 - k stands for literal k.
struct line {
  std::size_t op = 0;
  int operand[3] = {};
};

template <std::size_t Inputs, std::size_t Depth>
struct plan {
  static constexpr std::size_t inputs = Inputs, depth = Depth;
  line lines[Depth]{};
  bool used[Inputs + Depth]{};
  std::array<std::array<double, Inputs>, sample_points> at{};
};

/// An operation on three numbers, of which it uses what it needs; conditions come from comparing them and are used by
/// selecting, whole numbers are literals.
template <class Op, class T>
constexpr T step(const T& x, const T& y, const T& z) {
  const T numbers[] = {x, y, z};
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto argument = [&]<std::size_t K>(tl::arg<K>) {
      if constexpr (Op::takes(K) == tl::op::argument::condition) return numbers[K] < numbers[(K + 1) % 3];
      else if constexpr (Op::takes(K) == tl::op::argument::whole) return static_cast<int>(Op::domain(K).upper) / 2;
      else return numbers[K];
    };
    if constexpr (Op::predicate) return T(tl::select(tl::apply<Op>(argument(tl::arg<I>{})...), z, x));
    else return T(tl::apply<Op>(argument(tl::arg<I>{})...));
  }
  (std::make_index_sequence<Op::arity>{});
}

template <class List>
struct table_of;
template <class... Ops>
struct table_of<tl::op::list<Ops...>> {
  template <std::size_t I>
  using op = std::tuple_element_t<I, std::tuple<tl::op::tag<Ops>...>>;

  template <class T>
  static constexpr T run(std::size_t which, const T& x, const T& y, const T& z) {
    T result{};
    std::size_t i = 0;
    (void)((i++ == which && (result = step<Ops>(x, y, z), true)) || ...);
    return result;
  }
  /// Whether the operation may be applied there: some way inside of its domain.
  static constexpr bool allows(std::size_t which, const double* x) {
    std::size_t i = 0;
    return ((i++ == which && inside_of<Ops>(x)) || ...);
  }

 private:
  template <class Op>
  static constexpr bool inside_of(const double* x) {
    point<Op> p{{}, false, 1};
    for (std::size_t k = 0; k < p.x.size(); ++k) {
      p.x[k] = x[position<Op>(k)];
      const tl::interval d = Op::domain(position<Op>(k));
      if (!(p.x[k] > d.lower + 0.05 && p.x[k] < d.upper - 0.05)) return false;
    }
    return tl::math::abs(kink_at(p)) > 0.05;
  }
};

template <class List, std::size_t Inputs, std::size_t Depth>
constexpr plan<Inputs, Depth> make_plan(unsigned seed) {
  using table = table_of<List>;
  generator g(seed);
  plan<Inputs, Depth> p;
  double v[sample_points][Inputs + Depth]{};
  for (std::size_t s = 0; s < sample_points; ++s)
    for (std::size_t i = 0; i < Inputs; ++i) v[s][i] = p.at[s][i] = 4 * g.uniform() - 2;
  for (std::size_t k = 0; k < Depth; ++k) {
    const auto available = static_cast<unsigned>(Inputs + k);
    bool accepted = false;
    for (int tries = 0; !accepted; ++tries) {
      // Every second line is the turn of one operation, if it will have the values that are there: so all get theirs.
      const bool turn = k % 2 == 0 && tries < 40;
      line l{turn ? (seed * (Depth / 2) + k / 2) % List::size : g.below(List::size), {}};
      for (int& o : l.operand) {
        const unsigned recent = available > 6 && g.below(2) ? available - 6 : 0;
        o = static_cast<int>(recent + g.below(available - recent));
      }
      if (g.below(5) == 0) l.operand[g.below(3)] = -1 - static_cast<int>(g.below(std::size(literals)));
      accepted = true;
      for (std::size_t s = 0; s < sample_points && accepted; ++s) {
        double x[3];
        for (int i = 0; i < 3; ++i) x[i] = l.operand[i] < 0 ? literals[-1 - l.operand[i]] : v[s][l.operand[i]];
        accepted = table::allows(l.op, x);
        if (!accepted) break;
        const double y = table::run(l.op, x[0], x[1], x[2]);
        v[s][Inputs + k] = y;
        accepted = -16 < y && y < 16;
      }
      if (!accepted) continue;
      p.lines[k] = l;
      for (const int o : l.operand)
        if (o >= 0) p.used[o] = true;
    }
  }
  return p;
}

/// The program as an ordinary generic function of an array: the sum of all values that no line uses.
template <class List, unsigned Seed, std::size_t Inputs, std::size_t Depth>
struct random_program {
  static constexpr auto code = make_plan<List, Inputs, Depth>(Seed);

  constexpr auto operator()(const auto& x) const {
    using T = std::remove_cvref_t<decltype(x[0])>;
    T v[Inputs + Depth] = {};
    for (std::size_t i = 0; i < Inputs; ++i) v[i] = x[i];
    const auto value = [&](int o) { return o < 0 ? T(literals[-1 - o]) : v[o]; };
    [&]<std::size_t... K>(std::index_sequence<K...>) {
      ((v[Inputs + K] = run(typename table_of<List>::template op<code.lines[K].op>{}, value(code.lines[K].operand[0]),
                            value(code.lines[K].operand[1]), value(code.lines[K].operand[2]))),
       ...);
    }
    (std::make_index_sequence<Depth>{});
    T sum = v[Inputs + Depth - 1];
    for (std::size_t i = 0; i + 1 < Inputs + Depth; ++i)
      if (!code.used[i]) sum += v[i];
    return sum;
  }

 private:
  template <class Op, class T>
  static constexpr T run(tl::op::tag<Op>, const T& x, const T& y, const T& z) {
    return step<Op>(x, y, z);
  }
};

/// The operations whose derivative is what differences see.
template <class... Kept, class... Ops>
constexpr auto honest(tl::op::list<Ops...>) {
  return (tl::op::list<>{} + ... + std::conditional_t<Ops::transparent, tl::op::list<>, tl::op::list<Ops>>{});
}

}  // namespace laws
