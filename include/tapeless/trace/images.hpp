// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tensor/window.hpp>
#include <tapeless/trace/reduce.hpp>

// Convolutions and pooling. Images are tensors of rows, columns and channels, or batches of these (NHWC); signals have
// places and channels. Patches of the image become rows of a matrix, and a convolution is a product of matrices.
namespace tapeless {

/// How a window moves over an image: how far each time, and how many lines around the image it may reach over.
struct window {
  std::size_t stride = 1, padding = 0;
};

namespace detail {

constexpr std::size_t most_of_extent = (std::size_t{1} << 18) - 1;

/// An image as a batch of images; a signal is an image of one row.
constexpr shape as_images(const shape& s, bool is_signal) {
  const std::size_t rank = is_signal ? 3 : 4;
  const bool in_batch = s.rank() == rank;
  const std::size_t from = in_batch ? 1 : 0, batch = in_batch ? s.extent(0) : 1;
  if (is_signal) return real_shape(batch, std::size_t{1}, s.extent(from), s.extent(from + 1));
  return real_shape(batch, s.extent(from), s.extent(from + 1), s.extent(from + 2));
}

constexpr bool is_image(const shape& s) { return s.rank() == 3 || s.rank() == 4; }
constexpr bool is_signal(const shape& s) { return s.rank() == 2 || s.rank() == 3; }

/// Whether a window has a place on images, and all extents stay within what a shape can say.
constexpr bool fits_on(const moving_window& w, const shape& images) {
  return w.height <= images.extent(1) + 2 * w.padding[0] && w.width <= images.extent(2) + 2 * w.padding[1] &&
         w.stride[0] > 0 && w.stride[1] > 0 && w.padding[0] < w.height && w.padding[1] < w.width;
}
constexpr bool is_small_enough(const moving_window& w, const shape& images) {
  return w.height < 256 && w.width < 256 && w.stride[0] < 256 && w.stride[1] < 256 &&
         images.extent(0) * w.rows(images) * w.columns(images) <= most_of_extent &&
         w.height * w.width * images.extent(3) <= most_of_extent;
}

/// The images of X and the places of a window on them; sentences where there are none.
template <class X, bool IsSignal, std::uint64_t Window>
struct windows_on {
  static constexpr shape form = extents_of_type<X>();
  static constexpr bool has_rank = IsSignal ? is_signal(form) : is_image(form);
  static_assert(has_rank,
                "tapeless: the shapes do not fit; an image has rows, columns and channels, a signal places and "
                "channels, and both may have a batch in front");
  static constexpr shape images = has_rank ? as_images(form, IsSignal) : real_shape(1, 1, 1, 1);
  static constexpr moving_window moving = moving_window::of(Window);
  static constexpr bool fit = !has_rank || fits_on(moving, images);
  static_assert(fit,
                "tapeless: the shapes do not fit; the window is no larger than the image with its padding, the "
                "padding smaller than the window, and the stride at least 1");
  static_assert(!fit || !has_rank || is_small_enough(moving, images),
                "tapeless: the image is too large; a window has less than 256 rows and columns, and all places of it "
                "together, as well as the elements under it, are less than 262144");
  static constexpr std::size_t rows = has_rank && fit ? moving.rows(images) : 1;
  static constexpr std::size_t columns = has_rank && fit ? moving.columns(images) : 1;
  static constexpr std::size_t places = images.extent(0) * rows * columns, area = moving.height * moving.width;

  /// What stands at the places: so many channels, in the form of the image.
  static constexpr shape result(std::size_t channels) {
    const bool in_batch = form.rank() == (IsSignal ? 3 : 4);
    shape s = in_batch ? real_shape(images.extent(0)) : shape(element::real);
    if (!IsSignal) s = s.with_axis(rows);
    return s.with_axis(columns).with_axis(channels);
  }
};

/// What is under each place of a window, as a row of a matrix.
template <class Op, class Windows, class X>
constexpr auto patches_of(const X& x) {
  constexpr shape rows = real_shape(Windows::places, Windows::area * Windows::images.extent(3));
  constexpr moving_window moving = Windows::moving;
  if constexpr (moving.height == 1 && moving.width == 1 && moving.stride[0] == 1 && moving.stride[1] == 1)
    return reshaped<rows.code()>(x);  // each place is a pixel
  else
    return apply_whole<Op, typename result_scalar<scalar_in_t<X>>::type, rows.code(), Windows::images.code()>(
        moving.parameter(), x);
}

/// A sentence where a kernel does not go with an image.
template <class X, class Kernel, bool IsSignal, std::size_t Stride, std::size_t Padding>
struct convolution {
  static constexpr shape image = extents_of_type<X>(), kernel = extents_of_type<Kernel>();
  static constexpr std::size_t rank = IsSignal ? 3 : 4;
  static constexpr bool has_rank = kernel.rank() == rank && (IsSignal ? is_signal(image) : is_image(image));
  static constexpr bool fit = has_rank && kernel.extent(rank - 2) == image.extent(image.rank() - 1);
  static_assert(fit,
                "tapeless: the shapes do not fit; a convolution takes an image of rows, columns and channels and a "
                "kernel of rows, columns, as many channels and those of the result (a signal: without rows)");
  static constexpr moving_window moving{fit && !IsSignal ? kernel.extent(0) : 1,
                                        fit ? kernel.extent(rank - 3) : 1,
                                        {IsSignal ? 1 : Stride, Stride},
                                        {IsSignal ? 0 : Padding, Padding}};
};

template <bool IsSignal, std::size_t Stride, std::size_t Padding, class X, class Kernel>
constexpr auto convolved(const X& x, const Kernel& kernel) {
  using parts = convolution<X, Kernel, IsSignal, Stride, Padding>;
  using windows = windows_on<X, IsSignal, parts::moving.parameter()>;
  constexpr std::size_t made = parts::kernel.extent(parts::rank - 1);
  return reshaped<windows::result(made).code()>(patches_of<op::patches, windows>(x) *
                                                reshaped<real_shape(parts::kernel.size() / made, made).code()>(kernel));
}

/// Two reductions over each place of a window of `Size` by `Size`: directly where the places lie side by side and fill
/// the image, by way of patches otherwise.
template <std::size_t Size, std::size_t Stride, std::size_t Padding, class Patches, class X, class Reduce>
constexpr auto pooled(const X& x, const Reduce& reduce) {
  constexpr moving_window moving{Size, Size, {Stride, Stride}, {Padding, Padding}};
  using windows = windows_on<X, false, moving.parameter()>;
  constexpr shape images = windows::images;
  constexpr std::size_t channels = images.extent(3), rows = windows::rows, columns = windows::columns;
  constexpr bool side_by_side =
      Stride == Size && Padding == 0 && rows * Size == images.extent(1) && columns * Size == images.extent(2);
  constexpr std::uint64_t result = windows::result(channels).code();
  if constexpr (Size == 1 && Stride == 1) {
    return x;
  } else if constexpr (side_by_side && is_small_enough(moving, images) &&
                       images.extent(2) * channels <= most_of_extent) {
    const auto lines = reduce(reshape<images.extent(0) * rows, Size, images.extent(2) * channels>(x));
    return reshaped<result>(reduce(reshape<windows::places, Size, channels>(lines)));
  } else {
    return reshaped<result>(reduce(reshape<windows::places, Size * Size, channels>(patches_of<Patches, windows>(x))));
  }
}

struct largest_in_window {
  constexpr auto operator()(const auto& x) const { return max<1>(x); }
};
struct sum_in_window {
  constexpr auto operator()(const auto& x) const { return sum<1>(x); }
};

}  // namespace detail

/// What a kernel makes of the neighbourhood of each pixel.
///
///     conv2d(x, k)(n, i, j, o) == x(n, i, j, c) k(0, 0, c, o) + x(n, i, j + 1, c) k(0, 1, c, o) + ...   (sum over c)
///
/// The image is a tensor of rows, columns and channels, or a batch of these; the kernel one of rows, columns, channels
/// and channels of the result. The window says how far the kernel moves each time (from pixel `i` to `i * stride`), and
/// how many lines of zeros are around the image. Shapes that do not fit are a compile error.
///
///     tl::tensor<float, 8, 8, 16> y = tl::conv2d<tl::window{.padding = 1}>(image, kernel);   // 8, 8, 1 and 3, 3, 1,
///     16
template <window Window = window{}, detail::TensorValue X, detail::TensorValue Kernel>
constexpr auto conv2d(const X& x, const Kernel& kernel) {
  return detail::convolved<false, Window.stride, Window.padding>(x, kernel);
}

/// What a kernel makes of the neighbourhood of each place of a signal.
///
///     conv1d(x, k)(n, i, o) == x(n, i, c) k(0, c, o) + x(n, i + 1, c) k(1, c, o) + ...   (sum over c)
///
/// The signal has places and channels, or is a batch of these; the kernel places, channels and channels of the result.
template <window Window = window{}, detail::TensorValue X, detail::TensorValue Kernel>
constexpr auto conv1d(const X& x, const Kernel& kernel) {
  return detail::convolved<true, Window.stride, Window.padding>(x, kernel);
}

/// The largest element under each place of a window of `Size` by `Size`, which moves by its size if nothing is said.
///
///     max_pool<2>(x)(i, j, c) == max of x(2 i, 2 j, c), x(2 i, 2 j + 1, c), x(2 i + 1, 2 j, c), x(2 i + 1, 2 j + 1, c)
///
/// What lies beyond the edge never is the largest. Equal ones share the derivative.
template <std::size_t Size, window Window = window{.stride = Size}, detail::TensorValue X>
constexpr auto max_pool(const X& x) {
  return detail::pooled<Size, Window.stride, Window.padding, op::patches_to_compare>(x, detail::largest_in_window{});
}

/// The mean of the elements under each place of a window of `Size` by `Size`, which moves by its size if nothing is
/// said. What lies beyond the edge counts as zeros.
///
///     avg_pool<2>(x)(i, j, c) == (x(2 i, 2 j, c) + x(2 i, 2 j + 1, c) + x(2 i + 1, 2 j, c) + x(2 i + 1, 2 j + 1, c)) /
///     4
template <std::size_t Size, window Window = window{.stride = Size}, detail::TensorValue X>
constexpr auto avg_pool(const X& x) {
  return detail::pooled<Size, Window.stride, Window.padding, op::patches>(x, detail::sum_in_window{}) *
         (1.0 / static_cast<double>(Size * Size));
}

}  // namespace tapeless
