// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using namespace tensors;

TEST_CASE("probabilities from scores", "[tensor]") {
  tensors::numbers some;
  const auto x = some.filled<tl::mat<double, 4, 7>>();
  for (std::size_t i = 0; i < 4; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < 7; ++j) sum += std::exp(x(i, j));
    CHECK(logsumexp(x)[i] == Approx(std::log(sum)));
    CHECK(cross_entropy(x, labels<4>(7))[i] == Approx(std::log(sum) - x(i, static_cast<std::size_t>(labels<4>(7)[i]))));
    for (std::size_t j = 0; j < 7; ++j) {
      CHECK(softmax(x)(i, j) == Approx(std::exp(x(i, j)) / sum));
      CHECK(log_softmax(x)(i, j) == Approx(x(i, j) - std::log(sum)));
    }
  }
  constexpr tl::vec<double, 3> far{1000, -1000, 1000};
  static_assert(softmax(far) == tl::vec{0.5, 0.0, 0.5} && cross_entropy(far, 1) > 2000);
}

TEST_CASE("parts that labels choose", "[tensor]") {
  static_assert(tl::one_hot<3>(1) == tl::vec{0.0, 1.0, 0.0});
  static_assert(tl::one_hot<3, float>(tl::vec{2, 0}) == tl::mat<float, 2, 3>{0, 0, 1, 1, 0, 0});
  static_assert(tl::gather(tl::vec{1.0, 2.0, 4.0}, 2) == 4 && tl::gather(std::array{1, 2, 4}, 1) == 2);
  constexpr tl::mat<int, 3, 2> a{1, 2, 3, 4, 5, 6};
  static_assert(tl::gather(a, 1) == tl::vec{3, 4} && tl::gather(a, tl::vec{2, 0, 2, 1})(2, 1) == 6);
  static_assert(tl::gather(tl::vec{1, 2, 4}, tl::mat<int, 2, 2>{0, 1, 2, 0}) == tl::mat<int, 2, 2>{1, 2, 4, 1});
}

// All small shapes and more large ones are in the sweep.
TEST_CASE("derivatives of probabilities", "[tensor]") {
  check_at_random<of<double, 4>>(probabilities{});
  check_at_random<of<double, 13, 10>>(probabilities{});
  check_at_random<of<float, 17, 9>>(probabilities{});
  check_at_random<of<double, 2, 3>>(log_sums{});
  check_at_random<of<double, 16, 11>>(log_sums{});
}

TEST_CASE("derivatives of losses", "[tensor]") {
  tensors::numbers some;
  check_weighed(losses{}, some.filled<tl::mat<double, 2, 4>>(), labels<2>(4));
  check_weighed(losses{}, some.filled<tl::vec<double, 131>>(), 77);
  check_weighed(losses{}, some.filled<tl::mat<float, 13, 16>>(), labels<13>(16));
  constexpr auto f = [](const auto& w, const auto& x, const auto& label) {
    return tl::mean(cross_entropy(x * w, label)) + tl::sum(cross_entropy(x * w, tl::vec{1, 0, 2, 2, 1}));
  };
  check(f, some.filled<tl::mat<double, 6, 3>>(), some.filled<tl::mat<double, 5, 6>>(), labels<5>(3));
}

TEST_CASE("derivatives of chosen parts", "[tensor]") {
  tensors::numbers some;
  check_weighed(chosen_parts{}, some.filled<tl::vec<double, 4>>(), 2);
  check_weighed(chosen_parts{}, some.filled<std::array<double, 4>>(), 3);
  check_weighed(chosen_parts{}, some.filled<tl::mat<double, 3, 2>>(), labels<4>(3));
  check_weighed(chosen_parts{}, some.filled<tl::mat<double, 13, 17>>(), labels<16>(13));
  check_weighed(chosen_parts{}, some.filled<tl::tensor<float, 5, 3, 4>>(), labels<9>(5));
  check_weighed(marked<double, 5>{}, some.filled<tl::vec<double, 5>>(), 3);
  check_weighed(marked<float, 9>{}, some.filled<tl::mat<float, 17, 9>>(), labels<17>(9));
  constexpr auto known = [](const auto& x) {
    return tl::sum(tl::hadamard(tl::gather(x, 2), tl::gather(x, tl::vec{0, 4, 1}))) + tl::sum(tl::one_hot<7>(2) * x);
  };
  check(known, some.filled<tl::mat<double, 7, 3>>());
  check(known, some.filled<tl::mat<double, 7, 23>>());
}
