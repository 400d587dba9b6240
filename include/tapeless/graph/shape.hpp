// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace tapeless {

/// What the elements of a node are: differentiable numbers, whole numbers that came in as data, or conditions; or, once
/// a program has been vectorized, differentiable numbers side by side.
enum class element : std::uint8_t { real, integer, boolean, pack };

namespace detail {
/// No constant expression gets past this.
inline void tensor_is_too_large() {}
}  // namespace detail

/// The element kind and extents of a node's value, packed into one word so that nodes stay cheap to compare in constant
/// expressions: 4 bits of kind, 4 bits of rank, then up to four extents, which share 56 bits: 16383 places along each
/// of four axes, 262143 along each of three. A scalar has rank 0.
class shape {
 public:
  constexpr shape() = default;
  constexpr explicit shape(element kind) : code_(static_cast<std::uint64_t>(kind)) {}
  template <class... Extent>
  constexpr shape(element kind, Extent... extents) : shape(kind) {
    static_assert(sizeof...(extents) <= 4, "tapeless: a node has at most four dimensions");
    code_ |= static_cast<std::uint64_t>(sizeof...(extents)) << 4;
    std::size_t axis = 0;
    (put(axis++, static_cast<std::size_t>(extents)), ...);
  }

  /// As many dimensions as a list has extents.
  static constexpr shape of(element kind, const std::size_t* extents, std::size_t rank) {
    shape s(kind);
    s.code_ |= static_cast<std::uint64_t>(rank) << 4;
    for (std::size_t i = 0; i < rank; ++i) s.put(i, extents[i]);
    return s;
  }
  /// With one dimension more, the last.
  constexpr shape with_axis(std::size_t extent_of_it) const {
    std::size_t extents[5] = {};
    for (std::size_t i = 0; i < rank(); ++i) extents[i] = extent(i);
    extents[rank()] = extent_of_it;
    return of(kind(), extents, rank() + 1);
  }
  constexpr shape with_extent(std::size_t axis, std::size_t extent_of_it) const {
    shape s = *this;
    s.code_ &= ~(most() << (8 + bits() * axis));
    s.put(axis, extent_of_it);
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
  constexpr std::size_t extent(std::size_t i) const { return (code_ >> (8 + bits() * i)) & most(); }
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
  constexpr std::size_t bits() const { return 56 / rank(); }
  constexpr std::uint64_t most() const { return (std::uint64_t{1} << bits()) - 1; }
  constexpr void put(std::size_t axis, std::size_t extent_of_it) {
    if (extent_of_it > most()) detail::tensor_is_too_large();
    code_ |= static_cast<std::uint64_t>(extent_of_it) << (8 + bits() * axis);
  }

  std::uint64_t code_ = 0;
};

}  // namespace tapeless
