// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chart.hpp"
#include "data.hpp"
#include "split.hpp"
#include "train.hpp"

namespace iris {

inline constexpr std::size_t petal_length = 2, petal_width = 3;

/// How the flowers of a class are drawn: a colour that everybody can tell from the others (Okabe and Ito), and a shape.
struct marker {
  std::string_view colour, shape;
};

inline constexpr std::array<marker, classes> markers{{{"#0072B2", "m-4.4 0a4.4 4.4 0 0 0 8.8 0a4.4 4.4 0 0 0-8.8 0z"},
                                                      {"#E69F00", "m-4-4h8v8h-8z"},
                                                      {"#009E73", "m0-5.4l5.2 9h-10.4z"}}};

inline void mark(chart& picture, double x, double y, int label, bool filled) {
  const auto& [colour, shape] = markers[static_cast<std::size_t>(label)];
  picture.draw() << "<path d='M" << x << ' ' << y << shape << "' stroke-width='" << (filled ? 0.8 : 1.8) << "' fill='"
                 << (filled ? colour : "white") << "' stroke='" << (filled ? "white" : colour) << "'/>\n";
}

inline void ring(chart& picture, double x, double y) {
  picture.draw() << "<circle cx='" << x << "' cy='" << y << "' r='9' fill='none' stroke-width='1.6' stroke='"
                 << chart::ink << "'/>\n";
}

/// An axis for one of the measurements, with some room around the flowers.
inline axis axis_of(std::string label, const std::vector<flower>& flowers, std::size_t feature) {
  const auto value = [feature](const flower& f) { return f.x[feature]; };
  const auto [low, high] = std::ranges::minmax(flowers, {}, value);
  const auto room = 0.05 * (value(high) - value(low)) + 0.02;
  return {std::move(label), value(low) - room, value(high) + room};
}

/// Colours the plane by the class that `softmax_at(length, width)` prefers, the stronger the surer it is.
inline void shade(chart& picture, const auto& softmax_at) {
  constexpr double cell = 2;
  constexpr std::size_t strengths = 5;
  std::array<std::array<std::ostringstream, strengths>, classes> strokes;

  for (auto y = chart::top + cell / 2; y < chart::bottom; y += cell) {
    std::ostringstream* stroke = nullptr;  // from left to right, a new one wherever the colour changes
    for (auto x = chart::left + cell / 2; x < chart::right; x += cell) {
      const auto softmax = softmax_at(picture.x_value(x), picture.y_value(y));
      const auto best = std::ranges::max_element(softmax);
      const auto sure = (classes * *best - 1) / (classes - 1);  // 0 if all classes are alike, 1 at most
      const auto strength = std::min(static_cast<std::size_t>(sure * strengths), strengths - 1);
      auto& here = strokes[static_cast<std::size_t>(best - softmax.begin())][strength];
      if (stroke == &here) continue;
      if (stroke) *stroke << 'H' << x - cell / 2;
      here << 'M' << x - cell / 2 << ' ' << y;
      stroke = &here;
    }
    if (stroke) *stroke << 'H' << chart::right;
  }
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t s = 0; s < strengths; ++s)
      picture.draw() << "<path stroke='" << markers[k].colour << "' stroke-opacity='"
                     << 0.10 + 0.07 * static_cast<double>(s) << "' stroke-width='" << cell + 0.2 << "' d='"
                     << strokes[k][s].view() << "'/>\n";
}

/// What the network has learned: its class for every petal, the sepals being average, under the flowers themselves.
inline std::string region_map(const network<double>& net, const standardiser& standardise, const data_set& data,
                              const split& flowers) {
  chart picture(axis_of("petal length (cm)", data.flowers, petal_length),
                axis_of("petal width (cm)", data.flowers, petal_width));
  picture.title("What the network has learned",
                "Its class for every petal, for average sepals; stronger colour: surer. Equal petals are drawn apart.");
  shade(picture, [&](double length, double width) {
    auto x = standardise.mean;
    x[petal_length] = length;
    x[petal_width] = width;
    return softmax(scores(net, standardise(x)));
  });
  picture.axes();

  std::size_t drawn = 0, wrong = 0;
  const auto apart = [&](double value, double ratio) {  // many petals measure the same: part them by less than a tick
    return value + 0.06 * (std::fmod(ratio * static_cast<double>(drawn), 1.0) - 0.5);
  };
  for (const auto* set : {&flowers.train, &flowers.test})
    for (const auto& [x, label] : *set) {
      ++drawn;
      const auto at_x = picture.x(apart(x[petal_length], 0.7549)), at_y = picture.y(apart(x[petal_width], 0.5698));
      mark(picture, at_x, at_y, label, set == &flowers.train);
      if (predict(net, standardise(x)) == label) continue;
      ring(picture, at_x, at_y);
      ++wrong;
    }

  const auto legend_x = chart::right + 22;
  auto legend_y = chart::top + 8;
  const auto entry = [&](std::string_view text) {
    picture.text(legend_x + 18, legend_y + 4.5, text);
    legend_y += 24;
  };
  for (int label = 0; label < static_cast<int>(classes); ++label) {
    mark(picture, legend_x, legend_y, label, true);
    entry(data.names[static_cast<std::size_t>(label)]);
  }
  legend_y += 12;
  mark(picture, legend_x, legend_y, 0, true);
  entry("training");
  mark(picture, legend_x, legend_y, 0, false);
  entry("held out");
  ring(picture, legend_x, legend_y);
  entry("wrong (" + std::to_string(wrong) + ")");
  return std::move(picture).finish();
}

}  // namespace iris
