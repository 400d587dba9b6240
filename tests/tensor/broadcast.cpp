// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using tensors::check;
using tensors::check_at_random;
using tensors::mixed;
using tensors::of;
using tensors::quotient;

namespace {

template <class A, class B>
void check_both_ways() {
  check_at_random<A, B>(quotient{});
  check_at_random<B, A>(quotient{});
}

}  // namespace

TEST_CASE("what is missing or 1 is repeated", "[tensor]") {
  constexpr tl::mat<int, 2, 3> a{1, 2, 3, 4, 5, 6};
  static_assert(a + tl::vec{10, 20, 30} == tl::mat<int, 2, 3>{11, 22, 33, 14, 25, 36});
  static_assert(a + tl::mat<int, 2, 1>{10, 20} == tl::mat<int, 2, 3>{11, 12, 13, 24, 25, 26});
  static_assert(tl::mat<int, 2, 1>{10, 20} - tl::vec{1, 2} == tl::mat<int, 2, 2>{9, 8, 19, 18});
  static_assert(a + 1 == 1 + a && (a + tl::mat<int, 1, 1>{5})(1, 2) == 11);
  static_assert((tl::tensor<int, 2, 1, 2>{1, 2, 3, 4} + tl::mat<int, 2, 1>{10, 20})(1, 1, 0) == 23);
  static_assert(std::is_same_v<decltype(0.5 * tl::vec<float, 2>{}), tl::vec<float, 2>>);
  static_assert(std::is_same_v<decltype(tl::vec<float, 2>{} + tl::vec<double, 2>{}), tl::vec<double, 2>>);
}

// All small shapes and more large ones are in the sweep.
TEST_CASE("derivatives of repeated operands, few elements", "[tensor]") {
  check_both_ways<of<double, 2>, double>();
  check_both_ways<of<double, 2, 2>, of<double, 2>>();
  check_at_random<of<double, 2, 2>, of<double, 2, 1>>(mixed{});
  check_at_random<of<double, 2, 1>, of<double, 2>>(quotient{});
}

TEST_CASE("derivatives of repeated operands, many elements", "[tensor]") {
  check_at_random<of<double, 131>, of<double, 131>>(mixed{});
  check_at_random<double, of<double, 33>>(quotient{});
  check_both_ways<of<double, 7, 9>, of<double, 9>>();
  check_at_random<of<double, 7, 1>, of<double, 7, 17>>(quotient{});
  check_at_random<of<double, 11, 1>, of<double, 13>>(quotient{});
  check_both_ways<of<double, 3, 1, 5>, of<double, 4, 1>>();
  check_at_random<of<float, 15, 16>, of<float, 16>>(mixed{});
}

TEST_CASE("repeated operands met again in other forms", "[tensor]") {
  constexpr auto f = [](const auto& a, const auto& row, const auto& column, const auto& number) {
    const auto together = tl::hadamard(a + row, column) + number;
    const auto shares = tl::hadamard(together, tl::sum<1>(together).data()[0] + row) / (4 + square(column));
    return tl::sum(shares) + tl::sum(tl::hadamard(tl::sum<0>(shares), row)) + number * tl::dot(row, row) +
           tl::sum(tl::hadamard(a, tl::max<0>(a))) + tl::sum(exp(-square(column + row)));
  };
  tensors::numbers some;
  check(f, some.filled<tl::mat<double, 2, 2>>(), some.filled<tl::vec<double, 2>>(),
        some.filled<tl::mat<double, 2, 1>>(), 0.7);
  check(f, some.filled<tl::mat<double, 13, 11>>(), some.filled<tl::vec<double, 11>>(),
        some.filled<tl::mat<double, 13, 1>>(), 0.7);
}
