// SPDX-License-Identifier: BSL-1.0
#include "compared.hpp"
#include "tanh_network_by_hand.hpp"

namespace {

template <class T>
[[gnu::noinline]] void ours(const typename networks::tanh_network<T>::input& in,
                            typename networks::tanh_network<T>::output& out) {
  constexpr auto step = tl::value_and_gradient(networks::tanh_network<T>::loss, tl::wrt<0>);
  out.value = step.into(out.gradient, in.p, in.x, in.label);
}

template <class T>
auto compared() {
  return bench::comparison<networks::tanh_network<T>>({
    {"hand, loops", networks::tanh_network_in_loops<T>::run},
#if defined(EIGEN_CORE_H)
        {"hand, Eigen", networks::tanh_network_in_eigen<T>::run},
#endif
        {"ours", ours<T>},
  });
}

}  // namespace

void bench::compare_tanh_networks() {
  const auto in_double = compared<double>();
  compared<float>().print_speedup_over(in_double);
}
