// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <array>
#include <ranges>
#include <span>
#include <sstream>
#include <type_traits>

#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

template <class X>
std::string printed(const X& values) {
  std::ostringstream text;
  text << values;
  return text.str();
}

/// 0, 1, 2, ... in the order of iteration.
template <class X>
constexpr X counted() {
  X values{};
  typename X::value_type next = 0;
  for (auto& element : values) element = next++;
  return values;
}

/// What holds for every value of these extents.
template <class X, std::size_t... Dims>
constexpr bool laws() {
  using T = typename X::value_type;
  using traits = tl::detail::tensor_traits<X>;
  constexpr std::size_t count = (std::size_t{1} * ... * Dims);
  static_assert(sizeof(X) == count * sizeof(T) && alignof(X) == alignof(T));
  static_assert(std::is_trivially_copyable_v<X> && std::is_aggregate_v<X> && std::is_standard_layout_v<X>);
  static_assert(tl::detail::TensorValue<X> && tl::detail::TensorValue<const X>);
  static_assert(traits::rank == sizeof...(Dims) && traits::size == count && X::size() == count);
  static_assert(std::is_same_v<typename traits::scalar, T> && X::rank() == sizeof...(Dims));
  static_assert(std::ranges::contiguous_range<X> && std::ranges::contiguous_range<const X>);

  X x = counted<X>();
  bool right = x.data() == x.begin() && x.end() - x.begin() == count;
  std::size_t axis = 0;
  ((right &= x.extent(axis) == Dims && traits::extent[axis] == Dims, ++axis), ...);

  const std::array<T, count> flat = x;
  const std::span<T, count> span = x;
  const std::span<const T, count> span_of_const = std::as_const(x);
  right &= std::ranges::equal(x, flat) && span.data() == x.data() && span_of_const.data() == x.data();
  const auto back = tl::from_array<Dims...>(flat);
  static_assert(std::is_same_v<decltype(back), const tl::detail::tensor_of<T, Dims...>>);
  right &= std::ranges::equal(back, x) && tl::from_array<Dims...>(span) == back;

  X other = x;
  right &= other == x;
  other.data()[count - 1] += 1;
  right &= other != x;
  other.fill(T(7));
  right &= std::ranges::count(other, T(7)) == std::ptrdiff_t{count};

  const auto all = x.all();
  static_assert(all.contiguous());
  right &= std::ranges::equal(all, x) && all.copy() == back && all == back;
  const auto line = x.template reshape<count>();
  right &= line.data() == x.data() && line[count - 1] == T(count - 1);
  return right;
}

template <std::size_t R, std::size_t C>
constexpr bool mat_laws() {
  constexpr auto m = counted<tl::mat<double, R, C>>();
  bool right = true;
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j)
      right &= m(i, j) == double(i * C + j) && m[i][j] == m(i, j) && &m(i, j) == &m[i][j];
  const std::array<std::array<double, C>, R> nested = m;
  const tl::tensor<double, R, C> t = m;
  const tl::mat<double, R, C> from_tensor = t;
  right &= nested[R - 1][C - 1] == m(R - 1, C - 1) && tl::from_array(nested) == m && from_tensor == m &&
           t(R - 1, 0) == m(R - 1, 0);
  return right && laws<tl::mat<double, R, C>, R, C>() && laws<tl::tensor<float, R, C>, R, C>();
}

template <std::size_t N>
constexpr bool vec_laws() {
  constexpr auto v = counted<tl::vec<double, N>>();
  bool right = true;
  for (std::size_t i = 0; i < N; ++i) right &= v[i] == double(i) && v(i) == v[i];
  const tl::tensor<double, N> t = v;
  const tl::vec<double, N> from_tensor = t;
  right &= t[N - 1] == v[N - 1] && from_tensor == v && v.template get<N - 1>() == double(N - 1);
  return right && laws<tl::vec<double, N>, N>() && laws<tl::vec<int, N>, N>() && laws<tl::tensor<float, N>, N>();
}

template <std::size_t... N>
constexpr bool all_shapes(std::index_sequence<N...>) {
  return (vec_laws<N + 1>() && ...) && (mat_laws<N + 1, 1>() && ...) && (mat_laws<N + 1, 2>() && ...) &&
         (mat_laws<N + 1, 3>() && ...) && (mat_laws<N + 1, 4>() && ...) && (mat_laws<N + 1, 5>() && ...) &&
         (laws<tl::tensor<double, N + 1, 2, 3>, N + 1, 2, 3>() && ...) &&
         (laws<tl::tensor<double, 1, N + 1, 1, 2>, 1, N + 1, 1, 2>() && ...);
}
static_assert(all_shapes(std::make_index_sequence<5>{}));
static_assert(mat_laws<1, 17>() && mat_laws<17, 1>() && mat_laws<7, 11>() && vec_laws<31>());

// Deduction is by the elements; braces, equality, and zeros where nothing is said.
static_assert(std::is_same_v<decltype(tl::vec{1.0, 2.0}), tl::vec<double, 2>>);
static_assert(tl::vec<double, 3>{1} == tl::vec{1.0, 0.0, 0.0} && tl::mat<double, 2, 2>{1, 2, 3, 4}(1, 0) == 3);
static_assert(tl::tensor<int, 1, 2, 2>{1, 2, 3, 4}(0, 1, 0) == 3);

// The one value for given extents.
static_assert(std::is_same_v<tl::detail::tensor_of<float>, float>);
static_assert(std::is_same_v<tl::detail::tensor_of<float, 3>, tl::vec<float, 3>>);
static_assert(std::is_same_v<tl::detail::tensor_of<float, 3, 2>, tl::mat<float, 3, 2>>);
static_assert(std::is_same_v<tl::detail::tensor_of<float, 3, 2, 1>, tl::tensor<float, 3, 2, 1>>);
static_assert(!tl::detail::TensorValue<double> && !tl::detail::TensorValue<std::array<double, 3>>);

constexpr double sum_by_span(std::span<const double, 3> numbers) { return numbers[0] + numbers[1] + numbers[2]; }
constexpr double sum_by_array(std::array<double, 3> numbers) { return sum_by_span(numbers); }
static_assert(sum_by_span(tl::vec{1.0, 2.0, 3.0}) == 6 && sum_by_array(tl::mat<double, 3, 1>{1, 2, 3}) == 6);

}  // namespace

TEST_CASE("a vector comes apart in a structured binding", "[array][vec]") {
  constexpr tl::vec v{1.0, 2.0, 3.0};
  constexpr auto sum = [](const auto& of) {
    const auto& [x, y, z] = of;
    return x + 10 * y + 100 * z;
  };
  STATIC_REQUIRE(sum(v) == 321);
  tl::vec<int, 2> w{3, 4};
  auto& [first, second] = w;
  first = 5;
  auto [copied, unused] = w;
  copied = 6;
  CHECK(w == tl::vec{5, 4});
  CHECK(unused == second);
  STATIC_REQUIRE(std::tuple_size_v<decltype(w)> == 2);
  STATIC_REQUIRE(std::is_same_v<std::tuple_element_t<1, tl::vec<float, 2>>, float>);
}

TEST_CASE("tensors count rows first", "[array][tensor]") {
  constexpr auto t = counted<tl::tensor<int, 2, 3, 4, 5>>();
  STATIC_REQUIRE(t(1, 2, 3, 4) == 119);
  STATIC_REQUIRE(t(1, 0, 2, 1) == 60 + 10 + 1);
  STATIC_REQUIRE(t[1][0][2][1] == t(1, 0, 2, 1));
  STATIC_REQUIRE(tl::mat<int, 4, 5>(t[1][0])(2, 1) == 71);
  auto changed = t;
  changed(0, 0, 0, 1) = -1;
  changed[1][2][3][4] = -2;
  CHECK(changed.data()[1] == -1);
  CHECK(changed.data()[119] == -2);
  using nested = std::array<std::array<std::array<int, 2>, 1>, 2>;
  STATIC_REQUIRE(tl::from_array(nested{{{{{{1, 2}}}}, {{{{3, 4}}}}}}) == tl::tensor<int, 2, 1, 2>{1, 2, 3, 4});
  STATIC_REQUIRE(nested(tl::tensor<int, 2, 1, 2>{1, 2, 3, 4})[1][0][0] == 3);
}

TEST_CASE("values are made from arrays of several kinds", "[array]") {
  const double row_by_row[2][3] = {{1, 2, 3}, {4, 5, 6}};
  CHECK(tl::from_array(row_by_row) == tl::mat<double, 2, 3>{1, 2, 3, 4, 5, 6});
  const float numbers[] = {1, 2};
  CHECK(tl::from_array(numbers) == tl::vec{1.0F, 2.0F});
  CHECK(tl::from_array(std::span<const float, 2>(numbers)) == tl::vec{1.0F, 2.0F});
  const std::array<float, 6> six{1, 2, 3, 4, 5, 6};
  CHECK(tl::from_array<3, 1, 2>(six) == tl::tensor<float, 3, 1, 2>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("values print in rows", "[array]") {
  CHECK(printed(tl::vec{1, 2, 3}) == "[1 2 3]");
  CHECK(printed(tl::vec{1.5}) == "[1.5]");
  CHECK(printed(tl::mat<int, 2, 2>{1, 2, 3, 4}) == "[1 2]\n[3 4]");
  CHECK(printed(tl::tensor<int, 2, 2, 1>{1, 2, 3, 4}) == "[1]\n[2]\n\n[3]\n[4]");
  CHECK(printed(tl::mat<int, 2, 2>{1, 2, 3, 4}.transpose()) == "[1 3]\n[2 4]");
}
