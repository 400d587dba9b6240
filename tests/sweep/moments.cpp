// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

struct each_moment {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    check_at_random<of<double, R, C>>(spread<>{});
    check_at_random<of<double, R, C>>(spread<0>{});
    check_at_random<of<double, R, C>>(spread<1>{});
    check_at_random<of<double, R, C>>(multiplied<0>{});
    check_at_random<of<double, R, C>>(multiplied<1>{});
  }
};
struct each_normalization {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    check_at_random<of<double, R, C>, of<double, C>, of<double, C>>(layers{});
    check_at_random<of<double, R, C>, of<double, C>, of<double, C>>(batches{});
  }
};

}  // namespace

TEST_CASE("moments of all shapes", "[tensor]") { sweep::for_each_matrix(each_moment{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("moments of tensors", "[tensor]") {
  check_at_random<of<double, 8, 1>>(spread<>{});
  check_at_random<of<double, 1, 37>>(multiplied<>{});
  check_at_random<of<double, 16, 9>>(spread<0>{});
  check_at_random<of<double, 4, 5, 7>>(spread<0, 1>{});
  check_at_random<of<double, 3, 7, 11>>(spread<1>{});
  check_at_random<of<double, 7, 17>>(multiplied<0>{});
  check_at_random<of<double, 3, 5, 4>>(multiplied<0, 2>{});
}
#endif
TEST_CASE("normalizations of all shapes", "[tensor]") { sweep::for_each_matrix(each_normalization{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("normalizations of tensors", "[tensor]") {
  check_at_random<of<double, 5>, of<double, 5>, of<double, 5>>(layers{});
  check_at_random<of<double, 3, 5, 8>, of<double, 8>, of<double, 8>>(layers{});
  check_at_random<of<double, 2, 3, 4, 5>, of<double, 5>, of<double, 5>>(batches{});
  check_at_random<of<float, 9, 5>, of<float, 5>, of<float, 5>>(layers{});
}
#endif
