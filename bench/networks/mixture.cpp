// SPDX-License-Identifier: BSL-1.0
#include "mixture_by_hand.hpp"

namespace {

template <class Mixture>
struct by_products {
  static void run(const typename Mixture::input& in, typename Mixture::output& out) {
    static const double constant = Mixture::constant();
    constexpr auto step = tl::value_and_gradient(Mixture::likelihood_by_products, tl::wrt<0>);
    out.value = constant + step.into(out.gradient, in.p, in.x, in.place);
  }
};
template <class Mixture>
struct by_coordinates {
  static void run(const typename Mixture::input& in, typename Mixture::output& out) {
    static const double constant = Mixture::constant();
    constexpr auto step = tl::value_and_gradient(Mixture::likelihood_by_coordinates, tl::wrt<0>);
    out.value = constant + step.into(out.gradient, in.p, in.x, in.place);
  }
};

template <class Mixture, class Ours>
bool add() {
  using hand = kernels::mixture_in_loops<Mixture>;
  return bench::add_network<Mixture, hand, hand>("hand", 1) && bench::add_network<Mixture, hand, Ours>("lambda", 2);
}

using small = kernels::mixture<double, 2, 5, 1000, 1000>;
using large = kernels::mixture<double, 10, 25, 1000, 200>;
const bool added = add<small, by_coordinates<small>>() && add<large, by_products<large>>();

}  // namespace
