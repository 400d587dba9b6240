// SPDX-License-Identifier: BSL-1.0
#include "../laws/support.hpp"
#include "../sweep.hpp"
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
/// One of each kind: what loops have instructions for, functions, choices, conditions, whole numbers.
using few_operations = tl::op::list<tl::op::sub, tl::op::mul, tl::op::div, tl::op::exp, tl::op::atan2, tl::op::powi,
                                    tl::op::select, tl::op::max, tl::op::less>;
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

/// What the operations of a program come to in each place, and the size of what may have cancelled there.
template <class T, std::size_t N>
struct totals {
  std::array<T, N> sum{}, size{};
};

template <class Op, class T, std::size_t N>
void check_operation(totals<T, N>& all, const tl::vec<T, N>& w, const std::array<tl::vec<T, N>, Op::arity>& x,
                     const std::array<tl::vec<T, N>, Op::arity>& slopes) {
  const auto on_vectors = result<Op>(x);
  for (std::size_t i = 0; i < N; ++i) {
    std::array<T, Op::arity> numbers{};
    for (std::size_t k = 0; k < Op::arity; ++k) numbers[k] = x[k][i];
    INFO(Op::name.text << " of " << numbers[0] << ", " << numbers[Op::arity - 1]);
    using dual = tl::dual<T, Op::arity>;
    const dual y = result<Op>(dual::variables(numbers));
    CHECK(agree(static_cast<T>(on_vectors[i]), y.value));
    all.sum[i] += y.value, all.size[i] += std::abs(y.value);
    for (std::size_t k = 0; k < Op::arity; ++k) {
      INFO("argument " << k << ": " << slopes[k][i] << " and " << y.tangent[k] * w[i]);
      CHECK(agree(slopes[k][i], y.tangent[k] * w[i]));
    }
  }
}

template <class T, std::size_t N, class... Ops>
void check_operations(tl::op::list<Ops...>) {
  tensors::numbers some;
  const auto w = some.filled<tl::vec<T, N>>();
  const std::tuple x(samples<Ops, T, N>()...);
  const auto gradient = std::apply([&](const auto&... each) { return tl::gradient(all_of<Ops...>{})(w, each...); }, x);
  totals<T, N> all;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (check_operation<Ops>(all, w, std::get<I>(x), std::get<I + 1>(gradient)), ...);
  }
  (std::index_sequence_for<Ops...>{});
  for (std::size_t i = 0; i < N; ++i) {  // up to rounding where the terms cancel
    INFO("sum of values in place " << i);
    const T off = std::abs(all.sum[i] - std::get<0>(gradient)[i]);
    CHECK((off <= (sizeof(T) == 4 ? T(2e-5) : T(1e-13)) * all.size[i] || !std::isfinite(all.size[i])));
  }
}

}  // namespace

#define PARTS 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
TEMPLATE_TEST_CASE_SIG("operations on many elements", "[tensor][op]", ((std::size_t Part), Part), PARTS) {
  check_operations<double, 35>(operations<Part>{});
}
// All of them on few elements, too: in the sweep.
TEST_CASE("some operations on few elements", "[tensor][op]") { check_operations<double, 2>(few_operations{}); }
TEST_CASE("some operations on many elements of single precision", "[tensor][op]") {
  check_operations<float, 37>(few_operations{});
}
#ifdef TAPELESS_SWEEP
TEMPLATE_TEST_CASE_SIG("operations on few elements", "[tensor][op]", ((std::size_t Part), Part), PARTS) {
  check_operations<double, 2>(operations<Part>{});
  check_operations<double, 1>(operations<Part>{});
}
#endif
