// SPDX-License-Identifier: BSL-1.0
// What instructions.py counts: instructions kernel variant calls. Without arguments it lists what there is.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <benchmark/benchmark.h>

#include "variants.hpp"

namespace bench {

template <class Variant, class Kernel>
void run(std::size_t calls) {
  output<Kernel> g;
  for (std::size_t i = 0; i < calls; ++i) {
    auto result = Variant::template call<Kernel>(inputs<Kernel>()[i % inputs<Kernel>().size()], g);
    benchmark::DoNotOptimize(result);
    benchmark::DoNotOptimize(g.data());
    benchmark::ClobberMemory();
  }
}

}  // namespace bench

int main(int argc, char** argv) {
  bool found = argc == 1;
  bench::for_each_type(bench::kernels{}, [&]<class Kernel>(Kernel) {
    bench::for_each_type(bench::variants<Kernel>{}, [&]<class Variant>(Variant) {
      if (argc == 1) std::printf("%s %s\n", Kernel::name, Variant::name);
      if (argc != 4 || std::string_view(argv[1]) != Kernel::name || std::string_view(argv[2]) != Variant::name) return;
      bench::run<Variant, Kernel>(std::strtoul(argv[3], nullptr, 10));
      found = true;
    });
  });
  if (!found)
    std::fprintf(stderr,
                 "usage: instructions kernel variant calls; without arguments: which kernels and variants there are\n");
  return found ? 0 : 1;
}
