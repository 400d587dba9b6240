// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/array/mat.hpp>
#include <tapeless/tensor/element.hpp>
#include <tapeless/tensor/view.hpp>
#include <tapeless/trace/recorded.hpp>

// Vectors, matrices and tensors while a function is recorded. One is a single node until its elements are touched; from
// then on it is its elements, and becomes one node again where a whole tensor is wanted.
namespace tapeless {

namespace detail {

/// What vec, mat and tensor of recorded scalars have in common.
template <class T, std::size_t... Dims>
class recorded_tensor {
 public:
  using value_type = recorded<T>;
  static constexpr std::size_t count = element_count<Dims...>;
  static constexpr shape extents_of{value::kind_of<T>, Dims...};

  constexpr recorded_tensor() : recorded_tensor(constant_of(T{})) {}
  constexpr explicit recorded_tensor(const value& whole) : whole_(whole), own_(new storage) {}
  template <class... X>
  requires(sizeof...(X) > 0 && sizeof...(X) <= count &&
           (std::is_convertible_v<X, recorded<T>> &&
            ...)) constexpr recorded_tensor(const X&... each)  // NOLINT(google-explicit-constructor): as an aggregate
      : recorded_tensor() {
    own_->elements = new recorded<T>[count] { each... };
  }
  constexpr recorded_tensor(const recorded_tensor& other) : recorded_tensor(other.whole_) { copy_elements(other); }
  constexpr recorded_tensor& operator=(const recorded_tensor& other) {
    if (this == &other) return *this;
    delete[] own_->elements;
    own_->elements = nullptr;
    whole_ = other.whole_;
    copy_elements(other);
    return *this;
  }
  constexpr ~recorded_tensor() {
    delete[] own_->elements;
    delete own_;
  }

  static constexpr std::size_t size() { return count; }
  static constexpr std::size_t rank() { return sizeof...(Dims); }
  constexpr std::size_t extent(std::size_t axis) const { return extents_of.extent(axis); }  // static only in views

  constexpr recorded<T>* data() { return touched(), own_->elements; }
  constexpr const recorded<T>* data() const { return touched(), own_->elements; }
  constexpr recorded<T>* begin() { return data(); }
  constexpr const recorded<T>* begin() const { return data(); }
  constexpr recorded<T>* end() { return data() + count; }
  constexpr const recorded<T>* end() const { return data() + count; }
  constexpr void fill(const recorded<T>& number) {
    for (recorded<T>& each : *this) each = number;
  }

  template <std::integral... I>
  requires(sizeof...(I) == sizeof...(Dims)) constexpr recorded<T>& operator()(I... index) {
    return data()[place(static_cast<std::size_t>(index)...)];
  }
  template <std::integral... I>
  requires(sizeof...(I) == sizeof...(Dims)) constexpr recorded<T> operator()(I... index) const {
    return element(place(static_cast<std::size_t>(index)...));
  }

  /// One element, counted through, without touching the others.
  constexpr recorded<T> element(std::size_t index) const {
    if (own_->elements) return own_->elements[index];
    if (whole_.is_constant()) return recorded<T>(whole_);
    return recorded<T>(record_element(*whole_.home(), whole_, index));
  }
  /// Whether it is one node, of which no element has been touched.
  constexpr bool is_whole() const { return !own_->elements && !whole_.is_constant(); }
  constexpr recorder* home() const {
    const recorded<T>* const each = own_->elements;
    if (whole_.home() || !each) return whole_.home();
    for (std::size_t i = 0; i < count; ++i)
      if (each[i].untyped().home()) return each[i].untyped().home();
    return nullptr;
  }
  /// All elements as one node, or one number that is the same everywhere.
  constexpr value whole(recorder& r) const {
    const recorded<T>* const each = own_->elements;
    if (!each || is_untouched(r)) return whole_;
    const value first = each[0].untyped();
    bool uniform = first.is_constant();
    for (std::size_t i = 1; i < count; ++i) uniform = uniform && same(each[i].untyped(), first);
    if (uniform) return first;
    value y = record_place_element(r, first.is_strong_zero() ? value::constant(0, first.kind()) : first, 0, extents_of);
    for (std::size_t i = 1; i < count; ++i) y = record_add_element(r, y, each[i].untyped(), i, true);
    return y;
  }

 private:
  static constexpr std::size_t place(auto... index) {
    std::size_t axis = 0, at = 0;
    ((require_inside(index < extents_of.extent(axis)), at = at * extents_of.extent(axis) + index, ++axis), ...);
    return at;
  }
  constexpr void copy_elements(const recorded_tensor& other) {
    if (!other.own_->elements) return;
    hold(new recorded<T>[count]);
    for (std::size_t i = 0; i < count; ++i) own_->elements[i] = other.own_->elements[i];
  }
  constexpr void touched() const {
    if (own_->elements) return;
    recorded<T>* all = new recorded<T>[count];
    for (std::size_t i = 0; i < count; ++i) all[i] = element(i);
    hold(all);
  }
  /// An assignment of a new array, and a constant that is one, Clang evaluates where they stand, to warn of overflow:
  /// half the time that it takes for a network of convolutions.
  constexpr void hold(recorded<T>* elements) const { own_->elements = elements; }
  constexpr bool is_untouched(recorder& r) const {
    if (!whole_.home()) return false;
    for (std::size_t i = 0; i < count; ++i)
      if (!same(own_->elements[i].untyped(), record_element(r, whole_, i))) return false;
    return true;
  }

  /// The elements, once one of them has been touched. Behind a pointer, since reading is what touches them.
  struct storage {
    recorded<T>* elements = nullptr;
  };
  value whole_;
  storage* own_;
};

template <class S, std::size_t First, std::size_t... Dims>
struct inner_tensor {
  using type = tensor_of<S, Dims...>;
};
/// What is left of a tensor of scalars S when its first index is fixed.
template <class S, std::size_t... Dims>
using inner_t = typename inner_tensor<S, Dims...>::type;

/// A recorded tensor's part along one axis, from `First` on.
template <class Result, std::size_t Axis, class X>
constexpr Result recorded_part(const X& x, std::size_t first, std::size_t extent) {
  recorder* const home = x.home();
  if (!home) {  // constants
    Result copy;
    const part_runs runs(X::extents_of, X::extents_of.with_extent(Axis, extent), part_at(Axis, first));
    for (std::size_t i = 0; i < Result::count; ++i)
      copy.data()[i] = x.element(i / runs.inner * runs.whole + runs.first + i % runs.inner);
    return copy;
  }
  const value all = x.whole(*home);
  const value cut = record_slice(*home, all, Axis, first, extent);
  return Result(all.is_constant() ? all : record_reshape(*home, cut, Result::extents_of));
}

}  // namespace detail

template <class T, std::size_t N>
struct vec<recorded<T>, N> : detail::recorded_tensor<T, N> {
  using detail::recorded_tensor<T, N>::recorded_tensor;
  constexpr recorded<T>& operator[](std::size_t i) { return (*this)(i); }
  constexpr recorded<T> operator[](std::size_t i) const { return (*this)(i); }
  template <std::size_t I>
  constexpr recorded<T> get() const {
    static_assert(I < N, "tapeless: the index is beyond the end of the vector");
    return this->element(I);
  }
  template <std::size_t First, std::size_t Count>
  constexpr auto slice() const {
    static_assert(detail::fits<First, Count, N>, "tapeless: the slice reaches beyond the end of the vector");
    return detail::recorded_part<vec<recorded<T>, Count>, 0>(*this, First, Count);
  }
};

template <class T, std::size_t R, std::size_t C>
struct mat<recorded<T>, R, C> : detail::recorded_tensor<T, R, C> {
  using detail::recorded_tensor<T, R, C>::recorded_tensor;
  static constexpr std::size_t rows() { return R; }
  static constexpr std::size_t columns() { return C; }
  constexpr std::span<recorded<T>, C> operator[](std::size_t i) {
    detail::require_inside(i < R);
    return std::span<recorded<T>, C>(this->data() + i * C, C);
  }
  constexpr vec<recorded<T>, C> operator[](std::size_t i) const { return row(i); }
  constexpr auto row(std::size_t i) const {
    detail::require_inside(i < R);
    return detail::recorded_part<vec<recorded<T>, C>, 0>(*this, i, 1);
  }
  constexpr auto column(std::size_t j) const {
    detail::require_inside(j < C);
    return detail::recorded_part<vec<recorded<T>, R>, 1>(*this, j, 1);
  }
};

template <class T, std::size_t... Dims>
struct tensor<recorded<T>, Dims...> : detail::recorded_tensor<T, Dims...> {
  using detail::recorded_tensor<T, Dims...>::recorded_tensor;
  constexpr decltype(auto) operator[](std::size_t i) {
    return detail::whole_view<recorded<T>, Dims...>(this->data())[i];
  }
  constexpr auto operator[](std::size_t i) const {
    detail::require_inside(i < this->extents_of.extent(0));
    if constexpr (sizeof...(Dims) == 1) return this->element(i);
    else return detail::recorded_part<detail::inner_t<recorded<T>, Dims...>, 0>(*this, i, 1);
  }
};

namespace detail {
template <class X>
concept RecordedTensor = TensorValue<X> && Recorded<typename tensor_traits<X>::scalar>;
}  // namespace detail

}  // namespace tapeless
