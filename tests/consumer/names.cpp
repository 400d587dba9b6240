// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>

#include <tapeless/tapeless.hpp>

// Whatever a program calls its own variables, a template of the library that is instantiated later does not warn of
// them: GCC looks up the names inside of lambdas anew, and formulas invite to short names.
// clang-format off
constexpr int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0, p = 0, q = 0,
              r = 0, s = 0, t = 0, u = 0, v = 0, w = 0, x = 0, y = 0, z = 0;
// clang-format on

namespace user {

constexpr auto loss = [](const auto& in, auto rate, auto which) {
  auto sum = in[0];
  for (int turn = 0; turn < 3; ++turn) sum = sin(sum) * sum + in[1] * rate + tl::powi(sum, which);
  return sum + gelu(sum) + hypot(sum, rate) + tl::select(sum < rate, sum, rate) + tl::gather(in, which);
};
constexpr tl::variable<"x"> X;
constexpr tl::variable<"y"> Y;
constexpr auto product = 0.5 * X * sin(Y);
constexpr auto stated = tl::custom_gradient([](const auto& in) { return in[0] * in[1]; },
                                            [](auto bar, const auto& in, auto) {
                                              return std::array{bar * in[1], bar * in[0]};
                                            });
constexpr auto nested = [](auto in) {
  return tl::gradient([](auto inner) { return inner * inner * inner; })(in) * stated(std::array{in, in});
};
static_assert(tl::check_gradient(product)(1.0, 2.0));
static_assert(tl::check_gradient(nested)(1.5));
static_assert(product(X = 2.0, Y = 0.0) == 0 && product(2.0, 0.0) == 0);
static_assert(tl::check_gradient([](auto in) { return product(in, in) * tl::derivative(product, X)(in, in); })(1.5));

// Small enough for numbers, and too large.
constexpr auto network = [](const auto& weights, const auto& in, const auto& bias) {
  const auto hidden = tanh(weights * in + bias);
  return cross_entropy(relu(hidden) * 2.0, 1) + norm(in) + mean(softmax(hidden)) + in[0] * max(bias);
};
template <std::size_t Rows, std::size_t Columns>
double tensors() {
  const tl::mat<double, Rows, Columns> weights{0.5, 0.25};
  const tl::vec<double, Columns> in{1.5};
  const tl::vec<double, Rows> bias{0.5};
  const auto [value, gradient] = tl::value_and_gradient(network)(weights, in, bias);
  const auto along = tl::jvp(network)(weights, in, bias, weights, in, bias);
  const auto [by_weights, by_in, by_bias] = tl::hvp(network)(weights, in, bias, weights, in, bias);
  return value + std::get<1>(gradient)[0] + along.tangent + by_weights(0, 0) + by_in[0] + by_bias[0];
}

double all(const std::array<double, 4>& in) {
  const auto [value, gradient] = tl::value_and_gradient(loss)(in, 2.0, 3);
  std::array<double, 4> per_in{};
  double per_rate = 0;
  tl::gradient(loss).into(std::tie(per_in, per_rate), in, 2.0, 3);
  const auto by_name = tl::gradient(product)(X = 1.0, Y = 2.0);
  const double slope = tl::derivative(tl::substitute(product, X = Y * Y), Y)(3.0);
  const double captured = tl::gradient([slope](auto in_lambda) { return slope * in_lambda; })(2.0);
  const bool right = static_cast<bool>(tl::check_gradient(loss)(in, 2.0, 3));
  return value + std::get<1>(gradient) + per_rate + by_name[X] + captured + right;
}

}  // namespace user

int main() {
  static_cast<void>(user::tensors<2, 2>() + user::tensors<16, 12>());
  const std::array at{0.5, 1.5};
  constexpr auto pair = [](const auto& in) { return std::array{in[0] * in[1], sin(in[0]), in[1] * in[1]}; };
  static_cast<void>(tl::jacobian(pair)(at) == tl::jacobian(pair, tl::by_duals)(at));
  static_cast<void>(tl::value_gradient_and_hessian(user::stated)(at));
  static_cast<void>(tl::jvp(pair)(at, at)), static_cast<void>(tl::vjp(pair)(at, std::array{1.0, 2.0, 3.0}));
  static_cast<void>(tl::hvp(user::stated)(at, at)), static_cast<void>(tl::sparse(tl::jacobian(pair))(at).dense());
  static_cast<void>(tl::coloring(tl::sparsity<std::array<double, 2>>(tl::jacobian(pair))));
  static_cast<void>(tl::star_coloring(tl::sparsity<std::array<double, 2>>(tl::hessian(user::stated))));
  static_cast<void>(tl::partial<1, 1>([](auto first, auto second) { return first * exp(second); })(0.5, 1.5));
  static_cast<void>(tl::taylor<3>([](auto in) { return exp(sin(in)) / in; })(0.5));

  return user::all({1, 2, 3, 4}) > 0 ? a + b + c + d + e + f + g + h + i + j + k + l + m
                                     : n + o + p + q + r + s + t + u + v + w + x + y + z;
}
