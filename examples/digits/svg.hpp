// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <locale>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <tapeless/tapeless.hpp>

#include "data.hpp"

namespace digits {

/// A picture with a headline and a line below it. No text needs escaping.
class svg {
 public:
  static constexpr std::string_view ink = "#333333";

  svg(double width, double height, std::string_view headline, std::string_view explanation) {
    out_.imbue(std::locale::classic());
    out_ << "<svg xmlns='http://www.w3.org/2000/svg' width='" << width << "' height='" << height << "' fill='" << ink
         << "' font-family='Helvetica, Arial, DejaVu Sans, sans-serif' font-size='13'>\n"
         << "<rect width='100%' height='100%' fill='white'/>\n";
    text(40, 36, headline, "font-size='19' font-weight='bold'");
    text(40, 58, explanation, "fill-opacity='0.8'");
  }

  void text(double x, double y, std::string_view content, std::string_view attributes = "") {
    out_ << "<text x='" << x << "' y='" << y << "' " << attributes << '>' << content << "</text>\n";
  }
  void square(double x, double y, double size, std::string_view colour, double opacity = 1) {
    out_ << "<rect x='" << x << "' y='" << y << "' width='" << size << "' height='" << size << "' fill='" << colour
         << "' fill-opacity='" << opacity << "'/>\n";
  }
  /// 8 x 8 pixels from 0 to 1, in a frame of the size given.
  void pixel_map(double x, double y, double size, const tl::vec<float, pixels>& strength, std::string_view colour) {
    const double pixel = size / side;
    for (std::size_t i = 0; i < side; ++i)
      for (std::size_t j = 0; j < side; ++j)
        if (const float s = strength[i * side + j]; s > 0)
          square(x + static_cast<double>(j) * pixel, y + static_cast<double>(i) * pixel, pixel, colour,
                 std::round(static_cast<double>(s) * 100) / 100);
    out_ << "<rect x='" << x << "' y='" << y << "' width='" << size << "' height='" << size
         << "' fill='none' stroke='#cccccc'/>\n";
  }

  std::string finish() && {
    out_ << "</svg>\n";
    return std::move(out_).str();
  }

 private:
  std::ostringstream out_;
};

}  // namespace digits
