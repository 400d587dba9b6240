// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "interpreter.hpp"

// Programs that do the same to neighbouring elements, as loops over arrays do. They are what vectors are made of, so
// they meet every kind of pack: loads side by side and at an offset, one number in every lane, lanes joined from two
// packs, taken apart, stored whole.
namespace {

using graphs::identical;
using number = tl::recorded<double>;
using tl::detail::address;

/// Values of a loop: element i of the array of values that starts at index `first`.
struct row {
  int first = 0;
  std::vector<number> at;
  int last() const { return first + static_cast<int>(at.size()); }
};

class loop_program {
 public:
  explicit loop_program(unsigned seed) : g_(seed), size_(2 + static_cast<int>(g_.below(22))) {
    const int arrays = 1 + static_cast<int>(g_.below(3));
    for (int a = 0; a < arrays; ++a) rows_.push_back(input(a, size_));
    scalar_ = input(arrays, 1).at[0];
    runs_ = arrays + 1;
    for (unsigned k = 2 + g_.below(6); k > 0; --k) step();
    tl::detail::buffer<std::int32_t> outputs;
    outputs.push_back(reduction().untyped().id_in(r_));
    primal_ = tl::detail::without_dead_nodes(r_.nodes(), outputs);
  }

  /// The gradient with respect to everything, each run of it like the run of inputs; run 0 is the value.
  void check() {
    std::vector<std::int32_t> places;
    std::vector<address> results{{0, 0}};
    graphs::rows x(static_cast<std::size_t>(runs_)), expected(x.size() + 1, std::vector<double>(1));
    std::vector<double> flat;
    for (const address& a : inputs_) {
      places.push_back(static_cast<std::int32_t>(places.size()));
      results.push_back({a.run + 1, a.offset});
      flat.push_back(g_.uniform() + 0.5);
      x[static_cast<std::size_t>(a.run)].push_back(flat.back());
    }
    for (std::size_t k = 0; k < x.size(); ++k) expected[k + 1].resize(x[k].size());
    const auto gradient =
        tl::detail::gradient_of(primal_.view(), places.data(), static_cast<std::int32_t>(places.size()), true);
    const auto v = graphs::interpret(gradient.view(), flat);
    for (std::size_t k = 0; k < results.size(); ++k)
      expected[static_cast<std::size_t>(results[k].run)][static_cast<std::size_t>(results[k].offset)] = v[k];
    for (const int width : {1, 2, 4, 8}) {
      const auto plan = tl::detail::make_schedule(gradient.view(), inputs_.data(), results.data(), width);
      graphs::rows got = expected;
      for (auto& run : got) run.assign(run.size(), 12345.678);
      graphs::machine(plan, static_cast<std::size_t>(width)).run(x, got);
      for (std::size_t k = 0; k < got.size(); ++k)
        for (std::size_t i = 0; i < got[k].size(); ++i) {
          INFO("width " << width << ", run " << k << ", element " << i << ": " << got[k][i] << " for "
                        << expected[k][i]);
          REQUIRE(identical(got[k][i], expected[k][i]));
        }
      for (const auto& c : plan.instructions) packed_ += c.kind == tl::element::pack;
    }
  }
  std::size_t packed() const { return packed_; }

 private:
  row input(int run, int size) {
    row x;
    for (std::int32_t i = 0; i < size; ++i) {
      x.at.push_back(
          number(tl::value(&r_, r_.input(static_cast<std::int32_t>(inputs_.size()), tl::shape(tl::element::real)))));
      inputs_.push_back({run, i});
    }
    return x;
  }

  /// One loop: x[i + s] op y[i + t], x[i + s] op (a number), or -x[i + s], for every i for which both exist.
  void step() {
    const row x = rows_[g_.below(static_cast<unsigned>(rows_.size()))],
              y = rows_[g_.below(static_cast<unsigned>(rows_.size()))];
    const int s = static_cast<int>(g_.below(5)) - 2, t = static_cast<int>(g_.below(5)) - 2;
    const unsigned op = g_.below(5), form = g_.below(5);
    const int first = std::max(x.first - s, y.first - t), last = std::min(x.last() - s, y.last() - t);
    row z{first, {}};
    for (int i = first; i < last; ++i) {
      const number a = x.at[static_cast<std::size_t>(i + s - x.first)];
      const number b = form == 0 ? scalar_ : form == 1 ? number(1.5) : y.at[static_cast<std::size_t>(i + t - y.first)];
      z.at.push_back(op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : op == 3 ? a / b : -a);
    }
    if (!z.at.empty()) rows_.push_back(z);
  }

  number reduction() {
    number sum = scalar_;
    for (std::size_t k = 0; k < rows_.size(); ++k)
      if (k + 1 == rows_.size() || g_.below(3) == 0) {
        const row& x = rows_[k];
        const unsigned squared = g_.below(2), stride = 1 + g_.below(2);
        for (std::size_t i = 0; i < x.at.size(); i += stride) sum += squared ? x.at[i] * x.at[i] : x.at[i];
      }
    return sum;
  }

  laws::generator g_;
  int size_ = 0, runs_ = 0;
  tl::recorder r_;
  std::vector<address> inputs_;
  std::vector<row> rows_;
  number scalar_;
  tl::program primal_;
  std::size_t packed_ = 0;
};

}  // namespace

TEST_CASE("loops over arrays give the same bits packed or not", "[transform][rows]") {
  std::size_t packed = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    INFO("seed " << seed);
    loop_program p(seed);
    p.check();
    packed += p.packed();
  }
  CHECK(packed > 30000);  // the tests do meet packs
}
