// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Four mistakes of articles that teach calculus for machine learning, as their gradients were written there. Each
// compiles, runs and trains something; a static_assert on check_gradient would have stopped it. The corrected gradients
// pass.
namespace {

using four = std::array<double, 4>;

// ---- 1. Linear regression with mean squared error: both derivatives have the wrong sign, so each update climbs
// ----------------------

constexpr four x{1, 2, 3, 4}, y{1, 2, 3, 4};

constexpr auto mean_squared_error = [](auto w, auto b, const auto& inputs, const auto& targets) {
  auto sum = 0 * w;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto error = targets[i] - (w * inputs[i] + b);
    sum += error * error;
  }
  return sum / static_cast<int>(inputs.size());
};

template <int Sign>
constexpr auto regression_by_hand = [](double w, double b, const four& inputs, const four& targets) {
  double dw = 0, db = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double error = targets[i] - (w * inputs[i] + b);
    dw += Sign * 2 * error * inputs[i] / 4;
    db += Sign * 2 * error / 4;
  }
  return std::tuple(dw, db);
};

constexpr auto regression_check = [](auto by_hand, double w, double b) {
  return tl::check_gradient(mean_squared_error, by_hand, tl::wrt<0, 1>)(w, b, x, y);
};
static_assert(!regression_check(regression_by_hand<+1>, 0.0, 0.0), "d(t - p)^2/dp is -2 (t - p)");
static_assert(!regression_check(regression_by_hand<+1>, 2.5, -1.0));
static_assert(regression_check(regression_by_hand<-1>, 0.0, 0.0));
static_assert(regression_check(regression_by_hand<-1>, 2.5, -1.0));
static_assert(regression_check(tl::gradient(mean_squared_error, tl::wrt<0, 1>), 2.5, -1.0));

/// The loss after some steps of gradient descent at the article's rate.
constexpr double trained(auto gradient, int steps) {
  double w = 0, b = 0;
  for (int k = 0; k < steps; ++k) {
    const auto [dw, db] = gradient(w, b, x, y);
    w -= 0.01 * dw, b -= 0.01 * db;
  }
  return mean_squared_error(w, b, x, y);
}
static_assert(trained(regression_by_hand<+1>, 20) > 100 * mean_squared_error(0.0, 0.0, x, y), "it climbs");
static_assert(trained(regression_by_hand<-1>, 200) < 0.02);
static_assert(trained(tl::gradient(mean_squared_error, tl::wrt<0, 1>), 200) < 0.02);

// ---- 2. Logistic regression on XOR: the gradient can be right or wrong, one layer cannot learn it
// -----------------------------------

using pair = std::array<double, 2>;
constexpr std::array<pair, 4> corners{{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
constexpr four exclusive_or{0, 1, 1, 0};

constexpr auto cross_entropy = [](const auto& w, auto b, const auto& inputs, const auto& labels) {
  auto sum = 0 * b;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto z = w[0] * inputs[i][0] + w[1] * inputs[i][1] + b;
    sum += tl::softplus(z) - labels[i] * z;  // -log p for the right class, p = sigmoid(z)
  }
  return sum / static_cast<int>(inputs.size());
};

/// With cross-entropy the derivative of the sigmoid cancels; the article multiplies with it, as if the loss were
/// squared error.
template <bool SigmoidTwice>
constexpr auto logistic_by_hand = [](const pair& w, double b, const std::array<pair, 4>& inputs, const four& labels) {
  std::tuple<pair, double> g{};
  for (std::size_t i = 0; i < 4; ++i) {
    const double p = tl::sigmoid(w[0] * inputs[i][0] + w[1] * inputs[i][1] + b);
    const double dz = (p - labels[i]) * (SigmoidTwice ? p * (1 - p) : 1) / 4;
    std::get<0>(g)[0] += dz * inputs[i][0];
    std::get<0>(g)[1] += dz * inputs[i][1];
    std::get<1>(g) += dz;
  }
  return g;
};

constexpr auto xor_check = [](auto by_hand, const pair& w, double b) {
  return tl::check_gradient(cross_entropy, by_hand, tl::wrt<0, 1>)(w, b, corners, exclusive_or);
};
static_assert(!xor_check(logistic_by_hand<true>, {0.3, -0.5}, 0.2),
              "the sigmoid's derivative cancels against the cross-entropy's");
static_assert(xor_check(logistic_by_hand<false>, {0.3, -0.5}, 0.2));
static_assert(xor_check(tl::gradient(cross_entropy, tl::wrt<0, 1>), {0.3, -0.5}, 0.2));

// The loss is convex, so where its gradient is zero there is nothing better: one layer answers 1/2 to everything.
constexpr auto best = tl::value_and_gradient(cross_entropy, tl::wrt<0, 1>)(pair{0, 0}, 0.0, corners, exclusive_or);
constexpr double log_2 = 0.693147180559945309;
static_assert(tl::math::abs(best.value - log_2) < 1e-15);
static_assert(std::get<0>(best.gradient) == pair{0, 0} && std::get<1>(best.gradient) == 0);
static_assert(cross_entropy(pair{0.1, 0.1}, -0.1, corners, exclusive_or) > log_2);
static_assert(cross_entropy(pair{-4, 4}, 0.0, corners, exclusive_or) > log_2);

// ---- 3. Regression through ReLU whose derivative ignores the ReLU
// -------------------------------------------------------------------

constexpr four u{-2, -0.5, 1, 3}, v{0.1, 0.4, 3.2, 6.8};

constexpr auto rectified_error = [](auto w, auto b, const auto& inputs, const auto& targets) {
  auto sum = 0 * w;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto error = tl::relu(w * inputs[i] + b) - targets[i];
    sum += error * error;
  }
  return sum / static_cast<int>(inputs.size());
};

template <bool Gated>
constexpr auto rectified_by_hand = [](double w, double b, const four& inputs, const four& targets) {
  double dw = 0, db = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double z = w * inputs[i] + b, open = !Gated || z > 0 ? 1 : 0;
    const double dz = 2 * (tl::relu(z) - targets[i]) * open / 4;
    dw += dz * inputs[i];
    db += dz;
  }
  return std::tuple(dw, db);
};

constexpr auto rectified_check = [](auto by_hand, double w, double b) {
  return tl::check_gradient(rectified_error, by_hand, tl::wrt<0, 1>)(w, b, u, v);
};
static_assert(!rectified_check(rectified_by_hand<false>, 1.5, 0.25), "two of the four samples are cut off");
static_assert(rectified_check(rectified_by_hand<false>, 0.1, 9.0),
              "where nothing is cut off the mistake does not show");
static_assert(rectified_check(rectified_by_hand<true>, 1.5, 0.25));
static_assert(rectified_check(tl::gradient(rectified_error, tl::wrt<0, 1>), 1.5, 0.25));

// ---- 4. np.gradient taken for a gradient
// --------------------------------------------------------------------------------------------

/// numpy.gradient knows no function, only numbers: of an array it returns the differences of neighbours, of one number
/// nothing.
template <std::size_t N>
constexpr std::array<double, N> numpy_gradient(const std::array<double, N>& a) {
  std::array<double, N> d{};
  if constexpr (N > 1) {
    d[0] = a[1] - a[0], d[N - 1] = a[N - 1] - a[N - 2];
    for (std::size_t i = 1; i + 1 < N; ++i) d[i] = (a[i + 1] - a[i - 1]) / 2;
  }
  return d;
}

constexpr auto sum_of_squares = [](const auto& p) { return p[0] * p[0] + p[1] * p[1] + p[2] * p[2]; };
using three = std::array<double, 3>;
constexpr auto of_the_value = [](const three& p) {
  const double d = numpy_gradient(std::array{sum_of_squares(p)})[0];
  return three{d, d, d};
};
constexpr auto of_the_point = [](const three& p) { return numpy_gradient(p); };
constexpr auto doubled = [](const three& p) { return three{2 * p[0], 2 * p[1], 2 * p[2]}; };

static_assert(!tl::check_gradient(sum_of_squares, of_the_value)(three{1, 2, 4}));
static_assert(!tl::check_gradient(sum_of_squares, of_the_point)(three{1, 2, 4}));
static_assert(tl::check_gradient(sum_of_squares, doubled)(three{1, 2, 4}));
static_assert(tl::check_gradient(sum_of_squares)(three{1, 2, 4}));

}  // namespace

TEST_CASE("the mistakes are caught at run time too", "[static]") {
  CHECK(!regression_check(regression_by_hand<+1>, 0.5, 0.5));
  CHECK(!xor_check(logistic_by_hand<true>, {0.3, -0.5}, 0.2));
  CHECK(!rectified_check(rectified_by_hand<false>, 1.5, 0.25));
  CHECK(!tl::check_gradient(sum_of_squares, of_the_point)(three{1, 2, 4}));
  CHECK(regression_check(regression_by_hand<-1>, 0.5, 0.5));
  CHECK(xor_check(logistic_by_hand<false>, {0.3, -0.5}, 0.2));
  CHECK(rectified_check(rectified_by_hand<true>, 1.5, 0.25));
  CHECK(tl::check_gradient(sum_of_squares, doubled)(three{1, 2, 4}));
}
