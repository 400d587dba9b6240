// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers that a derivative rule may return or multiply with. `zero` and `one` are known by type: a product with them
// is never carried out, so `0 * inf` cannot arise from a derivative that is not there. A `literal` takes the type of
// its partner, so that a rule written once serves float, double, duals and recorded values without promoting any of
// them.
namespace tapeless {

struct zero_t;
struct one_t;

template <class X>
concept NonStructural = !requires {
  typename X::structural;
};

struct zero_t {
  using structural = void;
  template <class X>
  constexpr explicit operator X() const {
    return X(0);
  }
  friend constexpr zero_t operator-(zero_t) { return {}; }
  friend constexpr zero_t operator+(zero_t, zero_t) { return {}; }
  friend constexpr zero_t operator-(zero_t, zero_t) { return {}; }
  friend constexpr zero_t operator*(zero_t, zero_t) { return {}; }
  template <NonStructural X>
  friend constexpr X operator+(zero_t, const X& x) {
    return x;
  }
  template <NonStructural X>
  friend constexpr X operator+(const X& x, zero_t) {
    return x;
  }
  template <NonStructural X>
  friend constexpr X operator-(zero_t, const X& x) {
    return -x;
  }
  template <NonStructural X>
  friend constexpr X operator-(const X& x, zero_t) {
    return x;
  }
  template <NonStructural X>
  friend constexpr zero_t operator*(zero_t, const X&) {
    return {};
  }
  template <NonStructural X>
  friend constexpr zero_t operator*(const X&, zero_t) {
    return {};
  }
  template <NonStructural X>
  friend constexpr zero_t operator/(zero_t, const X&) {
    return {};
  }
};

struct one_t {
  using structural = void;
  template <class X>
  constexpr explicit operator X() const {
    return X(1);
  }
  friend constexpr one_t operator*(one_t, one_t) { return {}; }
  friend constexpr zero_t operator*(zero_t, one_t) { return {}; }
  friend constexpr zero_t operator*(one_t, zero_t) { return {}; }
  friend constexpr zero_t operator-(one_t, one_t) { return {}; }
  template <NonStructural X>
  friend constexpr X operator*(one_t, const X& x) {
    return x;
  }
  template <NonStructural X>
  friend constexpr X operator*(const X& x, one_t) {
    return x;
  }
  template <NonStructural X>
  friend constexpr X operator/(const X& x, one_t) {
    return x;
  }
  template <NonStructural X>
  friend constexpr X operator/(one_t, const X& x) {
    return X(1) / x;
  }
  template <NonStructural X>
  friend constexpr X operator+(one_t, const X& x) {
    return X(1) + x;
  }
  template <NonStructural X>
  friend constexpr X operator+(const X& x, one_t) {
    return x + X(1);
  }
  template <NonStructural X>
  friend constexpr X operator-(one_t, const X& x) {
    return X(1) - x;
  }
  template <NonStructural X>
  friend constexpr X operator-(const X& x, one_t) {
    return x - X(1);
  }
};

inline constexpr zero_t zero{};
inline constexpr one_t one{};

/// A constant of a rule: `literal(2) * x` has the type of `x`, whatever that is.
struct literal {
  using structural = void;
  long double number;
  constexpr explicit literal(long double n) : number(n) {}
  template <class X>
  constexpr explicit operator X() const {
    return X(number);
  }
  // clang-format off
  friend constexpr literal operator-(literal k) { return literal(-k.number); }
  template <NonStructural X> friend constexpr X operator+(literal k, const X& x) { return X(k.number) + x; }
  template <NonStructural X> friend constexpr X operator+(const X& x, literal k) { return x + X(k.number); }
  template <NonStructural X> friend constexpr X operator-(literal k, const X& x) { return X(k.number) - x; }
  template <NonStructural X> friend constexpr X operator-(const X& x, literal k) { return x - X(k.number); }
  template <NonStructural X> friend constexpr X operator*(literal k, const X& x) { return X(k.number) * x; }
  template <NonStructural X> friend constexpr X operator*(const X& x, literal k) { return x * X(k.number); }
  template <NonStructural X> friend constexpr X operator/(literal k, const X& x) { return X(k.number) / x; }
  template <NonStructural X> friend constexpr X operator/(const X& x, literal k) { return x / X(k.number); }
  template <NonStructural X> friend constexpr auto operator<(literal k, const X& x) { return X(k.number) < x; }
  template <NonStructural X> friend constexpr auto operator<(const X& x, literal k) { return x < X(k.number); }
  template <NonStructural X> friend constexpr auto operator>(literal k, const X& x) { return X(k.number) > x; }
  template <NonStructural X> friend constexpr auto operator>(const X& x, literal k) { return x > X(k.number); }
  template <NonStructural X> friend constexpr auto operator<=(literal k, const X& x) { return X(k.number) <= x; }
  template <NonStructural X> friend constexpr auto operator<=(const X& x, literal k) { return x <= X(k.number); }
  template <NonStructural X> friend constexpr auto operator>=(literal k, const X& x) { return X(k.number) >= x; }
  template <NonStructural X> friend constexpr auto operator>=(const X& x, literal k) { return x >= X(k.number); }
  template <NonStructural X> friend constexpr auto operator==(const X& x, literal k) { return x == X(k.number); }
  template <NonStructural X> friend constexpr auto operator!=(const X& x, literal k) { return x != X(k.number); }
  // clang-format on
};

}  // namespace tapeless
