// SPDX-License-Identifier: BSL-1.0
#include "tanh_network_by_hand.hpp"

namespace {

template <class T>
struct ours {
  using network = kernels::tanh_network<T>;
  static void run(const typename network::input& in, typename network::output& out) {
    constexpr auto step = tl::value_and_gradient(network::loss, tl::wrt<0>);
    out.value = step.into(out.gradient, in.p, in.x, in.label);
  }
};

template <class T>
bool add() {
  using network = kernels::tanh_network<T>;
  using hand = kernels::tanh_network_in_loops<T>;
#if defined(EIGEN_CORE_H)
  bench::add_network<network, hand, kernels::tanh_network_in_eigen<T>>("hand, Eigen", 10);
#endif
  return bench::add_network<network, hand, hand>("hand", 1) && bench::add_network<network, hand, ours<T>>("lambda", 2);
}

const bool added = add<double>() && add<float>();

}  // namespace
