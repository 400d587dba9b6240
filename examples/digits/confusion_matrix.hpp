// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "svg.hpp"

namespace digits {

/// Row: what an image shows; column: what the network takes it for.
using confusion_matrix = tl::mat<int, classes, classes>;

inline confusion_matrix count(std::span<const image> images, std::span<const int> predicted) {
  confusion_matrix counts{};
  for (std::size_t i = 0; i < images.size(); ++i)
    ++counts(static_cast<std::size_t>(images[i].label), static_cast<std::size_t>(predicted[i]));
  return counts;
}

inline void print(const confusion_matrix& counts) {
  std::printf("             taken for\n             ");
  for (std::size_t j = 0; j < classes; ++j) std::printf("%4zu", j);
  for (std::size_t i = 0; i < classes; ++i) {
    std::printf("\n    shows %zu  ", i);
    for (const int n : counts[i])
      if (n == 0) std::printf("   .");
      else std::printf("%4d", n);
  }
  std::printf("\n");
}

/// Right ones in blue, on the diagonal; wrong ones in red.
inline std::string draw(const confusion_matrix& counts, std::string_view network) {
  constexpr double cell = 36, left = 90, top = 120;
  int images = 0, right = 0, most = 1;
  for (std::size_t i = 0; i < classes; ++i) {
    right += counts(i, i);
    for (const int n : counts[i]) images += n, most = std::max(most, n);
  }
  svg picture(
      left + classes * cell + 40, top + classes * cell + 30,
      "What the " + std::string(network) + " network takes digits for",
      std::to_string(images) + " held-out digits, " + std::to_string(images - right) + " taken for another one");
  const auto at = [](double start, std::size_t i) { return start + (static_cast<double>(i) + 0.5) * cell; };
  picture.text(left + classes * cell / 2, top - 30, "taken for", "text-anchor='middle'");
  picture.text(left - 30, top + classes * cell / 2 + 4.5, "shows", "text-anchor='end'");
  for (std::size_t i = 0; i < classes; ++i) {
    picture.text(at(left, i), top - 8, std::to_string(i), "text-anchor='middle' font-weight='bold'");
    picture.text(left - 10, at(top, i) + 4.5, std::to_string(i), "text-anchor='end' font-weight='bold'");
    for (std::size_t j = 0; j < classes; ++j) {
      const int n = counts(i, j);
      // A single mistake is to be seen beside dozens of right answers.
      const double strength = n == 0 ? 0.04 : 0.25 + 0.6 * std::sqrt(static_cast<double>(n) / most);
      picture.square(at(left, j) - cell / 2 + 1, at(top, i) - cell / 2 + 1, cell - 2,
                     n == 0   ? svg::ink
                     : i == j ? "#0072B2"
                              : "#D55E00",
                     strength);
      if (n > 0)
        picture.text(at(left, j), at(top, i) + 4.5, std::to_string(n),
                     strength > 0.6 ? "text-anchor='middle' fill='white'" : "text-anchor='middle'");
    }
  }
  return std::move(picture).finish();
}

}  // namespace digits
