// SPDX-License-Identifier: BSL-1.0
#include "../sweep.hpp"
#include "../tensor/operations.hpp"
#include "../tensor/support.hpp"

using namespace tensors;

namespace {

template <class Op, class A, class B>
void both_ways() {
  check_at_random<A, B>(Op{});
  check_at_random<B, A>(Op{});
}
struct each_repetition {
  template <std::size_t R, std::size_t C>
  void operator()() const {
    check_at_random<of<double, R, C>, of<double, R, C>>(quotient{});
    both_ways<quotient, of<double, R, C>, of<double, C>>();
    both_ways<quotient, of<double, R, C>, of<double, R, 1>>();
    both_ways<quotient, of<double, R, C>, double>();
    check_at_random<of<double, R, 1>, of<double, C>>(quotient{});
  }
};

}  // namespace

TEST_CASE("repeated operands of all shapes", "[tensor]") { sweep::for_each_matrix(each_repetition{}); }
#if TAPELESS_SWEEP == 1
TEST_CASE("repeated tensors, and operations of each kind", "[tensor]") {
  both_ways<mixed, of<double, 33>, double>();
  both_ways<mixed, of<double, 2>, double>();
  both_ways<mixed, of<double, 7, 9>, of<double, 9>>();
  both_ways<mixed, of<double, 7, 17>, of<double, 7, 1>>();
  both_ways<mixed, of<double, 3, 1, 5>, of<double, 4, 1>>();
  check_at_random<of<double, 3>, of<double, 1>>(mixed{});
  check_at_random<of<double, 11, 1>, of<double, 13>>(mixed{});
  check_at_random<of<double, 1, 1>, of<double, 5, 8>>(mixed{});
  check_at_random<of<double, 2, 3, 1, 5>, of<double, 3, 4, 1>>(mixed{});
}
#endif
