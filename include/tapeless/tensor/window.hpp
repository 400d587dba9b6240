// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/view.hpp>

// Windows that move over images: what convolutions and pooling see.
namespace tapeless {

namespace detail {

/// A window of `height` by `width` that moves over images of rows, columns and channels (of a batch), by a stride for
/// rows and one for columns, with some lines around them that are not there (`padding`).
struct moving_window {
  std::size_t height, width, stride[2], padding[2];

  constexpr std::uint64_t parameter() const {
    return height | width << 8 | stride[0] << 16 | stride[1] << 24 | padding[0] << 32 | padding[1] << 40;
  }
  static constexpr moving_window of(std::uint64_t parameter) {
    const auto field = [&](int i) -> std::size_t { return parameter >> (8 * i) & 255; };
    return {field(0), field(1), {field(2), field(3)}, {field(4), field(5)}};
  }
  constexpr std::size_t rows(const shape& image) const {
    return (image.extent(1) + 2 * padding[0] - height) / stride[0] + 1;
  }
  constexpr std::size_t columns(const shape& image) const {
    return (image.extent(2) + 2 * padding[1] - width) / stride[1] + 1;
  }
  /// One row for each place of the window, the elements under it side by side.
  constexpr shape patches(const shape& image) const {
    return shape(image.kind(), image.extent(0) * rows(image) * columns(image), height * width * image.extent(3));
  }
  /// Calls `f(in the patches, in the image, before, inside, behind)` for every line of every window, which lies in one
  /// piece in both: so many elements of it lie before the image, in it and behind it.
  template <class F>
  constexpr auto each_line(const shape& image, F f) const {
    const std::size_t high = image.extent(1), wide = image.extent(2), channels = image.extent(3);
    std::size_t patch = 0;
    for (std::size_t n = 0; n < image.extent(0); ++n)
      for (std::size_t top = 0; top < rows(image); ++top)
        for (std::size_t left = 0; left < columns(image); ++left)
          for (std::size_t i = 0; i < height; ++i, patch += width * channels) {
            const std::size_t row = top * stride[0] + i, column = left * stride[1];  // counted from the padding
            const bool hits = row >= padding[0] && row < high + padding[0];
            const std::size_t before = !hits ? width : column < padding[1] ? lesser(padding[1] - column, width) : 0;
            const std::size_t end = !hits ? width : lesser(width, greater_of(wide + padding[1], column) - column);
            const std::size_t inside = end > before ? end - before : 0;
            const std::size_t pixel = inside ? (n * high + row - padding[0]) * wide + column + before - padding[1] : 0;
            f(patch, pixel * channels, before * channels, inside * channels, (width - before - inside) * channels);
          }
  }

 private:
  static constexpr std::size_t lesser(std::size_t x, std::size_t y) { return y < x ? y : x; }
  static constexpr std::size_t greater_of(std::size_t x, std::size_t y) { return x < y ? y : x; }
};

constexpr value record_patches(recorder& r, const value& x, const moving_window& w, const shape& image);
constexpr value record_overlay(recorder& r, const value& x, const moving_window& w, const shape& image);

}  // namespace detail

namespace op {

/// The elements under each place of a window, as one row; zeros where the window reaches over the edge.
struct patches : tensor_operation<"patches", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_patches(r, x[0], detail::moving_window::of(detail::parameter_of(n)), x[0].shape());
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    return compute_beyond(call, y, x, T(0));
  }
  template <class T>
  static constexpr auto compute_beyond(const detail::tensor_call& call, T* y, const T* x, const T& beyond) {
    const auto copy = [&](std::size_t patch, std::size_t pixel, std::size_t before, std::size_t inside,
                          std::size_t behind) {
      T* to = y + patch;
      for (std::size_t each = 0; each < before; ++each) *to++ = beyond;
      for (std::size_t each = 0; each < inside; ++each) *to++ = x[pixel + each];
      for (std::size_t each = 0; each < behind; ++each) *to++ = beyond;
    };
    detail::moving_window::of(call.parameter).each_line(call.operand[0], copy);
  }
  static constexpr value pullback(int, const value& g, const value* x, const value& y) {
    return detail::record_overlay(*y.home(), g, detail::moving_window::of(detail::parameter_of(*y.definition())),
                                  x[0].shape());
  }
};

/// The same with minus infinity where the window reaches over the edge: what never is the largest.
struct patches_to_compare : tensor_operation<"patches_to_compare", 1> {
  static constexpr value record(recorder& r, const node& n, const value* x);
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    return patches::compute_beyond(call, y, x, T(-infinity));
  }
  static constexpr value pullback(int i, const value& g, const value* x, const value& y) {
    return patches::pullback(i, g, x, y);
  }
  static constexpr value pushforward(int, const value& dx, const value* x, const value& y) {
    return detail::record_patches(*y.home(), dx, detail::moving_window::of(detail::parameter_of(*y.definition())),
                                  x[0].shape());
  }
};
constexpr value patches_to_compare::record(recorder& r, const node& n, const value* x) {
  return detail::tensor_node<patches_to_compare>(r, n.shape, detail::parameter_of(n), x[0]);
}

/// The sum of what the windows say of each element of the image.
struct overlay : tensor_operation<"overlay", 1> {
  static constexpr bool is_linear = true;
  static constexpr value record(recorder& r, const node& n, const value* x) {
    return detail::record_overlay(r, x[0], detail::moving_window::of(detail::parameter_of(n)), n.shape);
  }
  template <class T>
  static constexpr auto compute(const detail::tensor_call& call, T* y, const T* x) {
    for (std::size_t i = 0; i < call.result.size(); ++i) y[i] = T(0);
    const auto add = [&](std::size_t patch, std::size_t pixel, std::size_t before, std::size_t inside, std::size_t) {
      for (std::size_t each = 0; each < inside; ++each) y[pixel + each] = y[pixel + each] + x[patch + before + each];
    };
    detail::moving_window::of(call.parameter).each_line(call.result, add);
  }
  static constexpr value pullback(int, const value& g, const value*, const value& y) {
    return detail::record_patches(*y.home(), g, detail::moving_window::of(detail::parameter_of(*y.definition())),
                                  y.shape());
  }
};

}  // namespace op

namespace detail {

constexpr value record_patches(recorder& r, const value& x, const moving_window& w, const shape& image) {
  if (x.is_strong_zero()) return x;
  return tensor_node<op::patches>(r, w.patches(image).with_kind(x.kind()), w.parameter(), shaped(r, x, image));
}
constexpr value record_overlay(recorder& r, const value& x, const moving_window& w, const shape& image) {
  if (x.is_strong_zero()) return x;
  return tensor_node<op::overlay>(r, image.with_kind(x.kind()), w.parameter(), x);
}

}  // namespace detail
}  // namespace tapeless
