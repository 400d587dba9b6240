// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

/// Images of R by C pixels, where a window fits.
struct each_image {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    check_at_random<of<double, R, C, 2>, of<double, 1, 1, 2, 3>>(convolved<tl::window{.stride = 2}>{});
    check_at_random<of<double, R, C, 1>, of<double, 3, 3, 1, 2>>(convolved<tl::window{.padding = 2}>{});
    if constexpr (R >= 2 && C >= 2) {
      check_at_random<of<double, R, C, 2>, of<double, 2, 2, 2, 1>>(convolved<tl::window{.padding = 1}>{});
      check_at_random<of<double, R, C, 1>>(pooled<2>{});
      check_at_random<of<double, R, C, 1>>(pooled<2, tl::window{.stride = 1, .padding = 1}>{});
    }
    check_at_random<of<double, R, C>, of<double, 1, C, 2>>(filtered{});
  }
};

}  // namespace

TEST_CASE("images of all shapes", "[tensor]") { sweep::for_each_matrix(each_image{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("batches of images", "[tensor]") {
  check_at_random<of<double, 2, 5, 5, 3>, of<double, 3, 3, 3, 2>>(convolved<tl::window{.padding = 1}>{});
  check_at_random<of<double, 2, 11, 7, 2>, of<double, 3, 5, 2, 3>>(convolved<tl::window{.stride = 3, .padding = 2}>{});
  check_at_random<of<double, 4, 1>, of<double, 2, 1, 1>>(filtered{});
  check_at_random<of<double, 2, 8, 6, 3>>(pooled<2>{});
  check_at_random<of<double, 2, 7, 9, 2>>(pooled<3>{});
  check_at_random<of<float, 2, 7, 9, 2>>(pooled<3, tl::window{.stride = 2, .padding = 1}>{});
}
#endif
