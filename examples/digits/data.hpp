// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tapeless/tapeless.hpp>

#include "random.hpp"

/// Reads the images, and splits them into a training set and a held-out set.
namespace digits {

inline constexpr std::size_t side = 8;
inline constexpr std::size_t pixels = side * side;
inline constexpr std::size_t classes = 10;
inline constexpr std::size_t held_out = 360;

struct image {
  tl::vec<float, pixels> ink;  ///< row by row, from 0 to 1
  int label;
};

/// digits.txt says how the file is written. Whatever is wrong is reported as `file:line: what is wrong`.
inline std::vector<image> read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::size_t number = 0;
  const auto require = [&](bool right, std::string_view otherwise) {
    if (!right) throw std::runtime_error(path.string() + ':' + std::to_string(number) + ": " + std::string(otherwise));
  };
  const auto next_line = [&] {
    ++number;
    const bool read = static_cast<bool>(std::getline(file, line));
    if (line.ends_with('\r')) line.pop_back();
    return read;
  };

  if (!file || is_directory(path)) throw std::runtime_error(path.string() + ": cannot be read");
  require(next_line() && line == "1797,64,10", "expected 1797,64,10: images, pixels, classes");
  std::vector<image> images;
  while (next_line()) {
    require(line.size() == pixels + 2 && line[pixels] == ',', "expected 64 pixels, a comma, and the label");
    image& next = images.emplace_back();
    for (std::size_t place = 0; place < pixels; ++place) {
      const auto grey = std::string_view(".123456789abcdefg").find(line[place]);
      require(grey != std::string_view::npos, "a pixel is one of .123456789abcdefg");
      next.ink[place] = static_cast<float>(grey) / 16;
    }
    next.label = line.back() - '0';
    require(0 <= next.label && next.label < static_cast<int>(classes), "a label is a digit");
  }
  require(images.size() == 1797, "expected 1797 images, found " + std::to_string(images.size()));
  return images;
}

struct split {
  std::vector<image> train, test;
};

/// Always the same split, so that accuracies can be compared: shuffled, as the people wrote one after the other.
inline split fixed_split(std::vector<image> images) {
  random_source random(1998);  // the year in which the images were published
  random.shuffle(std::span(images));
  const auto middle = images.end() - held_out;
  return {{images.begin(), middle}, {middle, images.end()}};
}

}  // namespace digits
