// SPDX-License-Identifier: BSL-1.0
#include <limits>

#include <tapeless/tapeless.hpp>
#include "catch.hpp"

namespace {

namespace op = tl::op;
using tl::element;
using tl::recorder;
using tl::shape;
using tl::value;

constexpr shape real{element::real};

struct inputs {
  recorder r;
  value x{&r, r.input(0, real)}, y{&r, r.input(1, real)};
};

}  // namespace

TEST_CASE("the same operation on the same operands is the same node", "[graph]") {
  constexpr bool holds = [] {
    inputs in;
    const value a = in.x * sin(in.y), b = in.x * sin(in.y);
    return same(a, b) && same(in.x + in.y, in.y + in.x) && same(in.x * in.y, in.y * in.x) &&
           same(in.x<in.y, in.y> in.x);
  }();
  STATIC_REQUIRE(holds);
}

TEST_CASE("different operations, operands or their order are different nodes", "[graph]") {
  constexpr bool holds = [] {
    inputs in;
    return !same(sin(in.x), cos(in.x)) && !same(sin(in.x), sin(in.y)) && !same(in.x - in.y, in.y - in.x) &&
           !same(in.x / in.y, in.y / in.x) && !same(in.x < in.y, in.y < in.x) && !same(in.x < in.y, in.x <= in.y);
  }();
  STATIC_REQUIRE(holds);
}

TEST_CASE("a function recorded twice adds nothing", "[graph]") {
  constexpr bool holds = [] {
    inputs in;
    const auto f = [&] { return exp(in.x * in.y) / (in.x + 2.0) - sqrt(in.y * 0.5); };
    const value first = f();
    const auto before = in.r.size();
    return same(f(), first) && in.r.size() == before;
  }();
  STATIC_REQUIRE(holds);
}

TEST_CASE("constants are told apart bit by bit", "[graph]") {
  constexpr bool holds = [] {
    recorder r;
    constexpr long double nan = std::numeric_limits<long double>::quiet_NaN();
    const auto zero = r.constant(0.0L), minus_zero = r.constant(-0.0L), one = r.constant(1),
               whole_one = r.constant(1, element::integer);
    return zero != minus_zero && one != whole_one && zero == r.constant(0.0L) && minus_zero == r.constant(-0.0L) &&
           r.constant(nan) == r.constant(nan) && r.constant(0.1) != r.constant(0.1L) &&
           one == value(tl::one).id_in(r) && value(tl::one).id_in(r) == value(tl::one).id_in(r);
  }();
  STATIC_REQUIRE(holds);
}

TEST_CASE("inputs are told apart by place and kind", "[graph]") {
  constexpr bool holds = [] {
    recorder r;
    const auto x = r.input(0, real);
    return x == r.input(0, real) && x != r.input(1, real) && x != r.input(0, shape(element::integer));
  }();
  STATIC_REQUIRE(holds);
}

TEST_CASE("find knows what intern made, and makes nothing", "[graph]") {
  constexpr bool holds = [] {
    inputs in;
    const value sum = in.x + in.y;
    const tl::node there = *sum.definition();
    tl::node absent = there;
    absent.op = tl::detail::describe<op::mul>();
    const auto size = in.r.size();
    return in.r.find(there) == sum.id() && in.r.find(absent) == -1 && in.r.size() == size;
  }();
  STATIC_REQUIRE(holds);
}

TEST_CASE("thousands of nodes keep their numbers", "[graph]") {
  inputs in;
  value v = in.x;
  std::int32_t id[5000];
  for (int k = 0; k < 5000; ++k) {
    v = v * in.y + (k % 7);
    id[k] = v.id();
  }
  const auto size = in.r.size();
  v = in.x;
  bool equal = true;
  for (int k = 0; k < 5000; ++k) {
    v = v * in.y + (k % 7);
    equal = equal && v.id() == id[k];
  }
  CHECK(equal);
  CHECK(in.r.size() == size);
  for (std::int32_t i = 0; i < size; ++i)
    for (int k = 0; k < in.r[i].op->arity; ++k) REQUIRE((in.r[i].operand[k] >= 0 && in.r[i].operand[k] < i));
}

TEST_CASE("nodes that differ in one operand alone are different", "[graph]") {
  inputs in;
  value v[100];
  for (int k = 0; k < 100; ++k) v[k] = value(&in.r, in.r.input(2 + k, real));
  const auto before = in.r.size();
  for (const value& a : v)
    for (const value& b : v) tl::max(a, b), tl::clamp(a, b, in.x), tl::clamp(a, in.x, b), tl::clamp(in.x, a, b);
  CHECK(in.r.size() == before + 4 * 100 * 100);
}

TEST_CASE("operations on constants alone record nothing", "[graph]") {
  constexpr value a(2.0), b(3.0);
  STATIC_REQUIRE((a * b + a).is_number(8));
  STATIC_REQUIRE((a / b).is_constant());
  STATIC_REQUIRE((a < b).kind() == element::boolean);
  STATIC_REQUIRE((a < b).is_number(1));
  STATIC_REQUIRE(sqrt(value(4.0)).is_number(2));
}

TEST_CASE("a shape is one word", "[graph]") {
  constexpr shape scalar(element::real), vector(element::real, 5), matrix(element::real, 3, 7),
      tensor(element::integer, 2, 3, 4, 16383);
  STATIC_REQUIRE(sizeof(shape) == sizeof(std::uint64_t));
  STATIC_REQUIRE(scalar.rank() == 0);
  STATIC_REQUIRE(scalar.size() == 1);
  STATIC_REQUIRE(vector.rank() == 1);
  STATIC_REQUIRE(vector.extent(0) == 5);
  STATIC_REQUIRE(matrix.extent(1) == 7);
  STATIC_REQUIRE(matrix.size() == 21);
  STATIC_REQUIRE(tensor.kind() == element::integer);
  STATIC_REQUIRE(tensor.extent(3) == 16383);
  STATIC_REQUIRE(tensor.size() == 24 * 16383);
  STATIC_REQUIRE(vector == shape(element::real, 5));
  STATIC_REQUIRE(!(vector == shape(element::real, 6)));
  STATIC_REQUIRE(!(vector == shape(element::integer, 5)));
  STATIC_REQUIRE(!(vector == shape(element::real, 5, 1)));
}

TEST_CASE("a buffer grows and moves", "[graph]") {
  constexpr bool holds = [] {
    tl::detail::buffer<int> b;
    for (int i = 0; i < 1000; ++i) b.push_back(i);
    tl::detail::buffer<int> c(static_cast<tl::detail::buffer<int>&&>(b)), d(3);
    d = static_cast<tl::detail::buffer<int>&&>(c);
    bool ok = d.size() == 1000 && b.size() == 0 && c.size() == 0;
    for (int i = 0; i < 1000; ++i) ok = ok && d[static_cast<std::size_t>(i)] == i;
    b.push_back(5);
    return ok && b.size() == 1 && tl::detail::buffer<int>(2)[1] == 0;
  }();
  STATIC_REQUIRE(holds);
}
