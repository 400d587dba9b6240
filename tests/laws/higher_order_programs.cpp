// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "dual.hpp"
#include "programs.hpp"

// Forward mode, Jacobians and Hessians of random programs against what reverse mode makes of them, in every order of
// accumulation.
namespace {

bool close(double a, double b, double scale, double tolerance) {
  return (std::isnan(a) && std::isnan(b)) || a == b || std::abs(a - b) <= tolerance * std::max(std::abs(a), scale);
}

/// Two programs as one function of an array.
template <class F, class G>
struct pair_of {
  constexpr auto operator()(const auto& x) const { return std::array{F{}(x), G{}(x)}; }
};

template <class List, unsigned Seed, std::size_t Inputs, std::size_t Depth>
void holds() {
  using F = laws::random_program<List, Seed, Inputs, Depth>;
  using G = laws::random_program<List, Seed + 1000, Inputs, Depth>;
  using both = pair_of<F, G>;
  constexpr auto& points = F::code.at;
  for (std::size_t s = 0; s < points.size(); ++s) {
    const auto& x = points[s];
    INFO("seed " << Seed << ", depth " << Depth << ", point " << s);
    std::array<double, Inputs> v{};
    for (std::size_t i = 0; i < Inputs; ++i) v[i] = 0.3 - 0.1 * static_cast<double>(i);

    const auto gradient = tl::gradient(F{})(x);
    const auto other = tl::gradient(G{})(x);
    const auto [value, hessian_gradient, h] = tl::value_gradient_and_hessian(F{})(x);
    const auto product = tl::hvp(F{})(x, v);
    const auto moved = tl::jvp(both{})(x, v);
    const auto pulled = tl::vjp(both{})(x, std::array{0.75, -2.0});
    const auto j = tl::jacobian(both{})(x);
    const auto forward = tl::jacobian(both{}, tl::forward)(x), reverse = tl::jacobian(both{}, tl::reverse)(x);
    const auto mixed = tl::jacobian(both{}, tl::mixed)(x);
    const auto h_forward = tl::hessian(F{}, tl::forward)(x), h_reverse = tl::hessian(F{}, tl::reverse)(x);

    double scale = 1e-3, other_scale = 1e-3, curvature = 1e-3;
    for (std::size_t i = 0; i < Inputs; ++i) {
      scale = std::max(scale, std::abs(gradient[i]));
      other_scale = std::max(other_scale, std::abs(other[i]));
      for (std::size_t k = 0; k < Inputs; ++k) curvature = std::max(curvature, std::abs(h(i, k)));
    }
    REQUIRE(laws::distance(value, F{}(x), 1) <= 1e-14L);
    double along = 0, along_other = 0;
    for (std::size_t i = 0; i < Inputs; ++i) {
      INFO("component " << i);
      along += gradient[i] * v[i], along_other += other[i] * v[i];
      REQUIRE(close(hessian_gradient[i], gradient[i], scale, 1e-13));
      REQUIRE(close(pulled[i], 0.75 * gradient[i] - 2 * other[i], scale + other_scale, 1e-12));
      for (const auto& matrix : {j, forward, reverse, mixed}) {
        REQUIRE(close(matrix(0, i), gradient[i], scale, 1e-12));
        REQUIRE(close(matrix(1, i), other[i], other_scale, 1e-12));
      }
      double row = 0;
      for (std::size_t k = 0; k < Inputs; ++k) {
        row += h(i, k) * v[k];
        REQUIRE(h(i, k) == h(k, i));
        REQUIRE(close(h_forward(i, k), h(i, k), curvature, 1e-11));
        REQUIRE(close(h_reverse(i, k), h(i, k), curvature, 1e-11));
        // Forward over reverse, by duals: the gradient's graph, run on them.
        const auto directional = laws::directional([&](const auto& at) { return tl::gradient(F{})(at)[i]; }, x, k);
        INFO("by duals " << directional << ", component " << k << ", got " << h(i, k));
        REQUIRE(close(h(i, k), directional, curvature, 1e-11));
      }
      REQUIRE(close(product[i], row, curvature, 1e-12));
    }
    REQUIRE(laws::distance(moved.value[0], value, 1) <= 1e-14L);
    REQUIRE(close(moved.tangent[0], along, scale, 1e-12));
    REQUIRE(close(moved.tangent[1], along_other, other_scale, 1e-12));
  }
}

template <class List, std::size_t Inputs, std::size_t Depth, unsigned First, unsigned... K>
void all_hold(std::integer_sequence<unsigned, K...>) {
  (holds<List, First + K, Inputs, Depth>(), ...);
}

using honest = decltype(laws::honest(tl::op::all{}));

}  // namespace

TEST_CASE("higher derivatives of short random programs", "[laws][random]") {
  all_hold<honest, 2, 6, 600>(std::make_integer_sequence<unsigned, 4>{});
}
TEST_CASE("higher derivatives of deep random programs", "[laws][random]") {
  all_hold<honest, 5, 24, 700>(std::make_integer_sequence<unsigned, 2>{});
}
TEST_CASE("higher derivatives where rules are definitions", "[laws][random]") {
  all_hold<tl::op::all, 3, 16, 800>(std::make_integer_sequence<unsigned, 2>{});
}
