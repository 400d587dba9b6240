// SPDX-License-Identifier: BSL-1.0
// How functions of tensors are carried out: which loops and products there are, and where the tensors lie meanwhile.
#include <cstring>

#include <boost/hana/define_struct.hpp>
#include <tapeless/tapeless.hpp>

namespace {

template <class F, class Wrt, class... A>
using gradient_code =
    tl::detail::tensor_code<tl::detail::tensor_gradient_program<F, Wrt, tl::detail::yield::value_and_gradient, A...>,
                            double>;
template <class F, class Wrt, class... A>
inline constexpr const auto& plan_of = gradient_code<F, Wrt, A...>::plan::plan;

template <class Plan>
constexpr std::size_t loops_of(const Plan& p) {
  std::size_t loops = 0;
  for (std::size_t s = 0; s < p.size.steps; ++s) loops += p.steps[s].op == nullptr;
  return loops;
}
template <class Op, class Plan>
constexpr std::size_t steps_of(const Plan& p) {
  std::size_t steps = 0;
  for (std::size_t s = 0; s < p.size.steps; ++s) steps += p.steps[s].op == &tl::detail::info<Op>;
  return steps;
}

using numbers = tl::vec<double, 200>;

// ---- loops ----------------------------------------------------------------------------------------------------------

constexpr auto chain = [](const auto& x) { return sum(tanh(2.0 * x + 1.0) * 3.0 - x / (1.0 + exp(-x))); };

TEST_CASE("tensor.plan: a chain of operations on elements, its sum and its derivative are one loop") {
  constexpr const auto& plan = plan_of<decltype(chain), tl::selection<0>, numbers>;
  STATIC_REQUIRE(plan.size.steps == 1);
  STATIC_REQUIRE(loops_of(plan) == 1);
  // The gradient is written where it is wanted, and nothing else is.
  STATIC_REQUIRE(plan.workspace == 0);
  STATIC_REQUIRE(tl::workspace_bytes<decltype(tl::value_and_gradient(chain)), numbers> == 0);
}

constexpr auto centered = [](const auto& x) { return sum(pow(x - mean(x), 4.0)); };

TEST_CASE("tensor.plan: what waits for a sum comes in a loop behind it") {
  constexpr const auto& plan = plan_of<decltype(centered), tl::selection<0>, numbers>;
  STATIC_REQUIRE(loops_of(plan) == plan.size.steps);
  // The sum; the mean; the fourth powers and their slopes, and the sum of these; what they sum to; the gradient.
  STATIC_REQUIRE(plan.size.steps <= 5);
}

// ---- products -------------------------------------------------------------------------------------------------------

// clang-format off
template <class T>
struct parameters {
  BOOST_HANA_DEFINE_STRUCT(parameters,
    (tl::mat<T, 64, 64>, weight_1),
    (tl::vec<T, 64>, bias_1),
    (tl::mat<T, 64, 10>, weight_2),
    (tl::vec<T, 10>, bias_2));
};
// clang-format on
using network = parameters<double>;
using images = tl::mat<double, 32, 64>;
using labels = tl::vec<int, 32>;

constexpr auto loss = [](const auto& p, const auto& x, const auto& y) {
  const auto hidden = relu(x * p.weight_1 + p.bias_1);
  return mean(cross_entropy(hidden * p.weight_2 + p.bias_2, y));
};
constexpr auto step = tl::value_and_gradient(loss, tl::wrt<0>);
using program = tl::detail::tensor_gradient_program<decltype(loss), tl::selection<0>,
                                                    tl::detail::yield::value_and_gradient, network, images, labels>;
constexpr const auto& plan = plan_of<decltype(loss), tl::selection<0>, network, images, labels>;

TEST_CASE("tensor.plan: bias and activation are part of the product, transposes of the products behind") {
  STATIC_REQUIRE(steps_of<tl::op::permute>(plan) == 0);
  STATIC_REQUIRE(steps_of<tl::op::broadcast>(plan) == 0);
  STATIC_REQUIRE(steps_of<tl::op::matmul_add>(plan) == 2);
  STATIC_REQUIRE(steps_of<tl::op::matmul>(plan) == 3);
  constexpr auto finished = [] {
    std::size_t count = 0;
    for (std::size_t s = 0; s < plan.size.steps; ++s) count += plan.steps[s].finish == &tl::detail::info<tl::op::relu>;
    return count;
  }();
  STATIC_REQUIRE(finished == 1);
}

TEST_CASE("tensor.plan: a graph has a node for each operation on tensors, whatever their sizes") {
  STATIC_REQUIRE(tl::detail::tensor_program<decltype(loss), network, images, labels>::graph.size < 25);
  STATIC_REQUIRE(program::graph.size < 40);
}

TEST_CASE("tensor.plan: gradients of parameters are made where the caller wants them") {
  std::size_t made[5] = {};
  for (std::size_t s = 0; s < plan.size.steps; ++s)
    if (plan.steps[s].op && plan.steps[s].to.kind == tl::detail::where::output) ++made[plan.steps[s].to.run];
  for (std::size_t r = 0; r < plan.size.outputs; ++r)
    if (plan.results[r].to.kind == tl::detail::where::output) ++made[plan.results[r].to.run];
  for (const std::size_t times : made) CHECK(times == 1);
}

TEST_CASE("tensor.plan: the workspace of a network") {
  // Hidden units and, once these have been used, their cotangents: 2 x 32 x 64; the scores and what softmax makes of
  // them. What the products' kernels take besides depends on the processor.
  constexpr std::size_t planned = 4768;
  STATIC_REQUIRE(plan.workspace == planned);
  using code = gradient_code<decltype(loss), tl::selection<0>, network, images, labels>;
  STATIC_REQUIRE(tl::workspace_bytes<decltype(step), network, images, labels> ==
                 (planned + code::scratch()) * sizeof(double));
  STATIC_REQUIRE(code::scratch() <= 64 * 64);
}

TEST_CASE("tensor.plan: a tensor never lies where another is still needed") {
  // No operation of its own writes over what it reads.
  struct interval {
    std::size_t first, size;
  };
  const auto size_of = [](const tl::detail::storage& at, std::size_t elements) {
    return interval{at.offset, elements};
  };
  for (std::size_t s = 0; s < plan.size.steps; ++s) {
    const auto& now = plan.steps[s];
    if (!now.op || now.to.kind != tl::detail::where::workspace) continue;
    const interval target = size_of(now.to, now.call.result.size());
    for (int k = 0; k < 3; ++k)
      if (now.from[k].kind == tl::detail::where::workspace) {
        const interval source = size_of(now.from[k], now.call.operand[k].size());
        CHECK((target.first + target.size <= source.first || source.first + source.size <= target.first));
      }
  }
}

// ---- a workspace of the caller's ------------------------------------------------------------------------------------

template <class X>
void fill(X& x, double from) {
  double t = from;
  for (auto& each : x) t = 1.9 * t * t - 1, each = 0.3 * t;
}

TEST_CASE("tensor.plan: a derivative works in the caller's memory, and only there") {
  network p, on_stack{}, in_memory{};
  images x;
  labels y;
  fill(p.weight_1, 0.1), fill(p.bias_1, 0.2), fill(p.weight_2, 0.3), fill(p.bias_2, 0.4), fill(x, 0.15);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<int>(i * 7 % 10);

  constexpr std::size_t bytes = tl::workspace_bytes<decltype(step), network, images, labels>;
  struct {
    std::byte before[64];
    alignas(64) std::byte room[bytes];
    std::byte after[64];
  } memory;
  std::memset(&memory, 0x5a, sizeof memory);
  const double value = step.into(on_stack, p, x, y);
  CHECK(tl::in_workspace(step, memory.room).into(in_memory, p, x, y) == value);
  CHECK(std::memcmp(&on_stack, &in_memory, sizeof p) == 0);
  CHECK(tl::in_workspace(step, memory.room)(p, x, y).value == value);
  for (const auto* edge : {memory.before, memory.after})
    for (int i = 0; i < 64; ++i) CHECK(edge[i] == std::byte{0x5a});
}

}  // namespace
