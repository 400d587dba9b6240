// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

using tensors::check;
using tensors::check_at_random;
using tensors::largest;
using tensors::of;
using tensors::summed;

namespace {

/// Several reductions to a number in one program.
struct to_numbers {
  constexpr auto operator()(const auto& x) const {
    return summed<>{}(x) + 2 * largest<>{}(x)-3 * tensors::lengths{}(x);
  }
};

template <std::size_t... Dims>
constexpr auto counted() {
  tensors::of<double, Dims...> x{};
  for (int next = 0; double& each : x) each = 0.25 * (next++ * 7 % 11) - 1;
  return x;
}

}  // namespace

TEST_CASE("reductions are what loops give", "[tensor]") {
  constexpr auto x = counted<3, 4, 5>();
  constexpr auto all = tl::sum(x);
  double sum = 0, most = x(0, 0, 0), product = 1;
  for (const double each : x) sum += each, most = std::max(most, each), product *= each;
  CHECK(all == sum);
  CHECK(tl::max(x) == most);
  CHECK(tl::mean(x) == sum * (1.0 / 60));
  CHECK(tl::prod(x) == product);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 5; ++k) {
      double in_middle = 0, least = x(i, 0, k), factor = 1;
      for (std::size_t j = 0; j < 4; ++j)
        in_middle += x(i, j, k), least = std::min(least, x(i, j, k)), factor *= x(i, j, k);
      CHECK(tl::sum<1>(x)(i, k) == in_middle);
      CHECK(tl::mean<1>(x)(i, k) == Approx(in_middle / 4));
      CHECK(tl::min<1>(x)(i, k) == least);
      CHECK(tl::prod<1>(x)(i, k) == Approx(factor));
    }
  static_assert(tl::sum<0, 2>(x) == tl::sum<0>(tl::sum<2>(x)) && tl::sum<2, 1>(x)[2] == tl::sum(tl::row(x, 2)));
  static_assert(tl::variance(tl::vec{1.0, 2.0, 3.0, 6.0}) == 3.5 && tl::variance<0>(x)(3, 4) > 0);
  static_assert(std::is_same_v<decltype(tl::mean(tl::vec{1.0f, 2.0f})), float>);
  static_assert(std::is_same_v<decltype(tl::variance<0>(tl::mat<float, 2, 2>{})), tl::vec<float, 2>>);
  static_assert(tl::prod(tl::vec{2, 3, 4}) == 24 && tl::sum(tl::vec{2, 3, 4}) == 9 && tl::max(tl::vec{2, 9, 4}) == 9);
}

TEST_CASE("where the largest is", "[tensor]") {
  static_assert(tl::argmax(tl::vec{1.0, 3.0, 2.0}) == 1 && tl::argmax(tl::vec{2, 5, 5}) == 1);
  static_assert(tl::argmax(tl::mat<float, 2, 3>{1, 2, 3, 6, 5, 4}) == tl::vec{2ll, 0ll});
  constexpr auto f = [](const auto& scores) {
    const auto chosen = tl::argmax(scores);
    using scalar = tl::detail::literal_scalar<std::remove_cvref_t<decltype(scores(0, 0))>>;
    return tl::sum(tl::hadamard(tl::one_hot<7, typename scalar::type>(chosen), square(scores))) +
           tl::sum(tl::select(chosen == 2, 1.0, 0.5));
  };
  tensors::numbers some;
  check(f, some.filled<tl::mat<double, 3, 7>>());
  check(f, some.filled<tl::mat<float, 33, 7>>());
}

// Each alone, along all axes and for all small shapes: in the sweep.
TEST_CASE("derivatives of reductions to one number", "[tensor]") {
  check_at_random<of<double, 1>>(to_numbers{});
  check_at_random<of<double, 3>>(to_numbers{});
  check_at_random<of<double, 131>>(to_numbers{});
}
TEST_CASE("derivatives along axes", "[tensor]") {
  check_at_random<of<double, 2, 3>>(summed<0>{});
  check_at_random<of<double, 7, 13>>(summed<1>{});
  check_at_random<of<double, 5, 7, 9>>(summed<1>{});
  check_at_random<of<double, 2, 3, 4, 7>>(summed<0, 2>{});
  check_at_random<of<double, 3, 2>>(largest<1>{});
  check_at_random<of<float, 17, 13>>(largest<0>{});
}
TEST_CASE("reductions of what is the same everywhere", "[tensor]") {
  constexpr auto f = [](const auto& x, const auto& a) {
    const auto of_rows = tl::sum<1>(tl::sum<0>(a) * 0.0 + tl::broadcast_to<40, 11>(x));
    return tl::sum(of_rows) + tl::sum(tl::max<0>(a)) + tl::sum(tl::mean<1>(a)) + tl::prod(tl::vec{x, x, x}) +
           tl::sum(a) + tl::sum(tl::prod<1>(a)) + tl::variance(a) + tl::max(a) + tl::norm(a);
  };
  tensors::numbers some;
  check(f, 0.7, some.filled<tl::mat<double, 13, 11>>());
  check(f, 0.7f, some.filled<tl::mat<float, 3, 11>>());
}

TEST_CASE("the norm of zeros has derivative zero, and equal largest ones share it", "[tensor]") {
  constexpr auto length = [](const auto& x) { return tl::norm(x); };
  constexpr auto most = [](const auto& x) { return tl::max(x); };
  const auto at = [](double number) {
    tl::vec<double, 200> x{};
    x.fill(number);
    return x;
  };
  tensors::check_elements(tl::gradient(length)(at(0)), [](std::size_t) { return 0.0; });
  tensors::check_elements(tl::gradient(most)(at(3)), [](std::size_t) { return 1.0 / 200; });
}
