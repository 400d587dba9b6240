// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "svg.hpp"
#include "train.hpp"

namespace digits {

/// Two images of each digit, the smaller digits first.
inline std::vector<image> two_of_each(std::span<const image> images) {
  std::vector<image> chosen;
  for (int label = 0; label < static_cast<int>(classes); ++label) {
    std::size_t found = 0;
    for (const image& x : images)
      if (x.label == label && found < 2) chosen.push_back(x), ++found;
  }
  return chosen;
}

/// Digits beside the sizes of the gradients of their scores with respect to the pixels: where ink would matter most.
template <class Network, class Parameters>
std::string saliency_map(const Parameters& parameters, std::span<const image> images) {
  const auto chosen = two_of_each(images);
  batch<float> inputs{}, gradient{};
  batch_labels labels{};
  put(std::span(chosen), inputs, labels);
  saliency<Network>.into(gradient, parameters, inputs, labels);

  constexpr double size = 72, pair = 2 * size + 6, gap = 26;
  constexpr std::size_t columns = 4;
  const std::size_t rows = (chosen.size() + columns - 1) / columns;
  svg picture(80 + columns * (pair + gap) - gap, 100 + static_cast<double>(rows) * (size + gap),
              "What the " + std::string(Network::name) + " network looks at",
              "Held-out digits, and how much each pixel sways the score of the digit: |d score / d pixel|");
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const double x = 40 + static_cast<double>(i % columns) * (pair + gap);
    const double y = 84 + static_cast<double>(i / columns) * (size + gap);
    tl::vec<float, pixels> strength = gradient.row(i);
    for (float& s : strength) s = std::abs(s);
    const float most = std::ranges::max(strength);
    for (float& s : strength) s = most > 0 ? s / most : 0;
    picture.pixel_map(x, y, size, chosen[i].ink, svg::ink);
    picture.pixel_map(x + size + 6, y, size, strength, "#D55E00");
  }
  return std::move(picture).finish();
}

}  // namespace digits
