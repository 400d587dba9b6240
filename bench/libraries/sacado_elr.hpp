// SPDX-License-Identifier: BSL-1.0
// packages: libtrilinos-sacado-dev libtrilinos-kokkos-dev libtrilinos-teuchos-dev libopenmpi-dev
// headers: Sacado.hpp Kokkos_Macros.hpp Teuchos_PromotionTraits.hpp mpi.h
// folders: trilinos MULTIARCH/openmpi/include
// links: trilinos_teuchoscomm trilinos_teuchoscore
#pragma once

#include <cmath>

#define OMPI_SKIP_MPICXX  // or the program would have to link MPI
#include <Sacado.hpp>

#include "harness/forward.hpp"

namespace Sacado::ELRFad {
/// Which Sacado does not have.
template <class E>
auto erf(const Expr<E>& expression) {
  const typename Expr<E>::base_expr_type x(expression);
  const double v = x.val(), slope = 1.1283791670955125739 * std::exp(-v * v);
  auto y = x;
  y.val() = std::erf(v);
  for (int i = 0; i < x.size(); ++i) y.fastAccessDx(i) = slope * x.fastAccessDx(i);
  return y;
}
}  // namespace Sacado::ELRFad

namespace bench {

template <class E>
requires requires { typename E::base_expr_type; }
struct evaluated<E> {
  using type = typename E::base_expr_type;
};

/// Sacado's dual numbers that go back through each statement in reverse, with vectors of fixed size.
struct sacado_elr : forward_variant<sacado_elr> {
  static constexpr auto name = "Sacado ELRFad";
  static constexpr int rank = 10;

  template <class T, std::size_t N>
  using number = Sacado::ELRFad::SFad<T, static_cast<int>(N)>;
  template <class T, std::size_t N>
  static number<T, N> variable(const T& x, std::size_t i) {
    return {static_cast<int>(N), static_cast<int>(i), x};
  }
  static auto value(const auto& y) { return y.val(); }
  static auto partial(const auto& y, std::size_t i) { return y.fastAccessDx(static_cast<int>(i)); }
};

}  // namespace bench
