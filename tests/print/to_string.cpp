// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/hana/at_key.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>

#include <tapeless/print/to_string.hpp>
#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

template <class T>
struct body {
  BOOST_HANA_DEFINE_STRUCT(body, (T, mass), (std::array<T, 2>, velocity));
};
struct place {
  BOOST_HANA_DEFINE_STRUCT(place, (double, height), (int, floor));
};
using four = std::array<double, 4>;

constexpr auto f = [](auto x, auto y) { return x * sin(y) + 0.5 * exp(x * y); };
constexpr auto square = [](auto x) { return x * x; };
constexpr auto tower = [](auto x) {
  for (int i = 0; i < 20; ++i) x = sin(x) * x;
  return x;
};

}  // namespace

// The source of a function, and at the same time the text it is printed as.
#define PRINTS_ITSELF(...)                                                                                     \
  STATIC_REQUIRE(tl::to_string<double, double, double>([]([[maybe_unused]] auto x, [[maybe_unused]] auto y,    \
                                                          [[maybe_unused]] auto z) { return __VA_ARGS__; }) == \
                 #__VA_ARGS__)
#define DATA_PRINTS_ITSELF(...)                                                                    \
  STATIC_REQUIRE(tl::to_string<int, long, bool, double>(                                           \
                     []([[maybe_unused]] auto n, [[maybe_unused]] auto m, [[maybe_unused]] auto b, \
                        [[maybe_unused]] auto x) { return __VA_ARGS__; },                          \
                     tl::names<"n", "m", "b", "x">) == #__VA_ARGS__)

TEST_CASE("functions print as they are written", "[print][to_string]") {
  PRINTS_ITSELF(x);
  PRINTS_ITSELF(x - y - z);
  PRINTS_ITSELF(x - (y - z));
  PRINTS_ITSELF(x + y + z);
  PRINTS_ITSELF(x - y + (y + z));
  PRINTS_ITSELF(z * (x + y) - 0.5 * x * y);
  PRINTS_ITSELF(x / (y * z) - x / y / z);
  PRINTS_ITSELF(-(x * y) - z);
  PRINTS_ITSELF(x * y - (-2 * z - x) / -3);
  PRINTS_ITSELF(2 * x + 0.1 * y - 1e-07 * z);
  PRINTS_ITSELF(x - (-2));
  PRINTS_ITSELF(-0.0 * x);
  PRINTS_ITSELF(exp(-(x * x)) / (1 + exp(y)));
  PRINTS_ITSELF(pow(x, 3.0) + hypot(x, y) + atan2(y, z));
  PRINTS_ITSELF(max(x, 0) + min(y, abs(z)));
  PRINTS_ITSELF(select(x < y, 1.0, 0));
  PRINTS_ITSELF(select((x < y) && !(y <= z), x, -x));
}

TEST_CASE("so do functions of data", "[print][to_string]") {
  DATA_PRINTS_ITSELF(n / 2 * x);
  DATA_PRINTS_ITSELF(n / 3.0 - x * m);
  DATA_PRINTS_ITSELF(1.0 * n / m);
  DATA_PRINTS_ITSELF((n + m) * (n - 1) * x);
  DATA_PRINTS_ITSELF(sqrt(n) + x * b);
  DATA_PRINTS_ITSELF(x * (x < n));
  DATA_PRINTS_ITSELF(select(b && (2 < n), 1 - x, x));
}

TEST_CASE("the recorded program is printed", "[print][to_string]") {
  STATIC_REQUIRE(tl::to_string<double, double>(f) == "x * sin(y) + 0.5 * exp(x * y)");
  STATIC_REQUIRE(tl::to_string<double>([](auto x) { return sin(x) * x + x * 2 - 0; }) == "x * sin(x) + 2 * x");
  STATIC_REQUIRE(tl::to_string<double>([](auto x) { return x / 4 + (x + x) * 1; }) == "0.25 * x + 2 * x");
  STATIC_REQUIRE(tl::to_string<double>([](auto x) { return x > 1 && !(x == 2); }) == "(1 < x) && !(2 == x)");
  STATIC_REQUIRE(tl::to_string<double>([](auto) { return 3.0; }) == "3");
  STATIC_REQUIRE(tl::to_string<int, float>([](auto n, auto x) { return decltype(x)(n); }) == "1.0f * x");
  STATIC_REQUIRE(tl::to_string<double>([](auto x) { return tl::min(x, std::numeric_limits<double>::infinity()); }) ==
                 "min(x, inf)");
}

TEST_CASE("derivatives, one text for each component", "[print][to_string]") {
  STATIC_REQUIRE(tl::to_string<double>(tl::gradient(square)) == "2 * x");
  STATIC_REQUIRE(tl::to_string<double>(tl::value_and_gradient(square)) == "(x * x, 2 * x)");
  STATIC_REQUIRE(tl::to_string<double>(tl::gradient(tl::gradient([](auto x) { return sin(x); }))) == "-sin(x)");
  STATIC_REQUIRE(tl::to_string<double, double>(tl::gradient(f)) ==
                 "(sin(y) + 0.5 * y * exp(x * y), 0.5 * x * exp(x * y) + x * cos(y))");
  STATIC_REQUIRE(tl::to_string<double, double>(tl::gradient(f, tl::wrt<1>)) == "0.5 * x * exp(x * y) + x * cos(y)");
  STATIC_REQUIRE(tl::to_string<double, double>(tl::gradient([](auto x, auto) { return x * 3; })) == "(3, 0)");
}

TEST_CASE("names", "[print][to_string]") {
  constexpr auto product = [](auto... x) { return (... * x); };
  STATIC_REQUIRE(tl::to_string<double, double, double>(product) == "x * y * z");
  STATIC_REQUIRE(tl::to_string<double, double, double, double>(product) == "x0 * x1 * x2 * x3");
  STATIC_REQUIRE(tl::to_string<double, double>(product, tl::names<"mass", "height">) == "mass * height");

  constexpr auto ends = [](const auto&... a) { return ((a[0] * a[3]) + ...); };
  STATIC_REQUIRE(tl::to_string<four>(ends) == "x[0] * x[3]");
  STATIC_REQUIRE(tl::to_string<four, double[5]>(ends) == "x[0] * x[3] + y[0] * y[3]");
  STATIC_REQUIRE(tl::to_string<four, four>(ends, tl::names<"u", "v">) == "u[0] * u[3] + v[0] * v[3]");
  constexpr auto corner = [](const auto& a) { return a[1][2] * a[0][1]; };
  STATIC_REQUIRE(tl::to_string<std::array<four, 2>>(corner) == "x[0][1] * x[1][2]");

  constexpr auto energy = [](const auto& b) {
    return 0.5 * b.mass * (b.velocity[0] * b.velocity[0] + b.velocity[1] * b.velocity[1]);
  };
  STATIC_REQUIRE(tl::to_string<body<double>>(energy, tl::names<"b">) ==
                 "0.5 * b.mass * (b.velocity[0] * b.velocity[0] + b.velocity[1] * b.velocity[1])");
  constexpr auto last = [](const auto& bodies) { return bodies[1].velocity[0] * bodies[1].mass; };
  STATIC_REQUIRE(tl::to_string<std::array<body<double>, 2>>(last) == "x[1].mass * x[1].velocity[0]");
  constexpr auto drop = [](const auto& p) {
    return boost::hana::at_key(p, BOOST_HANA_STRING("height")) * boost::hana::at_key(p, BOOST_HANA_STRING("floor"));
  };
  STATIC_REQUIRE(tl::to_string<place>(drop) == "x.height * x.floor");

  constexpr auto of_tuple = [](const auto& t) { return std::get<0>(t) * std::get<1>(std::get<1>(t))[3]; };
  STATIC_REQUIRE(tl::to_string<std::tuple<double, std::pair<int, four>>>(of_tuple) ==
                 "get<0>(x) * get<1>(get<1>(x))[3]");
  constexpr auto of_hana = [](const auto& t) { return boost::hana::at_c<1>(t) * boost::hana::at_c<0>(t)[2]; };
  STATIC_REQUIRE(tl::to_string<boost::hana::tuple<four, double>>(of_hana) == "hana::at_c<0>(x)[2] * hana::at_c<1>(x)");
  constexpr auto power = [](auto n, auto x) { return n() * x; };  // a number that is no input
  STATIC_REQUIRE(tl::to_string<std::integral_constant<int, 3>, double>(power) == "3 * y");
}

TEST_CASE("constants are those of the arguments' type", "[print][to_string]") {
  constexpr auto tenth = [](auto x) { return 0.1 * x; };
  STATIC_REQUIRE(tl::to_string<float>(tenth) == "0.1 * x");
  STATIC_REQUIRE(tl::to_string<double>(tenth) == "0.1 * x");
  STATIC_REQUIRE(tl::to_string<long double>(tenth) == "0.1 * x");
  STATIC_REQUIRE(tl::to_string<double>([](auto x) { return 0.1F * x; }) == "0.10000000149011612 * x");
  STATIC_REQUIRE(tl::to_string<float>([](auto x) { return tl::select(x < 1, 2, x * 0 + 1); }) ==
                 "select(x < 1, 2, 1 + 0 * x)");
  STATIC_REQUIRE(tl::to_string<float>([](auto x) { return tl::select(x < 1, 2.0F, 1.0F); }) ==
                 "select(x < 1, 2.0f, 1)");
  STATIC_REQUIRE(tl::to_string<int, float>([](auto n, auto x) { return x * (decltype(x)(n) / 3); }) == "x / 3.0f * y");
  constexpr auto derivative = tl::gradient([](auto x) { return erf(x); });
  STATIC_REQUIRE(tl::to_string<double>(derivative) == "1.1283791670955126 * exp(-(x * x))");
  STATIC_REQUIRE(tl::to_string<float>(derivative) == "1.1283792 * exp(-(x * x))");
  if constexpr (std::numeric_limits<long double>::digits == 64) {
    STATIC_REQUIRE(tl::to_string<long double>(derivative) == "1.1283791670955125738L * exp(-(x * x))");
  }
}

TEST_CASE("long text comes in steps", "[print][to_string]") {
  constexpr std::string_view text = tl::to_string<double>(tower);
  STATIC_REQUIRE(text.size() < 600);
  STATIC_REQUIRE(text.starts_with("t0 = x * sin(x); t1 = t0 * sin(t0); t2 = t1 * sin(t1); "));
  STATIC_REQUIRE(text.ends_with("; t18 * sin(t18)"));
}

TEST_CASE("the text is a constant and a string", "[print][to_string]") {
  constexpr auto& text = tl::to_string<double>(square);
  STATIC_REQUIRE(text.size() == 5);
  STATIC_REQUIRE(text.c_str()[5] == '\0');
  STATIC_REQUIRE(std::string_view(text) == "x * x");
  STATIC_REQUIRE(text == std::string_view("x * x"));
  STATIC_REQUIRE("x * x" == text);
  STATIC_REQUIRE(text == tl::to_string<float>(square));
  STATIC_REQUIRE(text != tl::to_string<double>(tl::gradient(square)));
  STATIC_REQUIRE(text != "x * x ");
  STATIC_REQUIRE(text != "x * ");
  STATIC_REQUIRE(text != "x * y");
  const std::string copied = text, constructed(text);
  CHECK(copied == "x * x");
  CHECK(copied == constructed);
  CHECK(text == copied);
  std::ostringstream stream;
  stream << text << '\n';
  CHECK(stream.str() == "x * x\n");
}
