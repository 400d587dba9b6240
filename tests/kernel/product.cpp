// SPDX-License-Identifier: BSL-1.0
#include "product_support.hpp"

#include "../sweep.hpp"
#include "catch.hpp"

namespace {

using namespace product_test;

template <class T, std::size_t Rows, variety Variety>
std::string small_shapes() {
  std::string wrong;
  [&]<std::size_t... Rest>(std::index_sequence<Rest...>) {
    (compare_shape<T, Rows, Rest / 5 + 1, Rest % 5 + 1, Variety>(wrong), ...);
  }
  (std::make_index_sequence<25>{});
  return wrong;
}

template <class T, variety Variety>
std::string all_small_shapes() {
  return small_shapes<T, 1, Variety>() + small_shapes<T, 2, Variety>() + small_shapes<T, 3, Variety>() +
         small_shapes<T, 4, Variety>() + small_shapes<T, 5, Variety>();
}

/// Of one number of rows; in the sweep of all.
template <class T>
std::string some_small_shapes() {
  if constexpr (sweep::is_on) return all_small_shapes<T, variety::one>();
  else return small_shapes<T, 3, variety::one>();
}

constexpr bool one_by_hand() {
  const double a[] = {1, 2, 3, 4, 5, 6}, b[] = {1, 0, 0, 1, 1, 1}, row[] = {100, 200};
  double c[4]{};
  tl::detail::multiply<product_shape{2, 2, 3}, product_start::row>(c, a, b, row, static_cast<double*>(nullptr),
                                                                   twice_and_one{});
  return c[0] == 2 * 104 + 1 && c[1] == 2 * 205 + 1 && c[2] == 2 * 110 + 1 && c[3] == 2 * 211 + 1;
}
static_assert(one_by_hand());

}  // namespace

// All shapes from 1 to 5, whose transpositions and starts turn from shape to shape; the sweep has each way transposed.
constexpr auto small_variety = sweep::is_on ? variety::transpositions : variety::one;

TEST_CASE("products of small matrices: double", "[kernel]") { CHECK(all_small_shapes<double, small_variety>() == ""); }
TEST_CASE("products of small matrices: float", "[kernel]") { CHECK(some_small_shapes<float>() == ""); }
TEST_CASE("products of numbers without kernels", "[kernel]") { CHECK(some_small_shapes<long double>() == ""); }
