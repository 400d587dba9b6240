// SPDX-License-Identifier: BSL-1.0
// packages: libtrilinos-sacado-dev libtrilinos-kokkos-dev libtrilinos-teuchos-dev libopenmpi-dev
// headers: Sacado.hpp Kokkos_Macros.hpp Teuchos_PromotionTraits.hpp mpi.h
// folders: trilinos MULTIARCH/openmpi/include
// links: trilinos_teuchoscomm trilinos_teuchoscore
#pragma once

#include <cmath>

#define OMPI_SKIP_MPICXX  // or the program would have to link MPI
#include <Sacado.hpp>

#include "harness/registry.hpp"

namespace Sacado::Rad {
/// Which Sacado does not have.
inline ADvari<double>& erf(const ADvari<double>& x) {
  const double v = x.Val;
  return ADf1(std::erf(v), 1.1283791670955125739 * std::exp(-v * v), x);
}
}  // namespace Sacado::Rad

namespace bench {

template <>
struct evaluated<Sacado::Rad::ADvari<double>> {
  using type = Sacado::Rad::ADvar<double>;
};

/// Sacado's tape in reverse.
struct sacado_rad {
  static constexpr auto name = "Sacado RAD";
  static constexpr int rank = 10;
  using number = Sacado::Rad::ADvar<double>;
  template <class Kernel>
  static constexpr bool supports = !GivesHessian<Kernel>;

  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    constexpr std::size_t rows = GivesJacobian<Kernel> ? values<Kernel> : 1;
    double first = 0;
    for (std::size_t r = 0; r < rows; ++r) {  // only a new recording sets the adjoints to zero
      std::array<number, size<Kernel>> x;
      for (std::size_t i = 0; i < x.size(); ++i) x[i] = active<Kernel>(in)[i];
      auto y = evaluate<Kernel>(x, in);
      if constexpr (GivesJacobian<Kernel>) {
        number::Outvar_Gradcomp(y[r]);
        out[r] = y[r].val();
        first = out[0];
      } else {
        number::Gradcomp();
        first = y.val();
      }
      for (std::size_t i = 0; i < x.size(); ++i) out[values<Kernel> + r * x.size() + i] = x[i].adj();
    }
    return first;
  }
};

}  // namespace bench
