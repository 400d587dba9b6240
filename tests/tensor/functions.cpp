// SPDX-License-Identifier: BSL-1.0
#include <boost/hana/at_key.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/string.hpp>

#include "support.hpp"

using tensors::check;
using tensors::of;

namespace {

/// A layer as a user would write it.
template <class T, std::size_t In, std::size_t Out>
struct layer {
  BOOST_HANA_DEFINE_STRUCT(layer, (tl::mat<T, Out, In>, weights), (tl::vec<T, Out>, bias));
};

constexpr auto network = [](const auto& w1, const auto& b1, const auto& w2, const auto& x, auto label) {
  return cross_entropy(w2 * tanh(w1 * x + b1), label);
};

template <std::size_t In, std::size_t Hidden, std::size_t Out>
constexpr bool network_is_right() {
  tl::mat<double, Hidden, In> w1{};
  tl::vec<double, Hidden> b1{};
  tl::mat<double, Out, Hidden> w2{};
  tl::vec<double, In> x{};
  int next = 0;
  const auto fill = [&](auto& values) {
    for (auto& each : values) each = 0.1 * (next++ * 7 % 13) - 0.6;
  };
  fill(w1), fill(b1), fill(w2), fill(x);
  const auto [value, gradient] = tl::value_and_gradient(network)(w1, b1, w2, x, 1);
  const auto& [dw1, db1, dw2, dx] = gradient;
  bool right = tl::math::abs(value - network(w1, b1, w2, x, 1)) < 1e-12;
  const auto slope = [&](double& number) {
    const double before = number;
    number = before + 1e-5;
    const double above = network(w1, b1, w2, x, 1);
    number = before - 1e-5;
    const double below = network(w1, b1, w2, x, 1);
    number = before;
    return (above - below) / 2e-5;
  };
  right = right && tl::math::abs(slope(w1(Hidden - 1, 0)) - dw1(Hidden - 1, 0)) < 1e-8;
  right = right && tl::math::abs(slope(b1[Hidden / 2]) - db1[Hidden / 2]) < 1e-8;
  right = right && tl::math::abs(slope(w2(0, 1)) - dw2(0, 1)) < 1e-8;
  return right && tl::math::abs(slope(x[In - 1]) - dx[In - 1]) < 1e-8;
}
static_assert(network_is_right<2, 3, 2>());    // as numbers
static_assert(network_is_right<11, 13, 3>());  // as loops and products

}  // namespace

TEST_CASE("elements in loops beside whole tensors", "[tensor]") {
  constexpr auto g = [](const auto& a, const auto& x) {
    auto made = a;
    for (std::size_t i = 0; i < x.size(); ++i) made(0, i) = tl::exp(0.1 * x[i]);
    auto column = x;
    column.fill(x[0]);
    return tl::sum(made * tl::transpose(a)) + tl::dot(column, x) + tl::max(made) + tl::sum(tl::slice<1, 2>(x)) +
           a(1, 1) * tl::sum(tl::column(made, 1));
  };
  tensors::numbers some;
  check(g, some.filled<tl::mat<double, 2, 3>>(), some.filled<tl::vec<double, 3>>());
  check(g, some.filled<tl::mat<double, 7, 13>>(), some.filled<tl::vec<double, 13>>());
  constexpr auto by_row = [](const auto& a, const auto& x) {
    auto y = a * x;
    y[1] = y[0] * y[1] + 1.0;
    auto sum = x[0] * tl::sum(y);
    for (std::size_t i = 0; i + 1 < x.size(); ++i) sum = sum + tl::sin(x[i]) * y[i % 2] + a(1, i) * a(0, i + 1);
    for (const auto& each : y) sum = sum + 0.1 * each;
    auto copy = x;
    copy[0] = 2.0;
    copy += x;
    y *= 0.5;
    const auto whole = tl::concat(y, copy, x);
    return sum + tl::sum(tl::hadamard(whole, whole)) + tl::dot(copy, x) + tl::norm(tl::row(a, 1));
  };
  check(by_row, some.filled<tl::mat<double, 2, 3>>(), some.filled<tl::vec<double, 3>>());
  check(by_row, some.filled<tl::mat<double, 11, 17>>(), some.filled<tl::vec<double, 17>>());
}

TEST_CASE("a tensor beside its own first element", "[tensor]") {  // which lie in one place
  constexpr auto f = [](const auto& x) { return tl::sum(sin(x * x[0])); };
  tensors::numbers some;
  check(f, some.filled<tl::vec<double, 131>>());
}

TEST_CASE("parts of larger tensors by subscripts", "[tensor]") {
  constexpr auto f = [](const auto& x) {
    auto sum = x(1, 0, 2) * x[0](1, 1);
    for (std::size_t i = 0; i < 2; ++i) sum = sum + tl::exp(x[i](0, 1)) * x[1][1][i];
    auto changed = x;
    changed[1](0, 0) = sum;
    return tl::sum(tl::hadamard(changed, x)) + changed[0](0, 2);
  };
  tensors::numbers some;
  check(f, some.filled<tl::tensor<double, 2, 2, 3>>());
  check(f, some.filled<tl::tensor<double, 2, 9, 11>>());
}

TEST_CASE("tensors in structs, arrays and tuples", "[tensor]") {
  constexpr auto with_structs = [](const auto& first, const auto& second, const auto& x) {
    const auto at = [](const auto& from, auto name) { return boost::hana::at_key(from, name); };
    const auto w = BOOST_HANA_STRING("weights");
    const auto b = BOOST_HANA_STRING("bias");
    const auto hidden = relu(at(first, w) * x + at(first, b));
    return logsumexp(at(second, w) * hidden + at(second, b));
  };
  tensors::numbers some;
  const auto run = [&]<std::size_t Hidden>(std::integral_constant<std::size_t, Hidden>) {
    const layer<double, 3, Hidden> first{some.filled<tl::mat<double, Hidden, 3>>(),
                                         some.filled<tl::vec<double, Hidden>>()};
    const layer<double, Hidden, 2> second{some.filled<tl::mat<double, 2, Hidden>>(), some.filled<tl::vec<double, 2>>()};
    const auto x = some.filled<tl::vec<double, 3>>();
    const auto [value, gradient] = tl::value_and_gradient(with_structs)(first, second, x);
    constexpr auto flat = [](const auto& w1, const auto& b1, const auto& w2, const auto& b2, const auto& in) {
      return logsumexp(w2 * relu(w1 * in + b1) + b2);
    };
    const auto same = tl::value_and_gradient(flat)(first.weights, first.bias, second.weights, second.bias, x);
    CHECK(value == Approx(same.value));
    tensors::check_elements(std::get<0>(gradient).weights,
                            [&](std::size_t i) { return Approx(std::get<0>(same.gradient).data()[i]).margin(1e-14); });
    tensors::check_elements(std::get<1>(gradient).bias,
                            [&](std::size_t i) { return Approx(std::get<3>(same.gradient).data()[i]).margin(1e-14); });
  };
  run(std::integral_constant<std::size_t, 2>{});
  run(std::integral_constant<std::size_t, 17>{});

  constexpr auto chain = [](const auto& matrices, const auto& x) {
    return tl::norm(std::get<1>(x) * tanh(matrices[1] * (matrices[0] * std::get<0>(x)) + matrices[2] * std::get<0>(x)));
  };
  check(chain, some.filled<std::array<tl::mat<double, 3, 3>, 3>>(),
        some.filled<std::tuple<tl::vec<double, 3>, double>>());
  check(chain, some.filled<std::array<tl::mat<double, 9, 9>, 3>>(),
        some.filled<std::tuple<tl::vec<double, 9>, double>>());
}

TEST_CASE("results that do not depend on an argument, or not on all of it", "[tensor]") {
  constexpr auto f = [](const auto& a, const auto& b, const auto& c) {
    static_cast<void>(b);
    return tl::sum(tl::slice<1, 2>(c)) + tl::sum(a) * 0.0 + c[0];
  };
  tensors::numbers some;
  check(f, some.filled<tl::mat<double, 2, 2>>(), some.filled<tl::vec<double, 3>>(), some.filled<tl::vec<double, 4>>());
  check(f, some.filled<tl::mat<double, 12, 13>>(), some.filled<tl::vec<double, 3>>(),
        some.filled<tl::vec<double, 14>>());
}
