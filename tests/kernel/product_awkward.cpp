// SPDX-License-Identifier: BSL-1.0
#include "product_support.hpp"

#include "../sweep.hpp"
#include "catch.hpp"

namespace {

using namespace product_test;

/// Primes, vectors, one more and one less than a register, and several blocks in each direction.
template <class T, variety Variety>
std::string awkward_shapes() {
  std::string wrong;
  const auto compare_all = [&]<std::size_t Rows, std::size_t Columns, std::size_t Depth>() {
    compare_shape<T, Rows, Columns, Depth, Variety>(wrong);
  };
  compare_all.template operator()<7, 11, 13>();
  compare_all.template operator()<17, 37, 3>();
  compare_all.template operator()<1, 23, 31>();
  compare_all.template operator()<29, 1, 19>();
  compare_all.template operator()<9, 15, 1>();
  compare_all.template operator()<1, 1, 47>();
  compare_all.template operator()<1, 4, 23>();
  compare_all.template operator()<2, 9, 10>();
  compare_all.template operator()<33, 63, 17>();
  compare_all.template operator()<13, 129, 6>();
  compare_all.template operator()<3, 16, 64>();
  compare_all.template operator()<6, 3, 67>();
  return wrong;
}

}  // namespace

// The sweep has each start with each way transposed.
TEST_CASE("products of awkward shapes: double", "[kernel]") {
  CHECK(awkward_shapes < double, sweep::is_on ? variety::all : variety::transpositions > () == "");
}
TEST_CASE("products of awkward shapes: float", "[kernel]") {
  CHECK(awkward_shapes < float, sweep::is_on ? variety::transpositions : variety::one > () == "");
}
TEST_CASE("large products", "[kernel]") {
  std::string wrong;
  compare_shape<double, 127, 101, 139>(wrong);
  compare_shape<float, 64, 512, 65>(wrong);
  CHECK(wrong == "");
}
