// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

using tensors::check;
using tensors::check_at_random;
using tensors::of;

namespace {

template <std::size_t... Axes>
struct spread {
  constexpr auto operator()(const auto& x) const { return tl::variance<Axes...>(x) + tl::mean<Axes...>(x); }
};
template <std::size_t... Axes>
struct multiplied {
  constexpr auto operator()(const auto& x) const { return tl::prod<Axes...>(x); }
};
struct layers {
  constexpr auto operator()(const auto& x, const auto& scale, const auto& shift) const {
    return tl::layer_norm(x, scale, shift, 1e-3) + tl::layer_norm(x);
  }
};
struct batches {
  constexpr auto operator()(const auto& x, const auto& scale, const auto& shift) const {
    return tl::batch_norm(x, scale, shift, 1e-3) + tl::batch_norm(x);
  }
};

}  // namespace

TEMPLATE_TEST_CASE_SIG("derivatives of means and products", "[tensor]", ((std::size_t N), N), 1, 3, 8, 37) {
  check_at_random<of<double, N, 1>>(spread<>{});
  check_at_random<of<double, 1, N>>(multiplied<>{});
}

TEST_CASE("derivatives of means, variances and products along axes", "[tensor]") {
  check_at_random<of<double, 7, 15>>(spread<1>{});
  check_at_random<of<double, 16, 9>>(spread<0>{});
  check_at_random<of<double, 4, 5, 7>>(spread<0, 1>{});
  check_at_random<of<double, 3, 7, 11>>(spread<1>{});
  check_at_random<of<double, 4, 5>>(multiplied<1>{});
  check_at_random<of<double, 7, 17>>(multiplied<0>{});
  check_at_random<of<double, 3, 5, 4>>(multiplied<0, 2>{});
}

TEST_CASE("the derivative of a product with zeros", "[tensor]") {
  constexpr auto f = [](const auto& x) { return tl::prod(x); };
  static_assert(tl::gradient(f)(tl::vec{2.0, 0.0, 3.0, 4.0}) == tl::vec{0.0, 24.0, 0.0, 0.0});
  static_assert(tl::gradient(f)(tl::vec{0.0, 0.0, 3.0}) == tl::vec{0.0, 0.0, 0.0});
  tl::vec<double, 150> x{};
  x.fill(1);
  x[77] = 0;
  const auto g = tl::gradient(f)(x);
  for (std::size_t i = 0; i < 150; ++i) CHECK(g[i] == (i == 77));
}

TEST_CASE("normalized numbers have mean 0 and variance 1", "[tensor]") {
  tensors::numbers some;
  const auto x = some.filled<tl::mat<double, 6, 7>>();
  const auto each_row = tl::layer_norm(x, 0.0), each_column = tl::batch_norm(x, 0.0);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(tl::mean(tl::row(each_row, i)) == Approx(0).margin(1e-12));
    CHECK(tl::variance(tl::row(each_row, i)) == Approx(1));
    CHECK(each_row(i, 3) == Approx((x(i, 3) - tl::mean(tl::row(x, i))) / std::sqrt(tl::variance(tl::row(x, i)))));
  }
  for (std::size_t j = 0; j < 7; ++j) {
    CHECK(tl::mean(tl::column(each_column, j)) == Approx(0).margin(1e-12));
    CHECK(tl::variance(tl::column(each_column, j)) == Approx(1));
  }
  const auto images = some.filled<tl::tensor<double, 2, 3, 4, 5>>();
  CHECK(tl::variance<0, 1, 2>(tl::batch_norm(images, 0.0))[3] == Approx(1));
  CHECK(tl::batch_norm(tl::reshape<24, 5>(images)) == tl::reshape<24, 5>(tl::batch_norm(images)));
  static_assert(std::is_same_v<decltype(tl::layer_norm(tl::vec<float, 3>{})), tl::vec<float, 3>>);
  static_assert(std::is_same_v<decltype(tl::batch_norm(tl::mat<float, 3, 2>{}, 1e-3)), tl::mat<float, 3, 2>>);
}

TEST_CASE("derivatives of normalizations", "[tensor]") {
  check_at_random<of<double, 5>, of<double, 5>, of<double, 5>>(layers{});
  check_at_random<of<double, 7, 13>, of<double, 13>, of<double, 13>>(layers{});
  check_at_random<of<double, 3, 5, 8>, of<double, 8>, of<double, 8>>(layers{});
  check_at_random<of<double, 3, 2>, of<double, 2>, of<double, 2>>(batches{});
  check_at_random<of<double, 16, 11>, of<double, 11>, of<double, 11>>(batches{});
  check_at_random<of<double, 2, 3, 4, 5>, of<double, 5>, of<double, 5>>(batches{});
  check_at_random<of<float, 9, 5>, of<float, 5>, of<float, 5>>(batches{});
}
