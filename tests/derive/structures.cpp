// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <tuple>
#include <type_traits>

#include <boost/hana/at_key.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/equal.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace hana = boost::hana;

namespace {

template <class T>
struct affine {
  BOOST_HANA_DEFINE_STRUCT(affine, (std::array<T, 2>, w), (T, b));
};

template <class T, std::size_t In, std::size_t Out>
struct layer {
  using row = std::array<T, In>;
  using rows = std::array<row, Out>;
  using column = std::array<T, Out>;
  BOOST_HANA_DEFINE_STRUCT(layer, (rows, weights), (column, bias));
};

template <class T>
struct network {
  using first_layer = layer<T, 2, 3>;
  using second_layer = layer<T, 3, 1>;
  BOOST_HANA_DEFINE_STRUCT(network, (first_layer, first), (second_layer, second), (T, scale));
};

struct point {
  BOOST_HANA_DEFINE_STRUCT(point, (double, x), (double, y));
};
struct segment {
  BOOST_HANA_DEFINE_STRUCT(segment, (point, from), (point, to), (double, weight), (int, times));
};

constexpr auto score = [](const auto& p, const auto& x) { return p.w[0] * x[0] + p.w[1] * x[1] + p.b; };

constexpr auto apply_layer = [](const auto& l, const auto& x) {
  auto y = l.bias;
  for (std::size_t o = 0; o < y.size(); ++o)
    for (std::size_t i = 0; i < x.size(); ++i) y[o] += l.weights[o][i] * x[i];
  return y;
};
constexpr auto forward = [](const auto& n, const auto& x) {
  auto hidden = apply_layer(n.first, x);
  for (auto& h : hidden) h = tanh(h);
  return apply_layer(n.second, hidden)[0] * n.scale;
};

constexpr auto length2 = [](const auto& p) {
  const auto x = hana::at_key(p, BOOST_HANA_STRING("x")), y = hana::at_key(p, BOOST_HANA_STRING("y"));
  return x * x + y * y;
};
constexpr auto stretch = [](const auto& s) {
  const auto& from = hana::at_key(s, BOOST_HANA_STRING("from"));
  const auto& to = hana::at_key(s, BOOST_HANA_STRING("to"));
  const auto d = hana::at_key(to, BOOST_HANA_STRING("x")) - hana::at_key(from, BOOST_HANA_STRING("x"));
  return hana::at_key(s, BOOST_HANA_STRING("weight")) * d * d * hana::at_key(s, BOOST_HANA_STRING("times")) +
         length2(to);
};

}  // namespace

TEST_CASE("a Hana struct that is a template over its scalar", "[derive][struct]") {
  constexpr affine<double> p{{1, 2}, 3};
  constexpr std::array<double, 2> x{4, 5};
  constexpr auto g = tl::gradient(score, tl::wrt<0>)(p, x);
  STATIC_REQUIRE(std::is_same_v<decltype(g), const affine<double>>);
  STATIC_REQUIRE(g.w == x);
  STATIC_REQUIRE(g.b == 1);
  constexpr auto both = tl::gradient(score)(p, x);
  STATIC_REQUIRE(std::get<1>(both) == p.w);
  STATIC_REQUIRE(std::is_same_v<decltype(tl::gradient(score, tl::wrt<0>)(affine<float>{}, std::array<float, 2>{})),
                                affine<float>>);
  affine<double> stored{};
  CHECK(tl::value_and_gradient(score, tl::wrt<0>).into(stored, p, x) == 17);
  CHECK(stored.w == x);
}

TEST_CASE("nested structs with extents of their own", "[derive][struct]") {
  constexpr network<double> n{
      {{{{0.5, -0.25}, {1, 0.125}, {-0.75, 0.5}}}, {0.1, 0.2, 0.3}}, {{{{1, -2, 0.5}}}, {0.25}}, 1.5};
  constexpr std::array<double, 2> x{0.3, -0.6};
  constexpr auto g = tl::gradient(forward, tl::wrt<0>)(n, x);
  STATIC_REQUIRE(std::is_same_v<decltype(g), const network<double>>);
  STATIC_REQUIRE(g.second.bias[0] == 1.5);
  STATIC_REQUIRE(tl::check_gradient(forward)(n, x));
  CHECK(tl::check_gradient(forward, tl::wrt<0>)(n, x));
  network<double> stored = n;
  const double value = tl::value_and_gradient(forward, tl::wrt<0>).into(stored, n, x);
  CHECK(value == Approx(forward(n, x)).epsilon(1e-14));
  CHECK(stored.first.weights[1][1] == Approx(g.first.weights[1][1]).epsilon(1e-13));
}

TEST_CASE("a Hana struct that is not a template is read by keys", "[derive][struct]") {
  constexpr point g = tl::gradient(length2)(point{3, 4});
  STATIC_REQUIRE(g.x == 6);
  STATIC_REQUIRE(g.y == 8);
  constexpr segment s = tl::gradient(stretch)(segment{{1, 2}, {4, 6}, 0.5, 2});
  STATIC_REQUIRE(s.from.x == -6);
  STATIC_REQUIRE(s.from.y == 0);
  STATIC_REQUIRE(s.to.x == 6 + 8);
  STATIC_REQUIRE(s.to.y == 12);
  STATIC_REQUIRE(s.weight == 18);
  STATIC_REQUIRE(s.times == 0);
  segment stored{{}, {}, 0, 7};
  tl::gradient(stretch).into(stored, segment{{1, 2}, {4, 6}, 0.5, 2});
  CHECK(stored.weight == 18);
  CHECK(stored.times == 7);  // data is left alone
}

TEST_CASE("a Hana tuple", "[derive][struct]") {
  constexpr auto f = [](const auto& t) {
    return hana::at_c<0>(t) * hana::at_c<1>(t)[1] + score(hana::at_c<2>(t), hana::at_c<1>(t));
  };
  using tuple = hana::tuple<double, std::array<double, 2>, affine<double>>;
  constexpr tuple g = tl::gradient(f)(tuple{2.0, std::array<double, 2>{3, 4}, affine<double>{{5, 6}, 7}});
  STATIC_REQUIRE(hana::at_c<0>(g) == 4);
  STATIC_REQUIRE(hana::at_c<1>(g) == std::array<double, 2>{5, 6 + 2});
  STATIC_REQUIRE(hana::at_c<2>(g).w == std::array<double, 2>{3, 4});
  STATIC_REQUIRE(hana::at_c<2>(g).b == 1);
}

TEST_CASE("arrays of structs, structs in tuples", "[derive][struct]") {
  constexpr auto f = [](const auto& ps, const auto& x) { return score(ps[0], x) * score(ps[1], x); };
  using two = std::array<affine<double>, 2>;
  constexpr two ps{{{{1, 2}, 3}, {{4, 5}, 6}}};
  constexpr std::array<double, 2> x{1, -1};
  constexpr two g = tl::gradient(f, tl::wrt<0>)(ps, x);  // scores 2 and 5
  STATIC_REQUIRE(g[0].w == std::array<double, 2>{5, -5});
  STATIC_REQUIRE(g[1].b == 2);
  constexpr auto in_tuple = [](const auto& t) { return score(std::get<0>(t), std::get<1>(t)); };
  constexpr auto t = tl::gradient(in_tuple)(std::tuple(ps[0], x));
  STATIC_REQUIRE(std::get<0>(t).w == x);
  STATIC_REQUIRE(std::get<1>(t) == ps[0].w);
}
