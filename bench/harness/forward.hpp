// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "registry.hpp"

namespace bench {

/// What all libraries of numbers with N tangents have in common. `Library` says
///
///     number<T, N>                    its numbers
///     variable<T, N>(value, index)    makes one
///     value(y), partial(y, i)         read one
///     variables(array of T)           makes all, if there is a better way than one after another
///
/// Hessians come from numbers of numbers.
template <class Library>
struct forward_variant {
  template <class Kernel>
  static constexpr bool supports = true;

  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    constexpr std::size_t n = size<Kernel>;
    const auto& at = active<Kernel>(in);
    if constexpr (GivesHessian<Kernel>) {
      using inner = typename Library::template number<double, n>;
      const auto x = seeded<inner>(seeded<double>(at));
      const auto y = evaluate<Kernel>(x, in);
      for (std::size_t i = 0; i < n; ++i) {
        const inner row = Library::partial(y, i);
        out[i] = Library::value(row);
        for (std::size_t j = 0; j < n; ++j) out[n + i * n + j] = Library::partial(row, j);
      }
      return Library::value(Library::value(y));
    } else {
      const auto x = seeded<double>(at);
      const auto y = evaluate<Kernel>(x, in);
      if constexpr (GivesJacobian<Kernel>) {
        for (std::size_t r = 0; r < Kernel::results; ++r) {
          out[r] = Library::value(y[r]);
          for (std::size_t i = 0; i < n; ++i) out[Kernel::results + r * n + i] = Library::partial(y[r], i);
        }
        return out[0];
      } else {
        for (std::size_t i = 0; i < n; ++i) out[i] = Library::partial(y, i);
        return Library::value(y);
      }
    }
  }

 private:
  template <class T, std::size_t N>
  [[gnu::always_inline]] static auto seeded(const std::array<T, N>& at) {
    if constexpr (requires { Library::variables(at); }) {
      return Library::variables(at);
    } else {
      std::array<typename Library::template number<T, N>, N> x;
      for (std::size_t i = 0; i < N; ++i) x[i] = Library::template variable<T, N>(at[i], i);
      return x;
    }
  }
};

}  // namespace bench
