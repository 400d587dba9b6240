// SPDX-License-Identifier: BSL-1.0
#include "../laws/support.hpp"
#include "support.hpp"

// Element by element, an operation on tensors is the operation on numbers: its values, and its partial derivatives,
// which have laws of their own.
namespace {

template <class List, std::size_t From, std::size_t Count>
struct part_of_list;
template <class... Ops, std::size_t From, std::size_t Count>
struct part_of_list<tl::op::list<Ops...>, From, Count> {
  template <std::size_t... I>
  static auto pick(std::index_sequence<I...>)
      -> tl::op::list<std::tuple_element_t<(From + I) % sizeof...(Ops), std::tuple<Ops...>>...>;
  using type = decltype(pick(std::make_index_sequence<Count>{}));
};

constexpr std::size_t at_once = 8;
template <std::size_t Part>
using operations = typename part_of_list<laws::operations, Part * at_once, at_once>::type;
static_assert(laws::operations::size <= 11 * at_once, "the list of parts below is too short");

/// The argument that an operation has at a place: a row of the numbers, or what follows from their signs.
template <class Op, std::size_t I, class Numbers>
constexpr auto argument(const Numbers& x) {
  if constexpr (Op::takes(I) == tl::op::argument::condition) return x[I] > 0;
  else if constexpr (Op::takes(I) == tl::op::argument::whole) return Op::domain(I).lower > 0 ? 2 : 3;
  else return x[I];
}
template <class Op, class Numbers>
constexpr auto result(const Numbers& x) {
  const auto y = [&]<std::size_t... I>(std::index_sequence<I...>) {
    if constexpr (std::is_same_v<Op, tl::op::mul>) return tl::hadamard(x[0], x[1]);
    else return tl::apply<Op>(argument<Op, I>(x)...);
  }
  (std::make_index_sequence<Op::arity>{});
  if constexpr (Op::predicate) return tl::select(y, 0.75, 0.5);
  else return y;
}

/// Several operations on arguments of their own, each weighed and summed up.
template <class... Ops>
struct all_of {
  template <class W, class... Numbers>
  constexpr auto operator()(const W& w, const Numbers&... x) const {
    if constexpr (tl::detail::TensorValue<W>) return (tl::sum(tl::hadamard(result<Ops>(x), w)) + ...);
    else return ((result<Ops>(x) * w) + ...);
  }
};

/// Numbers at which an operation is defined and smooth.
template <class Op, class T, std::size_t N>
auto samples() {
  std::array<tl::vec<T, N>, Op::arity> x{};
  laws::generator g(17);
  for (std::size_t i = 0; i < N; ++i) {
    const auto p = laws::sample<Op>(g);
    for (std::size_t k = 0; k < Op::arity; ++k) x[k][i] = static_cast<T>(g.uniform() - 0.5);
    for (std::size_t k = 0; k < p.x.size(); ++k) x[laws::position<Op>(k)][i] = static_cast<T>(p.x[k]);
  }
  return x;
}

template <class T>
bool agree(T a, T b) {
  constexpr T tolerance = sizeof(T) == 4 ? T(2e-5) : T(1e-13);
  return a == b || (a != a && b != b) || std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

template <class Op, class T, std::size_t N>
void check_operation(const tl::vec<T, N>& w, const std::array<tl::vec<T, N>, Op::arity>& x,
                     const std::array<tl::vec<T, N>, Op::arity>& slopes) {
  const auto on_vectors = result<Op>(x);
  for (std::size_t i = 0; i < N; ++i) {
    std::array<T, Op::arity> numbers{};
    for (std::size_t k = 0; k < Op::arity; ++k) numbers[k] = x[k][i];
    INFO(Op::name.text << " of " << numbers[0] << ", " << numbers[Op::arity - 1]);
    const auto y = static_cast<T>(result<Op>(numbers));
    CHECK(agree(static_cast<T>(on_vectors[i]), y));
    const auto partials = tl::gradient(all_of<Op>{}, tl::wrt<1>)(T(1), numbers);
    for (std::size_t k = 0; k < Op::arity; ++k) {
      INFO("argument " << k << ": " << slopes[k][i] << " and " << partials[k] * w[i]);
      CHECK(agree(slopes[k][i], partials[k] * w[i]));
    }
  }
}

template <class T, std::size_t N, class... Ops>
void check_operations(tl::op::list<Ops...>) {
  tensors::numbers some;
  const auto w = some.filled<tl::vec<T, N>>();
  const std::tuple x(samples<Ops, T, N>()...);
  const auto gradient = std::apply([&](const auto&... each) { return tl::gradient(all_of<Ops...>{})(w, each...); }, x);
  const auto sum_of_values = std::apply([&](const auto&... each) { return (result<Ops>(each) + ...); }, x);
  const auto sizes = std::apply([&](const auto&... each) { return (abs(result<Ops>(each)) + ...); }, x);
  for (std::size_t i = 0; i < N; ++i) {  // up to rounding where the terms cancel
    INFO("sum of values in place " << i);
    const T off = std::abs(static_cast<T>(sum_of_values[i]) - std::get<0>(gradient)[i]);
    CHECK(off <= T(1e-13) * static_cast<T>(sizes[i]));
  }
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (check_operation<Ops>(w, std::get<I>(x), std::get<I + 1>(gradient)), ...);
  }
  (std::index_sequence_for<Ops...>{});
}

}  // namespace

#define PARTS 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
TEMPLATE_TEST_CASE_SIG("operations on few elements", "[tensor][op]", ((std::size_t Part), Part), PARTS) {
  check_operations<double, 2>(operations<Part>{});
}
TEMPLATE_TEST_CASE_SIG("operations on many elements", "[tensor][op]", ((std::size_t Part), Part), PARTS) {
  check_operations<double, 35>(operations<Part>{});
}
