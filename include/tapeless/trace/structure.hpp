// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <tuple>

#include <boost/hana/accessors.hpp>
#include <boost/hana/at.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/tuple.hpp>

#include <tapeless/trace/integer.hpp>
#include <tapeless/trace/recorded_tensor.hpp>

// How arguments are built from scalars. Any nesting of arrays, tuples and Hana structs is a sequence of runs: scalars
// that lie side by side in memory. Programs address an input by (run, place in run), so nothing is copied to call them.
namespace tapeless {

namespace hana = boost::hana;

/// One number, or what stands for one. Types that only some compilers have are not among them.
template <class X>
concept Scalar = (std::is_integral_v<X> && sizeof(X) <= sizeof(long long)) || std::is_enum_v<X> ||
                 (enable_operand<X> && !detail::TensorValue<X>) || std::is_same_v<std::remove_cv_t<X>, float> ||
                 std::is_same_v<std::remove_cv_t<X>, double> || std::is_same_v<std::remove_cv_t<X>, long double>;

namespace detail {

template <class X>
inline constexpr std::size_t array_extent = 0;
template <class T, std::size_t N>
inline constexpr std::size_t array_extent<T[N]> = N;
template <template <class, std::size_t> class A, class T, std::size_t N>
requires(N < (std::size_t{1} << 40)) && requires(A<T, N>& a) {
  a[0];
}  // Clang takes std::integral_constant<std::size_t, 3> for such a template, too
inline constexpr std::size_t array_extent<A<T, N>> = N;

template <class X>
inline constexpr bool is_view = false;  // std::span and its like: a size, but no storage
template <template <class, std::size_t> class A, class T, std::size_t N>
inline constexpr bool is_view<A<T, N>> = requires {
  A<T, N>::extent;
};

template <class X>
inline constexpr bool is_std_tuple = false;
template <class... T>
inline constexpr bool is_std_tuple<std::tuple<T...>> = true;
template <class A, class B>
inline constexpr bool is_std_tuple<std::pair<A, B>> = true;

template <class X>
inline constexpr bool is_hana_tuple = false;
template <class... T>
inline constexpr bool is_hana_tuple<hana::tuple<T...>> = true;

/// A compile-time number such as std::integral_constant: it has no scalars of its own and reaches the function as it
/// is.
template <class X>
concept StaticConstant = std::is_empty_v<X> && requires {
  typename X::value_type;
  X::value;
};

template <class X>
concept ArrayLike = array_extent<X> >
0;
template <class X>
concept Matrix = TensorValue<X> && Scalar<typename tensor_traits<X>::scalar>;
template <class X>
concept StdTuple = is_std_tuple<X>;
template <class X>
concept HanaTuple = is_hana_tuple<X>;
template <class X>
concept HanaStruct = std::is_class_v<X> && hana::Struct<X>::value;

}  // namespace detail

/// What a differentiated function may take: scalars, and arrays, tuples and Hana structs of these, nested.
template <class X>
concept Structure = Scalar<X> || detail::StaticConstant<X> || detail::ArrayLike<X> || detail::Matrix<X> ||
    detail::StdTuple<X> || detail::HanaTuple<X> || detail::HanaStruct<X>;

namespace detail {

template <class X>
constexpr bool check_structure() {
  static_assert(Structure<X>,
                "tapeless: an argument is a number (float, double, long double), data (an integer, bool, enum), or an "
                "array, tuple or BOOST_HANA_DEFINE_STRUCT of these");
  return true;
}

template <class X>
constexpr std::size_t member_count() {
  if constexpr (StdTuple<X>) return std::tuple_size_v<X>;
  else if constexpr (HanaTuple<X>) return decltype(hana::length(std::declval<X>()))::value;
  else return decltype(hana::length(hana::accessors<X>()))::value;
}

template <std::size_t I, class X>
[[gnu::always_inline]] constexpr auto& member(X& x) {
  using S = std::remove_cv_t<X>;
  if constexpr (StdTuple<S>) return std::get<I>(x);
  else if constexpr (HanaTuple<S>) return hana::at_c<I>(x);
  else {
    // A struct's accessor gives a reference for an lvalue; hana passes it through untouched.
    auto&& m = hana::second(hana::at_c<I>(hana::accessors<S>()))(x);
    return m;
  }
}

/// Calls `f(first, std::integral_constant<size_t, n>)` for every run of scalars of `x`, in order.
template <class X, class F>
[[gnu::always_inline]] constexpr void for_each_run(X& x, F&& f) {
  using S = std::remove_cv_t<X>;
  if constexpr (Scalar<S>) {
    f(&x, arg<1>{});
  } else if constexpr (Matrix<S>) {
    if constexpr (requires { f(x); }) f(x);  // a tensor as one thing
    else f(x.data(), arg<S::size()>{});
  } else if constexpr (ArrayLike<S>) {
    if constexpr (Scalar<std::remove_cvref_t<decltype(x[0])>>) {
      f(&x[0], arg<array_extent<S>>{});
    } else {
      [&]<std::size_t... I>(std::index_sequence<I...>) { (for_each_run(x[I], f), ...); }
      (std::make_index_sequence<array_extent<S>>{});
    }
  } else if constexpr (!StaticConstant<S>) {
    static_assert(check_structure<S>());
    [&]<std::size_t... I>(std::index_sequence<I...>) { (for_each_run(detail::member<I>(x), f), ...); }
    (std::make_index_sequence<member_count<S>()>{});
  }
}

/// The same walk over the type alone: calls `f(std::type_identity<scalar>, std::integral_constant<size_t, n>)`.
template <class X, class F>
constexpr void for_each_run_of_type(F&& f) {
  using S = std::remove_cvref_t<X>;
  if constexpr (Scalar<S>) {
    f(std::type_identity<S>{}, arg<1>{});
  } else if constexpr (Matrix<S>) {
    if constexpr (requires { f(std::type_identity<S>{}); }) f(std::type_identity<S>{});
    else f(std::type_identity<typename S::value_type>{}, arg<S::size()>{});
  } else if constexpr (ArrayLike<S>) {
    using element = std::remove_cvref_t<decltype(std::declval<S&>()[0])>;
    if constexpr (Scalar<element>) f(std::type_identity<element>{}, arg<array_extent<S>>{});
    else
      for (std::size_t i = 0; i < array_extent<S>; ++i) for_each_run_of_type<element>(f);
  } else if constexpr (!StaticConstant<S>) {
    static_assert(check_structure<S>());
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (for_each_run_of_type<decltype(detail::member<I>(std::declval<S&>()))>(f), ...);
    }
    (std::make_index_sequence<member_count<S>()>{});
  }
}

}  // namespace detail
}  // namespace tapeless
