// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "chart.hpp"
#include "train.hpp"

namespace iris {

/// How good the network is after an epoch.
struct epoch {
  quality train, test;
};

/// The loss on both sets over the epochs; the first entry is the untrained network.
inline std::string loss_curve(std::span<const epoch> history) {
  double low = 1, high = 1;
  for (const auto& [train, test] : history) {
    low = std::min({train.loss, test.loss, low});
    high = std::max({train.loss, test.loss, high});
  }
  const auto last = history.size() - 1;
  chart picture({"epoch", 0, static_cast<double>(last)}, {"loss (nats)", 0.9 * low, 1.1 * high, true});
  picture.title("Learning Iris", "Mean cross-entropy of a flower after each epoch; guessing costs ln 3 = 1.10");
  picture.grid();

  const auto curve = [&](quality epoch::*set, std::string_view name, std::string_view colour, double nudge) {
    const auto height = [&](std::size_t e) { return picture.y((history[e].*set).loss); };
    picture.draw() << "<path fill='none' stroke-width='2.2' stroke='" << colour << "' d='";
    for (std::size_t e = 0; e <= last; ++e)
      picture.draw() << (e == 0 ? 'M' : 'L') << picture.x(static_cast<double>(e)) << ' ' << height(e);
    picture.draw() << "'/>\n";
    picture.text(chart::right + 10, height(last) + 4.5 + nudge, name,
                 "font-weight='bold' fill='" + std::string(colour) + "'");
  };
  const auto gap = picture.y(history[last].train.loss) - picture.y(history[last].test.loss);
  const auto nudge = std::copysign(std::max(0.0, 9 - std::abs(gap) / 2), gap);  // so that the names do not overlap
  curve(&epoch::train, "training", "#0072B2", nudge);
  curve(&epoch::test, "held out", "#D55E00", -nudge);
  picture.axes();
  return std::move(picture).finish();
}

}  // namespace iris
