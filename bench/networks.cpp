// SPDX-License-Identifier: BSL-1.0
// How long value and gradient of functions of tensors take, next to the same by hand:
// networks [--rounds=N] [--only=VARIANT] [--repetitions=N] [tanh] [relu] [mixture]
//
// All variants of a problem are checked against the first one, the code by hand, and run once in each round, in
// shuffled order. A ratio compares two times of the same round; its median over the rounds is what a busy machine
// cannot move much. The peak is that of independent fused products in registers, measured in the same rounds. With a
// variant named, only that runs, for a profiler.
#include <cstdlib>
#include <string_view>

#include "networks/compared.hpp"
#include "networks/measure.hpp"

namespace bench {
std::size_t rounds = 101, repetitions = 100;
std::string only;
namespace {
std::size_t allocation_count = 0;
}
std::size_t allocations() { return allocation_count; }
}  // namespace bench

// Everything on the heap, of C and C++, comes through these.
#if defined(__GLIBC__)
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* malloc(std::size_t size) noexcept { return ++bench::allocation_count, __libc_malloc(size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return ++bench::allocation_count, __libc_memalign(alignment, size);
}
int posix_memalign(void** p, std::size_t alignment, std::size_t size) noexcept {
  *p = (++bench::allocation_count, __libc_memalign(alignment, size));
  return *p ? 0 : 12;  // ENOMEM
}
}
#endif

int main(int argc, char** argv) {
  const auto number = [](std::string_view word) {
    return std::max(1ul, std::strtoul(word.data() + word.find('=') + 1, nullptr, 10));
  };
  std::string chosen;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("--rounds=")) bench::rounds = number(word);
    else if (word.starts_with("--repetitions=")) bench::repetitions = number(word);
    else if (word.starts_with("--only=")) bench::only = word.substr(7);
    else chosen += word;
  }
  const auto wanted = [&](std::string_view name) { return chosen.empty() || chosen.find(name) != std::string::npos; };
  std::printf("%s; %s; %zu rounds\n", __VERSION__, bench::isa.data(), bench::rounds);
  if (wanted("tanh")) bench::compare_tanh_networks();
  if (wanted("relu")) bench::compare_relu_networks();
  if (wanted("mixture")) bench::compare_mixtures();
}
