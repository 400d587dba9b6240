// SPDX-License-Identifier: BSL-1.0
// How long a value and its gradient take, next to the same written by hand: gradients [--rounds=N] [kernel...]
//
// All variants run once in each round, in shuffled order, for the same number of calls. A ratio compares two times of
// the same round; the median over the rounds is what a busy machine cannot move much. The hand-written code runs twice
// in a round: its own ratio shows the noise that is left.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "variants.hpp"

namespace {
std::size_t allocations = 0;

void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* p = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  return p ? p : throw std::bad_alloc();
}
}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) { return allocate(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__); }
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t a) {
  return allocate(size, static_cast<std::size_t>(a));
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace bench {

/// Whether a variant agrees with the hand-written code on every input, to 1e-12 of the largest component, and never
/// allocates.
template <class Variant, class Kernel>
bool passes() {
  for (const auto& x : inputs<Kernel>()) {
    output<Kernel> expected{}, got{};
    const double expected_value = Kernel::hand(x, expected);
    const auto before = allocations;
    const auto result = Variant::template call<Kernel>(x, got);
    if (const auto n = allocations - before; n > 0) {
      std::fprintf(stderr, "%s/%s: %zu heap allocations in one call\n", Kernel::name, Variant::name, n);
      return false;
    }
    double value;
    if constexpr (requires { result.gradient; }) {
      value = result.value;
      got = result.gradient;
    } else {
      value = result;
    }
    double scale = std::abs(expected_value);
    for (const double e : expected) scale = std::max(scale, std::abs(e));
    const auto differ = [&](const char* what, std::size_t i, double e, double g) {
      if (std::abs(g - e) <= 1e-12 * scale) return false;
      std::fprintf(stderr, "%s/%s: %s %zu is %.17g, by hand %.17g\n", Kernel::name, Variant::name, what, i, g, e);
      return true;
    };
    if (differ("value", 0, expected_value, value)) return false;
    if constexpr (!std::is_same_v<Variant, primal>) {
      for (std::size_t i = 0; i < got.size(); ++i)
        if (differ("component", i, expected[i], got[i])) return false;
    }
  }
  return true;
}

template <class Variant, class Kernel>
[[gnu::noinline]] void call_on_all_inputs() {
  alignas(64) static output<Kernel> g;
  for (const auto& x : inputs<Kernel>()) {
    auto result = Variant::template call<Kernel>(x, g);
    benchmark::DoNotOptimize(result);
    benchmark::DoNotOptimize(g.data());
    benchmark::ClobberMemory();
  }
}

/// One run, at a place of the stack that changes from run to run: where local variables meet the lines of the cache
/// makes some per cent, which must not favour one variant.
template <class Variant, class Kernel>
void measure(benchmark::State& state) {
  static std::minstd_rand random(1);
  benchmark::DoNotOptimize(__builtin_alloca(16 * (1 + random() % 16)));
  call_on_all_inputs<Variant, Kernel>();  // wakes caches and predictors
  for (auto _ : state) call_on_all_inputs<Variant, Kernel>();
}

/// Keeps the seconds of processor time that an iteration takes, run by run, under the benchmark's name.
class collector : public benchmark::BenchmarkReporter {
 public:
  std::map<std::string, std::vector<double>> seconds;

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs)
      seconds[run.run_name.function_name].push_back(run.cpu_accumulated_time / static_cast<double>(run.iterations));
  }
};

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at), above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

/// How many passes over the inputs take about a millisecond.
template <class Kernel>
benchmark::IterationCount passes_per_run() {
  collector c;
  benchmark::ClearRegisteredBenchmarks();
  benchmark::RegisterBenchmark("hand", measure<hand, Kernel>)->MinTime(0.02);
  benchmark::RunSpecifiedBenchmarks(&c, nullptr, "all");
  return 1 + static_cast<benchmark::IterationCount>(0.001 / c.seconds["hand"].back());
}

template <class Kernel>
void compare(std::size_t rounds) {
  struct entry {
    const char* name;
    void (*run)(benchmark::State&);
  };
  std::vector<entry> entries{{"reference", measure<hand, Kernel>}};
  for_each_type(variants<Kernel>{}, [&]<class Variant>(Variant) {
    entries.push_back({Variant::name, measure<Variant, Kernel>});
  });

  const auto passes = passes_per_run<Kernel>();
  std::mt19937_64 random(1);
  collector c;
  for (std::size_t round = 0; round < rounds; ++round) {
    benchmark::ClearRegisteredBenchmarks();
    std::shuffle(entries.begin(), entries.end(), random);
    for (const entry& e : entries) benchmark::RegisterBenchmark(e.name, e.run)->Iterations(passes);
    benchmark::RunSpecifiedBenchmarks(&c, nullptr, "all");
  }

  const auto& base = c.seconds["reference"];
  for_each_type(variants<Kernel>{}, [&]<class Variant>(Variant) {
    const auto& seconds = c.seconds[Variant::name];
    std::vector<double> ratio(rounds);
    for (std::size_t i = 0; i < rounds; ++i) ratio[i] = seconds[i] / base[i];
    const double ns = quantile(seconds, 0.5) * 1e9 / static_cast<double>(inputs<Kernel>().size());
    std::printf("%-16s%-10s%9.2f%9.3f   %.3f .. %.3f\n", Kernel::name, Variant::name, ns, quantile(ratio, 0.5),
                quantile(ratio, 0.25), quantile(ratio, 0.75));
  });
  std::fflush(stdout);
}

}  // namespace bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  std::size_t rounds = 201;
  std::vector<std::string_view> names(argv + 1, argv + argc);
  std::erase_if(names, [&](std::string_view name) {
    if (!name.starts_with("--rounds=")) return false;
    rounds = std::max(1ul, std::strtoul(name.substr(9).data(), nullptr, 10));
    return true;
  });
  const auto chosen = [&](std::string_view name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
  };

  bool right = true;
  std::size_t found = 0;
  bench::for_each_type(bench::kernels{}, [&]<class Kernel>(Kernel) {
    found += chosen(Kernel::name);
    bench::for_each_type(bench::variants<Kernel>{}, [&]<class Variant>(Variant) {
      right = right && (!chosen(Kernel::name) || bench::passes<Variant, Kernel>());
    });
  });
  if (found < std::max<std::size_t>(1, names.size())) std::fprintf(stderr, "gradients: no such kernel\n");
  if (!right || found < names.size()) return 1;

  const bool gcc = std::string_view(__VERSION__).find("lang") == std::string_view::npos;
  std::printf("%s%s; %zu rounds; all agree with the code by hand; no heap allocations\n", gcc ? "GCC " : "",
              __VERSION__, rounds);
  std::printf("%-16s%-10s%9s%9s   %s\n", "kernel", "variant", "ns", "x hand", "quartiles");
  bench::for_each_type(bench::kernels{}, [&]<class Kernel>(Kernel) {
    if (chosen(Kernel::name)) bench::compare<Kernel>(rounds);
  });
}
