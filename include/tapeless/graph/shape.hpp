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

  /// As many dimensions as a list has extents.
  static constexpr shape of(element kind, const std::size_t* extents, std::size_t rank) {
    shape s(kind);
    for (std::size_t i = 0; i < rank; ++i) s = s.with_axis(extents[i]);
    return s;
  }
  /// With one dimension more, the last.
  constexpr shape with_axis(std::size_t extent) const {
    shape s = *this;
    s.code_ |= static_cast<std::uint64_t>(extent) << (8 + 14 * rank());
    s.code_ += 16;
    return s;
  }
  constexpr shape with_extent(std::size_t axis, std::size_t extent) const {
    shape s = *this;
    s.code_ &= ~(std::uint64_t{0x3fff} << (8 + 14 * axis));
    s.code_ |= static_cast<std::uint64_t>(extent) << (8 + 14 * axis);
    return s;
  }
  constexpr shape with_kind(element kind) const {
    shape s = *this;
    s.code_ = (code_ & ~std::uint64_t{15}) | static_cast<std::uint64_t>(kind);
    return s;
  }
  constexpr bool same_extents(const shape& other) const { return (code_ >> 4) == (other.code_ >> 4); }

  constexpr element kind() const { return static_cast<element>(code_ & 15); }
  constexpr std::size_t rank() const { return (code_ >> 4) & 15; }
  constexpr std::size_t extent(std::size_t i) const { return (code_ >> (8 + 14 * i)) & 0x3fff; }
  constexpr std::size_t size() const {
    std::size_t product = 1;
    for (std::size_t i = 0; i < rank(); ++i) product *= extent(i);
    return product;
  }
  constexpr bool is_scalar() const { return rank() == 0; }
  /// The whole shape as a number, and back: what a template can take as an argument.
  constexpr std::uint64_t code() const { return code_; }
  static constexpr shape from(std::uint64_t code) {
    shape s;
    s.code_ = code;
    return s;
  }
  constexpr bool operator==(const shape&) const = default;

 private:
  std::uint64_t code_ = 0;
};

}  // namespace tapeless
