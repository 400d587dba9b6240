// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

struct each_score {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    numbers some;
    check_at_random<of<double, R, C>>(probabilities{});
    check_at_random<of<double, R, C>>(log_sums{});
    const auto x = some.filled<of<double, R, C>>();
    check_weighed(losses{}, x, labels<R>(C));
    check_weighed(chosen_parts{}, x, labels<4>(R));
    check_weighed(marked<double, C>{}, x, labels<R>(C));
  }
};

}  // namespace

TEST_CASE("scores of all shapes", "[tensor]") { sweep::for_each_matrix(each_score{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("scores of vectors and tensors", "[tensor]") {
  numbers some;
  check_at_random<of<double, 1>>(probabilities{});
  check_at_random<of<double, 33>>(probabilities{});
  check_at_random<of<double, 3, 5, 4>>(probabilities{});
  check_at_random<of<double, 131>>(log_sums{});
  check_weighed(losses{}, some.filled<tl::vec<double, 3>>(), 2);
  check_weighed(losses{}, some.filled<tl::mat<double, 32, 10>>(), labels<32>(10));
  check_weighed(chosen_parts{}, some.filled<std::array<double, 4>>(), 2);
  check_weighed(chosen_parts{}, some.filled<tl::mat<double, 13, 17>>(), 11);
  check_weighed(chosen_parts{}, some.filled<tl::vec<double, 131>>(), labels<9>(131));
}
#endif
