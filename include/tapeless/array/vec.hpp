// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cassert>
#include <cstddef>

namespace tapeless {

/// N numbers as a value: `tl::vec<double, 3> v{1, 2, 3};`
///
/// An aggregate without padding, trivially copyable where T is. `v[i]` counts from 0; an index out of range is a
/// compile error in constant expressions and an assertion in debug builds. `v.get<i>()` is checked when it is compiled.
template <class T, std::size_t N>
struct vec {
  static_assert(N > 0, "tapeless: a vector has at least one element");
  using value_type = T;
  T elements[N];

  static constexpr std::size_t size() { return N; }
  [[gnu::always_inline]] constexpr T& operator[](std::size_t i) {
    assert(i < N);
    return elements[i];
  }
  [[gnu::always_inline]] constexpr const T& operator[](std::size_t i) const {
    assert(i < N);
    return elements[i];
  }
  template <std::size_t I>
  constexpr const T& get() const {
    static_assert(I < N, "tapeless: the index is beyond the end of the vector");
    return elements[I];
  }

  constexpr T* data() { return elements; }
  constexpr const T* data() const { return elements; }
  constexpr T* begin() { return elements; }
  constexpr T* end() { return elements + N; }
  constexpr const T* begin() const { return elements; }
  constexpr const T* end() const { return elements + N; }

  friend constexpr bool operator==(const vec&, const vec&) = default;

  /// Prints `[1 2 3]`.
  template <class Stream>
  requires requires(Stream& s, const T& x) { s << x << ' '; }
  friend Stream& operator<<(Stream& stream, const vec& v) {
    for (std::size_t i = 0; i < N; ++i) stream << (i ? ' ' : '[') << v[i];
    stream << ']';
    return stream;
  }
};

template <class T, class... More>
vec(T, More...) -> vec<T, 1 + sizeof...(More)>;

}  // namespace tapeless
