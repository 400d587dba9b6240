// SPDX-License-Identifier: BSL-1.0
// packages: libadolc-dev
// headers: adolc/adolc.h
// links: adolc
#pragma once

#include <adolc/adolc.h>

#include "harness/registry.hpp"

namespace bench {

template <>
struct evaluated<adub> {
  using type = adouble;
};

/// ADOL-C: recorded once for each kernel, with its data as parameters of the tape, then played for each input.
struct adolc {
  static constexpr auto name = "ADOL-C";
  static constexpr int rank = 10;
  template <class Kernel>
  static constexpr bool supports = true;

  template <class Kernel>
  [[gnu::noinline]] static double call(const typename Kernel::input& in, output<Kernel>& out) {
    constexpr int n = static_cast<int>(size<Kernel>), m = GivesJacobian<Kernel> ? static_cast<int>(values<Kernel>) : 1;
    static const short tape = record<Kernel>(in);
    auto x = active<Kernel>(in);
    if constexpr (WithData<Kernel>) {
      auto data = in.data;
      set_param_vec(tape, data.size(), data.data());
    }
    if constexpr (GivesHessian<Kernel>) {
      // H e_i, one after another, with the gradient from the first.
      double value, weight = 1, tangent[n]{}, y_dot;
      for (int i = 0; i < n; ++i) {
        tangent[i] = 1;
        hos(tape, n, x.data(), tangent, &value, &y_dot, weight, i == 0 ? out.data() : nullptr,
            &out[static_cast<std::size_t>(n + i * n)]);
        tangent[i] = 0;
      }
      return value;
    } else {
      double y[m], weight[m]{};
      zos_forward(tape, m, n, 1, x.data(), y);
      for (int r = 0; r < m; ++r) {
        weight[r] = 1;
        fos_reverse(tape, m, n, weight, &out[values<Kernel> + static_cast<std::size_t>(r * n)]);
        weight[r] = 0;
      }
      if constexpr (GivesJacobian<Kernel>) std::copy(y, y + m, out.begin());
      return y[0];
    }
  }

 private:
  static void hos(short tape, int n, double* x, double* tangent, double* value, double* y_dot, double weight,
                  double* gradient, double* row) {
    fos_forward(tape, 1, n, 2, x, tangent, value, y_dot);
    double coefficients[64][2], *rows[64];
    for (int i = 0; i < n; ++i) rows[i] = coefficients[i];
    hos_reverse(tape, 1, n, 1, &weight, rows);
    for (int i = 0; i < n; ++i) {
      row[i] = coefficients[i][1];
      if (gradient) gradient[i] = coefficients[i][0];
    }
  }

  template <class Kernel>
  static short record(const typename Kernel::input& in) {
    const short tape = next_tape();
    trace_on(tape);
    std::array<adouble, size<Kernel>> x;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] <<= active<Kernel>(in)[i];
    const auto y = [&] {
      if constexpr (WithData<Kernel>) {
        std::array<adouble, std::tuple_size_v<decltype(in.data)>> data;
        for (std::size_t i = 0; i < data.size(); ++i) data[i] = mkparam(in.data[i]);
        return Kernel::formula(x, data);
      } else {
        return Kernel::formula(x);
      }
    }();
    double result;
    if constexpr (GivesJacobian<Kernel>) {
      for (auto yi : y) yi >>= result;
    } else {
      adouble last = y;
      last >>= result;
    }
    trace_off();
    return tape;
  }
  static short next_tape() {
    static short last = 0;
    return ++last;
  }
};

}  // namespace bench
