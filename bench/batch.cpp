// SPDX-License-Identifier: BSL-1.0
// How many points a second a value and its gradient take in lanes, next to one call for each point:
// batch [--rounds=N]
//
// All variants run once in each round, in shuffled order, on the same points, which lie in the first cache. A ratio
// compares two times of the same round; its median over the rounds is what a busy machine cannot move much.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <tapeless/batch/batch.hpp>

#include "harness/measure.hpp"
#include "kernels/black_scholes.hpp"
#include "kernels/chain.hpp"

namespace bench {

constexpr std::size_t points = 128;

template <class Kernel, class T>
struct data {
  using input = std::array<T, std::tuple_size_v<typename Kernel::input>>;
  static constexpr std::size_t inputs = std::tuple_size_v<input>;

  std::array<input, points> x, gradients;
  std::array<std::array<T, points>, inputs> columns, gradient_columns;
  std::array<T, points> values;

  data() {
    std::mt19937_64 random(1980);
    for (std::size_t i = 0; i < points; ++i) {
      const auto sample = Kernel::sample(random);
      for (std::size_t k = 0; k < inputs; ++k) columns[k][i] = x[i][k] = static_cast<T>(sample[k]);
    }
  }
};

/// The same kernel on as many arguments as it has inputs.
template <class Kernel>
constexpr auto of_columns = [](const auto&... each) { return Kernel::formula(std::array{each...}); };

/// One call for each point, as a caller in another file makes it.
struct scalar {
  static constexpr auto name = "scalar";
  template <class Kernel, class T>
  [[gnu::noinline]] static T call(const typename data<Kernel, T>::input& x, typename data<Kernel, T>::input& g) {
    return tl::value_and_gradient(Kernel::formula).into(g, x);
  }
  template <class Kernel, class T>
  static void run(data<Kernel, T>& d) {
    for (std::size_t i = 0; i < points; ++i) d.values[i] = call<Kernel, T>(d.x[i], d.gradients[i]);
  }
};

/// Calls in a loop that the compiler sees through.
struct loop {
  static constexpr auto name = "loop";
  template <class Kernel, class T>
  static void run(data<Kernel, T>& d) {
    for (std::size_t i = 0; i < points; ++i)
      d.values[i] = tl::value_and_gradient(Kernel::formula).into(d.gradients[i], d.x[i]);
  }
};

/// Points as arrays of their inputs.
template <std::size_t Bytes>
struct points_in_lanes {
  static constexpr auto name = Bytes == 64 ? "points, 64" : Bytes == 128 ? "points, 128" : "points";
  template <class Kernel, class T>
  static void run(data<Kernel, T>& d) {
    tl::batch<Bytes / sizeof(T)>(tl::value_and_gradient(Kernel::formula)).into(d.values, d.gradients, d.x);
  }
};

/// An array for each input.
template <std::size_t Bytes>
struct columns_in_lanes {
  static constexpr auto name = Bytes == 64 ? "columns, 64" : Bytes == 128 ? "columns, 128" : "columns";
  template <class Kernel, class T>
  static void run(data<Kernel, T>& d) {
    [&]<std::size_t... K>(std::index_sequence<K...>) {
      tl::batch<Bytes / sizeof(T)>(tl::value_and_gradient(of_columns<Kernel>))
          .into(d.values, std::tie(d.gradient_columns[K]...), d.columns[K]...);
    }
    (std::make_index_sequence<data<Kernel, T>::inputs>{});
  }
};

using variants =
    std::tuple<scalar, loop, points_in_lanes<64>, points_in_lanes<128>, columns_in_lanes<64>, columns_in_lanes<128>>;

template <class... T>
void for_each_type(std::tuple<T...>, auto action) {
  (action(T{}), ...);
}

/// Whether all variants give what the scalar one does, to rounding errors, of which the chain makes many.
template <class Kernel, class T>
bool agree() {
  data<Kernel, T> expected, d;
  scalar::run(expected);
  bool right = true;
  for_each_type(variants{}, [&]<class Variant>(Variant) {
    Variant::run(d);
    T worst = 0;
    for (std::size_t i = 0; i < points; ++i) {
      T scale = std::abs(expected.values[i]), error = std::abs(d.values[i] - expected.values[i]);
      const bool columns = std::string_view(Variant::name).starts_with("columns");
      for (std::size_t k = 0; k < data<Kernel, T>::inputs; ++k) {
        const T got = columns ? d.gradient_columns[k][i] : d.gradients[i][k];
        scale = std::max(scale, std::abs(expected.gradients[i][k]));
        error = std::max(error, std::abs(got - expected.gradients[i][k]));
      }
      worst = std::max(worst, error / scale);
    }
    if (worst <= 5000 * std::numeric_limits<T>::epsilon()) return;
    std::fprintf(stderr, "%s/%s: differs from the scalar call by %g\n", Kernel::name, Variant::name,
                 static_cast<double>(worst));
    right = false;
  });
  return right;
}

template <class Variant, class Kernel, class T>
[[gnu::noinline]] void passes(data<Kernel, T>& d, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Variant::run(d);
    escape(&d);
  }
}

template <class Kernel, class T>
void compare(std::size_t rounds) {
  constexpr std::size_t variant_count = std::tuple_size_v<variants>, count = 16;
  static data<Kernel, T> d;
  void (*run[variant_count])(data<Kernel, T>&, std::size_t);
  const char* name[variant_count];
  std::size_t next = 0;
  for_each_type(variants{}, [&]<class Variant>(Variant) {
    run[next] = passes<Variant, Kernel, T>;
    name[next++] = Variant::name;
  });

  const auto seconds = in_shuffled_rounds(variant_count, rounds, [&](std::size_t v) {
    run[v](d, 1);  // wakes caches and predictors
    const double start = seconds_now();
    run[v](d, count);
    return seconds_now() - start;
  });
  for (std::size_t v = 0; v < variant_count; ++v) {
    const auto faster = ratios(seconds[0], seconds[v]);
    std::printf("%-16s%-8s%-14s%9.1f%10.2f   %.2f .. %.2f\n", Kernel::name, sizeof(T) == 4 ? "float" : "double",
                name[v], static_cast<double>(count * points) * 1e-6 / quantile(seconds[v], 0.5), quantile(faster, 0.5),
                quantile(faster, 0.25), quantile(faster, 0.75));
  }
}

}  // namespace bench

int main(int argc, char** argv) {
  const std::size_t rounds = bench::rounds_in(argc, argv);
  using pairs = std::tuple<std::pair<kernels::chain, double>, std::pair<kernels::black_scholes, double>,
                           std::pair<kernels::chain, float>, std::pair<kernels::black_scholes, float>>;
  bool right = true;
  bench::for_each_type(
      pairs{}, [&]<class Kernel, class T>(std::pair<Kernel, T>) { right = bench::agree<Kernel, T>() && right; });
  if (!right) return 1;
  std::printf("%s; %s; %zu rounds; value and gradient at %zu points\n", bench::compiler().c_str(), bench::isa.data(),
              rounds, bench::points);
  std::printf("%-16s%-8s%-14s%9s%10s   %s\n", "kernel", "type", "variant", "Mpoints/s", "x scalar", "quartiles");
  bench::for_each_type(pairs{},
                       [&]<class Kernel, class T>(std::pair<Kernel, T>) { bench::compare<Kernel, T>(rounds); });
}
