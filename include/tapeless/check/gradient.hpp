// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/check/differences.hpp>
#include <tapeless/derive/derived.hpp>
#include <tapeless/derive/evaluate.hpp>
#include <tapeless/derive/gradient.hpp>

namespace tapeless {

/// What a gradient check found. True when every component agrees; otherwise the worst component says where and by how
/// much.
template <class T>
struct gradient_report {
  bool agrees = true;
  std::size_t index =
      0;  // of the component that comes closest to, or goes farthest beyond, its tolerance; scalars count in order
  T expected = 0;   // by differences
  T got = 0;        // by the gradient under test
  T tolerance = 0;  // the largest difference between the two that would have been accepted

  constexpr explicit operator bool() const { return agrees; }
};

namespace detail {

/// Appends the real scalars of a gradient, whatever its structure.
template <class T, class G>
constexpr void flatten(const G& g, T* out) {
  for_each_run(g, [&](auto* first, auto extent) {
    if constexpr (Real<std::remove_cvref_t<decltype(*first)>>)
      for (std::size_t place = 0; place < extent; ++place) *out++ = static_cast<T>(first[place]);
  });
}

/// Stands for a gradient under test that is the library's own.
struct ours {};

}  // namespace detail

/// The function object that `check_gradient` returns.
template <class F, class Gradient, class Wrt>
struct gradient_check {
  [[no_unique_address]] Gradient under_test{};

  template <class... A>
  constexpr auto operator()(const A&... x) const {
    using scalar = typename detail::joint_real<A...>::type;
    using wide = std::conditional_t<std::is_same_v<scalar, float>, double,
                                    scalar>;  // float gradients are checked against double
    using selected = typename detail::resolved<Wrt, A...>::type;
    using chosen = detail::columns<selected, A...>;
    constexpr std::size_t count = chosen::size;

    scalar got[count + 1]{};
    if constexpr (std::is_same_v<Gradient, detail::ours>) {
      detail::flatten(gradient(F{}, selected{})(x...), got);
    } else {
      using offered = std::remove_cvref_t<decltype(under_test(x...))>;
      static_assert(
          detail::real_scalars<offered>::all.reals == count,
          "tapeless: the gradient to check must return one number for each real scalar that is differentiated");
      detail::flatten(under_test(x...), got);
    }
    return compare<wide, chosen>(got, detail::flat_arguments<wide, A...>(x...),
                                 std::type_identity<detail::flat_program<F, A...>>{});
  }

 private:
  template <class T, class Chosen, class Scalar, class Arguments, class Function>
  static constexpr gradient_report<T> compare(const Scalar* got, const Arguments& point, std::type_identity<Function>) {
    constexpr std::size_t count = Chosen::size;
    constexpr T relative = std::is_same_v<Scalar, float> ? T(2e-4) : T(1e-7);
    difference_quotient<T> expected[count + 1]{};
    T largest = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const auto at = static_cast<std::size_t>(Function::arguments.of[Chosen::list.place[k]].offset);
      Arguments x = point;
      expected[k] = central_difference<T>(
          [&](T moved) {
            x.real[at] = moved;
            return Function::value(x);
          },
          point.real[at]);
      largest = math::max(largest, math::abs(expected[k].value));
    }
    gradient_report<T> report;
    T worst = -1;
    for (std::size_t k = 0; k < count; ++k) {
      const T e = expected[k].value, g = static_cast<T>(got[k]);
      // Relative to the component and to the gradient as a whole; what the differences themselves cannot resolve is
      // forgiven, but never more than a part in ten thousand, so that a wrong derivative cannot hide behind a rough
      // function.
      const T scale = math::max(math::abs(e), math::abs(g));
      const T forgiven = math::min(4 * expected[k].error, T(1e-4) * math::max(scale, largest));
      const T tolerance = relative * math::max(scale, T(1e-3) * largest) + forgiven + std::numeric_limits<T>::min();
      const T off = math::abs(e - g);
      const bool fine = off <= tolerance && expected[k].error < std::numeric_limits<T>::infinity();  // false for NaN
      const T badness = fine ? off / tolerance : std::numeric_limits<T>::infinity();
      if (badness > worst) {
        worst = badness;
        report.index = k, report.expected = e, report.got = g, report.tolerance = tolerance;
      }
      report.agrees = report.agrees && fine;
    }
    return report;
  }
};

namespace detail {

template <class F, class Wrt>
using own_gradient_check = gradient_check<F, ours, Wrt>;

}  // namespace detail

/// Checks a gradient against differences, at run time or in a `static_assert`.
///
///     static_assert(tl::check_gradient(f)(1.0, 2.0));
///
/// The expected values come from central differences of the function's own graph with a step and an error estimate of
/// their own
/// (`central_difference`); the tolerance scales with the component, with the gradient and with that estimate. The
/// report says which component is worst and gives both values. At a kink differences see both sides, so a point on a
/// kink does not pass.
template <class F, class Wrt = selection<>>
requires(!std::is_class_v<Wrt> || detail::is_selection<Wrt>) constexpr auto check_gradient(const F& f,
                                                                                           const Wrt& = {}) {
  return detail::make_verb<detail::own_gradient_check, F, Wrt>(f);
}

/// Checks a hand-written gradient of `f`, a callable with the same arguments that returns what `tl::gradient(f)` would.
template <class F, class Gradient, class Wrt = selection<>>
requires(std::is_class_v<Gradient> &&
         !detail::is_selection<Gradient>) constexpr auto check_gradient(const F&, const Gradient& by_hand,
                                                                        const Wrt& = {}) {
  return gradient_check<F, Gradient, detail::chosen_t<Wrt>>{by_hand};
}

}  // namespace tapeless
