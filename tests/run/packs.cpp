// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <utility>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Numbers side by side: what is done with them at once is what would be done with each, in constant expressions, where
// it is done with each, and in the processor's vectors.
namespace {

using tl::detail::pack;

template <class T, std::size_t W>
constexpr pack<T, W> counted(T first) {
  pack<T, W> p{};
  for (std::size_t k = 0; k < W; ++k) p.lanes[k] = first + static_cast<T>(k);
  return p;
}

template <std::size_t First, std::size_t Then, class T, std::size_t W>
constexpr bool joins(const pack<T, W>& a, const pack<T, W>& b) {
  const auto joined = pack<T, W>::template join<First, Then>(a, b);
  for (std::size_t k = 0; k < W; ++k)
    if (joined.lanes[k] != (k < W - First ? a.lanes[First + k] : b.lanes[Then + k - (W - First)])) return false;
  return true;
}

/// Every way in which two neighbours that overlap by less than a pack are joined.
template <class T, std::size_t W, std::size_t... K>
constexpr bool holds(std::index_sequence<K...>) {
  using numbers = pack<T, W>;
  const auto a = counted<T, W>(1), b = counted<T, W>(50);
  const auto difference = numbers::map([](const auto& x, const auto& y) { return x * y - x; }, a, b);
  const auto same = numbers::splat(7);
  T stored[W + 2]{};
  numbers::read(&b.lanes[0]).write(stored + 1);
  bool good = ((a.template lane<K>() == a.lanes[K] && same.lanes[K] == 7 && stored[K + 1] == b.lanes[K] &&
                difference.lanes[K] == a.lanes[K] * b.lanes[K] - a.lanes[K]) &&
               ...);
  good = good && stored[0] == 0 && stored[W + 1] == 0;
  return good && ((K == 0 || joins<K, 0>(a, b)) && ...) && ((K == 0 || joins<K, W - K>(a, b)) && ...);
}

using row = std::array<double, 16>;
constexpr auto smoothness = [](const auto& x) {
  auto sum = 0.25 * x[0];
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const auto bend = x[i - 1] - 2.5 * x[i] + x[i + 1];
    sum += bend * bend / x[i] - x[i] * x[i + 1];
  }
  return sum;
};
/// The derivative of `smoothness`, element by element.
constexpr row slopes(const row& x) {
  row g{0.25};
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const double bend = x[i - 1] - 2.5 * x[i] + x[i + 1], d = 2 * bend / x[i];
    g[i - 1] += d;
    g[i] += -2.5 * d - bend * bend / (x[i] * x[i]) - x[i + 1];
    g[i + 1] += d - x[i];
  }
  return g;
}
constexpr row points{1.5, 2, -0.5, 3, 1.25, -2, 0.75, 4, -1.5, 2.5, 1, -3, 0.5, 2.25, 1.75, -1};

constexpr bool near(const row& a, const row& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (tl::math::abs(a[i] - b[i]) > 1e-13 * (1 + tl::math::abs(b[i]))) return false;
  return true;
}

}  // namespace

TEMPLATE_TEST_CASE("a pack is its lanes", "[run]", float, double) {
  constexpr std::size_t width = tl::detail::pack_width<TestType>;
  constexpr auto lanes = std::make_index_sequence<width>{};
  if constexpr (width > 1) {
    STATIC_REQUIRE(holds<TestType, width>(lanes));
    CHECK(holds<TestType, width>(lanes));
  }
}

TEST_CASE("a loop over an array, in packs", "[run]") {
  using gradient = decltype(tl::gradient(smoothness));
  STATIC_REQUIRE(near(gradient{}(points), slopes(points)));
  row at = points;
  for (int k = 0; k < 5; ++k, at[3] += 1) CHECK(near(gradient{}(at), slopes(at)));
}
