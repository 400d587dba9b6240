// SPDX-License-Identifier: BSL-1.0
#include "mixture_by_hand.hpp"

namespace {

template <class Mixture, auto Likelihood>
struct ours {
  static void run(const typename Mixture::input& in, typename Mixture::output& out) {
    static const double constant = Mixture::constant();
    constexpr auto step = tl::value_and_gradient(Likelihood, tl::wrt<0>);
    out.value = constant + step.into(out.gradient, in.p, in.x, in.place);
  }
};

template <class Mixture, auto Likelihood>
bool add() {
  using hand = kernels::mixture_in_loops<Mixture>;
  return bench::add_network<Mixture, hand, hand>("hand", 1) &&
         bench::add_network<Mixture, hand, ours<Mixture, Likelihood>>("lambda", 2);
}

using small = kernels::mixture<double, 2, 5, 1000, 1000>;
using large = kernels::mixture<double, 10, 25, 1000, 200>;
const bool added = add<small, small::likelihood_by_coordinates>() && add<large, large::likelihood_by_products>();

}  // namespace
