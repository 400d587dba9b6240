// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using tensors::batches;
using tensors::check_at_random;
using tensors::layers;
using tensors::multiplied;
using tensors::of;
using tensors::spread;

// All small shapes and more large ones are in the sweep.
TEST_CASE("derivatives of means and products", "[tensor]") {
  check_at_random<of<double, 3, 1>>(spread<>{});
  check_at_random<of<double, 1, 3>>(multiplied<>{});
  check_at_random<of<double, 37, 1>>(spread<>{});
  check_at_random<of<double, 1, 17>>(multiplied<>{});
}

TEST_CASE("derivatives of means, variances and products along axes", "[tensor]") {
  check_at_random<of<double, 7, 15>>(spread<1>{});
  check_at_random<of<double, 4, 5, 7>>(spread<0, 1>{});
  check_at_random<of<double, 4, 5>>(multiplied<1>{});
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
  const auto scale = some.filled<tl::vec<double, 7>>(), shift = some.filled<tl::vec<double, 7>>();
  const auto rows = tl::layer_norm(x, scale, shift, 0.5), columns = tl::batch_norm(x, scale, shift, 0.5);
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 7; ++j) {
      const auto row = tl::row(x, i);
      const auto column = tl::column(x, j);
      CHECK(rows(i, j) == Approx((x(i, j) - tl::mean(row)) / std::sqrt(tl::variance(row) + 0.5) * scale[j] + shift[j]));
      CHECK(columns(i, j) ==
            Approx((x(i, j) - tl::mean(column)) / std::sqrt(tl::variance(column) + 0.5) * scale[j] + shift[j]));
    }
  const auto images = some.filled<tl::tensor<double, 2, 3, 4, 5>>();
  CHECK(tl::variance<0, 1, 2>(tl::batch_norm(images, 0.0))[3] == Approx(1));
  CHECK(tl::batch_norm(tl::reshape<24, 5>(images)) == tl::reshape<24, 5>(tl::batch_norm(images)));
  static_assert(std::is_same_v<decltype(tl::layer_norm(tl::vec<float, 3>{})), tl::vec<float, 3>>);
  static_assert(std::is_same_v<decltype(tl::batch_norm(tl::mat<float, 3, 2>{}, 1e-3)), tl::mat<float, 3, 2>>);
}

TEST_CASE("derivatives of normalizations", "[tensor]") {
  check_at_random<of<double, 5>, of<double, 5>, of<double, 5>>(layers{});
  check_at_random<of<double, 3, 5, 8>, of<double, 8>, of<double, 8>>(layers{});
  check_at_random<of<double, 3, 2>, of<double, 2>, of<double, 2>>(batches{});
  check_at_random<of<float, 9, 5>, of<float, 5>, of<float, 5>>(batches{});
}
