// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>

namespace tapeless::detail {

/// A growing array that lives inside one constant expression. std::vector would cost several evaluation steps for each
/// element, and compilers limit those steps.
template <class T>
class buffer {
 public:
  constexpr buffer() = default;
  constexpr explicit buffer(std::integral auto size)
      : data_(new T[size ? static_cast<std::size_t>(size) : 1]{}),
        size_(static_cast<std::size_t>(size)),
        capacity_(size_ ? size_ : 1) {}
  constexpr buffer(buffer&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
    other.data_ = nullptr;
    other.size_ = other.capacity_ = 0;
  }
  constexpr buffer& operator=(buffer&& other) noexcept {
    delete[] data_;
    data_ = other.data_, size_ = other.size_, capacity_ = other.capacity_;
    other.data_ = nullptr;
    other.size_ = other.capacity_ = 0;
    return *this;
  }
  constexpr ~buffer() { delete[] data_; }

  // Any integer is an index: a conversion would be one more call for the evaluator, millions of times.
  constexpr T& operator[](std::integral auto i) { return data_[i]; }
  constexpr const T& operator[](std::integral auto i) const { return data_[i]; }
  constexpr std::size_t size() const { return size_; }
  constexpr T* begin() { return data_; }
  constexpr T* end() { return data_ + size_; }
  constexpr const T* begin() const { return data_; }
  constexpr const T* end() const { return data_ + size_; }

  constexpr void push_back(const T& element) {
    if (size_ == capacity_) grow();
    data_[size_++] = element;
  }

 private:
  constexpr void grow() {
    capacity_ = capacity_ ? capacity_ * 4 : 64;
    T* larger = new T[capacity_]{};
    for (std::size_t i = 0; i < size_; ++i) larger[i] = data_[i];
    delete[] data_;
    data_ = larger;
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace tapeless::detail
