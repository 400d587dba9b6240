// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

struct each_rearrangement {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    check_at_random<of<double, R, C>>(reshaped<C * R>{});
    check_at_random<of<double, R, C>>(permuted<1, 0>{});
    check_at_random<of<double, R, C>>(sliced<0, R / 2, R - R / 2>{});
    check_at_random<of<double, R, C>>(sliced<1, C / 2, C - C / 2>{});
    check_at_random<of<double, R, C>, of<double, 2, C>>(concatenated<0>{});
    check_at_random<of<double, R, C>, of<double, R, 3>>(concatenated<1>{});
    check_at_random<of<double, R, C>, of<double, R, C>>(stacked{});
    check_at_random<of<double, C>>(repeated<R, C>{});
    check_at_random<of<double, R, 1>>(repeated<R, C>{});
  }
};

}  // namespace

TEST_CASE("rearrangements of all shapes", "[tensor]") { sweep::for_each_matrix(each_rearrangement{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("rearrangements of tensors", "[tensor]") {
  check_at_random<of<double, 5, 13, 3>>(sliced<1, 12, 1>{});
  check_at_random<of<double, 3, 4, 2, 7>>(sliced<2, 1, 1>{});
  check_at_random<of<double, 7, 9>, of<double, 1, 9>, of<double, 11, 9>>(concatenated<0>{});
  check_at_random<of<double, 2, 3, 5>, of<double, 2, 16, 5>>(concatenated<1>{});
  check_at_random<of<double, 3, 5, 11>>(permuted<2, 0, 1>{});
  check_at_random<of<double, 2, 3, 4, 7>>(permuted<3, 1, 0, 2>{});
  check_at_random<double>(repeated<3>{});
  check_at_random<of<double, 11>>(repeated<3, 2, 11>{});
  check_at_random<of<double, 3, 1, 5, 1>>(repeated<3, 4, 5, 2>{});
}
#endif
