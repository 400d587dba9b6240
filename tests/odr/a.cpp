// SPDX-License-Identifier: BSL-1.0
#include "shared.hpp"

// The same derivative is made in two translation units, and they link and agree.
int main() {
  const auto [value, gradient] = tl::value_and_gradient(odr::f)(1.5, 2.5);
  const auto other = odr::elsewhere(1.5, 2.5);
  return value == other.value && gradient == other.gradient ? 0 : 1;
}
