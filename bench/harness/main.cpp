// SPDX-License-Identifier: BSL-1.0
// How long values and derivatives take, next to the same written by hand:
//
//     kernels [--rounds=N] [kernel...]    times all variants, after having checked them against the code by hand
//     kernels --count [kernel...]         calls each on each input, for callgrind to count instructions
//
// All variants of a kernel run once in each round, in shuffled order, for about the same time. A ratio compares two
// times of the same round; the median over the rounds is what a busy machine cannot move much. The hand-written code
// runs twice in a round: its own ratio shows the noise that is left. A line for each variant, fields separated by tabs.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <tuple>

#if __has_include(<valgrind/callgrind.h>)
  #include <valgrind/callgrind.h>
#else
  #define CALLGRIND_ZERO_STATS
  #define CALLGRIND_DUMP_STATS_AT(name)
#endif

#include "registry.hpp"

namespace bench {
namespace {
std::size_t allocation_count = 0;
}
std::size_t allocations() { return allocation_count; }
std::vector<entry>& entries() {
  static std::vector<entry> all;
  return all;
}
}  // namespace bench

// Everything on the heap, of C and C++, comes through these.
#if defined(__GLIBC__)
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* malloc(std::size_t size) noexcept { return ++bench::allocation_count, __libc_malloc(size); }
void* calloc(std::size_t n, std::size_t size) noexcept { return ++bench::allocation_count, __libc_calloc(n, size); }
void* realloc(void* p, std::size_t size) noexcept { return ++bench::allocation_count, __libc_realloc(p, size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return ++bench::allocation_count, __libc_memalign(alignment, size);
}
int posix_memalign(void** p, std::size_t alignment, std::size_t size) noexcept {
  *p = (++bench::allocation_count, __libc_memalign(alignment, size));
  return *p ? 0 : 12;  // ENOMEM
}
}
#endif

namespace bench {
namespace {

constexpr double run_seconds = 0.0005;

[[gnu::noinline]] void passes(const entry& e, std::size_t count) {
  for (std::size_t pass = 0; pass < count; ++pass)
    for (std::size_t i = 0; i < e.inputs; ++i) e.call(i);
}

/// Seconds of one call. Runs at a place of the stack that changes from run to run: where local variables meet the lines
/// of the cache makes some per cent, which must not favour one variant.
double measure(const entry& e, std::size_t count, std::mt19937_64& random) {
  escape(__builtin_alloca(16 * (1 + random() % 16)));
  passes(e, 1);  // wakes caches and predictors
  const double start = seconds_now();
  passes(e, count);
  return (seconds_now() - start) / static_cast<double>(count * e.inputs);
}

/// Whether all agree with the code by hand; ours closely, and without heap.
bool all_right(const std::vector<entry>& variants, std::vector<checked>& found) {
  bool right = true;
  for (const entry& e : variants) {
    const checked c = found.emplace_back(e.check());
    const bool ours = e.rank < 10, agrees = c.error <= e.tolerance;
    if (agrees && (!ours || c.allocations == 0)) continue;
    std::fprintf(stderr, "%s/%s: differs by %g from the code by hand; %zu heap allocations in a call\n",
                 e.kernel.data(), e.variant.data(), c.error, c.allocations);
    right = false;
  }
  return right;
}

/// A kernel may be there for several types of numbers: "name, double", "name, float". These run in the same rounds.
std::string_view family(std::string_view kernel) { return kernel.substr(0, kernel.find(", ")); }

/// Behind those of all variants.
struct more_runs {
  std::size_t by_hand, peak;
};

void compare(const std::vector<entry>& variants, const std::vector<checked>& found, std::size_t rounds) {
  std::mt19937_64 random(1);
  std::vector<std::function<double()>> runs;
  const auto add = [&](const entry& e) {
    const double once = measure(e, 1, random) * static_cast<double>(e.inputs);
    runs.push_back(
        [&e, &random, count = 1 + static_cast<std::size_t>(run_seconds / once)] { return measure(e, count, random); });
  };
  std::map<std::string_view, more_runs> more;
  for (const entry& e : variants) add(e);
  for (const entry& e : variants) {
    if (e.rank != 1) continue;
    more[e.kernel] = {runs.size(), runs.size() + 1};
    add(e);
    if (e.seconds_of_a_product) runs.push_back(e.seconds_of_a_product);
  }
  const auto seconds = in_shuffled_rounds(runs.size(), rounds, [&](std::size_t v) { return runs[v](); });
  const auto median_ratio = [&](std::size_t v, std::size_t w) { return quantile(ratios(seconds[v], seconds[w]), 0.5); };
  for (std::size_t v = 0; v < variants.size(); ++v) {
    const entry& e = variants[v];
    const auto ratio = ratios(seconds[v], seconds[more[e.kernel].by_hand]);
    const double median = quantile(seconds[v], 0.5);
    std::printf("%s\t%s\t%.2f\t%.4f\t%.4f\t%.4f\t%zu\t%.2g", e.kernel.data(), e.variant.data(), 1e9 * median,
                quantile(ratio, 0.5), quantile(ratio, 0.25), quantile(ratio, 0.75), found[v].allocations,
                found[v].error);
    if (e.products > 0) {
      std::size_t first = 0;  // the same with the first type
      while (variants[first].variant != e.variant) ++first;
      std::printf("\t%.2f\t%.4f\t%.3f", 2e-9 * e.products / median, e.products * median_ratio(more[e.kernel].peak, v),
                  median_ratio(first, v));
    }
    std::puts("");
  }
  std::fflush(stdout);
}

/// Callgrind writes what it counted under the name of kernel and variant; what happens once has happened before.
void count(const entry& e) {
  passes(e, 1);
  CALLGRIND_ZERO_STATS;
  passes(e, 1);
  const std::string name = std::string(e.kernel) + "\t" + std::string(e.variant) + "\t" + std::to_string(e.inputs);
  CALLGRIND_DUMP_STATS_AT(name.c_str());
}

int run(int argc, char** argv) {
  std::size_t rounds = 201;
  bool counting = false;
  std::vector<std::string_view> names;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--count") counting = true;
    else if (word.starts_with("--rounds=")) rounds = std::max(1ul, std::strtoul(argv[i] + 9, nullptr, 10));
    else names.push_back(word);
  }
  std::map<std::string_view, std::vector<entry>> kernels;
  for (const entry& e : entries()) kernels[family(e.kernel)].push_back(e);
  for (const std::string_view name : names)
    if (!kernels.contains(name)) return std::fprintf(stderr, "kernels: no kernel %s\n", name.data()), 1;

  if (!counting)
    std::puts(
        "kernel\tvariant\tns\tx hand\tquartile\tquartile\tallocations\terror\tGFLOP/s\tof the peak\tx as fast as in "
        "double");
  for (auto& [name, variants] : kernels) {
    if (!names.empty() && std::find(names.begin(), names.end(), name) == names.end()) continue;
    std::sort(variants.begin(), variants.end(), [](const entry& a, const entry& b) {
      return std::tie(a.kernel, a.rank, a.variant) < std::tie(b.kernel, b.rank, b.variant);
    });
    std::vector<checked> found;
    if (counting) std::for_each(variants.begin(), variants.end(), count);
    else if (all_right(variants, found)) compare(variants, found, rounds);
    else return 1;
  }
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { return bench::run(argc, argv); }
