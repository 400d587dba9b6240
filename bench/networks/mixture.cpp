// SPDX-License-Identifier: BSL-1.0
#include "compared.hpp"
#include "mixture_by_hand.hpp"

namespace {

template <class Problem>
[[gnu::noinline]] void by_products(const typename Problem::input& in, typename Problem::output& out) {
  static const double constant = Problem::constant();
  constexpr auto step = tl::value_and_gradient(Problem::likelihood_by_products, tl::wrt<0>);
  out.value = constant + step.into(out.gradient, in.p, in.x, in.place);
}
template <class Problem>
[[gnu::noinline]] void by_coordinates(const typename Problem::input& in, typename Problem::output& out) {
  static const double constant = Problem::constant();
  constexpr auto step = tl::value_and_gradient(Problem::likelihood_by_coordinates, tl::wrt<0>);
  out.value = constant + step.into(out.gradient, in.p, in.x, in.place);
}

using small = networks::mixture<double, 2, 5, 1000, 1000>;
using large = networks::mixture<double, 10, 25, 1000, 200>;

}  // namespace

void bench::compare_mixtures() {
  bench::comparison<small>({{"hand, point by point", networks::mixture_in_loops<small>::run},
                            {"ours, by coordinates", by_coordinates<small>}});
  bench::comparison<large>(
      {{"hand, point by point", networks::mixture_in_loops<large>::run}, {"ours, by products", by_products<large>}});
}
