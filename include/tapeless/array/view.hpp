// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cassert>
#include <span>
#include <type_traits>
#include <utility>

#include <tapeless/array/extents.hpp>

namespace tapeless {

template <class T, class Dims, class Steps>
class view;

namespace detail {

/// How far apart the neighbours along each axis are when the last index runs fastest.
template <std::size_t... Dims>
struct row_major;
template <std::size_t A>
struct row_major<A> {
  using steps = std::index_sequence<1>;
};
template <std::size_t A, std::size_t B>
struct row_major<A, B> {
  using steps = std::index_sequence<B, 1>;
};
template <std::size_t A, std::size_t B, std::size_t C>
struct row_major<A, B, C> {
  using steps = std::index_sequence<B * C, C, 1>;
};
template <std::size_t A, std::size_t B, std::size_t C, std::size_t D>
struct row_major<A, B, C, D> {
  using steps = std::index_sequence<B * C * D, C * D, D, 1>;
};

template <class T, std::size_t... Dims>
using whole_view = view<T, std::index_sequence<Dims...>, typename row_major<Dims...>::steps>;

/// What is left of a view when its first index is fixed.
template <class T, class Dims, class Steps>
struct inner_view;
template <class T, std::size_t Dim, std::size_t... Dims, std::size_t Step, std::size_t... Steps>
struct inner_view<T, std::index_sequence<Dim, Dims...>, std::index_sequence<Step, Steps...>> {
  using type = view<T, std::index_sequence<Dims...>, std::index_sequence<Steps...>>;
};

/// Not a constant expression: where constants are evaluated, to arrive here is an error.
inline void index_out_of_range() {}

/// An index out of range is an error in constant expressions, also without assertions and where it would still meet
/// another element.
[[gnu::always_inline]] constexpr void require_inside([[maybe_unused]] bool inside) {
  assert(inside);
#ifdef NDEBUG
  if (std::is_constant_evaluated() && !inside) index_out_of_range();
#endif
}

/// The elements from `from` on, in order, as a value of type X.
template <class X, class T>
constexpr X copied_as(const T* from) {
  X copy{};
  for (T& element : copy) element = *from++;
  return copy;
}

template <class X, class T, std::size_t... Dims>
inline constexpr bool holds = false;
template <class T, std::size_t N>
inline constexpr bool holds<vec<T, N>, T, N> = true;
template <class T, std::size_t R, std::size_t C>
inline constexpr bool holds<mat<T, R, C>, T, R, C> = true;
template <class T, std::size_t... Dims>
inline constexpr bool holds<tensor<T, Dims...>, T, Dims...> = true;

template <std::size_t First, std::size_t Count, std::size_t Extent>
inline constexpr bool fits = First <= Extent&& Count <= Extent - First&& Count > 0;

}  // namespace detail

/// Some elements of a vector, matrix or tensor, seen as one of their own: `m.row(1) = m.row(0);`
///
/// A pointer; extents `Dims` and steps are of the type, so that a view costs nothing. Copying one copies no elements;
/// assigning to one does, also through a const view, as to a `std::span`. What is assigned is read as a whole before
/// anything is written: `m.transpose() = m` transposes m. The value has to outlive the view. `copy()`, or
/// initialization of a vec, mat or tensor of the same extents, makes it a value.
template <class T, std::size_t... Dims, std::size_t... Steps>
class view<T, std::index_sequence<Dims...>, std::index_sequence<Steps...>> {
  static constexpr std::size_t dims[sizeof...(Dims)] = {Dims...}, steps[sizeof...(Dims)] = {Steps...};
  using as_const = view<const T, std::index_sequence<Dims...>, std::index_sequence<Steps...>>;

 public:
  using value_type = std::remove_const_t<T>;
  using copied = detail::tensor_of<value_type, Dims...>;

  constexpr explicit view(T* first) : first_(first) {}
  constexpr view(const view&) = default;
  constexpr operator as_const() const requires(!std::is_const_v<T>) { return as_const(first_); }

  constexpr const view& operator=(const view& source) const requires(!std::is_const_v<T>) {
    return *this = source.copy();
  }
  constexpr const view& operator=(copied source) const requires(!std::is_const_v<T>) {
    const value_type* from = source.data();
    visit([&](T& element) { element = *from++; });
    return *this;
  }
  constexpr void fill(const value_type& value) const requires(!std::is_const_v<T>) {
    visit([&](T& element) { element = value; });
  }

  static constexpr std::size_t rank() { return sizeof...(Dims); }
  static constexpr std::size_t size() { return detail::element_count<Dims...>; }
  static constexpr std::size_t extent(std::size_t axis) { return dims[axis]; }
  /// Whether the elements lie side by side in memory, in the order of iteration.
  static constexpr bool contiguous() {
    return std::is_same_v<std::index_sequence<Steps...>, typename detail::row_major<Dims...>::steps>;
  }
  constexpr T* data() const requires(contiguous()) { return first_; }

  template <class... Index>
  requires(sizeof...(Index) == sizeof...(Dims)) [[gnu::always_inline]] constexpr T& operator()(Index... index) const {
    detail::require_inside(((static_cast<std::size_t>(index) < Dims) && ...));
    return first_[((static_cast<std::size_t>(index) * Steps) + ...)];
  }
  /// The element, or the view that is left when the first index is fixed.
  [[gnu::always_inline]] constexpr decltype(auto) operator[](std::size_t index) const {
    detail::require_inside(index < dims[0]);
    if constexpr (rank() == 1) return (first_[index * steps[0]]);
    else {
      using inner = detail::inner_view<T, std::index_sequence<Dims...>, std::index_sequence<Steps...>>;
      return typename inner::type(first_ + index * steps[0]);
    }
  }

  constexpr auto row(std::size_t index) const requires(rank() == 2) { return (*this)[index]; }
  constexpr auto column(std::size_t index) const requires(rank() == 2) { return transpose()[index]; }
  constexpr auto transpose() const requires(rank() == 2) {
    return view<T, std::index_sequence<dims[1], dims[0]>, std::index_sequence<steps[1], steps[0]>>(first_);
  }
  template <std::size_t First, std::size_t Count>
  requires(rank() == 1) constexpr auto slice() const {
    static_assert(detail::fits<First, Count, dims[0]>, "tapeless: the slice reaches beyond the end of the vector");
    return view<T, std::index_sequence<Count>, std::index_sequence<Steps...>>(first_ + First * steps[0]);
  }
  template <std::size_t Row, std::size_t Column, std::size_t Rows, std::size_t Columns>
  requires(rank() == 2) constexpr auto block() const {
    static_assert(detail::fits<Row, Rows, dims[0]> && detail::fits<Column, Columns, dims[1]>,
                  "tapeless: the block reaches beyond the edge of the matrix");
    return view<T, std::index_sequence<Rows, Columns>, std::index_sequence<Steps...>>(first_ + Row * steps[0] +
                                                                                      Column * steps[1]);
  }
  /// The same elements, in the order of iteration, with other extents.
  template <std::size_t... To>
  constexpr auto reshape() const {
    static_assert(detail::element_count<To...> == size(), "tapeless: a reshaped value has as many elements as before");
    static_assert(contiguous(), "tapeless: what is reshaped lies side by side in memory; copy() does");
    return detail::whole_view<T, To...>(first_);
  }

  /// The elements as a value: a vec, a mat, or a tensor.
  constexpr copied copy() const { return static_cast<copied>(*this); }
  template <class X>
  requires detail::holds<X, value_type, Dims...>
  constexpr operator X() const {
    X value{};
    value_type* to = value.data();
    visit([&](const T& element) { *to++ = element; });
    return value;
  }

  /// Row by row, whatever lies where.
  class iterator {
   public:
    using value_type = view::value_type;
    using difference_type = std::ptrdiff_t;
    constexpr iterator() = default;
    constexpr iterator(T* first, std::size_t place) : first_(first), place_(place) {}
    constexpr T& operator*() const {
      std::size_t left = place_, at = 0;
      for (std::size_t axis = rank(); axis-- > 0; left /= dims[axis]) at += left % dims[axis] * steps[axis];
      return first_[at];
    }
    constexpr iterator& operator++() { return ++place_, *this; }
    constexpr iterator operator++(int) { return iterator(first_, place_++); }
    constexpr bool operator==(const iterator&) const = default;

   private:
    T* first_ = nullptr;
    std::size_t place_ = 0;
  };
  constexpr iterator begin() const { return {first_, 0}; }
  constexpr iterator end() const { return {first_, size()}; }

  /// Equal elements in equal places.
  template <class OtherT, class OtherSteps>
  friend constexpr bool operator==(const view& mine,
                                   const view<OtherT, std::index_sequence<Dims...>, OtherSteps>& other) {
    return mine == other.copy();
  }
  friend constexpr bool operator==(const view& mine, const copied& other) {
    bool equal = true;
    const value_type* element_of_other = other.data();
    mine.visit([&](const T& element) { equal &= element == *element_of_other++; });
    return equal;
  }

  /// Prints a row in each line, `[1 2]`, and leaves lines free between matrices.
  template <class Stream>
  requires requires(Stream& stream, const T& element) { stream << element << ' '; }
  friend Stream& operator<<(Stream& stream, const view& elements) {
    for (std::size_t place = 0; place < dims[0]; ++place) {
      if constexpr (rank() == 1) {
        stream << (place ? ' ' : '[') << elements[place];
      } else {
        for (std::size_t line = 1; place > 0 && line < rank(); ++line) stream << '\n';
        stream << elements[place];
      }
    }
    if constexpr (rank() == 1) stream << ']';
    return stream;
  }

 private:
  template <std::size_t Axis = 0, class Visitor>
  [[gnu::always_inline]] constexpr void visit(const Visitor& visitor, std::size_t offset = 0) const {
    for (std::size_t place = 0; place < dims[Axis]; ++place)
      if constexpr (Axis + 1 == rank()) visitor(first_[offset + place * steps[Axis]]);
      else visit<Axis + 1>(visitor, offset + place * steps[Axis]);
  }

  T* first_;
};

}  // namespace tapeless
