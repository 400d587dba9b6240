// SPDX-License-Identifier: BSL-1.0
#include <array>

#include <tapeless/derive/eigen.hpp>
#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// What is known of derivatives before any number is: patterns, sparse results, colours, facts.
namespace {

constexpr std::size_t n = 6;
using input = std::array<double, n>;

/// A chain: each result depends on two neighbours.
constexpr auto chain = [](const auto& x) {
  std::array<std::remove_cvref_t<decltype(x[0] * x[0])>, n - 1> y{};
  for (std::size_t i = 0; i + 1 < n; ++i) y[i] = x[i] * x[i] + sin(x[i + 1]);
  return y;
};
constexpr auto energy = [](const auto& x) {
  auto sum = x[0] * x[1] * x[1];
  for (std::size_t i = 1; i + 1 < n; ++i) sum += exp(x[i] * x[i + 1]);
  return sum;
};
/// An arrow: everything meets the first number.
constexpr auto arrow = [](const auto& x) {
  auto sum = x[0] * x[0] * x[0];
  for (std::size_t i = 1; i < n; ++i) sum += x[0] * x[i] * x[i];
  return sum;
};
constexpr input point{0.5, -1.0, 0.75, 0.25, 1.5, -0.5};

}  // namespace

TEST_CASE("the pattern of a jacobian", "[derive][sparsity]") {
  constexpr auto p = tl::sparsity<input>(tl::jacobian(chain));
  STATIC_REQUIRE(p.rows() == n - 1 && p.columns() == n && p.nonzeros() == 2 * (n - 1));
  for (std::size_t i = 0; i + 1 < n; ++i)
    for (std::size_t j = 0; j < n; ++j) CHECK(p(i, j) == (j == i || j == i + 1));
  constexpr auto constant_row = [](auto x, auto y) { return std::array{x - x * 1.0, y * y, stop_gradient(x)}; };
  constexpr auto q = tl::sparsity<double, double>(tl::jacobian(constant_row));
  STATIC_REQUIRE(q(1, 1) && !q(1, 0) && !q(2, 0) && !q(0, 1));
}

TEST_CASE("the pattern of a hessian", "[derive][sparsity]") {
  constexpr auto p = tl::sparsity<input>(tl::hessian(energy));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) CHECK(p(i, j) == ((i < j ? j - i : i - j) <= 1 && (i + j > 0)));
}

TEST_CASE("a sparse jacobian has the entries of the dense one", "[derive][sparsity]") {
  constexpr auto j = tl::sparse(tl::jacobian(chain))(point);
  STATIC_REQUIRE(j.nonzeros() == 10 && j.row_start[5] == 10 && j.column[9] == 5);
  STATIC_REQUIRE(j.dense() == tl::jacobian(chain)(point));
  STATIC_REQUIRE(j(1, 1) == -2 && j(1, 4) == 0);
  std::array<double, 10> values{};
  tl::sparse(tl::jacobian(chain)).into(values, point);
  CHECK(values[2] == -2);
  CHECK(tl::sparse(tl::hessian(energy))(point).dense() == tl::hessian(energy)(point));
  constexpr auto linear = [](const auto& x) { return x[0] + 2.0 * x[1]; };
  STATIC_REQUIRE(tl::sparse(tl::hessian(linear))(std::array{1.0, 2.0}).nonzeros() == 0);
  STATIC_REQUIRE(tl::sparse(tl::jacobian(linear))(std::array{1.0F, 2.0F}).values == std::array{1.0F, 2.0F});
}

TEST_CASE("columns of one colour have no row in common", "[derive][coloring]") {
  constexpr auto p = tl::sparsity<input>(tl::jacobian(chain));
  constexpr auto colors = tl::coloring(p);
  STATIC_REQUIRE(colors.colors == 2);
  const auto j = tl::jacobian(chain)(point);
  for (std::size_t color = 0; color < colors.colors; ++color) {
    const auto product = tl::jvp(chain)(point, colors.seed<double>(color)).tangent;
    for (std::size_t i = 0; i + 1 < n; ++i)
      for (std::size_t k = 0; k < n; ++k)
        if (p(i, k) && colors.color[k] == color) CHECK(product[i] == j(i, k));
  }
}

namespace {

template <class F>
void recovers_hessian(const F& f, std::size_t expected_colors) {
  constexpr auto p = tl::sparsity<input>(tl::hessian(F{}));
  constexpr auto colors = tl::star_coloring(p);
  CHECK(colors.colors == expected_colors);
  std::array<input, n> products{};
  for (std::size_t color = 0; color < colors.colors; ++color)
    products[color] = tl::hvp(f)(point, colors.template seed<double>(color));
  const auto h = tl::hessian(f)(point);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      INFO(i << ", " << j);
      if (p(i, j)) CHECK(tl::recovered(p, colors, products, i, j) == Approx(h(i, j)).epsilon(1e-14));
    }
}

}  // namespace

TEST_CASE("a hessian is recovered from products with few vectors", "[derive][coloring]") {
  recovers_hessian(energy, 3);
  recovers_hessian(arrow, 2);
}

TEST_CASE("facts about a function", "[derive][sparsity]") {
  constexpr auto affine = [](auto x, auto y, auto k) { return 3.0 * x - y * tl::select(k > 0, 2.0, 5.0) + 1.0; };
  STATIC_REQUIRE(tl::is_linear<double, double, int>(affine));
  STATIC_REQUIRE(!tl::is_linear<input>(chain));
  STATIC_REQUIRE(!tl::is_constant<double, double, int>(affine));
  constexpr auto constant = [](auto x, auto k) { return tl::select(k > 0, 2.0, 5.0) * (x - x + 1.0 > 0); };
  STATIC_REQUIRE(!tl::is_constant<double, int>(constant));  // x - x may be NaN
  STATIC_REQUIRE(tl::is_constant<double, int>([](auto, auto k) { return tl::select(k > 0, 2.0, 5.0); }));
  STATIC_REQUIRE(tl::depends_on<0, double, double>([](auto x, auto) { return x * 2.0; }));
  STATIC_REQUIRE(!tl::depends_on<1, double, double>([](auto x, auto) { return x * 2.0; }));
  STATIC_REQUIRE(!tl::depends_on<0, double, double>(tl::gradient([](auto x, auto y) { return x * y; }, tl::wrt<0>)));
}

#if __has_include(<Eigen/SparseCore>)
TEST_CASE("Eigen reads our matrices where they lie", "[derive][eigen]") {
  const auto j = tl::sparse(tl::jacobian(chain))(point);
  const auto map = tl::as_eigen(j);
  CHECK(map.valuePtr() == j.values.data());
  const Eigen::Matrix<double, n, 1> v = Eigen::Matrix<double, n, 1>::LinSpaced(1, 6);
  const Eigen::VectorXd product = map * v;
  const auto dense = tl::jacobian(chain)(point);
  const Eigen::VectorXd expected = tl::as_eigen(dense) * v;
  CHECK((product - expected).norm() == 0);
  CHECK(tl::as_eigen(dense).data() == dense.data());
}
#endif
