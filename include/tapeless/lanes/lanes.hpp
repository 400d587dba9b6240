// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include <tapeless/lanes/vector.hpp>
#include <tapeless/run/scalar.hpp>
#include <tapeless/trace/structure.hpp>

namespace tapeless {

namespace detail {

/// Why one number or one condition cannot be had of several, in a sentence.
template <class Wanted, class Lanes>
constexpr bool are_several() {
  static_assert(!std::is_same_v<Wanted, bool>,
                "tapeless: a condition on lanes cannot steer `if`, `?:` or a loop; use tl::select(condition, a, b)");
  static_assert(std::is_same_v<Wanted, bool>,
                "tapeless: lanes do not become one number; an argument that is differentiated beside lanes is lanes "
                "too (tl::wrt leaves the others out), and one of the numbers is x[k]");
  return true;
}

/// The vector that holds numbers of type T, W of them or as many as a register has room for.
template <class T, std::size_t W>
struct vector_in {
  static constexpr std::size_t bytes = W * sizeof(T) < register_bytes ? W * sizeof(T) : register_bytes;
  static constexpr std::size_t width = bytes / sizeof(T), count = W / width;
  using type [[gnu::vector_size(bytes)]] = T;
};

/// The same with every instruction set, for files that meet in one program; more would be at the expense of arguments
/// passed by value, whose place GCC warns of.
template <class T, std::size_t W>
inline constexpr std::size_t lanes_alignment = W * sizeof(T) < 16 ? W * sizeof(T) : 16;

}  // namespace detail

/// As many lanes as a cache line has room for: narrower registers take turns, and hide each other's latency.
template <class T>
inline constexpr std::size_t default_lanes = 64 / sizeof(T);

/// A condition for each of W numbers of type T, as comparisons of lanes give it; `&&`, `||` and `!` combine them.
template <class T, std::size_t W>
class alignas(detail::lanes_alignment<T, W>) lanes_mask : public operand_base {
 public:
  using bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

  constexpr lanes_mask() = default;
  template <std::integral B>
  constexpr lanes_mask(B all) {  // NOLINT(google-explicit-constructor): one that is the same for all
    for (std::size_t k = 0; k < W; ++k) set(k, all != 0);
  }
  constexpr explicit operator bool() const noexcept(detail::are_several<bool, lanes_mask>());

  constexpr bool operator[](std::size_t k) const { return bits_[k] != 0; }
  constexpr void set(std::size_t k, bool holds) { bits_[k] = static_cast<bits>(holds ? -1 : 0); }
  constexpr const bits* data() const { return bits_; }
  constexpr bits* data() { return bits_; }

 private:
  bits bits_[W];
};

/// A whole number beside each of W numbers of type T: what data and comparisons become in a program.
template <class T, std::size_t W>
class lanes_whole : public operand_base {
 public:
  using value_type = long long;

  constexpr lanes_whole() = default;
  template <std::integral N>
  constexpr lanes_whole(N all) {  // NOLINT(google-explicit-constructor): one that is the same for all
    for (long long& each : numbers_) each = static_cast<long long>(all);
  }
  constexpr explicit lanes_whole(const lanes_mask<T, W>& m) {
    for (std::size_t k = 0; k < W; ++k) set(k, m[k]);
  }
  template <class Numbers>
  requires(std::is_same_v<typename Numbers::whole_type, lanes_whole>) constexpr explicit lanes_whole(
      const Numbers& real) {
    for (std::size_t k = 0; k < W; ++k) set(k, static_cast<long long>(real[k]));
  }
  constexpr long long operator[](std::size_t k) const { return numbers_[k]; }
  constexpr void set(std::size_t k, long long n) { numbers_[k] = n; }

  constexpr bool is_uniform() const {
    bool same = true;
    for (std::size_t k = 1; k < W; ++k) same = same && numbers_[k] == numbers_[0];
    return same;
  }

 private:
  long long numbers_[W];
};

/// W numbers of type T side by side, as one scalar: what is computed with lanes is computed with each of the numbers.
///
///     f(x)[k] == f(x[k]),   k = 0, ..., W - 1
///
/// T is float or double; W is a power of two, by default what 64 bytes have room for. All operators and functions of
/// the library take lanes, also beside numbers, which are the same for all lanes, and a function of lanes is
/// differentiated like one of numbers. Comparisons give a `lanes_mask`; `select(mask, x, y)` blends, so a side that is
/// not selected leaves no trace, be it NaN. Arithmetic, roots and rounding are vector instructions with the results
/// they have on numbers. exp, log and log1p are within 1 unit in the last place, expm1, tanh and sigmoid within 2, in
/// the same lines for every processor, and the smooth functions are made of them; a result of exp below about twice the
/// least normal number may be 0. Other elementary functions come from the vector library of the platform, within 4
/// units (glibc 2.35 on x86-64; elsewhere from the scalar library, number by number, as tgamma, lgamma, digamma,
/// polygamma, fmod, remainder and fma do everywhere). In a constant expression each number is what it is alone. A mask
/// in `if`, or lanes where one number is wanted, is a compile error.
///
///     const tl::lanes<double, 4> a([](std::size_t k) { return 0.5 * static_cast<double>(k); });
///     const auto slope = tl::gradient([](auto b) { return b * sin(b); })(a);  // slope[2] is sin(1) + cos(1)
template <class T, std::size_t W = default_lanes<T>>
class alignas(detail::lanes_alignment<T, W>) lanes : public operand_base {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>, "tapeless: lanes are float or double");
  static_assert(W >= 2 && (W & (W - 1)) == 0, "tapeless: the number of lanes is 2, 4, 8 or another power of two");
  using vectors = detail::vector_in<T, W>;

 public:
  using value_type = T;
  using mask_type = lanes_mask<T, W>;
  using whole_type = lanes_whole<T, W>;
  static constexpr std::size_t size() { return W; }

  constexpr lanes() = default;
  template <class N>
  requires(std::is_arithmetic_v<N> || std::is_enum_v<N>)  //
      [[gnu::always_inline]] constexpr lanes(N all) {     // NOLINT(google-explicit-constructor): numbers mix freely
    if (std::is_constant_evaluated())
      for (T& each : numbers_) each = static_cast<T>(all);
    else
      for (std::size_t c = 0; c < vectors::count; ++c)
        put(c, detail::splat<typename vectors::type>(static_cast<T>(all)));
  }
  template <class N>
  requires(!NonStructural<N>) constexpr explicit lanes(N number) : lanes(static_cast<T>(number)) {}
  /// each(0), each(1), ...
  template <class F>
  requires(std::is_invocable_r_v<T, const F&, std::size_t>&& NonStructural<F>) constexpr explicit lanes(const F& each) {
    for (std::size_t k = 0; k < W; ++k) numbers_[k] = each(k);
  }
  template <class C>
  requires std::is_same_v<C, mask_type> || std::is_same_v<C, whole_type>
  constexpr explicit lanes(const C& whole) {
    for (std::size_t k = 0; k < W; ++k) numbers_[k] = static_cast<T>(whole[k]);
  }
  template <class N>
  requires std::is_arithmetic_v<N>
  constexpr explicit operator N() const noexcept(detail::are_several<N, lanes>());

  constexpr const T& operator[](std::size_t k) const { return numbers_[k]; }
  constexpr T& operator[](std::size_t k) { return numbers_[k]; }
  constexpr void set(std::size_t k, T number) { numbers_[k] = number; }
  constexpr const T* data() const { return numbers_; }
  constexpr T* data() { return numbers_; }

 private:
  void put(std::size_t c, const typename vectors::type& v) {
    __builtin_memcpy(numbers_ + c * vectors::width, &v, sizeof v);
  }
  T numbers_[W];
};

template <class T, std::size_t W>
inline constexpr std::size_t detail::array_extent<lanes<T, W>> = 0;  // a scalar, though it has a subscript

}  // namespace tapeless
