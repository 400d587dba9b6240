// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

#include <unistd.h>

namespace digits {

/// On a terminal a bar in one line that is drawn anew after each epoch; elsewhere a line for every tenth epoch.
class progress {
 public:
  explicit progress(std::size_t epochs) : epochs_(epochs) {}

  void show(std::size_t epoch, double loss, double accuracy) const {
    constexpr std::size_t width = 40;
    const bool last = epoch == epochs_;
    if (terminal_) {
      const std::string bar(width * epoch / epochs_, '#');
      std::printf("\r[%-*s] epoch %zu of %zu, loss %.4f, held out %.1f %%%s", static_cast<int>(width), bar.c_str(),
                  epoch, epochs_, loss, 100 * accuracy, last ? "\n" : "");
      std::fflush(stdout);
    } else if (last || epoch % 10 == 0) {
      std::printf("epoch %4zu   loss %.4f, held out %.1f %%\n", epoch, loss, 100 * accuracy);
    }
  }

 private:
  std::size_t epochs_;
  bool terminal_ = isatty(fileno(stdout)) != 0;
};

}  // namespace digits
