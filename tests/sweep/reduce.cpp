// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

struct each_reduction {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    check_at_random<of<double, R, C>>(summed<>{});
    check_at_random<of<double, R, C>>(summed<0>{});
    check_at_random<of<double, R, C>>(summed<1>{});
    check_at_random<of<double, R, C>>(largest<>{});
    check_at_random<of<double, R, C>>(largest<0>{});
    check_at_random<of<double, R, C>>(largest<1>{});
    check_at_random<of<double, R, C>>(lengths{});
  }
};

}  // namespace

TEST_CASE("reductions of all shapes", "[tensor]") { sweep::for_each_matrix(each_reduction{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("reductions of tensors", "[tensor]") {
  check_at_random<of<double, 131>>(summed<>{});
  check_at_random<of<double, 131>>(largest<>{});
  check_at_random<of<double, 131>>(lengths{});
  check_at_random<of<double, 13, 17>>(summed<0>{});
  check_at_random<of<double, 5, 7, 9>>(summed<1>{});
  check_at_random<of<double, 2, 3, 4, 7>>(summed<0, 2>{});
  check_at_random<of<double, 5, 8, 7>>(largest<1>{});
  check_at_random<of<float, 7, 13>>(summed<1>{});
  check_at_random<of<float, 7, 13>>(lengths{});
}
#endif
