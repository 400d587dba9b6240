// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"
#include "support.hpp"

// Forward against reverse: several operations in each program; one by one they are in the sweep.
using namespace tensors;

namespace {

constexpr auto of_elements = [](const auto& a, const auto& x) {
  auto made = a;
  made(0, 1) = tl::exp(x[0]), made(1, 2) = x[1] * x[2];
  return tl::sum(made * tl::transpose(a)) + tl::dot(x, x) + a(1, 1) * x[2];
};
template <std::size_t N>
constexpr auto of_forms = [](const auto& a, const auto& x) {
  const auto rows = tl::concat<0>(a, tl::stack(x, 2.0 * x));
  const auto turned = tl::permute<1, 0>(tl::slice<0, 1, 2>(rows));
  return tl::sum(tl::hadamard(sin(turned), tl::transpose(tl::reshape<2, N>(tl::stack(x, x))))) +
         tl::sum(tl::broadcast_to<3, N>(square(x)));
};
constexpr auto of_reductions = [](const auto& a, const auto& x) {
  return tl::norm(tl::sum<0>(a)) + tl::sum(tl::hadamard(tl::max<0>(a), x)) + tl::prod(2 + tl::mean<1>(a)) +
         tl::sum(tl::hadamard(tl::layer_norm(a, x, x), a)) + tl::variance(x) + tl::min(a);
};
constexpr auto of_scores = [](const auto& a, const auto& x) {
  return tl::sum(cross_entropy(a, tl::vec{1, 0})) + tl::dot(softmax(x), log_softmax(x)) + logsumexp(x) +
         tl::sum(tl::gather(a, tl::vec{1, 1, 0}) * x) + tl::sum(tl::outer(x, x) * x);
};

}  // namespace

TEST_CASE("forward agrees with reverse, few elements", "[tensor]") {
  numbers some;
  const auto a = some.filled<tl::mat<double, 2, 3>>();
  const auto x = some.filled<tl::vec<double, 3>>();
  check_tangent(of_elements, a, x);
  check_tangent(of_reductions, a, x);
}
TEST_CASE("forward agrees with reverse, many elements", "[tensor]") {
  numbers some;
  const auto a = some.filled<tl::mat<double, 2, 67>>();
  const auto x = some.filled<tl::vec<double, 67>>();
  check_tangent(of_elements, a, x);
  check_tangent(of_forms<67>, a, x);
  check_tangent(of_reductions, a, x);
  check_tangent(of_scores, a, x);
}
TEST_CASE("forward agrees with reverse on images", "[tensor]") {
  constexpr auto f = [](const auto& image, const auto& kernel) {
    const auto seen = tl::conv2d<tl::window{.padding = 1}>(image, kernel);
    return tl::sum(square(tl::max_pool<2>(seen))) + tl::sum(tl::avg_pool<3, tl::window{.padding = 1}>(image));
  };
  numbers some;
  check_tangent(f, some.filled<tl::tensor<double, 1, 6, 4, 2>>(), some.filled<tl::tensor<double, 3, 3, 2, 2>>());
}
