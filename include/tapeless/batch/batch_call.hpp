// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cassert>
#include <tuple>

#include <tapeless/batch/points.hpp>
#include <tapeless/derive/gradient.hpp>

namespace tapeless {

namespace detail {

/// The value of a function of numbers as a program.
template <class F, class... A>
struct value_program {
  using primal = primal_program<F, A...>;
  static_assert(Scalar<typename primal::result>, "tapeless: a function on a batch of points returns one number");
  static constexpr const auto& graph = primal::graph;
  static constexpr std::size_t outputs = 1;
  static constexpr layout<A...> arguments{};
  static constexpr address result[] = {{0, 0}, {0, 0}};
  static constexpr schedule plan(std::size_t width) {
    return make_schedule(graph.view(), arguments.of, result, static_cast<std::int32_t>(width));
  }
};

/// What a verb, or a function, is asked for at each point.
template <class F>
constexpr bool check_batch() {
  static_assert(std::is_empty_v<F>,
                "tapeless: a batch is of a stateless function or its gradient; pass what it captures as arguments, "
                "which are the same for all points");
  return true;
}
template <class F>
struct batch_verb {
  static constexpr bool values = true, gradients = false;
  template <class... A>
  using program = value_program<F, A...>;
};
template <class F, class Wrt>
struct batch_verb<gradient_function<F, Wrt>> {
  static constexpr bool values = false, gradients = true;
  template <class... A>
  using program = gradient_program<F, typename resolved<Wrt, A...>::type, yield::gradient, A...>;
  template <class... A>
  using result = typename gradient_call<F, Wrt, yield::gradient, A...>::result;
};
template <class F, class Wrt>
struct batch_verb<value_and_gradient_function<F, Wrt>> {
  static constexpr bool values = true, gradients = true;
  template <class... A>
  using program = gradient_program<F, typename resolved<Wrt, A...>::type, yield::value_and_gradient, A...>;
  template <class... A>
  using result = typename gradient_call<F, Wrt, yield::value_and_gradient, A...>::result;
};

/// Runs a program on W points at a time. A function of its own, so that the code is there once.
template <class Program, class T, std::size_t W, class Inputs, class Outputs>
[[gnu::noinline]] void run_packs(Inputs& in, Outputs& out, std::size_t packs) {
  for (; packs > 0; --packs) {
    emitter<code_of<Program, 1, Program::graph.size, Program::outputs>(), lanes<T, W>>::run(in, out);
    in.advance();
    out.advance();
  }
}

/// W points, of which the first come from a range and the others are the last of them again.
template <std::size_t W, class A>
struct padded_points {
  A point[W];
  template <class R>
  constexpr padded_points(const R& r, std::size_t first, std::size_t count) {
    if constexpr (std::is_const_v<typename R::element_type> || has_data<A>)  // results have no need of it
      for (std::size_t k = 0; k < W; ++k) copy(point[k], r[first + (k < count ? k : count - 1)]);
  }
  static void copy(A& to, const A& from) {
    if constexpr (std::is_array_v<A>) __builtin_memcpy(&to, &from, sizeof(A));
    else to = from;
  }
  std::span<const A> points() const { return point; }
  std::span<A> results() { return point; }
  void write(std::span<A> r, std::size_t first, std::size_t count) const {
    for (std::size_t k = 0; k < count; ++k) copy(r[first + k], point[k]);
  }
};
template <std::size_t W, class X>
struct padded_points<W, uniform_argument<X>> {
  uniform_argument<X> argument;
  constexpr padded_points(const uniform_argument<X>& all, std::size_t, std::size_t) : argument(all) {}
  const auto& points() const { return argument; }
};
template <std::size_t W, class R>
using padded = padded_points<W, std::conditional_t<Points<R>, point_t<R>, R>>;

template <class R>
constexpr auto as_results(R& r) {
  static_assert(Points<std::remove_const_t<R>>,
                "tapeless: the gradients of a batch are written into a range, or into a std::tuple of ranges, one for "
                "each argument that is differentiated");
  using G = std::remove_reference_t<decltype(*std::data(r))>;
  static_assert(!std::is_const_v<G>, "tapeless: the results of a batch are written, so their range is not const");
  return std::span<G>(std::data(r), std::size(r));
}

/// Calls f with ranges of results as spans.
template <class Results, class F>
constexpr void with_spans(Results& results, const F& f) {
  if constexpr (StdTuple<std::remove_const_t<Results>>)
    std::apply([&f](auto&... each) { f(as_results(each)...); }, results);
  else f(as_results(results));
}

/// That spans of G have room for gradients: one for all of it, or one for each of its parts.
template <class Gradient, class... G>
constexpr void check_gradients() {
  if constexpr (sizeof...(G) == 1) (check_storage<G, Gradient>(), ...);
  else check_storage<std::tuple<G...>, Gradient>();
  static_assert((is_uniform<typename joint_real<Gradient>::type, G>() && ...),
                "tapeless: the gradients of a batch are written into the type of number that its points hold");
}

template <class... R>
constexpr std::size_t count_points(const R&... r) {
  static_assert((Points<R> || ...), "tapeless: a batch needs a range of points: a span, an array or a vector");
  std::size_t count = 0;
  bool any = false, equal = true;
  const auto look = [&](const auto& each) {
    if constexpr (Points<std::remove_cvref_t<decltype(each)>>) {
      equal = equal && (!any || each.size() == count);
      count = each.size(), any = true;
    }
  };
  (look(r), ...);
  assert(equal);  // one argument or result for each point
  return count;
}

/// What a batch is asked for, on arguments `R...`: spans of points, or what is the same for all. `values` are written
/// where they are wanted, and `gradients` are one span, or one for each argument that is differentiated.
template <class F, std::size_t Lanes, class... R>
struct batch_call {
  using verb = batch_verb<F>;
  using T = typename joint_real<point_t<R>...>::type;
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>,
                "tapeless: the points of a batch hold float or double");
  static_assert((check_points<T, R>() && ...));
  static constexpr std::size_t width = Lanes > 0 ? Lanes : 2 * default_lanes<T>;
  using program = typename verb::template program<plain_t<point_t<R>>...>;

  /// As the verb itself does it, point by point.
  template <class... G>
  static constexpr void run_singly(std::size_t count, T* values, const std::tuple<R...>& arguments,
                                   const std::span<G>&... gradients) {
    for (std::size_t i = 0; i < count; ++i)
      std::apply(
          [&](const R&... each) {
            if constexpr (!verb::gradients) {
              emitter<code_of<program, 1, program::graph.size, program::outputs>(), T>::run(
                  inputs<T, point_t<R>...>(at_point(each, i)...), outputs<T, false>(values[i]));
            } else {
              const auto one = [&](auto&& storage) { return F{}.into(storage, at_point(each, i)...); };
              const auto all = [&] {
                if constexpr (sizeof...(G) == 1) return one((gradients[i], ...));
                else return one(std::tie(gradients[i]...));
              };
              if constexpr (verb::values) values[i] = all();
              else all();
            }
          },
          arguments);
  }

  template <class... G>
  static void run_in_lanes(std::size_t count, T* values, const std::tuple<R...>& arguments,
                           const std::span<G>&... gradients) {
    const std::size_t rest = count % width, first = count - rest;
    if (first > 0)
      std::apply(
          [&](const R&... each) {
            point_inputs<T, width, R...> in(each...);
            point_outputs<T, width, std::span<G>...> out(values, gradients...);
            run_packs<program, T, width>(in, out, first / width);
          },
          arguments);
    if (rest == 0) return;
    const auto run = [&](const padded<width, R>&... in) {
      [&](auto... out) {
        T last_values[width];
        point_inputs<T, width, R...> padded_in(in.points()...);
        point_outputs<T, width, std::span<G>...> padded_out(last_values, out.results()...);
        run_packs<program, T, width>(padded_in, padded_out, 1);
        if constexpr (verb::values)
          for (std::size_t i = 0; i < rest; ++i) values[first + i] = last_values[i];
        (out.write(gradients, first, rest), ...);
      }(padded<width, std::span<G>>(gradients, first, rest)...);
    };
    std::apply([&](const R&... each) { run(padded<width, R>(each, first, rest)...); }, arguments);
  }

  template <class... G>
  static constexpr void run(std::span<T> values, const std::tuple<R...>& arguments, const std::span<G>&... gradients) {
    const std::size_t count = std::apply([](const R&... each) { return count_points(each...); }, arguments);
    assert(!verb::values || values.size() == count);       // one value
    assert(((gradients.size() == count) && ... && true));  // and one gradient for each point
    if (std::is_constant_evaluated()) run_singly(count, values.data(), arguments, gradients...);
    else run_in_lanes(count, values.data(), arguments, gradients...);
  }
};

}  // namespace detail
}  // namespace tapeless
