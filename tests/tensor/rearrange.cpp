// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using namespace tensors;

namespace {

constexpr tl::tensor<int, 2, 3, 4> counted() {
  tl::tensor<int, 2, 3, 4> x{};
  for (int next = 0; int& each : x) each = next++;
  return x;
}

}  // namespace

TEST_CASE("rearranged elements are where they should be", "[tensor]") {
  constexpr auto x = counted();
  constexpr auto a = tl::reshape<6, 4>(x);
  static_assert(std::is_same_v<decltype(a), const tl::mat<int, 6, 4>> && a(5, 3) == 23 && a(1, 2) == 6);
  static_assert(tl::reshape<24>(x)[17] == 17 && tl::reshape<2, 3, 2, 2>(x)(1, 2, 0, 1) == 21);
  static_assert(tl::slice<1, 2>(tl::vec{1, 2, 3, 4}) == tl::vec{2, 3});
  static_assert(tl::slice<1, 1, 2>(x)(1, 0, 3) == x(1, 1, 3) && tl::slice<2, 3, 1>(x)(1, 2, 0) == x(1, 2, 3));
  static_assert(tl::row(a, 2) == tl::vec{8, 9, 10, 11} && tl::column(a, 1) == tl::vec{1, 5, 9, 13, 17, 21});
  static_assert(tl::row(x, 1)(2, 3) == 23 && tl::column(x, 2)(1, 0) == 20);
  static_assert(tl::concat(tl::vec{1, 2}, tl::vec{3}, tl::vec{4, 5}) == tl::vec{1, 2, 3, 4, 5});
  static_assert(tl::concat<1>(a, tl::column(tl::reshape<6, 1, 4>(x), 0)) == tl::concat<1>(a, a));
  static_assert(tl::stack(tl::vec{1, 2}, tl::vec{3, 4}) == tl::mat<int, 2, 2>{1, 2, 3, 4});
  static_assert(tl::stack(1.0, 2.0) == tl::vec{1.0, 2.0} && tl::stack(a, a)(1, 5, 3) == 23);
  constexpr auto turned = tl::permute<2, 0, 1>(x);
  static_assert(turned(3, 1, 2) == x(1, 2, 3) && turned(0, 1, 0) == x(1, 0, 0));
  static_assert(tl::permute<1, 0>(a) == tl::transpose(a) && tl::permute<0, 1>(a) == a);
  static_assert(tl::broadcast_to<2, 3>(tl::vec{1, 2, 3}) == tl::mat<int, 2, 3>{1, 2, 3, 1, 2, 3});
  static_assert(tl::broadcast_to<2, 3>(tl::mat<int, 2, 1>{1, 2}) == tl::mat<int, 2, 3>{1, 1, 1, 2, 2, 2});
  static_assert(tl::broadcast_to<3>(7) == tl::vec{7, 7, 7} && tl::broadcast_to<2, 1>(7)(1, 0) == 7);
}

// All small shapes and more large ones are in the sweep.
TEMPLATE_TEST_CASE_SIG("derivatives of rearrangements", "[tensor]", ((std::size_t N), N), 2, 33) {
  check_at_random<of<double, N, 6>>(reshaped<3, 2 * N>{});
  check_at_random<of<double, N, 3>>(sliced<1, 1, 2>{});
  check_at_random<of<double, N, 4>, of<double, 2, 4>>(concatenated<0>{});
}

TEST_CASE("derivatives of parts", "[tensor]") {
  check_at_random<of<double, 7>>(sliced<0, 2, 3>{});
  check_at_random<of<double, 130>>(sliced<0, 16, 101>{});
  check_at_random<of<double, 5, 2, 17>>(sliced<2, 8, 9>{});
}

TEST_CASE("derivatives of what is put together", "[tensor]") {
  check_at_random<of<double, 2>, of<double, 3>>(concatenated<0>{});
  check_at_random<of<double, 7, 9>, of<double, 7, 1>, of<double, 7, 13>>(concatenated<1>{});
  check_at_random<of<double, 7, 11>, of<double, 7, 11>, of<double, 7, 11>>(stacked{});
  check_at_random<double, double, double>(stacked{});
}

TEST_CASE("derivatives of axes in another order", "[tensor]") {
  check_at_random<of<double, 2, 3>>(permuted<1, 0>{});
  check_at_random<of<double, 7, 17>>(permuted<1, 0>{});
  check_at_random<of<double, 2, 3, 4, 7>>(permuted<3, 1, 0, 2>{});
}

TEST_CASE("derivatives of repetitions", "[tensor]") {
  check_at_random<double>(repeated<13, 16>{});
  check_at_random<of<double, 5>>(repeated<3, 5>{});
  check_at_random<of<double, 7, 1>>(repeated<2, 7, 9>{});
  check_at_random<of<double, 3, 1, 5, 1>>(repeated<3, 4, 5, 2>{});
}

TEST_CASE("rearrangements of rearrangements", "[tensor]") {
  constexpr auto f = [](const auto& a, const auto& b) {
    const auto both = tl::concat<1>(a, tl::transpose(b));
    const auto again = tl::slice<1, 5, 3>(both) - tl::transpose(tl::slice<0, 5, 3>(tl::transpose(both)));
    const auto rows = tl::stack(tl::row(a, 1), tl::column(b, 2), tl::row(tl::permute<1, 0>(b), 0));
    return tl::sum(exp(0.1 * again)) + tl::sum(sin(tl::hadamard(rows, tl::reshape<3, 5>(tl::reshape<15>(rows))))) +
           tl::sum(tl::hadamard(both, cos(both)));
  };
  tensors::numbers some;
  check(f, some.filled<tl::mat<double, 4, 5>>(), some.filled<tl::mat<double, 5, 4>>());
  check(f, some.filled<tl::mat<float, 13, 5>>(), some.filled<tl::mat<float, 5, 13>>());
}
