// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/lanes/lanes.hpp>

// How operations act on lanes: a vector at a time where they are known to do so, otherwise number by number.
namespace tapeless {

namespace detail {

/// The lanes that an operand is, is a condition on, or a whole number beside.
template <class X>
struct lanes_of {
  using type = void;
};
template <class T, std::size_t W>
struct lanes_of<lanes<T, W>> {
  using type = lanes<T, W>;
};
template <class T, std::size_t W>
struct lanes_of<lanes_mask<T, W>> : lanes_of<lanes<T, W>> {};
template <class T, std::size_t W>
struct lanes_of<lanes_whole<T, W>> : lanes_of<lanes<T, W>> {};
template <class X>
concept OnLanes = !std::is_void_v<typename lanes_of<X>::type>;

template <class L, class... X>
struct joint_lanes {
  using type = L;
};
template <class L, class X, class... Rest>
struct joint_lanes<L, X, Rest...>
    : joint_lanes<std::conditional_t<std::is_void_v<L>, typename lanes_of<X>::type, L>, Rest...> {};

template <class X>
struct vectors_of;
template <class T, std::size_t W>
struct vectors_of<lanes<T, W>> : vector_in<T, W> {};
template <class T, std::size_t W>
struct vectors_of<lanes_mask<T, W>> : vector_in<T, W> {
  using type = mask_of<typename vector_in<T, W>::type>;
};

template <class X>
concept InVectors = requires {
  typename vectors_of<X>::type;
};
template <class X>
using vector_of = typename vectors_of<X>::type;

template <class X>
[[gnu::always_inline]] inline vector_of<X> get_vector(const X& x, std::size_t place) {
  vector_of<X> v;
  __builtin_memcpy(&v, x.data() + place * vectors_of<X>::width, sizeof v);
  return v;
}
template <class X>
[[gnu::always_inline]] inline void put_vector(X& x, std::size_t place, const vector_of<X>& v) {
  __builtin_memcpy(x.data() + place * vectors_of<X>::width, &v, sizeof v);
}

/// Lanes from memory and back, vector by vector: GCC copies what is larger than a register by way of the stack.
template <class T, std::size_t W>
[[gnu::always_inline]] inline void load_lanes(lanes<T, W>& x, const T* from) {
  using in = vectors_of<lanes<T, W>>;
  const auto one = [&](std::size_t place) __attribute__((always_inline)) {
    vector_of<lanes<T, W>> read;
    __builtin_memcpy(&read, from + place * in::width, sizeof read);
    put_vector(x, place, read);
  };
  [&]<std::size_t... Place>(std::index_sequence<Place...>) __attribute__((always_inline)) { (one(Place), ...); }
  (std::make_index_sequence<in::count>{});
}
template <class T, std::size_t W>
[[gnu::always_inline]] inline void store_lanes(T* to, const lanes<T, W>& x) {
  using in = vectors_of<lanes<T, W>>;
  const auto one = [&](std::size_t place) __attribute__((always_inline)) {
    const auto written = get_vector(x, place);
    __builtin_memcpy(to + place * in::width, &written, sizeof written);
  };
  [&]<std::size_t... Place>(std::index_sequence<Place...>) __attribute__((always_inline)) { (one(Place), ...); }
  (std::make_index_sequence<in::count>{});
}

template <class Op, class... X>
concept OnVectors = (InVectors<X> && ...) && requires(const vector_of<X>&... v) {
  vector_value(op::tag<Op>{}, v...);
};

/// What a function of vectors gives, vector by vector.
template <class Result, class F, class X, class... Y>
[[gnu::always_inline]] inline Result by_vectors(const F& f, const X& x, const Y&... y) {
  Result result;
  const auto one = [&](std::size_t place) __attribute__((always_inline)) {
    put_vector(result, place, f(get_vector(x, place), get_vector(y, place)...));
  };
  [&]<std::size_t... Place>(std::index_sequence<Place...>) __attribute__((always_inline)) { (one(Place), ...); }
  (std::make_index_sequence<vectors_of<X>::count>{});
  return result;
}

/// The value of an operation on the numbers of one lane.
template <class Op, class Number, class... X>
[[gnu::always_inline]] constexpr auto value_in_lane(const X&... x) {
  if constexpr (std::is_same_v<Number, long long>) return call_value<Op>(x...);
  else return evaluate<Op, Number>(std::index_sequence_for<X...>{}, x...);
}

template <class Op, class Result, class Number, std::size_t W, class... X>
[[gnu::always_inline]] constexpr Result on_lanes(const X&... x) {
  if constexpr (OnVectors<Op, X...>)
    if (!std::is_constant_evaluated())
      return by_vectors<Result>(
          [](const auto&... each) __attribute__((always_inline)) { return vector_value(op::tag<Op>{}, each...); },
          x...);
  Result result;
  for (std::size_t k = 0; k < W; ++k) result.set(k, value_in_lane<Op, Number>(x[k]...));
  return result;
}

template <class L>
[[gnu::always_inline]] constexpr L power_in_lanes(const L& x, const typename L::whole_type& n) {
  if (!std::is_constant_evaluated() && n.is_uniform() && n[0] == static_cast<int>(n[0]))
    return by_vectors<L>(
        [exponent = static_cast<int>(n[0])](const auto& each)
            __attribute__((always_inline)) { return power_of(each, exponent); },
        x);
  return on_lanes<op::powi, L, typename L::value_type, L::size()>(x, n);
}

/// An operand in the type in which an operation takes it.
template <class L, op::argument Taken, class Number, class X>
[[gnu::always_inline]] constexpr decltype(auto) lanes_operand(const X& x) {
  using wanted = std::conditional_t<
      Taken == op::argument::condition, typename L::mask_type,
      std::conditional_t<Taken == op::argument::whole || std::is_same_v<Number, long long>, typename L::whole_type, L>>;
  if constexpr (std::is_same_v<X, wanted>) return (x);
  else if constexpr (Taken == op::argument::condition && !std::is_arithmetic_v<X>)
    return lanes_operand<L, Taken, Number>(apply<op::not_equal>(x, 0));
  else return wanted(x);
}

template <class L, class X>
inline constexpr bool is_real_beside = std::is_same_v<X, L> || std::is_floating_point_v<X>;

/// Whether an operation happens among real numbers: everywhere but among data.
template <class Op, class L, class... X, std::size_t... I>
constexpr bool is_among_reals(std::index_sequence<I...>) {
  return !Op::on_integers || ((Op::takes(I) == op::argument::number && is_real_beside<L, X>) || ...);
}
template <class Op, class M, class... X, std::size_t... I>
constexpr bool is_among_masks(std::index_sequence<I...>) {
  return ((Op::takes(I) == op::argument::condition || std::is_same_v<X, M>)&&...);
}

}  // namespace detail

/// Carries out an operation on lanes; what else is among the operands is the same for all lanes.
template <class Op, class... X>
requires((detail::OnLanes<X> || ...) && ((detail::OnLanes<X> || std::is_arithmetic_v<X> || std::is_enum_v<X>)&&...))
    [[gnu::always_inline]] constexpr auto apply_operation(op::tag<Op>, const X&... x) {
  using L = typename detail::joint_lanes<void, X...>::type;
  static_assert(((!detail::OnLanes<X> || std::is_same_v<typename detail::lanes_of<X>::type, L>)&&...),
                "tapeless: lanes of different numbers, or of different width, do not mix");
  using T = typename L::value_type;
  using M = typename L::mask_type;
  using all = std::index_sequence_for<X...>;
  constexpr bool real = detail::is_among_reals<Op, L, X...>(all{});
  using number = std::conditional_t<real, T, long long>;
  return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    if constexpr (std::is_same_v<Op, op::powi>) {
      return detail::power_in_lanes<L>(detail::lanes_operand<L, Op::takes(I), number>(x)...);
    } else if constexpr (std::is_same_v<Op, op::select> && detail::is_among_masks<Op, M, X...>(all{})) {
      return [](const M& c, const M& a, const M& b) __attribute__((always_inline)) { return (c && a) || (!c && b); }
      (detail::lanes_operand<L, op::argument::condition, number>(x)...);
    } else {
      using result = std::conditional_t<Op::predicate, M, std::conditional_t<real, L, typename L::whole_type>>;
      return detail::on_lanes<Op, result, number, L::size()>(detail::lanes_operand<L, Op::takes(I), number>(x)...);
    }
  }
  (all{});
}

/// Numbers that data of type unsigned long long stand for.
template <class T, std::size_t W>
constexpr lanes<T, W> apply_operation(op::tag<op::unsigned_as_real>, const lanes_whole<T, W>& n) {
  return lanes<T, W>([&n](std::size_t k) { return static_cast<T>(static_cast<unsigned long long>(n[k])); });
}

/// min and max as `std::min` takes them, so that `using std::max; max(x, y)` finds these.
template <class T, std::size_t W>
constexpr lanes<T, W> min(const lanes<T, W>& x, const lanes<T, W>& y) {
  return apply<op::min>(x, y);
}
template <class T, std::size_t W>
constexpr lanes<T, W> max(const lanes<T, W>& x, const lanes<T, W>& y) {
  return apply<op::max>(x, y);
}

}  // namespace tapeless
