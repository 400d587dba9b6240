// SPDX-License-Identifier: BSL-1.0
#include <tapeless/tapeless.hpp>

constexpr auto f = [](auto x, auto y) { return x * sin(y) + exp(x * y); };
static_assert(tl::check_gradient(f)(1.0, 2.0));

int main(int argc, char**) {
  const auto [dx, dy] = tl::gradient(f)(1.0 * argc, 0.0);
  return dx == 0 && dy == 1.0 + 1.0 ? 0 : 1;
}
