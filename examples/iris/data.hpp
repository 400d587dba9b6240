// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "network.hpp"

/// Reads the flowers, and trusts nothing: whatever is wrong is reported as `file:line: what is wrong`.
namespace iris {

struct flower {
  vector<double, features> x;  ///< sepal length and width, petal length and width
  int label;
};

struct data_set {
  std::array<std::string, classes> names;
  std::vector<flower> flowers;
};

class csv_reader {
 public:
  explicit csv_reader(const std::filesystem::path& path) : name_(path.string()), file_(path) {
    if (!file_ || is_directory(path)) throw std::runtime_error(name_ + ": cannot be read");
  }

  bool next_line() {
    ++number_;
    if (!std::getline(file_, line_)) {
      if (file_.bad()) fail("cannot be read");
      return false;
    }
    if (line_.ends_with('\r')) line_.pop_back();
    return true;
  }

  /// The line's fields, which must be `count` many.
  std::vector<std::string_view> fields(std::size_t count, std::string_view meaning) const {
    std::vector<std::string_view> parts;
    for (std::string_view rest = line_;;) {
      const auto comma = rest.find(',');
      parts.push_back(rest.substr(0, comma));
      if (comma == rest.npos) break;
      rest.remove_prefix(comma + 1);
    }
    if (line_.empty()) parts.clear();
    if (parts.size() != count)
      fail("expected " + std::to_string(count) + " fields (" + std::string(meaning) + "), found " +
           std::to_string(parts.size()));
    return parts;
  }

  /// The whole field as a number from `low` to `high`. The comparison also refuses what is not finite.
  template <class Number>
  Number number(std::string_view field, std::string_view meaning, Number low, Number high) const {
    Number value{};
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error == std::errc::invalid_argument || end != field.data() + field.size())
      fail("cannot read " + std::string(meaning) + ": \"" + std::string(field) + '"');
    if (error != std::errc{} || !(low <= value && value <= high))
      fail(std::string(meaning) + " is out of range: " + std::string(field));
    return value;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(name_ + ':' + std::to_string(number_) + ": " + what);
  }

 private:
  std::string name_;
  std::ifstream file_;
  std::string line_;
  std::size_t number_ = 0;
};

/// First line: number of rows, number of features, names of the classes. Then on each line a flower: features, class.
inline data_set read(const std::filesystem::path& path) {
  csv_reader csv(path);
  data_set data;

  if (!csv.next_line()) csv.fail("the file is empty");
  const auto header = csv.fields(2 + classes, "rows, features, names of the classes");
  const auto rows = csv.number<std::size_t>(header[0], "the number of rows", 3 * classes, 1'000'000);
  if (csv.number<std::size_t>(header[1], "the number of features", 0, 1'000'000) != features)
    csv.fail("expected " + std::to_string(features) + " features, not " + std::string(header[1]));
  for (std::size_t k = 0; k < classes; ++k) {
    data.names[k] = header[2 + k];
    const auto printable = [](char c) { return ' ' < c && c <= '~'; };
    if (data.names[k].empty() || !std::ranges::all_of(data.names[k], printable)) csv.fail("a class has no proper name");
  }

  std::array<std::size_t, classes> count{};
  while (csv.next_line()) {
    const auto row = csv.fields(features + 1, "measurements and a label");
    if (data.flowers.size() == rows) csv.fail("more rows than the " + std::to_string(rows) + " of the header");
    flower next{};
    for (std::size_t j = 0; j < features; ++j) next.x[j] = csv.number(row[j], "a measurement (cm)", 0.01, 100.0);
    next.label = csv.number(row[features], "the label", 0, static_cast<int>(classes) - 1);
    ++count[static_cast<std::size_t>(next.label)];
    data.flowers.push_back(next);
  }

  if (data.flowers.size() != rows)
    csv.fail("the file ends after " + std::to_string(data.flowers.size()) + " rows, the header announced " +
             std::to_string(rows));
  for (std::size_t k = 0; k < classes; ++k)
    if (count[k] < 3) csv.fail("the file ends with fewer than three rows of " + data.names[k]);
  return data;
}

}  // namespace iris
