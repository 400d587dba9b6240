// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace tapeless {

/// What the elements of a node are: differentiable numbers, whole numbers that came in as data, or conditions; or, once
/// a program has been vectorized, differentiable numbers side by side.
enum class element : std::uint8_t { real, integer, boolean, pack };

/// The element kind and extents of a node's value, packed into one word so that nodes stay cheap to compare in constant
/// expressions: 4 bits of kind, 4 bits of rank, then up to four extents of 14 bits. A scalar has rank 0.
class shape {
 public:
  constexpr shape() = default;
  constexpr explicit shape(element kind) : code_(static_cast<std::uint64_t>(kind)) {}
  template <class... Extent>
  constexpr shape(element kind, Extent... extents) : shape(kind) {
    static_assert(sizeof...(extents) <= 4, "tapeless: a node has at most four dimensions");
    code_ |= static_cast<std::uint64_t>(sizeof...(extents)) << 4;
    unsigned at = 8;
    ((code_ |= static_cast<std::uint64_t>(extents) << at, at += 14), ...);
  }

  constexpr element kind() const { return static_cast<element>(code_ & 15); }
  constexpr std::size_t rank() const { return (code_ >> 4) & 15; }
  constexpr std::size_t extent(std::size_t i) const { return (code_ >> (8 + 14 * i)) & 0x3fff; }
  constexpr std::size_t size() const {
    std::size_t product = 1;
    for (std::size_t i = 0; i < rank(); ++i) product *= extent(i);
    return product;
  }
  constexpr std::uint64_t code() const { return code_; }
  constexpr bool operator==(const shape&) const = default;

 private:
  std::uint64_t code_ = 0;
};

}  // namespace tapeless
