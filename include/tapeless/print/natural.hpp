// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace tapeless::detail {

/// A natural number below 2^(32 Words), for exact arithmetic in constant expressions.
template <int Words>
class natural {
 public:
  constexpr natural() = default;
  constexpr explicit natural(std::uint32_t word) : size_(word != 0) { word_[0] = word; }

  constexpr bool is_even() const { return word_[0] % 2 == 0; }

  /// Multiplies by one word and adds another.
  constexpr void multiply(std::uint32_t factor, std::uint32_t carry = 0) {
    for (int i = 0; i < size_; ++i) {
      const std::uint64_t product = std::uint64_t{word_[i]} * factor + carry;
      word_[i] = static_cast<std::uint32_t>(product);
      carry = static_cast<std::uint32_t>(product >> 32);
    }
    if (carry != 0) word_[size_++] = carry;
  }
  constexpr void multiply_by_power_of_5(int n) {
    for (; n >= 13; n -= 13) multiply(1220703125);
    for (; n > 0; --n) multiply(5);
  }
  constexpr void multiply_by_power_of_2(int n) {
    if (size_ == 0) return;
    if (const int whole = n / 32; whole > 0) {
      for (int i = size_; i-- > 0;) word_[i + whole] = word_[i];
      for (int i = 0; i < whole; ++i) word_[i] = 0;
      size_ += whole;
    }
    if (n % 32 != 0) multiply(std::uint32_t{1} << (n % 32));
  }
  constexpr void add(const natural& n) {
    std::uint64_t sum = 0;
    for (int i = 0; i < size_ || i < n.size_ || sum != 0; ++i, sum >>= 32) {
      sum += (i < size_ ? word_[i] : std::uint64_t{0}) + (i < n.size_ ? n.word_[i] : std::uint64_t{0});
      if (i == size_) ++size_;
      word_[i] = static_cast<std::uint32_t>(sum);
    }
  }
  /// Requires n <= *this.
  constexpr void subtract(const natural& n) {
    std::uint64_t borrow = 0;
    for (int i = 0; i < n.size_ || borrow != 0; ++i) {
      const std::uint64_t difference = word_[i] - (i < n.size_ ? n.word_[i] : std::uint64_t{0}) - borrow;
      word_[i] = static_cast<std::uint32_t>(difference);
      borrow = difference >> 63;
    }
    while (size_ > 0 && word_[size_ - 1] == 0) --size_;
  }

  /// Less than, equal to or greater than 0, as *this is to n.
  constexpr int compare(const natural& n) const {
    if (size_ != n.size_) return size_ < n.size_ ? -1 : 1;
    for (int i = size_; i-- > 0;)
      if (word_[i] != n.word_[i]) return word_[i] < n.word_[i] ? -1 : 1;
    return 0;
  }

 private:
  std::uint32_t word_[Words]{};  // the least significant one first
  int size_ = 0;                 // words in use, the last of which is not 0
};

}  // namespace tapeless::detail
