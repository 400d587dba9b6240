// SPDX-License-Identifier: BSL-1.0
// error: tapeless: a batch is of a stateless function or its gradient; pass what it captures as arguments
#include <array>
#include <span>
#include <vector>

#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * sin(y); };
using numbers = std::span<double>;
void slopes(numbers dx, numbers dy, numbers x, numbers y, std::vector<float>& narrow, double k) {
  static_cast<void>(narrow), static_cast<void>(k);
#ifdef CONTROL
  tl::batch(tl::gradient(f)).into(std::tie(dx, dy), x, y);
#else
  const auto g = [k](auto u, auto v) { return k * u * v; };
  tl::batch(tl::gradient(g)).into(std::tie(dx, dy), x, y);
#endif
}
