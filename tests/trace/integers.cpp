// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>
#include <vector>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

// Data is computed with as C++ does it: the same types result, and the same numbers.
namespace {

// Each of these is also plain C++, which compilers warn of for the very reasons that make it worth testing. `defined`
// says where it means anything: elsewhere it overflows, divides by zero or shifts too far.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wint-in-bool-context"
#pragma GCC diagnostic ignored "-Wbool-operation"
template <class R, class A, class B>
bool fits(A a, B b, bool (*overflows)(R, R, R*)) {
  R r{};
  return std::is_unsigned_v<R> || !overflows(static_cast<R>(a), static_cast<R>(b), &r);
}
struct always {
  static constexpr bool defined(auto, auto) { return true; }
};
struct sum {
  constexpr auto operator()(auto a, auto b) const { return a + b; }
  static bool defined(auto a, auto b) {
    return fits<decltype(a + b)>(a, b, [](auto x, auto y, auto* r) { return __builtin_add_overflow(x, y, r); });
  }
};
struct difference {
  constexpr auto operator()(auto a, auto b) const { return a - b; }
  static bool defined(auto a, auto b) {
    return fits<decltype(a - b)>(a, b, [](auto x, auto y, auto* r) { return __builtin_sub_overflow(x, y, r); });
  }
};
struct product {
  constexpr auto operator()(auto a, auto b) const { return a * b; }
  static bool defined(auto a, auto b) {
    return fits<decltype(a * b)>(a, b, [](auto x, auto y, auto* r) { return __builtin_mul_overflow(x, y, r); });
  }
};
template <class A, class B>
bool divides(A a, B b) {
  using R = decltype(a / b);
  const R x = static_cast<R>(a), y = static_cast<R>(b);
  return y != 0 && !(std::is_signed_v<R> && x == std::numeric_limits<R>::min() && y == static_cast<R>(-1));
}
struct ratio {
  constexpr auto operator()(auto a, auto b) const { return a / b; }
  static bool defined(auto a, auto b) { return divides(a, b); }
};
struct rest {
  constexpr auto operator()(auto a, auto b) const { return a % b; }
  static bool defined(auto a, auto b) { return divides(a, b); }
};
template <class A, class B>
bool shifts([[maybe_unused]] A a, B b) {
  return +b >= 0 && static_cast<unsigned long long>(b) < 8 * sizeof(+a);
}
struct left {
  constexpr auto operator()(auto a, auto b) const { return a << b; }
  static bool defined(auto a, auto b) { return shifts(a, b); }
};
struct right {
  constexpr auto operator()(auto a, auto b) const { return a >> b; }
  static bool defined(auto a, auto b) { return shifts(a, b); }
};
// clang-format off
struct both         : always { constexpr auto operator()(auto a, auto b) const { return a & b; } };
struct either       : always { constexpr auto operator()(auto a, auto b) const { return a | b; } };
struct one_of       : always { constexpr auto operator()(auto a, auto b) const { return a ^ b; } };
struct complement   : always { constexpr auto operator()(auto a, auto) const { return ~a; } };
struct is_less      : always { constexpr auto operator()(auto a, auto b) const { return a < b; } };
struct is_at_most   : always { constexpr auto operator()(auto a, auto b) const { return a <= b; } };
struct is_equal     : always { constexpr auto operator()(auto a, auto b) const { return a == b; } };
struct is_different : always { constexpr auto operator()(auto a, auto b) const { return a != b; } };
struct conjunction  : always { constexpr auto operator()(auto a, auto b) const { return a && b; } };
struct negation     : always { constexpr auto operator()(auto a, auto) const { return !a; } };
struct chosen       : always { constexpr auto operator()(auto a, auto b) const { return tl::select(a, b, a); } };
struct smallest     : always { constexpr auto operator()(auto a, auto b) const { return tl::min(a + 0u, b + 0u); } };
struct opposite     { constexpr auto operator()(auto a, auto) const { return -a; }
                      static bool defined(auto a, auto) { return std::is_unsigned_v<decltype(-a)> || +a != std::numeric_limits<decltype(-a)>::min(); } };
// clang-format on
struct converted : always {
  constexpr auto operator()(auto a, auto b) const {
    a = b;
    return a;
  }
};
struct counted : always {
  constexpr auto operator()(auto a, auto) const {
    auto c = a;
    if constexpr (!std::is_same_v<decltype(a), bool> && !std::is_same_v<decltype(a), tl::recorded<bool>>) ++c, c--, ++c;
    return c;
  }
  static bool defined(auto a, auto) { return sizeof(a) < 4 || std::is_unsigned_v<decltype(a)> || a + 0 < 1000; }
};

#pragma GCC diagnostic pop

using all = std::tuple<sum, difference, product, ratio, rest, left, right, both, either, one_of, complement, is_less,
                       is_at_most, is_equal, is_different, conjunction, negation, chosen, opposite, converted, counted>;
constexpr std::size_t count = std::tuple_size_v<all>;

/// The derivatives with respect to the weights are the results, as real numbers that hold every integer.
constexpr auto weighted = [](auto a, auto b, const auto& weights) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return ((std::tuple_element_t<I, all>{}(a, b) * weights[I]) + ...);
  }
  (std::make_index_sequence<count>{});
};

template <class T>
std::vector<T> numbers() {
  if constexpr (std::is_same_v<T, bool>) return {false, true};
  else {
    using limits = std::numeric_limits<T>;
    std::vector<T> v{limits::min(), limits::max(), static_cast<T>(limits::max() / 2),
                     static_cast<T>(limits::max() / 2 + 1)};
    for (const int i : {-77, -8, -2, -1, 0, 1, 2, 3, 7, 31, 32, 63, 64, 100}) v.push_back(static_cast<T>(i));
    v.push_back(static_cast<T>(0x9e3779b97f4a7c15u));
    v.push_back(static_cast<T>(static_cast<std::uint64_t>(1) << 63 | 1));
    v.push_back(static_cast<T>(static_cast<std::uint64_t>(0xfffffffffffffbffu)));
    return v;
  }
}

template <class A, class B>
void agrees() {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  std::size_t compared = 0;
  for (const A a : numbers<A>())
    for (const B b : numbers<B>()) {
      const auto recorded = tl::gradient(weighted, tl::wrt<2>)(a, b, std::array<long double, count>{});
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        const auto compare = [&](auto i, auto operation) {
          if (!operation.defined(a, b)) return;
          ++compared;
          const auto expected = static_cast<long double>(operation(a, b));
          CAPTURE(i(), +a, +b);
          if (recorded[i()] != expected) CHECK(recorded[i()] == expected);
        };
        (compare(std::integral_constant<std::size_t, I>{}, std::tuple_element_t<I, all>{}), ...);
      }
      (std::make_index_sequence<count>{});
    }
  CHECK(compared > (count - 6) * numbers<A>().size() * numbers<B>().size());
}

template <class Op, class A, class B>
constexpr bool same_type =
    std::is_same_v<decltype(Op{}(tl::recorded<A>(), tl::recorded<B>())), tl::recorded<decltype(Op{}(A(), B()))>>&&
        std::is_same_v<decltype(Op{}(tl::recorded<A>(), B())), tl::recorded<decltype(Op{}(A(), B()))>>&&
            std::is_same_v<decltype(Op{}(A(), tl::recorded<B>())), tl::recorded<decltype(Op{}(A(), B()))>>;

template <class... T>
struct types {
  template <class A, class... Op>
  static constexpr bool same_with(std::tuple<Op...>) {
    return ([](auto op) { return (same_type<decltype(op), A, T> && ...); }(Op{}) && ...);
  }
  template <class Ops>
  static constexpr bool same() {
    return (same_with<T>(Ops{}) && ...);
  }
};

}  // namespace

TEST_CASE("operations on data have the types of C++", "[trace][integers]") {
  using every = types<bool, char, signed char, unsigned char, short, unsigned short, int, unsigned, long, unsigned long,
                      long long, unsigned long long>;
  STATIC_REQUIRE(every::same<std::tuple<sum, rest, both, is_less, left>>());
}

TEST_CASE("integers of one type", "[trace][integers]") {
  agrees<bool, bool>();
  agrees<std::int8_t, std::int8_t>();
  agrees<std::uint16_t, std::uint16_t>();
  agrees<int, int>();
  agrees<unsigned, unsigned>();
  agrees<std::int64_t, std::int64_t>();
  agrees<std::uint64_t, std::uint64_t>();
}

TEST_CASE("integers of two types", "[trace][integers]") {
  agrees<int, unsigned>();
  agrees<unsigned, std::int8_t>();
  agrees<unsigned, std::int64_t>();
  agrees<std::uint64_t, int>();
}

namespace {

/// The value of a function of data, through a program.
constexpr auto at(auto f, auto... data) {
  return tl::value_and_gradient([](auto x, auto... d) { return decltype(f){}(d...) * x; })(1.0L, data...).value;
}

constexpr auto square = [](auto a) { return a * a; };
constexpr auto inner = [](auto n, auto x) { return ((n - 5) % 3 + (n * 7 - 2) / 4 + (-n)) * x * x; };
constexpr auto least = std::numeric_limits<long long>::min();

}  // namespace

TEST_CASE("what C++ leaves undefined is defined, for it may be on the side not taken", "[trace][integers]") {
  STATIC_REQUIRE(at(ratio{}, 7, 0) == 0);
  STATIC_REQUIRE(at(ratio{}, 7U, 0U) == 0);
  STATIC_REQUIRE(at(rest{}, 7, 0) == 0);
  STATIC_REQUIRE(at(ratio{}, least, -1) == static_cast<long double>(least));
  STATIC_REQUIRE(at(rest{}, least, -1) == 0);
  STATIC_REQUIRE(at(left{}, 1, 32) == 0);
  STATIC_REQUIRE(at(left{}, 1, -1) == 0);
  STATIC_REQUIRE(at(right{}, -1, 32) == 0);
  STATIC_REQUIRE(at(left{}, 1L, 32) == 4294967296.0L);
  STATIC_REQUIRE(at(square, 65537) == 131073);  // modulo 2^32
  STATIC_REQUIRE(at(square, 4294967297) == 8589934593.0L);
  constexpr auto guarded = [](auto n, auto x) { return tl::select(n == 0, x, 12 / n % n * x); };
  STATIC_REQUIRE(tl::gradient(guarded)(0, 2.0) == 1.0);
  STATIC_REQUIRE(tl::gradient(guarded)(5, 2.0) == 2.0);
  volatile int n = 0;
  CHECK(tl::gradient(guarded)(static_cast<int>(n), 2.0) == 1.0);
}

TEST_CASE("literals beside data", "[trace][integers]") {
  STATIC_REQUIRE(at([](auto n) { return n - 5; }, 3U) == 4294967294.0L);
  STATIC_REQUIRE(at([](auto n) { return 5 - n; }, std::uint8_t{6}) == -1);
  STATIC_REQUIRE(at([](auto n) { return n - 5U; }, 3) == 4294967294.0L);
  STATIC_REQUIRE(at([](auto n) { return n + 0.5; }, 3U) == 3.5L);
  STATIC_REQUIRE(at([](auto n) { return n * ~0ULL; }, 1) == 18446744073709551615.0L);
  STATIC_REQUIRE(at([](auto n) { return tl::select(n < 1U, 1, 2); }, -1) == 2);
  STATIC_REQUIRE(at(
                     [](auto n) {
                       auto sum = n;
                       sum = 0;
                       return sum - 1 + n;
                     },
                     std::uint64_t{1}) == 0);
}

TEST_CASE("the largest unsigned numbers as real ones", "[trace][integers]") {
  constexpr auto f = [](auto n, auto x) { return n * x; };
  STATIC_REQUIRE(tl::gradient(f)(~0ULL, 1.0) == 18446744073709551616.0);
  STATIC_REQUIRE(tl::gradient(f)(~0ULL, 1.0F) == 18446744073709551616.0F);
  STATIC_REQUIRE(tl::gradient(f)(0x8000008000000001U, 1.0F) == 0x1.000002p63F);  // rounded once, upwards
  STATIC_REQUIRE(tl::gradient(f)(~0U, 1.0) == 4294967295.0);
  volatile std::uint64_t at_run_time = 0x8000008000000001U;
  CHECK(tl::gradient(f)(static_cast<std::uint64_t>(at_run_time), 1.0F) == 0x1.000002p63F);
  constexpr auto less = [](auto n, auto x) { return tl::select(n < x, x, -x); };
  STATIC_REQUIRE(tl::gradient(less)(~0ULL, 2.0) == -1.0);
}

TEST_CASE("enumerators are numbers as in C++", "[trace][integers]") {
  enum plain { low, high };
  enum short_plain : unsigned char { small = 3 };
  enum long_plain : std::uint64_t { large = ~0ULL };
  STATIC_REQUIRE(at([](auto e) { return e - 5; }, low) == -5);
  STATIC_REQUIRE(at([](auto e) { return e - 5; }, small) == -2);
  STATIC_REQUIRE(at([](auto e) { return e + 0; }, large) == 18446744073709551615.0L);
  STATIC_REQUIRE(at([](auto e) { return (e == high) + (e < high); }, low) == 1);
}

TEST_CASE("counting", "[trace][integers]") {
  constexpr auto steps = [](auto n) {
    const auto before = n++;
    const auto after = ++n;
    n--;
    return 100 * before + 10 * after + --n;
  };
  STATIC_REQUIRE(at(steps, 3) == 353);
  STATIC_REQUIRE(at(steps, -1) == -91);
  STATIC_REQUIRE(at([](auto n) { return ++n; }, std::uint8_t{255}) == 0);
  STATIC_REQUIRE(at(
                     [](auto n) {
                       n *= 100;
                       return n;
                     },
                     std::int8_t{3}) == 44);
  STATIC_REQUIRE(tl::gradient([](auto x) {
                   const auto y = x++;
                   return x * y;
                 })(3.0) == 7.0);
}

TEST_CASE("data in a derivative inside another function, constants among it", "[trace][integers]") {
  constexpr auto outer = [](auto n, auto x) {
    return tl::gradient(inner)(n, x) + tl::gradient(inner)(4, x) * tl::gradient(inner)(4U, x) +
           tl::gradient(inner)(~0ULL, x);
  };
  STATIC_REQUIRE(tl::value_and_gradient(outer)(7, 1.0L).value == outer(7, 1.0L));
  STATIC_REQUIRE(tl::value_and_gradient(outer)(7U, 1.0L).value == outer(7U, 1.0L));
  STATIC_REQUIRE(tl::value_and_gradient(outer)(std::uint8_t{7}, 1.0L).value == outer(std::uint8_t{7}, 1.0L));
}
