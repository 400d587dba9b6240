// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using namespace tensors;

namespace {

/// A pixel, and what stands where there is none.
template <class X>
auto pixel(const X& x, long n, long i, long j, std::size_t c, double beyond) {
  const bool inside = i >= 0 && j >= 0 && i < static_cast<long>(x.extent(1)) && j < static_cast<long>(x.extent(2));
  return inside ? x(n, i, j, c) : beyond;
}

/// Compares convolution and pooling with loops, for images of these extents, a window of K by L and O channels.
template <std::size_t N, std::size_t H, std::size_t W, std::size_t C, std::size_t K, std::size_t L, std::size_t O,
          tl::window Window>
void check_convolution() {
  tensors::numbers some;
  const auto x = some.filled<tl::tensor<double, N, H, W, C>>();
  const auto kernel = some.filled<tl::tensor<double, K, L, C, O>>();
  const auto y = tl::conv2d<Window>(x, kernel);
  constexpr std::size_t rows = (H + 2 * Window.padding - K) / Window.stride + 1;
  constexpr std::size_t columns = (W + 2 * Window.padding - L) / Window.stride + 1;
  static_assert(std::is_same_v<decltype(y), const tl::tensor<double, N, rows, columns, O>>);
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        for (std::size_t o = 0; o < O; ++o) {
          double sum = 0;
          for (std::size_t k = 0; k < K; ++k)
            for (std::size_t l = 0; l < L; ++l)
              for (std::size_t c = 0; c < C; ++c)
                sum += kernel(k, l, c, o) *
                       pixel(x, static_cast<long>(n),
                             static_cast<long>(i * Window.stride + k) - static_cast<long>(Window.padding),
                             static_cast<long>(j * Window.stride + l) - static_cast<long>(Window.padding), c, 0);
          REQUIRE(y(n, i, j, o) == Approx(sum).margin(1e-12));
        }
  CHECK(tl::conv2d<Window>(tl::row(x, 0), kernel) == tl::row(y, 0));
}

template <std::size_t N, std::size_t H, std::size_t W, std::size_t C, std::size_t Size, tl::window Window>
void check_pooling() {
  tensors::numbers some;
  const auto x = some.filled<tl::tensor<double, N, H, W, C>>();
  const auto most = tl::max_pool<Size, Window>(x);
  const auto mean = tl::avg_pool<Size, Window>(x);
  constexpr std::size_t rows = (H + 2 * Window.padding - Size) / Window.stride + 1;
  constexpr std::size_t columns = (W + 2 * Window.padding - Size) / Window.stride + 1;
  static_assert(std::is_same_v<decltype(most), const tl::tensor<double, N, rows, columns, C>>);
  for (std::size_t n = 0; n < N; ++n)
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        for (std::size_t c = 0; c < C; ++c) {
          double largest = -INFINITY, sum = 0;
          for (std::size_t k = 0; k < Size; ++k)
            for (std::size_t l = 0; l < Size; ++l) {
              const long row = static_cast<long>(i * Window.stride + k) - static_cast<long>(Window.padding);
              const long column = static_cast<long>(j * Window.stride + l) - static_cast<long>(Window.padding);
              largest = std::max(largest, pixel(x, static_cast<long>(n), row, column, c, -INFINITY));
              sum += pixel(x, static_cast<long>(n), row, column, c, 0);
            }
          REQUIRE(most(n, i, j, c) == largest);
          REQUIRE(mean(n, i, j, c) == Approx(sum / (Size * Size)).margin(1e-12));
        }
  CHECK(tl::max_pool<Size, Window>(tl::row(x, 0)) == tl::row(most, 0));
}

}  // namespace

TEST_CASE("a convolution is what loops give", "[tensor]") {
  check_convolution<2, 5, 7, 3, 3, 3, 2, tl::window{}>();
  check_convolution<1, 5, 7, 1, 3, 3, 4, tl::window{.padding = 1}>();
  check_convolution<2, 8, 8, 2, 2, 2, 3, tl::window{.stride = 2}>();
  check_convolution<2, 7, 8, 2, 3, 2, 3, tl::window{.stride = 3, .padding = 1}>();
  check_convolution<3, 4, 1, 5, 1, 1, 2, tl::window{}>();
  check_convolution<1, 4, 5, 2, 1, 1, 3, tl::window{.stride = 2}>();
  check_convolution<1, 3, 3, 1, 3, 3, 1, tl::window{.padding = 2}>();
}

TEST_CASE("pooling is what loops give", "[tensor]") {
  check_pooling<2, 4, 6, 3, 2, tl::window{.stride = 2}>();
  check_pooling<2, 5, 7, 1, 2, tl::window{.stride = 2}>();
  check_pooling<1, 6, 6, 2, 3, tl::window{.stride = 3}>();
  check_pooling<2, 5, 5, 2, 3, tl::window{.stride = 1, .padding = 1}>();
  check_pooling<1, 7, 7, 2, 3, tl::window{.stride = 2, .padding = 2}>();
  check_pooling<1, 3, 4, 2, 1, tl::window{.stride = 1}>();
  check_pooling<1, 3, 4, 2, 1, tl::window{.stride = 2}>();
}

TEST_CASE("a signal is filtered", "[tensor]") {
  static_assert(tl::conv1d(tl::mat<int, 4, 1>{1, 2, 3, 4}, tl::tensor<int, 2, 1, 1>{{1, 10}}) ==
                tl::mat<int, 3, 1>{21, 32, 43});
  static_assert(tl::conv1d<tl::window{.stride = 2, .padding = 1}>(tl::tensor<int, 1, 4, 1>{{1, 2, 3, 4}},
                                                                  tl::tensor<int, 3, 1, 2>{{1, 0, 1, 0, 1, 1}}) ==
                tl::tensor<int, 1, 2, 2>{{3, 2, 9, 4}});
  static_assert(tl::max_pool<2>(tl::tensor<int, 2, 2, 1>{{1, 5, 3, 2}})(0, 0, 0) == 5);
}

// More images and windows are in the sweep.
TEST_CASE("derivatives of convolutions", "[tensor]") {
  check_at_random<of<double, 3, 3, 1>, of<double, 2, 2, 1, 1>>(convolved{});
  check_at_random<of<double, 2, 8, 7, 2>, of<double, 3, 2, 2, 5>>(convolved<tl::window{.stride = 2, .padding = 1}>{});
  check_at_random<of<double, 5, 5, 7>, of<double, 1, 1, 7, 11>>(convolved{});
  check_at_random<of<float, 2, 5, 5, 3>, of<float, 3, 3, 3, 2>>(convolved<tl::window{.padding = 1}>{});
  check_at_random<of<double, 3, 17, 2>, of<double, 5, 2, 3>>(filtered<tl::window{.stride = 2, .padding = 3}>{});
}

TEST_CASE("derivatives of pooling", "[tensor]") {
  check_at_random<of<double, 2, 2, 1>>(pooled<2>{});
  check_at_random<of<double, 2, 7, 7, 2>>(pooled<3, tl::window{.stride = 2, .padding = 1}>{});
  check_at_random<of<float, 5, 5, 2>>(pooled<2, tl::window{.stride = 1, .padding = 1}>{});
}

TEST_CASE("a network of convolutions, alone and summed up", "[tensor]") {
  constexpr auto f = [](const auto& x, const auto& first, const auto& second, const auto& bias) {
    const auto seen = relu(tl::conv2d<tl::window{.padding = 1}>(x, first) + bias);
    const auto again = tl::conv2d(tl::max_pool<2>(seen), second);
    return tl::sum(again) + tl::sum(tl::avg_pool<2>(x)) + tl::mean(tl::max_pool<3, tl::window{.padding = 1}>(seen));
  };
  tensors::numbers some;
  check(f, some.filled<tl::tensor<double, 2, 8, 8, 1>>(), some.filled<tl::tensor<double, 3, 3, 1, 4>>(),
        some.filled<tl::tensor<double, 3, 3, 4, 2>>(), some.filled<tl::vec<double, 4>>());
}
