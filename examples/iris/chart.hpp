// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <locale>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A plot area with two axes, drawn as SVG. The data goes on top of grid() and below axes().
namespace iris {

struct axis {
  std::string label;
  double low;
  double high;
  bool logarithmic = false;

  /// 0 at the low end of the axis, 1 at the high end.
  double fraction(double value) const {
    return logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
  }

  double value(double fraction) const {
    return logarithmic ? low * std::pow(high / low, fraction) : low + fraction * (high - low);
  }

  /// Multiples of 1, 2 or 5 times a power of ten, about six; on a logarithmic axis 1, 2 and 5 times all powers of ten.
  std::vector<double> ticks() const {
    std::vector<double> result;
    auto power = std::pow(10.0, std::floor(std::log10(logarithmic ? low : (high - low) / 6)));
    if (logarithmic) {
      for (; power <= high; power *= 10)
        for (double digit : {1, 2, 5})
          if (low <= digit * power && digit * power <= high) result.push_back(digit * power);
    } else {
      const auto rough = (high - low) / 6 / power;
      const auto step = power * (rough < 1.5 ? 1 : rough < 3.5 ? 2 : rough < 7.5 ? 5 : 10);
      for (auto k = std::ceil(low / step) + 0.0; k * step <= high; ++k) result.push_back(k * step);
    }
    return result;
  }
};

class chart {
 public:
  static constexpr double width = 800, height = 500;                       // of the picture
  static constexpr double left = 76, right = 640, top = 76, bottom = 436;  // of the plot area
  static constexpr std::string_view ink = "#333333", faint = "#e8e8e8";

  chart(axis x, axis y) : x_(std::move(x)), y_(std::move(y)) {
    out_.imbue(std::locale::classic());
    out_ << "<svg xmlns='http://www.w3.org/2000/svg' width='" << width << "' height='" << height << "' fill='" << ink
         << "' font-family='Helvetica, Arial, DejaVu Sans, sans-serif' font-size='13'>\n"
         << "<rect width='100%' height='100%' fill='white'/>\n";
  }

  double x(double value) const { return left + (right - left) * x_.fraction(value); }
  double y(double value) const { return bottom - (bottom - top) * y_.fraction(value); }
  double x_value(double at) const { return x_.value((at - left) / (right - left)); }
  double y_value(double at) const { return y_.value((bottom - at) / (bottom - top)); }

  /// For elements of any kind, at coordinates from x() and y().
  std::ostream& draw() { return out_; }

  void line(double x1, double y1, double x2, double y2, std::string_view colour) {
    out_ << "<path d='M" << x1 << ' ' << y1 << 'L' << x2 << ' ' << y2 << "' stroke='" << colour << "'/>\n";
  }

  void text(double at_x, double at_y, std::string_view content, std::string_view attributes = "") {
    out_ << "<text x='" << at_x << "' y='" << at_y << "' " << attributes << '>';
    for (char c : content) {
      if (c == '&') out_ << "&amp;";
      else if (c == '<') out_ << "&lt;";
      else out_ << c;
    }
    out_ << "</text>\n";
  }

  void title(std::string_view headline, std::string_view explanation) {
    text(left, 36, headline, "font-size='19' font-weight='bold'");
    text(left, 58, explanation, "fill-opacity='0.8'");
  }

  void grid() {
    for (auto tick : x_.ticks()) line(x(tick), top, x(tick), bottom, faint);
    for (auto tick : y_.ticks()) line(left, y(tick), right, y(tick), faint);
  }

  void axes() {
    for (auto tick : x_.ticks()) {
      line(x(tick), bottom, x(tick), bottom + 5, ink);
      text(x(tick), bottom + 21, number(tick), "text-anchor='middle'");
    }
    for (auto tick : y_.ticks()) {
      line(left - 5, y(tick), left, y(tick), ink);
      text(left - 10, y(tick) + 4.5, number(tick), "text-anchor='end'");
    }
    line(left, bottom, right, bottom, ink);
    line(left, bottom, left, top, ink);
    text((left + right) / 2, bottom + 46, x_.label, "text-anchor='middle'");
    text(-(top + bottom) / 2, 26, y_.label, "text-anchor='middle' transform='rotate(-90)'");
  }

  std::string finish() && {
    out_ << "</svg>\n";
    return std::move(out_).str();
  }

 private:
  static std::string number(double value) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << value;
    return std::move(text).str();
  }

  axis x_, y_;
  std::ostringstream out_;
};

}  // namespace iris
