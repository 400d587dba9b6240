// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/batch/batch_call.hpp>

namespace tapeless {

/// The function object that `batch` returns.
template <class F, std::size_t Lanes>
struct batch_function {
  using verb = detail::batch_verb<F>;

  /// Writes the gradients, or the values of a function; see `batch`.
  template <class Results, class... R>
  requires(verb::values != verb::gradients) constexpr void into(Results&& results, const R&... arguments) const {
    if constexpr (verb::gradients) run(std::tuple<>(), results, arguments...);
    else run(results, std::tuple<>(), arguments...);
  }
  /// Writes values and gradients.
  template <class Values, class Gradients, class... R>
  requires(verb::values&& verb::gradients) constexpr void into(Values&& values, Gradients&& gradients,
                                                               const R&... arguments) const {
    run(values, gradients, arguments...);
  }

  /// The results as arrays, for a number of points that is known at compile time.
  template <class... R>
  constexpr auto operator()(const R&... arguments) const {
    constexpr std::size_t count = detail::largest(detail::static_count<R>...);
    static_assert(count > 0,
                  "tapeless: the number of points is not known at compile time; say where the results go, "
                  "tl::batch(f).into(results, points...)");
    using T = typename detail::joint_real<detail::point_t<R>...>::type;
    if constexpr (!verb::gradients) {
      std::array<T, count> values{};
      into(values, arguments...);
      return values;
    } else {
      using gradient = typename verb::template result<detail::point_t<R>...>;
      valued_gradient<std::array<T, count>, std::array<gradient, count>> all{};
      if constexpr (verb::values) {
        into(all.value, all.gradient, arguments...);
        return all;
      } else {
        into(all.gradient, arguments...);
        return all.gradient;
      }
    }
  }

 private:
  template <class Values, class Gradients, class... R>
  static constexpr void run(Values&& values, Gradients&& gradients, const R&... arguments) {
    using call = detail::batch_call<F, Lanes, decltype(detail::as_points(arguments))...>;
    std::span<typename call::T> one_by_one;
    if constexpr (verb::values) {
      static_assert(std::is_convertible_v<Values&, std::span<typename call::T>>,
                    "tapeless: the values of a batch are written into a range of the numbers of its points");
      one_by_one = values;
    }
    detail::with_spans(gradients, [&](const auto&... spans) {
      if constexpr (verb::gradients) {
        using result = typename verb::template result<detail::point_t<R>...>;
        detail::check_gradients<result, detail::point_t<decltype(spans)>...>();
      }
      call::run(one_by_one, std::tuple(detail::as_points(arguments)...), spans...);
    });
  }
};

/// A function, or its gradient, at many points: as many at a time as the processor computes side by side.
///
///     batch(gradient(f)).into(g, x...)               g[i] = gradient(f)(x[i]...)
///     batch(value_and_gradient(f)).into(v, g, x...)  v[i] = f(x[i]...), g[i] as above
///     batch(f).into(v, x...)                         v[i] = f(x[i]...)
///
/// An argument that is a range (span, std::array, std::vector, C array) has an element for each point: a number, or an
/// array, tuple or Hana struct of numbers, all float or all double. Any other is the same for all points, as is
/// `tl::uniform(array)`; data (integers, bools, enums) has to be. Gradients are written into a range of what the verb
/// gives at one point, or with several differentiated arguments into a std::tuple of ranges, one for each. All ranges
/// have the same size, which may be 0; results do not overlap arguments. Where the size is known at compile time
/// `batch(...)(x...)` returns arrays. `f` is stateless. `batch<4>(...)` takes 4 points at a time; the default is what
/// 128 bytes have room for, which measured best with every instruction set: what waits for one register goes on in
/// another. Points that are left over are computed like all others, filled up with copies of the last. Numbers are
/// those of `lanes`: derivatives at kinks, NaN and infinities are as for one point, and elementary functions have the
/// accuracy stated there. Allocates nothing; in constant expressions points are taken one by one.
///
///     constexpr auto f = [](auto a, auto b) { return a * sin(b); };
///     void slopes(std::span<double> da, std::span<double> db, std::span<const double> a, std::span<const double> b) {
///       tl::batch(tl::gradient(f)).into(std::tie(da, db), a, b);
///     }
template <std::size_t Lanes = 0, class F>
constexpr batch_function<F, Lanes> batch(const F&) {
  static_assert(detail::check_batch<F>());
  return {};
}

}  // namespace tapeless
