// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

/// Products of R rows and C columns, whose depth turns from 1 to 5, in each way transposed, and of vectors.
struct each_product {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    constexpr std::size_t depth = (R + 2 * C) % 5 + 1;
    check_at_random<of<double, R, depth>, of<double, depth, C>>(product{});
    check_at_random<of<double, R, C>, of<double, C>>(product{});
    check_at_random<of<double, R>, of<double, R, C>>(product{});
    check_at_random<of<double, depth, R>, of<double, depth, C>>(left_transposed{});
    check_at_random<of<double, R, depth>, of<double, C, depth>>(right_transposed{});
    check_at_random<of<double, depth, R>, of<double, C, depth>>(both_transposed{});
    check_at_random<of<double, R>, of<double, C>>(outers{});
    check_at_random<of<double, R, C>, of<double, R, C>>(dots{});
    check_at_random<of<double, R, C>, of<double, C>, of<double, R>>(affine{});
  }
};

}  // namespace

TEST_CASE("products of all shapes", "[tensor]") { sweep::for_each_matrix(each_product{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("products of batches and layers", "[tensor]") {
  check_at_random<of<double, 1, 33>, of<double, 33, 17>>(product{});
  check_at_random<of<double, 16, 1>, of<double, 1, 9>>(product{});
  check_at_random<of<double, 17>, of<double, 17, 15>>(product{});
  check_at_random<of<double, 2, 5, 7>, of<double, 2, 7, 3>>(product{});
  check_at_random<of<double, 3, 5, 7>, of<double, 7, 8>>(product{});
  check_at_random<of<double, 9, 8>, of<double, 9, 15>>(left_transposed{});
  check_at_random<of<double, 9, 8>, of<double, 15, 8>>(right_transposed{});
  check_at_random<of<double, 7, 6, 5>, of<double, 7, 6, 4>>(left_transposed{});
  check_at_random<of<double, 11, 13>, of<double, 13, 15>, of<double, 15>>(affine{});
  check_at_random<of<double, 11, 13>, of<double, 13, 15>, double>(affine{});
  check_at_random<of<float, 11, 13>, of<float, 13, 15>, of<float, 11, 15>>(affine{});
}
#endif
