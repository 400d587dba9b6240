// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

/// The command line.
namespace digits {

inline constexpr const char* usage =
    "usage: digits [--data FILE] [--out DIR] [--network dense|conv] [--epochs NUMBER] [--seed NUMBER] [--help]\n"
    "Trains two networks on handwritten digits with gradients made by tapeless.\n"
    "  --data FILE      the images (default: the digits.csv of the source folder, else ./digits.csv)\n"
    "  --out DIR        where the pictures are written (default: the current folder)\n"
    "  --network NAME   only this one (default: dense, then conv)\n"
    "  --epochs NUMBER  for a quick look; any accuracy will do then\n"
    "  --seed NUMBER    of initial weights and order; the split is fixed (default: 0)\n"
    "exit status: 0, 1 (bad data, a failed check, too few held-out digits right), 2 (wrong usage)\n";

/// A command line that makes no sense.
struct usage_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

inline std::filesystem::path default_data() {
#ifdef DIGITS_DATA
  if (std::filesystem::exists(DIGITS_DATA)) return DIGITS_DATA;
#endif
  return "digits.csv";
}

struct options {
  std::filesystem::path data = default_data();
  std::filesystem::path out = ".";
  std::string network;       ///< empty for all
  std::uint32_t epochs = 0;  ///< 0 for as many as the network's schedule says
  std::uint32_t seed = 0;
  bool help = false;

  explicit options(std::span<char* const> arguments) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const std::string_view name = arguments[i];
      if (name == "--help") {
        help = true;
        continue;
      }
      if (name != "--data" && name != "--out" && name != "--network" && name != "--epochs" && name != "--seed")
        throw usage_error("unknown argument: " + std::string(name));
      if (++i == arguments.size()) throw usage_error(std::string(name) + " needs a value");
      const std::string_view value = arguments[i];
      if (name == "--data") data = value;
      if (name == "--out") out = value;
      if (name == "--network") network = value;
      if (name == "--epochs") epochs = number(name, value);
      if (name == "--seed") seed = number(name, value);
    }
    if (!network.empty() && network != "dense" && network != "conv")
      throw usage_error("there is no network " + network);
    if (epochs > 10'000) throw usage_error("--epochs is too large");
  }

 private:
  static std::uint32_t number(std::string_view name, std::string_view text) {
    std::uint32_t value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      throw usage_error(std::string(name) + " is not a number: " + std::string(text));
    return value;
  }
};

}  // namespace digits
