// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <boost/hana/define_struct.hpp>
#include <tapeless/tapeless.hpp>

#include "data.hpp"

/// Two networks and their losses, as ordinary functions of vectors, matrices and tensors of any scalar.
namespace digits {

inline constexpr std::size_t batch_size = 32;

template <class T>
using batch = tl::mat<T, batch_size, pixels>;
using batch_labels = tl::vec<int, batch_size>;

/// How a network is trained: the rate falls from `rate` to 0 along half a cosine.
struct schedule {
  std::size_t epochs;
  float rate, decay;
};

// ---- 64 pixels, 64 hidden units, 10 classes
// --------------------------------------------------------------------------

// clang-format off
template <class T>
struct dense_parameters {
  BOOST_HANA_DEFINE_STRUCT(dense_parameters,
    (tl::mat<T, pixels, 64>, weight_1),
    (tl::vec<T, 64>, bias_1),
    (tl::mat<T, 64, classes>, weight_2),
    (tl::vec<T, classes>, bias_2));
};
// clang-format on

struct dense {
  static constexpr const char* name = "dense";
  static constexpr const char* layers = "64 pixels, 64 units, 10 classes";
  template <class T>
  using parameters = dense_parameters<T>;
  static constexpr schedule training{.epochs = 60, .rate = 0.004F, .decay = 0.1F};
  static constexpr double required_accuracy = 0.965;
  /// Floating-point operations of the products of a batch: forward, the weights' gradients, and those of what comes in.
  static constexpr double flops = 2.0 * batch_size * (2 * pixels * 64 + 3 * 64 * classes);

  /// A row of scores for each image; the largest one wins.
  static constexpr auto scores = [](const auto& p, const auto& images) {
    const auto hidden = relu(images * p.weight_1 + p.bias_1);
    return hidden * p.weight_2 + p.bias_2;
  };
};

// ---- two convolutions, each with pooling, and 10 classes
// -------------------------------------------------------------

// clang-format off
template <class T>
struct conv_parameters {
  BOOST_HANA_DEFINE_STRUCT(conv_parameters,
    (tl::tensor<T, 3, 3, 1, 16>, kernel_1),
    (tl::vec<T, 16>, bias_1),
    (tl::tensor<T, 3, 3, 16, 32>, kernel_2),
    (tl::vec<T, 32>, bias_2),
    (tl::mat<T, 2 * 2 * 32, classes>, weight),
    (tl::vec<T, classes>, bias));
};
// clang-format on

struct conv {
  static constexpr const char* name = "conv";
  static constexpr const char* layers = "two 3 x 3 convolutions with 16 and 32 channels, each pooled 2 x 2, 10 classes";
  template <class T>
  using parameters = conv_parameters<T>;
  static constexpr schedule training{.epochs = 20, .rate = 0.004F, .decay = 0.1F};
  static constexpr double required_accuracy = 0.98;
  static constexpr double flops =
      2.0 * batch_size * (2 * 8 * 8 * 9 * 16 + 3 * 4 * 4 * 9 * 16 * 32 + 3 * 2 * 2 * 32 * classes);

  static constexpr auto scores = [](const auto& p, const auto& images) {
    constexpr tl::window around{.stride = 1, .padding = 1};
    const auto x = tl::reshape<batch_size, side, side, 1>(images);
    const auto first = max_pool<2>(relu(conv2d<around>(x, p.kernel_1) + p.bias_1));
    const auto second = max_pool<2>(relu(conv2d<around>(first, p.kernel_2) + p.bias_2));
    return tl::reshape<batch_size, 2 * 2 * 32>(second) * p.weight + p.bias;
  };
};

// ---- what is differentiated
// ------------------------------------------------------------------------------------------

/// The mean over a batch of -log softmax(scores)[label]: what training minimises.
template <class Network>
inline constexpr auto loss = [](const auto& p, const auto& images, const auto& labels) {
  return mean(cross_entropy(Network::scores(p, images), labels));
};

/// The scores of the right classes, summed over a batch, whose images do not meet: its gradient with respect to the
/// images is, for each, how every pixel sways the score.
template <class Network>
inline constexpr auto right_scores = [](const auto& p, const auto& images, const auto& labels) {
  return sum(hadamard(Network::scores(p, images), tl::one_hot<classes>(labels)));
};

template <class Network>
inline constexpr auto loss_and_gradient = tl::value_and_gradient(loss<Network>, tl::wrt<0>);
template <class Network>
inline constexpr std::size_t workspace_bytes =
    tl::workspace_bytes<decltype(loss_and_gradient<Network>), typename Network::template parameters<float>,
                        batch<float>, batch_labels>;
template <class Network>
inline constexpr auto saliency = tl::gradient(right_scores<Network>, tl::wrt<1>);

}  // namespace digits
