// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using namespace tensors;

namespace {

/// Row `m`, column `n` of a matrix product by its definition.
template <std::size_t R, std::size_t D, std::size_t C>
void check_product() {
  tensors::numbers some;
  const auto a = some.filled<tl::mat<double, R, D>>();
  const auto b = some.filled<tl::mat<double, D, C>>();
  const tl::mat<double, R, C> y = a * b;
  const tl::vec<double, R> times_column = a * tl::column(b, 0);
  const tl::vec<double, C> row_times = tl::row(a, 0) * b;
  for (std::size_t m = 0; m < R; ++m)
    for (std::size_t n = 0; n < C; ++n) {
      double sum = 0;
      for (std::size_t k = 0; k < D; ++k) sum += a(m, k) * b(k, n);
      REQUIRE(y(m, n) == Approx(sum).margin(1e-12));
      if (n == 0) REQUIRE(times_column[m] == y(m, n));
      if (m == 0) REQUIRE(row_times[n] == y(m, n));
    }
  CHECK(tl::transpose(b) * tl::transpose(a) == tl::transpose(y));
}

}  // namespace

TEST_CASE("products are sums of products", "[tensor]") {
  check_product<1, 1, 1>();
  check_product<2, 3, 4>();
  check_product<1, 7, 5>();
  check_product<13, 11, 17>();
  check_product<33, 16, 9>();
  static_assert(tl::dot(tl::vec{1, 2, 3}, tl::vec{4, 5, 6}) == 32);
  static_assert(tl::outer(tl::vec{1, 2}, tl::vec{3, 4, 5}) == tl::mat<int, 2, 3>{3, 4, 5, 6, 8, 10});
  constexpr tl::tensor<double, 2, 2, 2> batch{1, 2, 3, 4, 5, 6, 7, 8};
  constexpr auto squares = batch * batch;
  static_assert(squares(0, 0, 1) == 10 && squares(1, 1, 0) == 91);
  static_assert((batch * tl::mat<double, 2, 1>{1, 10})(1, 0, 0) == 65);
}

// All small shapes and more large ones are in the sweep.
TEST_CASE("derivatives of small products", "[tensor]") {
  check_at_random<of<double, 2, 3>, of<double, 3, 4>>(product{});
  check_at_random<of<double, 4>, of<double, 4, 5>>(product{});
  check_at_random<of<double, 3, 2>, of<double, 3, 2>>(left_transposed{});
  check_at_random<of<double, 3>, of<double, 4>>(outers{});
  check_at_random<of<double, 3, 4>, of<double, 4>, of<double, 3>>(affine{});
}

TEST_CASE("derivatives of large products", "[tensor]") {
  check_at_random<of<double, 7, 11>, of<double, 11, 13>>(product{});
  check_at_random<of<double, 13, 17>, of<double, 17>>(product{});
  check_at_random<of<double, 2, 5, 7>, of<double, 2, 7, 3>>(product{});
  check_at_random<of<double, 3, 5, 7>, of<double, 7, 8>>(product{});
  check_at_random<of<double, 5, 5, 5>, of<double, 5, 5, 5>>(exchanged{});
  check_at_random<of<double, 9, 8>, of<double, 15, 8>>(right_transposed{});
  check_at_random<of<double, 7, 16>, of<double, 5, 7>>(both_transposed{});
}

TEST_CASE("derivatives of layers and vector products", "[tensor]") {
  check_at_random<of<double, 131>, of<double, 131>>(dots{});
  check_at_random<of<double, 17, 13>, of<double, 13>, of<double, 17>>(affine{});
  check_at_random<of<double, 11, 13>, of<double, 13, 15>, of<double, 11, 1>>(affine{});
  check_at_random<of<float, 11, 13>, of<float, 13, 15>, of<float, 15>>(affine{});
}

TEST_CASE("the same argument in several places", "[tensor]") {
  constexpr auto f = [](const auto& a, const auto& v) {
    const auto gram = a * tl::transpose(a);
    const auto twice = gram * gram + tl::outer(v, v) - tl::hadamard(gram, gram);
    return tl::sum(tl::hadamard(twice, twice)) + tl::dot(v, v) + tl::dot(v, twice * v) + tl::sum(tl::hadamard(v, v)) +
           tl::sum(a * tl::transpose(a) * v) + tl::dot(a, a);
  };
  tensors::numbers some;
  check(f, some.filled<tl::mat<double, 2, 3>>(), some.filled<tl::vec<double, 2>>());
  check(f, some.filled<tl::mat<double, 7, 11>>(), some.filled<tl::vec<double, 7>>());
}

TEST_CASE("sums of products", "[tensor]") {  // the cotangents are the same everywhere
  constexpr auto f = [](const auto& a, const auto& b, const auto& v) {
    return tl::sum(a * b) - 3 * tl::sum(a * v) + tl::sum(tl::outer(v, v)) +
           tl::sum(tl::transpose(b) * tl::transpose(a)) - tl::mean(v * b);
  };
  tensors::numbers some;
  check(f, some.filled<tl::mat<double, 13, 9>>(), some.filled<tl::mat<double, 9, 7>>(),
        some.filled<tl::vec<double, 9>>());
}

TEST_CASE("matrices beside plain ones", "[tensor]") {
  constexpr auto f = [](const auto& x) {
    constexpr tl::mat<double, 3, 4> mixing{1, 2, 0, 0, 0, 1, 2, 0, 0, 0, 1, -2};
    constexpr tl::vec<double, 3> target{0.5, -0.5, 1};
    const auto wrong = mixing * x - target;
    return tl::sum(tl::hadamard(wrong, wrong)) + tl::dot(target, tl::transpose(tl::transpose(mixing)) * tanh(x));
  };
  constexpr auto large = [](const auto& x) {
    tl::mat<double, 13, 11> mixing{};
    for (std::size_t i = 0; i < 11; ++i) mixing(i, i) = 1 + static_cast<double>(i), mixing(i + 2, i) = -0.5;
    return tl::norm(mixing * x) + tl::sum(tanh(x * tl::transpose(mixing)));
  };
  tensors::numbers some;
  check(f, some.filled<tl::vec<double, 4>>());
  check(large, some.filled<tl::vec<double, 11>>());
}
