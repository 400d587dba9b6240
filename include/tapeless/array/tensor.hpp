// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/view.hpp>

namespace tapeless {

namespace detail {

template <class T, std::size_t... Dims>
struct nested_array {
  using type = T;
};
template <class T, std::size_t Dim, std::size_t... Dims>
struct nested_array<T, Dim, Dims...> {
  using type = std::array<typename nested_array<T, Dims...>::type, Dim>;
};

/// Copies one after the other into a std::array of std::arrays.
template <class T, class Array>
constexpr const T* copy_nested(const T* from, Array& to) {
  for (auto& part : to)
    if constexpr (std::is_same_v<decltype(part), T&>) part = *from++;
    else from = copy_nested(from, part);
  return from;
}

}  // namespace detail

/// Numbers in one to four dimensions as a value: `tl::tensor<float, 32, 8, 8, 1> images{};`
///
/// An aggregate without padding, aligned as T, trivially copyable where T is. The last index runs fastest: `x(i, j, k)`
/// is element (i D1 + j) D2 + k of `data()`, and `x[i]` what is left when the first index is fixed, as a view. An index
/// out of range is a compile error in constant expressions and an assertion in debug builds.
///
///     tl::tensor<double, 2, 3, 4> x{};
///     x(1, 2, 3) = 5;
///     tl::mat<double, 3, 4> last = x[1];
///
/// With one or two dimensions it converts to a vec or a mat, and back.
template <class T, std::size_t... Dims>
struct tensor {
  static_assert(sizeof...(Dims) > 0 && sizeof...(Dims) <= 4 && ((Dims > 0) && ...),
                "tapeless: a tensor has one to four dimensions, and at least one element along each");
  using value_type = T;
  T elements[detail::element_count<Dims...>];

  static constexpr std::size_t size() { return detail::element_count<Dims...>; }
  static constexpr std::size_t rank() { return sizeof...(Dims); }
  constexpr std::size_t extent(std::size_t axis) const { return detail::extents<T, Dims...>::extent[axis]; }

  template <class... Index>
  requires(sizeof...(Index) == sizeof...(Dims)) [[gnu::always_inline]] constexpr T& operator()(Index... index) {
    return all()(index...);
  }
  template <class... Index>
  requires(sizeof...(Index) == sizeof...(Dims)) [[gnu::always_inline]] constexpr const T& operator()(
      Index... index) const {
    return all()(index...);
  }
  [[gnu::always_inline]] constexpr decltype(auto) operator[](std::size_t index) { return all()[index]; }
  [[gnu::always_inline]] constexpr decltype(auto) operator[](std::size_t index) const { return all()[index]; }

  constexpr T* data() { return elements; }
  constexpr const T* data() const { return elements; }
  constexpr T* begin() { return elements; }
  constexpr T* end() { return elements + size(); }
  constexpr const T* begin() const { return elements; }
  constexpr const T* end() const { return elements + size(); }

  constexpr void fill(const T& value) { all().fill(value); }
  /// All elements, as a view.
  [[gnu::always_inline]] constexpr auto all() { return detail::whole_view<T, Dims...>(elements); }
  [[gnu::always_inline]] constexpr auto all() const { return detail::whole_view<const T, Dims...>(elements); }
  template <std::size_t... To>
  constexpr auto reshape() {
    return all().template reshape<To...>();
  }
  template <std::size_t... To>
  constexpr auto reshape() const {
    return all().template reshape<To...>();
  }

  template <class X>
  requires(sizeof...(Dims) <= 2 && std::is_same_v<X, detail::tensor_of<T, Dims...>>) constexpr operator X() const {
    return detail::copied_as<X>(elements);
  }
  constexpr operator std::array<T, detail::element_count<Dims...>>() const {
    return detail::copied_as<std::array<T, size()>>(elements);
  }
  template <class X>
  requires(sizeof...(Dims) > 1 && std::is_same_v<X, typename detail::nested_array<T, Dims...>::type>) constexpr
  operator X() const {
    X nested{};
    detail::copy_nested(elements, nested);
    return nested;
  }
  constexpr operator std::span<T, detail::element_count<Dims...>>() { return std::span<T, size()>(elements, size()); }
  constexpr operator std::span<const T, detail::element_count<Dims...>>() const {
    return std::span<const T, size()>(elements, size());
  }

  friend constexpr bool operator==(const tensor&, const tensor&) = default;

  /// Prints a row in each line, `[1 2]`, and leaves lines free between matrices.
  template <class Stream>
  requires requires(Stream& stream, const T& element) { stream << element << ' '; }
  friend Stream& operator<<(Stream& stream, const tensor& values) { return stream << values.all(), stream; }
};

}  // namespace tapeless
