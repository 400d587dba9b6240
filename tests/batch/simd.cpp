// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <tuple>
#include <experimental/simd>

#include <tapeless/derive/gradient.hpp>
#include <tapeless/lanes/experimental_simd.hpp>
#include "catch.hpp"

// Packs of std::experimental::simd as scalars of the same graph.
namespace {

namespace stdx = std::experimental;

constexpr auto shared = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
constexpr auto root = [](auto x) { return tl::select(x > 0 && !(x > 2.5), sqrt(x), abs(x) * 0.0); };

template <class P>
void check() {
  using T = typename P::value_type;
  const auto ramp = [](T from, T step) { return P([=](int k) { return from + step * static_cast<T>(k); }); };
  const P x = ramp(T(0.25), T(0.125)), y = ramp(T(-1.5), T(0.25)), z = ramp(-1, 1);
  const auto [value, gradient] = tl::value_and_gradient(shared)(x, y);
  const P slope = tl::gradient(root)(z);
  const auto power = tl::gradient([](const auto& p, auto n) { return powi(p[0], n) * p[1]; })(std::array{x, y}, 3);
  for (std::size_t k = 0; k < P::size(); ++k) {
    const T xk = x[k], yk = y[k], zk = z[k];
    const auto [v, g] = tl::value_and_gradient(shared)(xk, yk);
    CHECK(static_cast<T>(value[k]) == Approx(v));
    CHECK(static_cast<T>(std::get<0>(gradient)[k]) == Approx(std::get<0>(g)));
    CHECK(static_cast<T>(std::get<1>(gradient)[k]) == Approx(std::get<1>(g)));
    CHECK(static_cast<T>(slope[k]) == Approx(tl::gradient(root)(zk)));
    CHECK(static_cast<T>(power[0][k]) == Approx(3 * xk * xk * yk));
  }
}

}  // namespace

TEST_CASE("packs of the standard library", "[batch]") {
  check<stdx::native_simd<double>>();
  check<stdx::native_simd<float>>();
  check<stdx::fixed_size_simd<double, 8>>();
  check<stdx::fixed_size_simd<float, 6>>();
}
