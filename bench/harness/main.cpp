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
#include <map>
#include <string>

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

constexpr std::size_t input_count = 128;
constexpr double run_seconds = 0.0005;

[[gnu::noinline]] void passes(const entry& e, std::size_t count) {
  for (std::size_t pass = 0; pass < count; ++pass)
    for (std::size_t i = 0; i < input_count; ++i) e.call(i);
}

/// Seconds of one call. Runs at a place of the stack that changes from run to run: where local variables meet the lines
/// of the cache makes some per cent, which must not favour one variant.
double measure(const entry& e, std::size_t count, std::mt19937_64& random) {
  escape(__builtin_alloca(16 * (1 + random() % 16)));
  passes(e, 1);  // wakes caches and predictors
  const double start = seconds_now();
  passes(e, count);
  return (seconds_now() - start) / static_cast<double>(count * input_count);
}

/// Whether all agree with the code by hand; ours closely, and without heap.
bool all_right(const std::vector<entry>& variants, std::vector<checked>& found) {
  bool right = true;
  for (const entry& e : variants) {
    const checked c = found.emplace_back(e.check());
    const bool ours = e.rank < 10, agrees = c.error <= (ours ? 1e-12 : 1e-9);
    if (agrees && (!ours || c.allocations == 0)) continue;
    std::fprintf(stderr, "%s/%s: differs by %g from the code by hand; %zu heap allocations in a call\n",
                 e.kernel.data(), e.variant.data(), c.error, c.allocations);
    right = false;
  }
  return right;
}

void compare(const std::vector<entry>& variants, const std::vector<checked>& found, std::size_t rounds) {
  std::mt19937_64 random(1);
  std::vector<std::size_t> counts;
  for (const entry& e : variants) {
    const double once = measure(e, 1, random);
    counts.push_back(1 + static_cast<std::size_t>(run_seconds / (once * input_count)));
  }
  const std::size_t by_hand = 1, again = variants.size();
  const auto seconds = in_shuffled_rounds(again + 1, rounds, [&](std::size_t v) {
    const std::size_t which = v == again ? by_hand : v;
    return measure(variants[which], counts[which], random);
  });
  for (std::size_t v = 0; v < variants.size(); ++v) {
    const auto ratio = ratios(seconds[v], seconds[again]);
    std::printf("%s\t%s\t%.2f\t%.4f\t%.4f\t%.4f\t%zu\t%.2g\n", variants[v].kernel.data(), variants[v].variant.data(),
                1e9 * quantile(seconds[v], 0.5), quantile(ratio, 0.5), quantile(ratio, 0.25), quantile(ratio, 0.75),
                found[v].allocations, found[v].error);
  }
  std::fflush(stdout);
}

/// Callgrind writes what it counted under the name of kernel and variant; what happens once has happened before.
void count(const entry& e) {
  passes(e, 1);
  CALLGRIND_ZERO_STATS;
  passes(e, 1);
  const std::string name = std::string(e.kernel) + "\t" + std::string(e.variant);
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
  for (const entry& e : entries()) kernels[e.kernel].push_back(e);
  for (const std::string_view name : names)
    if (!kernels.contains(name)) return std::fprintf(stderr, "kernels: no kernel %s\n", name.data()), 1;

  if (!counting) std::puts("kernel\tvariant\tns\tx hand\tquartile\tquartile\tallocations\terror");
  for (auto& [name, variants] : kernels) {
    if (!names.empty() && std::find(names.begin(), names.end(), name) == names.end()) continue;
    std::sort(variants.begin(), variants.end(), [](const entry& a, const entry& b) {
      return a.rank != b.rank ? a.rank < b.rank : a.variant < b.variant;
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
