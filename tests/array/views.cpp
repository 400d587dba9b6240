// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <iterator>
#include <ranges>
#include <type_traits>

#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

using m23 = tl::mat<int, 2, 3>;
constexpr m23 m{1, 2, 3, 4, 5, 6};
constexpr tl::vec v{1, 2, 3, 4, 5};

/// What `change` makes of a value, as a constant.
template <class X>
constexpr X changed(X value, auto change) {
  change(value);
  return value;
}

/// Rows, columns, the transpose and blocks, element by element, of a matrix of any size.
template <std::size_t R, std::size_t C>
constexpr bool laws() {
  tl::mat<double, R, C> x{};
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j) x(i, j) = static_cast<double>(10 * i + j);
  const auto t = x.transpose();
  const tl::mat<double, C, R> transposed = t;
  bool right = t.transpose() == x && t.extent(0) == C && t.extent(1) == R && transposed == t && t == transposed;
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j) {
      right &= &t(j, i) == &x(i, j) && &x.row(i)[j] == &x(i, j) && &x.column(j)(i) == &x(i, j) && &t[j][i] == &x(i, j);
      right &= transposed(j, i) == x(i, j);
    }
  const auto corner = x.template block<R / 2, C / 2, R - R / 2, C - C / 2>();
  right &= &corner(0, 0) == &x(R / 2, C / 2) && &corner(R - R / 2 - 1, C - C / 2 - 1) == &x(R - 1, C - 1);
  right &= x.template block<0, 0, R, C>() == x && x.row(R - 1).template slice<C - 1, 1>()[0] == x(R - 1, C - 1);

  // Iteration is row by row of the view.
  std::size_t place = 0;
  for (const auto element : t) right &= element == transposed.data()[place++];
  right &= place == R * C;

  // What is written into a view is written into the matrix, and nowhere else.
  const auto before = x;
  x.column(C - 1).fill(-1);
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j) right &= x(i, j) == (j + 1 == C ? -1 : before(i, j));
  t = before.transpose();
  right &= x == before;
  x.row(0) = before.row(R - 1);
  right &= x.row(0) == before.row(R - 1);
  return right;
}
template <std::size_t... I>
constexpr bool all_shapes(std::index_sequence<I...>) {
  return (laws<I / 5 + 1, I % 5 + 1>() && ...);
}
static_assert(all_shapes(std::make_index_sequence<25>{}) && laws<1, 13>() && laws<13, 1>() && laws<7, 3>());

// Copies of views are values.
static_assert(std::is_same_v<decltype(m.row(0).copy()), tl::vec<int, 3>>);
static_assert(std::is_same_v<decltype(m.transpose().copy()), tl::mat<int, 3, 2>>);
static_assert(tl::vec<int, 3>(m.row(1)) == tl::vec{4, 5, 6} && tl::tensor<int, 3>(m.row(1))[2] == 6);
static_assert(m.column(1) == tl::vec{2, 5} && v.slice<1, 3>() == tl::vec{2, 3, 4});
static_assert(tl::tensor<int, 3, 2>(m.transpose()) == tl::tensor<int, 3, 2>{1, 4, 2, 5, 3, 6});
static_assert(std::is_convertible_v<decltype(m.row(0)), tl::vec<int, 3>>);
static_assert(!std::is_convertible_v<decltype(m.row(0)), tl::vec<int, 2>>);
static_assert(!std::is_convertible_v<decltype(m.row(0)), tl::vec<double, 3>>);

// A view of what is const is read only; of what is not, it writes, and can be seen as one of const.
using row_of_const = decltype(m.row(0));
using row = decltype(std::declval<m23&>().row(0));
static_assert(std::is_same_v<decltype(std::declval<row_of_const>()[0]), const int&>);
static_assert(std::is_same_v<decltype(std::declval<const row>()[0]), int&>);
static_assert(std::is_assignable_v<row, row> && std::is_assignable_v<const row, tl::vec<int, 3>>);
static_assert(std::is_assignable_v<row, row_of_const> && !std::is_assignable_v<row, tl::vec<int, 2>>);
static_assert(!std::is_assignable_v<row_of_const&, row_of_const> &&
              !std::is_assignable_v<row_of_const&, tl::vec<int, 3>>);
static_assert(std::is_convertible_v<row, row_of_const> && !std::is_convertible_v<row_of_const, row>);
static_assert(sizeof(row) == sizeof(int*) && std::is_copy_constructible_v<row>);
static_assert(std::ranges::forward_range<row> && std::ranges::sized_range<row>);

// What lies side by side can be seen with other extents.
static_assert(m.reshape<3, 2>() == tl::mat<int, 3, 2>{1, 2, 3, 4, 5, 6} && m.row(1).reshape<3, 1>()(2, 0) == 6);
static_assert(m.reshape<1, 2, 3, 1>()(0, 1, 2, 0) == 6 && m.reshape<6>() == tl::vec{1, 2, 3, 4, 5, 6});
static_assert(!m.transpose().contiguous() && !m.column(0).contiguous() && m.row(0).contiguous());
static_assert(!m.block<0, 0, 2, 2>().contiguous() && m.block<1, 0, 1, 3>().contiguous());

}  // namespace

TEST_CASE("what is assigned to a view is read before anything is written", "[array][view]") {
  STATIC_REQUIRE(changed(v, [](auto& x) { x.template slice<1, 4>() = x.template slice<0, 4>(); }) ==
                 tl::vec{1, 1, 2, 3, 4});
  STATIC_REQUIRE(changed(v, [](auto& x) { x.template slice<0, 4>() = x.template slice<1, 4>(); }) ==
                 tl::vec{2, 3, 4, 5, 5});
  constexpr tl::mat<int, 2, 2> square{1, 2, 3, 4}, transposed{1, 3, 2, 4};
  STATIC_REQUIRE(changed(square, [](auto& x) { x.transpose() = x; }) == transposed);
  STATIC_REQUIRE(changed(square, [](auto& x) { x = x.transpose(); }) == transposed);
  STATIC_REQUIRE(changed(square, [](auto& x) { x.all() = x.transpose(); }) == transposed);
  STATIC_REQUIRE(changed(square, [](auto& x) { x.row(0) = x.column(1); }) == tl::mat<int, 2, 2>{2, 4, 3, 4});
  STATIC_REQUIRE(changed(square, [](auto& x) { x.column(0) = x.row(0); }) == tl::mat<int, 2, 2>{1, 2, 2, 4});
}

TEST_CASE("assigning one view to another of the same type copies elements", "[array][view]") {
  m23 x = m;
  const auto first = x.row(0), second = x.row(1);
  first = second;
  CHECK(x == m23{4, 5, 6, 4, 5, 6});
  const auto same = first;  // copying does not
  same[0] = 7;
  CHECK(x(0, 0) == 7);
  x.row(1) = {7, 8, 9};
  CHECK(second == tl::vec{7, 8, 9});
  x.block<0, 1, 2, 2>() = tl::mat<int, 2, 2>{1, 2, 3, 4};
  CHECK(x == m23{7, 1, 2, 7, 3, 4});
}

TEST_CASE("views of tensors", "[array][view]") {
  tl::tensor<int, 2, 2, 3> t{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  t[1] = m;
  CHECK(t[1].transpose()(2, 0) == 3);
  t[0][1].fill(0);
  CHECK(t == tl::tensor<int, 2, 2, 3>{1, 2, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6});
  t[0] = t[1];
  CHECK(t[0] == m);
  CHECK(t.reshape<4, 3>().column(2).copy() == tl::vec{3, 6, 3, 6});
  std::ranges::fill(t.reshape<12>().slice<0, 2>(), 8);
  CHECK(t[0].row(0) == tl::vec{8, 8, 3});
  CHECK(std::ranges::distance(t[0].transpose()) == 6);
}
