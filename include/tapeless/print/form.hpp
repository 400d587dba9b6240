// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/derive/program_of.hpp>
#include <tapeless/print/names.hpp>

namespace tapeless {

/// Text of a length that is known at run time only, and a capacity that is known before. Otherwise a `fixed_text`.
template <std::size_t Capacity>
struct bounded_text {
  char characters[Capacity + 1]{};
  std::size_t length = 0;

  constexpr const char* data() const { return characters; }
  constexpr const char* c_str() const { return characters; }
  constexpr std::size_t size() const { return length; }
  constexpr const char* begin() const { return characters; }
  constexpr const char* end() const { return characters + length; }

  template <class String>
  requires requires { String::npos; }
  constexpr operator String() const {  // NOLINT(google-explicit-constructor): text is text
    return String(characters, length);
  }

  template <class Text>
  requires requires(const Text& t) { t.data()[t.size()]; }
  friend constexpr bool operator==(const bounded_text& a, const Text& b) {
    bool same = b.size() == a.length;
    for (std::size_t i = 0; same && i < a.length; ++i) same = a.characters[i] == b.data()[i];
    return same;
  }
  friend constexpr bool operator==(const bounded_text& a, const char* b) {
    std::size_t i = 0;
    while (a.characters[i] != '\0' && a.characters[i] == b[i]) ++i;
    return a.characters[i] == b[i];
  }

  template <class Stream>
  requires requires(Stream& s, const char* t) { s << t; }
  friend Stream& operator<<(Stream& s, const bounded_text& t) {
    s << t.characters;
    return s;
  }
};

namespace detail {

/// The real type that arguments share, double where they hold none: constants are printed as numbers of it.
template <class... A>
using printed_real = std::conditional_t<std::is_void_v<typename joint_real<A...>::type>, std::type_identity<double>,
                                        joint_real<A...>>::type;

/// Whether a type says all about a function. A derivative of a formula keeps the formula, whose type may say all.
template <class F>
inline constexpr bool holds_no_data = std::is_empty_v<F>;
template <template <class, class> class Verb, class F, class Wrt>
inline constexpr bool holds_no_data<on_parts<Verb, F, Wrt>> = holds_no_data<F>;

template <class F>
constexpr bool check_printable() {
  static_assert(
      holds_no_data<F>,
      "tapeless: what is printed must be a formula, or hold no data; pass what a lambda captures as arguments");
  return true;
}

/// A function, or a derivative of one, in a form of text. A form has
///   write<T>(program, names)     for a program whose constants are numbers of type T.
template <class Form, class F, class Names, class... A>
struct text_in_form {
  static_assert(check_printable<F>());
  static constexpr text make() {
    return Form::template write<printed_real<A...>>(shown_program_of<F, A...>::graph.view(),
                                                    scalar_names<Names, A...>{});
  }
};

/// What may follow a function: `wrt<I...>`, or `wrt(x...)` for a formula.
template <class Wrt>
concept Selection = is_selection<chosen_t<Wrt>>;

/// The program, once it is known that the selection is one among the arguments.
template <class Program>
struct selection_checked;
template <class F, std::size_t... I, yield Yield, class... A>
struct selection_checked<gradient_program<F, selection<I...>, Yield, A...>> {
  using gradient = typename gradient_result<selection<I...>, A...>::type;
  using type = gradient_program<F, selection<I...>, Yield, A...>;
};

/// The program of `value_and_gradient(f, wrt)`.
template <class F, class Wrt, class... A>
using value_and_gradient_program = typename selection_checked<
    program_of<decltype(value_and_gradient(std::declval<const F&>(), chosen_t<Wrt>{})), A...>>::type;

/// Text as a value; what goes beyond the capacity is cut off.
template <std::size_t Capacity>
constexpr bounded_text<Capacity> bounded(const text& t) {
  bounded_text<Capacity> result;
  result.length = t.size() < Capacity ? t.size() : Capacity;
  for (std::size_t i = 0; i < result.length; ++i) result.characters[i] = t.data()[i];
  return result;
}

}  // namespace detail
}  // namespace tapeless
