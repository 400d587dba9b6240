// SPDX-License-Identifier: BSL-1.0
#include <Eigen/Dense>

#include <tapeless/dual/eigen.hpp>
#include <tapeless/tapeless.hpp>

#include "catch.hpp"

namespace {

using number = tl::dual<double, 3>;
using matrix = Eigen::Matrix<number, 3, 3>;
using vector = Eigen::Matrix<number, 3, 1>;
using plain_matrix = Eigen::Matrix3d;

/// A matrix that moves in three directions, and one of these.
struct moving {
  plain_matrix at, along[3];
  matrix a;

  moving() {
    at << 4, 1, -2, 1, 5, 0.5, 3, -1, 6;
    along[0] << 1, 0, 2, 0, -1, 0, 0.5, 0, 0;
    along[1] << 0, 0, 1, 3, 0, 0, 0, 1, 0;
    along[2] << -1, 2, 0, 0, 1, 1, 0, 0, 2;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) a(i, j) = number(at(i, j), {along[0](i, j), along[1](i, j), along[2](i, j)});
  }
};

template <class M>
plain_matrix value_of(const M& a) {
  return a.unaryExpr([](const number& x) { return x.value; });
}
template <class M>
plain_matrix tangent_of(const M& a, std::size_t k) {
  return a.unaryExpr([k](const number& x) { return x.tangent[k]; });
}
bool agrees(const auto& a, const auto& b) { return (a - b).cwiseAbs().maxCoeff() < 1e-13; }

}  // namespace

TEST_CASE("Eigen inverts and solves with duals", "[eigen]") {
  const moving m;
  const matrix inverse = m.a.inverse(), also = m.a.partialPivLu().inverse();
  const plain_matrix expected = m.at.inverse();
  REQUIRE(agrees(value_of(inverse), expected));
  for (std::size_t k = 0; k < 3; ++k) {
    const plain_matrix moved = -expected * m.along[k] * expected;
    REQUIRE(agrees(tangent_of(inverse, k), moved));
    REQUIRE(agrees(tangent_of(also, k), moved));
  }

  const Eigen::Vector3d b(1, 2, 3);
  const vector x = m.a.fullPivLu().solve(b.cast<number>()), y = m.a.householderQr().solve(b.cast<number>());
  const Eigen::Vector3d solution = m.at.inverse() * b;
  for (std::size_t k = 0; k < 3; ++k) {
    const Eigen::Vector3d moved = -expected * m.along[k] * solution;
    for (int i = 0; i < 3; ++i) {
      REQUIRE(std::abs(x(i).tangent[k] - moved(i)) < 1e-13);
      REQUIRE(std::abs(y(i).tangent[k] - moved(i)) < 1e-13);
    }
  }
}

TEST_CASE("Eigen's norms, products and determinants of duals", "[eigen]") {
  const moving m;
  const number determinant = m.a.determinant();
  for (std::size_t k = 0; k < 3; ++k)
    REQUIRE(std::abs(determinant.tangent[k] - m.at.determinant() * (m.at.inverse() * m.along[k]).trace()) < 1e-12);

  const vector v = m.a.col(0);
  const number norm = v.norm(), dot = v.dot(m.a.col(1));
  for (std::size_t k = 0; k < 3; ++k) {
    REQUIRE(std::abs(norm.tangent[k] - m.at.col(0).dot(m.along[k].col(0)) / m.at.col(0).norm()) < 1e-14);
    REQUIRE(std::abs(dot.tangent[k] - m.along[k].col(0).dot(m.at.col(1)) - m.at.col(0).dot(m.along[k].col(1))) < 1e-14);
  }
  REQUIRE(v.normalized().norm().value == Approx(1));
}

TEST_CASE("matrices of duals beside plain numbers and matrices", "[eigen]") {
  const moving m;
  const matrix twice = 2.0 * m.a, half = m.a / 2.0, product = m.at * m.a, sum = m.a + m.at;
  for (std::size_t k = 0; k < 3; ++k) {
    REQUIRE(agrees(tangent_of(twice, k), 2 * m.along[k]));
    REQUIRE(agrees(tangent_of(half, k), m.along[k] / 2));
    REQUIRE(agrees(tangent_of(product, k), m.at * m.along[k]));
    REQUIRE(agrees(tangent_of(sum, k), m.along[k]));
  }
  REQUIRE(agrees(value_of(m.a.array().exp().matrix()), m.at.array().exp().matrix()));
  REQUIRE(m.a.maxCoeff() == 6);
}
