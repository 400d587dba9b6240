// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include <tapeless/trace/scalar.hpp>

// Scalars that are not numbers of C++ themselves: several numbers side by side, an interval, a dual. A program runs on
// them as it does on numbers; what it is was recorded for the numbers they are made of.
namespace tapeless::detail {

/// The floating-point type that stands for a scalar while a function is recorded: that of its `value_type`, or double.
template <class X>
struct number_behind {
  using type = double;
};
template <std::floating_point X>
struct number_behind<X> {
  using type = X;
};
template <class X>
requires requires { typename X::value_type; }
struct number_behind<X> : number_behind<typename X::value_type> {};

template <class A>
struct plain;
template <class X>
requires(enable_operand<X> && !Recorded<X>) struct plain<X> : number_behind<X> {
};

/// The type of a condition on scalars of type T: bool, or a mask where the numbers of one scalar may differ in it.
template <class T>
struct condition {
  using type = bool;
};
template <class T>
requires(
    !requires { typename T::mask_type; } && requires { typename T::value_type; })  //
    struct condition<T> : condition<typename T::value_type> {
};
template <class T>
requires requires { typename T::mask_type; }
struct condition<T> {
  using type = typename T::mask_type;
};

/// The type of whole numbers beside scalars of type T.
template <class T>
struct whole_number {
  using type = long long;
};
template <class T>
requires(
    !requires { typename T::whole_type; } && requires { typename T::value_type; })  //
    struct whole_number<T> : whole_number<typename T::value_type> {
};
template <class T>
requires requires { typename T::whole_type; }
struct whole_number<T> {
  using type = typename T::whole_type;
};

}  // namespace tapeless::detail
