// SPDX-License-Identifier: BSL-1.0
// A user's program, compiled with the user's warnings: each door of the library once.
#include <array>
#include <cstdio>
#include <span>
#include <tuple>

#include <boost/hana/define_struct.hpp>
#include <boost/hana/tuple.hpp>
#include <tapeless/tapeless.hpp>

namespace {

template <class T>
struct line {
  BOOST_HANA_DEFINE_STRUCT(line, (T, slope), (T, offset));
};

template <class T>
struct fit {
  BOOST_HANA_DEFINE_STRUCT(fit, (std::array<line<T>, 2>, lines), (T, scale));
};

constexpr auto f = [](auto x, auto y) { return x * sin(y) + exp(x * y); };

constexpr auto rosenbrock = [](const auto& x) {
  auto sum = 0.0 * x[0];
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const auto bend = x[i + 1] - x[i] * x[i];
    const auto away = 1 - x[i];
    sum += 100 * bend * bend + away * away;
  }
  return sum;
};

constexpr auto loss = [](const auto& p, auto x, auto which, auto flip) {
  auto a = p.lines[0].slope * x + p.lines[0].offset;
  auto b = p.lines[1].slope * x + p.lines[1].offset;
  auto chosen = tl::gather(std::array{a, b}, which);
  return p.scale * tl::select(flip, -chosen, chosen) + tl::stop_gradient(p.scale) * tl::max(a, b);
};

constexpr auto of_tuple = [](const auto& t) { return t[boost::hana::size_c<0>] * t[boost::hana::size_c<1>][1]; };

static_assert(tl::check_gradient(f)(1.0, 2.0));
static_assert(tl::gradient(f)(2.0, 0.0) == std::tuple(0.0, 4.0));
static_assert(tl::gradient(rosenbrock)(std::array{1.0, 1.0, 1.0}) == std::array{0.0, 0.0, 0.0});
static_assert(tl::cost<decltype(f), double, double>.total() > 0);

// Conditions and integers of every type, among plain numbers and recorded ones.
constexpr auto counted = [](auto n, auto flag, auto x) {
  auto index = n;
  for (unsigned bit = 0; bit < 4; ++bit) index = (index << 1 ^ bit) % 7;
  ++index;
  return tl::select(index > 3 && flag, x * index, x / (n - 5) - n * x) + tl::select(flag, 1, 0) * x;
};
static_assert(tl::select(1, 2.0, 3.0) == 2.0 && tl::select(0.5, 2, 3) == 2 && tl::select(0, 2.0F, 3.0) == 3.0);
static_assert(!tl::apply<tl::op::logical_and>(true, false) && tl::apply<tl::op::logical_or>(1, 0.0));
static_assert(tl::apply<tl::op::logical_not>(0) && tl::apply<tl::op::select>(2, 1.0F, 0.0) == 1.0);

template <class T>
bool runs() {
  const auto [value, gradient] = tl::value_and_gradient(f)(T(2), T(0));
  const T dy = tl::gradient(f, tl::wrt<1>)(T(2), T(0));

  std::array<T, 4> point{1, 1, 1, 1};
  const auto of_array = tl::gradient(rosenbrock)(point);
  const auto of_span = tl::gradient(rosenbrock)(std::span<const T, 4>(point));

  const fit<T> parameters{{line<T>{1, 2}, line<T>{3, 4}}, 5};
  fit<T> slopes{};
  const T reached = tl::value_and_gradient(loss, tl::wrt<0>).into(slopes, parameters, T(2), 1, true);

  const bool same = tl::gradient(counted)(3U, true, T(1)) == 5 && tl::gradient(counted)('\3', 1, T(1)) == 5 &&
                    tl::gradient(counted)(3U, false, T(1)) == T(1) / T(4294967294U) - T(3);

  const auto tuple = boost::hana::make_tuple(T(2), std::array<T, 2>{3, 4});
  const auto of_pair = tl::gradient(of_tuple)(tuple);

  return same && value == 1 && gradient == std::tuple(T(0), T(4)) && dy == 4 && of_array == std::array<T, 4>{} &&
         of_span[0] == 0 && reached == 0 && slopes.scale == -10 && of_pair[boost::hana::size_c<0>] == 4;
}

}  // namespace

int main() {
  const bool good = runs<float>() && runs<double>() && runs<long double>();
  std::puts(good ? "as expected" : "not as expected");
  return good ? 0 : 1;
}
