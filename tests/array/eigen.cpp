// SPDX-License-Identifier: BSL-1.0
#include <Eigen/Dense>

#include <tapeless/array/eigen.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

/// The map of a matrix has its extents, and its elements where they are; what comes back is equal.
template <std::size_t R, std::size_t C>
bool agrees() {
  tl::mat<double, R, C> m{};
  for (std::size_t place = 0; place < m.size(); ++place) m.data()[place] = static_cast<double>(place);
  auto map = tl::as_eigen(m);
  static_assert(decltype(map)::RowsAtCompileTime == R && decltype(map)::ColsAtCompileTime == C);
  bool right = map.data() == m.data() && tl::as_eigen(std::as_const(m)).data() == m.data();
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < C; ++j) {
      const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(j);
      right &= &map(row, column) == &m(i, j) && tl::as_eigen(std::as_const(m))(row, column) == m(i, j);
    }
  const Eigen::Matrix<double, R, C> column_major = map;  // for one row or one column Eigen says itself which way
  const auto back = tl::from_eigen(column_major);
  if constexpr (C == 1) right &= back == m.column(0);
  else right &= back == m;
  map(R - 1, C - 1) = -1;
  return right && m(R - 1, C - 1) == -1;
}
template <std::size_t... I>
bool all_shapes(std::index_sequence<I...>) {
  return (agrees<I / 5 + 1, I % 5 + 1>() && ...);
}

}  // namespace

TEST_CASE("matrices are Eigen's where they are", "[array][eigen]") {
  CHECK(all_shapes(std::make_index_sequence<25>{}));
  CHECK(agrees<1, 13>());
  CHECK(agrees<13, 1>());
}

TEST_CASE("vectors are columns of Eigen's", "[array][eigen]") {
  tl::mat<double, 2, 2> a{4, 1, 1, 3};
  const tl::vec<double, 2> b{1, 2};
  tl::vec<double, 2> x{};
  tl::as_eigen(x) = tl::as_eigen(a).inverse() * tl::as_eigen(b);
  CHECK(x[0] == Approx(1 / 11.0));
  CHECK(x[1] == Approx(7 / 11.0));
  tl::as_eigen(a).col(0) = tl::as_eigen(b);
  CHECK(a == tl::mat<double, 2, 2>{1, 1, 2, 3});
  CHECK(tl::from_eigen(Eigen::Vector3f(1, 2, 3)) == tl::vec{1.0F, 2.0F, 3.0F});
  CHECK(tl::from_eigen(Eigen::RowVector2d(1, 2)) == tl::mat<double, 1, 2>{1, 2});
  CHECK(tl::from_eigen(2 * tl::as_eigen(a).transpose()) == tl::mat<double, 2, 2>{2, 4, 2, 6});
}
