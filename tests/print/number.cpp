// SPDX-License-Identifier: BSL-1.0
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include <tapeless/print/number.hpp>
#include "catch.hpp"

// Numbers as decimal text, against the standard library.
namespace {

using tl::detail::number_form;

constexpr auto literal = number_form::literal;
constexpr double inf = std::numeric_limits<double>::infinity(), nan_ = std::numeric_limits<double>::quiet_NaN();

template <class T>
constexpr bool writes(T x, std::string_view expected, number_form form = number_form::text) {
  tl::detail::text t;
  tl::detail::write_number(t, x, form);
  return std::string_view(t.data(), t.size()) == expected;
}

template <class T>
std::string written(T x, number_form form = number_form::text) {
  tl::detail::text t;
  tl::detail::write_number(t, x, form);
  return {t.begin(), t.end()};
}

/// The digits and the exponent as the standard library has them: d.ddde-dd.
template <class T>
std::string scientific(T x) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::scientific).ptr};
}
template <class T>
std::string ours(T x) {
  const tl::detail::decimal d = tl::detail::shortest_digits(x);
  std::string s(d.digit, static_cast<std::size_t>(d.count));
  if (s.size() > 1) s.insert(1, ".");
  const int e = d.point - 1;
  return s + (e < 0 ? "e-" : "e+") + (std::abs(e) < 10 ? "0" : "") + std::to_string(std::abs(e));
}

float read(const std::string& s, float) { return std::strtof(s.c_str(), nullptr); }
double read(const std::string& s, double) { return std::strtod(s.c_str(), nullptr); }
long double read(const std::string& s, long double) { return std::strtold(s.c_str(), nullptr); }

/// Shortest, closest, and the same number again.
template <class T>
void check(T x) {
  if (x == 0 || !std::isfinite(x)) return;
  x = std::abs(x);
  const std::string expected = scientific(x), got = ours(x);
  if (got != expected) FAIL(got << " instead of " << expected);
  const std::string text = written(x);
  if (!tl::detail::is_double(x) || sizeof(T) <= sizeof(double)) {
    if (read(text, T()) != x) FAIL(text << " is not " << expected);
  } else if (static_cast<T>(read(text, 0.0)) != x) {
    FAIL(text << " is not " << expected);
  }
}

}  // namespace

TEST_CASE("random bits, float and double", "[print][number]") {
  std::mt19937_64 g(1);
  for (int i = 0; i < 300000; ++i) {
    check(std::bit_cast<double>(g()));
    check(std::bit_cast<float>(static_cast<std::uint32_t>(g())));
  }
}

TEST_CASE("powers of two and ten, their neighbours, short decimals, subnormals", "[print][number]") {
  const auto around = [](auto x) {
    using T = decltype(x);
    for (T y = x, z = x, k = 0; k < 3; k += 1) {
      check(y), check(z);
      y = std::nextafter(y, std::numeric_limits<T>::infinity()), z = std::nextafter(z, T(0));
    }
  };
  for (int e = -1100; e < 1025; ++e) around(std::ldexp(1.0, e)), around(std::ldexp(1.0F, e));
  for (int e = -330; e < 310; ++e)
    around(std::strtod(("1e" + std::to_string(e)).c_str(), nullptr)),
        around(std::strtof(("1e" + std::to_string(e)).c_str(), nullptr));
  std::mt19937_64 g(2);
  for (int i = 0; i < 100000; ++i) {
    const auto digits = std::to_string(g() % 100000);
    check(std::strtod((digits + "e" + std::to_string(static_cast<int>(g() % 60) - 30)).c_str(), nullptr));
    check(std::bit_cast<double>(g() >> (12 + g() % 50)));
    check(std::bit_cast<float>(static_cast<std::uint32_t>(g() >> 32) >> (9 + g() % 20)));
    check(static_cast<double>(g() >> (g() % 64)));
  }
}

TEST_CASE("long double", "[print][number]") {
  std::mt19937_64 g(3);
  for (int i = 0; i < 20000; ++i) {
    check(std::ldexp(static_cast<long double>(g()), static_cast<int>(g() % 100) - 90));
    if (i % 20 == 0) check(std::ldexp(static_cast<long double>(g()), static_cast<int>(g() % 32800) - 16500));
  }
  check(std::numeric_limits<long double>::max());
  check(std::numeric_limits<long double>::denorm_min());
}

TEST_CASE("plain from 1e-5 to 1e16, otherwise with an exponent", "[print][number]") {
  STATIC_REQUIRE(writes(0.0, "0"));
  STATIC_REQUIRE(writes(-0.0, "-0"));
  STATIC_REQUIRE(writes(2.0, "2"));
  STATIC_REQUIRE(writes(-17.0, "-17"));
  STATIC_REQUIRE(writes(0.5, "0.5"));
  STATIC_REQUIRE(writes(-0.1, "-0.1"));
  STATIC_REQUIRE(writes(123456.789, "123456.789"));
  STATIC_REQUIRE(writes(0.00001, "0.00001"));
  STATIC_REQUIRE(writes(0.00000999, "9.99e-06"));
  STATIC_REQUIRE(writes(1e-7, "1e-07"));
  STATIC_REQUIRE(writes(9999999999999998.0, "9999999999999998"));
  STATIC_REQUIRE(writes(1e15, "1000000000000000"));
  STATIC_REQUIRE(writes(1e16, "1e+16"));
  STATIC_REQUIRE(tl::detail::looks_whole(9999999999999998.0) && !tl::detail::looks_whole(1e16));
  STATIC_REQUIRE(writes(1.5e-300, "1.5e-300"));
  STATIC_REQUIRE(writes(-6.02214076e23, "-6.02214076e+23"));
  STATIC_REQUIRE(writes(std::numeric_limits<double>::max(), "1.7976931348623157e+308"));
  STATIC_REQUIRE(writes(std::numeric_limits<double>::denorm_min(), "5e-324"));
  STATIC_REQUIRE(writes(std::numeric_limits<double>::min(), "2.2250738585072014e-308"));
  STATIC_REQUIRE(writes(inf, "inf"));
  STATIC_REQUIRE(writes(-inf, "-inf"));
  STATIC_REQUIRE(writes(nan_, "nan"));
  STATIC_REQUIRE(writes(0.1F, "0.1"));
  STATIC_REQUIRE(writes(16777216.0F, "16777216"));
  STATIC_REQUIRE(writes(std::numeric_limits<float>::max(), "3.4028235e+38"));
  STATIC_REQUIRE(writes(std::numeric_limits<float>::denorm_min(), "1e-45"));
}

TEST_CASE("a long double that is a double reads like one", "[print][number]") {
  STATIC_REQUIRE(writes(static_cast<long double>(0.1), "0.1"));
  STATIC_REQUIRE(writes(2.0L, "2"));
  STATIC_REQUIRE(writes(-0.0L, "-0"));
  STATIC_REQUIRE(writes(static_cast<long double>(-inf), "-inf"));
  if constexpr (std::numeric_limits<long double>::digits == 64) {
    STATIC_REQUIRE(writes(0.1L, "0.1"));
    STATIC_REQUIRE(writes(0.1L, "0.1L", literal));
    STATIC_REQUIRE(writes(1.128379167095512573896158903121545172L, "1.1283791670955125738"));
    STATIC_REQUIRE(writes(1e400L, "1e+400L", literal));
  }
}

TEST_CASE("literals have the number's own type", "[print][number]") {
  STATIC_REQUIRE(writes(2.0, "2.0", literal));
  STATIC_REQUIRE(writes(-0.0, "-0.0", literal));
  STATIC_REQUIRE(writes(0.5, "0.5", literal));
  STATIC_REQUIRE(writes(1e15, "1000000000000000.0", literal));
  STATIC_REQUIRE(writes(1e16, "1e+16", literal));
  STATIC_REQUIRE(writes(0.1F, "0.1f", literal));
  STATIC_REQUIRE(writes(-3.0F, "-3.0f", literal));
  STATIC_REQUIRE(writes(static_cast<long double>(0.1), "0.1", literal));
  STATIC_REQUIRE(writes(2.0L, "2.0", literal));
  STATIC_REQUIRE(writes(-inf, "-INFINITY", literal));
  STATIC_REQUIRE(writes(nan_, "NAN", literal));
}

TEST_CASE("whole numbers", "[print][number]") {
  constexpr auto writes_whole = [](auto n, std::string_view expected) {
    tl::detail::text t;
    tl::detail::write_integer(t, n);
    return std::string_view(t.data(), t.size()) == expected;
  };
  STATIC_REQUIRE(writes_whole(0, "0"));
  STATIC_REQUIRE(writes_whole(-10, "-10"));
  STATIC_REQUIRE(writes_whole(std::numeric_limits<long long>::max(), "9223372036854775807"));
  STATIC_REQUIRE(writes_whole(std::numeric_limits<long long>::min(), "-9223372036854775808"));
  STATIC_REQUIRE(writes_whole(~0ULL, "18446744073709551615"));
}
