// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

/// The command line.
namespace iris {

inline constexpr const char* usage =
    "usage: iris [--data FILE] [--out DIR] [--seed NUMBER] [--help]\n"
    "Trains a small network on the Iris data with gradients made by tapeless.\n"
    "  --data FILE    the flowers (default: the iris.csv of the source folder, else ./iris.csv)\n"
    "  --out DIR      where loss.svg and regions.svg are written (default: the current folder)\n"
    "  --seed NUMBER  of split, initial weights and order (default: 1936, the year of Fisher's paper)\n"
    "exit status: 0, 1 (bad data, a failed check, fewer than 94 % of the held-out flowers right), 2 (wrong usage)\n";

/// A command line that makes no sense.
struct usage_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

inline std::filesystem::path default_data() {
#ifdef IRIS_DATA
  if (std::filesystem::exists(IRIS_DATA)) return IRIS_DATA;
#endif
  return "iris.csv";
}

struct options {
  std::filesystem::path data = default_data();
  std::filesystem::path out = ".";
  std::uint32_t seed = 1936;
  bool help = false;

  explicit options(std::span<char* const> arguments) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const std::string_view name = arguments[i];
      if (name == "--help") {
        help = true;
        continue;
      }
      if (name != "--data" && name != "--out" && name != "--seed")
        throw usage_error("unknown argument: " + std::string(name));
      if (++i == arguments.size()) throw usage_error(std::string(name) + " needs a value");
      const std::string_view value = arguments[i];
      if (name == "--data") data = value;
      if (name == "--out") out = value;
      if (name == "--seed") seed = number(value);
    }
  }

 private:
  static std::uint32_t number(std::string_view text) {
    std::uint32_t value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      throw usage_error("--seed is not a number: " + std::string(text));
    return value;
  }
};

}  // namespace iris
