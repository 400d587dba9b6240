// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/tapeless.hpp>

// The functions of tensors as function objects, so that they are told from one another by type.
namespace tensors {

// ---- elements that are repeated -------------------------------------------------------------------------------------

/// Operations that are not symmetric, and one of each kind: with a loop's own instruction, by a function, conditions.
struct mixed {
  constexpr auto operator()(const auto& a, const auto& b) const {
    return (a - 2 * b) / (2.5 + b) + tl::hadamard(tl::pow(2 + a, b), tl::select(a < b, 0.5, b)) + tl::max(a, b) +
           tl::atan2(a, 3 + b) + tl::apply<tl::op::fma>(a, b, 0.5);
  }
};
/// The least that tells the operands from each other.
struct quotient {
  constexpr auto operator()(const auto& a, const auto& b) const { return (a - 2 * b) / (2.5 + b); }
};

// ---- reductions -----------------------------------------------------------------------------------------------------

template <std::size_t... Axes>
struct summed {
  constexpr auto operator()(const auto& x) const { return tl::sum<Axes...>(x); }
};
template <std::size_t... Axes>
struct largest {
  /// Of numbers that are all negative, or all positive.
  constexpr auto operator()(const auto& x) const { return tl::max<Axes...>(x - 2.0) - 0.5 * tl::min<Axes...>(x + 2.0); }
};
struct lengths {
  constexpr auto operator()(const auto& x) const { return tl::norm(x) + tl::squared_norm(x); }
};
template <std::size_t... Axes>
struct spread {
  constexpr auto operator()(const auto& x) const { return tl::variance<Axes...>(x) + tl::mean<Axes...>(x); }
};
template <std::size_t... Axes>
struct multiplied {
  constexpr auto operator()(const auto& x) const { return tl::prod<Axes...>(x); }
};
struct layers {
  constexpr auto operator()(const auto& x, const auto& scale, const auto& shift) const {
    return tl::layer_norm(x, scale, shift, 1e-3) + tl::layer_norm(x);
  }
};
struct batches {
  constexpr auto operator()(const auto& x, const auto& scale, const auto& shift) const {
    return tl::batch_norm(x, scale, shift, 1e-3) + tl::batch_norm(x);
  }
};

// ---- products -------------------------------------------------------------------------------------------------------

struct product {
  constexpr auto operator()(const auto& a, const auto& b) const { return a * b; }
};
struct left_transposed {
  constexpr auto operator()(const auto& a, const auto& b) const { return tl::transpose(a) * b; }
};
struct right_transposed {
  constexpr auto operator()(const auto& a, const auto& b) const { return a * tl::transpose(b); }
};
struct both_transposed {
  constexpr auto operator()(const auto& a, const auto& b) const { return tl::transpose(a) * tl::transpose(b); }
};
/// Batches in another order: no transpose, though their axes change places, too.
struct exchanged {
  constexpr auto operator()(const auto& a, const auto& b) const { return tl::permute<1, 0, 2>(a) * b; }
};
struct dots {
  constexpr auto operator()(const auto& a, const auto& b) const { return tl::dot(a, b) + tl::sum(tl::hadamard(a, b)); }
};
struct outers {
  constexpr auto operator()(const auto& a, const auto& b) const { return tl::outer(a, b); }
};
struct affine {
  constexpr auto operator()(const auto& w, const auto& x, const auto& b) const { return tanh(w * x + b); }
};

// ---- rearrangements -------------------------------------------------------------------------------------------------

template <std::size_t... Dims>
struct reshaped {
  constexpr auto operator()(const auto& x) const { return tl::reshape<Dims...>(x); }
};
template <std::size_t Axis, std::size_t First, std::size_t Count>
struct sliced {
  constexpr auto operator()(const auto& x) const { return tl::slice<Axis, First, Count>(x); }
};
template <std::size_t Axis>
struct concatenated {
  constexpr auto operator()(const auto&... x) const { return tl::concat<Axis>(x...); }
};
template <std::size_t... Axes>
struct permuted {
  constexpr auto operator()(const auto& x) const { return tl::permute<Axes...>(x); }
};
template <std::size_t... Dims>
struct repeated {
  constexpr auto operator()(const auto& x) const { return tl::broadcast_to<Dims...>(x); }
};
struct stacked {
  constexpr auto operator()(const auto&... x) const { return tl::stack(x...); }
};

// ---- scores and choices ---------------------------------------------------------------------------------------------

struct probabilities {
  constexpr auto operator()(const auto& x) const { return softmax(x) + 0.25 * log_softmax(x); }
};
struct log_sums {
  constexpr auto operator()(const auto& x) const { return logsumexp(x); }
};
struct losses {
  constexpr auto operator()(const auto& x, const auto& label) const { return cross_entropy(x, label); }
};
struct chosen_parts {
  constexpr auto operator()(const auto& x, const auto& index) const { return tl::gather(x, index); }
};
template <class T, std::size_t N>
struct marked {
  constexpr auto operator()(const auto& x, const auto& label) const {
    return tl::hadamard(x, tl::one_hot<N, T>(label));
  }
};
template <std::size_t N>
constexpr tl::vec<int, N> labels(int below) {
  tl::vec<int, N> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = static_cast<int>(i * 7 + 2) % below;
  return all;
}

// ---- images ---------------------------------------------------------------------------------------------------------

template <tl::window Window = tl::window{}>
struct convolved {
  constexpr auto operator()(const auto& x, const auto& kernel) const { return tl::conv2d<Window>(x, kernel); }
};
template <tl::window Window = tl::window{}>
struct filtered {
  constexpr auto operator()(const auto& x, const auto& kernel) const { return tl::conv1d<Window>(x, kernel); }
};
template <std::size_t Size, tl::window Window = tl::window{.stride = Size}>
struct pooled {
  constexpr auto operator()(const auto& x) const {
    return tl::max_pool<Size, Window>(x) + 0.5 * tl::avg_pool<Size, Window>(x);
  }
};

}  // namespace tensors
