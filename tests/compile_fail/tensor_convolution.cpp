// SPDX-License-Identifier: BSL-1.0
// error: tapeless: the shapes do not fit; a convolution takes an image of rows, columns and channels and a
#include <tapeless/tapeless.hpp>

#ifdef CONTROL
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::conv2d(a, tl::reshape<3, 3, 2, 1>(b))); };
#else
constexpr auto f = [](const auto& a, const auto& b) { return tl::sum(tl::conv2d(a, b)); };
#endif
auto g(const tl::tensor<double, 1, 5, 5, 2>& a, const tl::tensor<double, 3, 3, 1, 2>& b) {
  return tl::gradient(f)(a, b);
}
