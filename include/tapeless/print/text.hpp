// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/config.hpp>
#include <tapeless/graph/buffer.hpp>

// Text inside constant expressions: while it grows, and as a constant. No string header is included, for their cost.
namespace tapeless {

/// Text as a constant, with a null character behind it. It converts to std::string_view and std::string, and compares
/// with them and with literals.
template <std::size_t N>
struct fixed_text {
  char characters[N + 1]{};

  constexpr const char* data() const { return characters; }
  constexpr const char* c_str() const { return characters; }
  static constexpr std::size_t size() { return N; }
  constexpr const char* begin() const { return characters; }
  constexpr const char* end() const { return characters + N; }

  template <class String>
  requires requires { String::npos; }
  constexpr operator String() const {  // NOLINT(google-explicit-constructor): text is text
    return String(characters, N);
  }

  template <class Text>
  requires requires(const Text& t) { t.data()[t.size()]; }
  friend constexpr bool operator==(const fixed_text& a, const Text& b) {
    bool same = b.size() == N;
    for (std::size_t i = 0; same && i < N; ++i) same = a.characters[i] == b.data()[i];
    return same;
  }
  friend constexpr bool operator==(const fixed_text& a, const char* b) {
    std::size_t i = 0;
    while (i < N && b[i] != '\0' && b[i] == a.characters[i]) ++i;
    return i == N && b[i] == '\0';
  }

  template <class Stream>
  requires requires(Stream& s, const char* t) { s << t; }
  friend Stream& operator<<(Stream& s, const fixed_text& t) {
    s << t.characters;
    return s;
  }
};

namespace detail {

/// Text while it grows.
class text {
 public:
  constexpr text& append(char c) {
    characters_.push_back(c);
    return *this;
  }
  constexpr text& append(const char* s) {
    for (; *s; ++s) characters_.push_back(*s);
    return *this;
  }
  constexpr text& append(const text& other) {
    for (const char c : other) characters_.push_back(c);
    return *this;
  }
  /// Puts `s` before the character at `at`.
  constexpr void insert(std::size_t at, const char* s) {
    std::size_t n = 0;
    for (; s[n]; ++n) characters_.push_back(' ');
    for (std::size_t i = size(); i-- > at + n;) characters_[i] = characters_[i - n];
    for (std::size_t i = 0; i < n; ++i) characters_[at + i] = s[i];
  }

  constexpr const char* data() const { return characters_.begin(); }
  constexpr std::size_t size() const { return characters_.size(); }
  constexpr const char* begin() const { return characters_.begin(); }
  constexpr const char* end() const { return characters_.end(); }

 private:
  buffer<char> characters_;
};

// Text made in a constant expression is frozen at its length, which is known only then: it is made once if there is
// room for it in what `Maker` guesses, otherwise twice.
template <class Maker>
inline constexpr std::size_t room_for = 4000;
template <class Maker>
requires requires { Maker::room; }
inline constexpr std::size_t room_for<Maker> = Maker::room;

template <class Maker>
inline constexpr auto first_text = [] {
  struct {
    std::size_t size = 0;
    char characters[room_for<Maker>]{};
  } guess;
  const text t = Maker::make();
  guess.size = t.size();
  for (std::size_t i = 0; i < t.size() && t.size() <= room_for<Maker>; ++i) guess.characters[i] = t.data()[i];
  return guess;
}();

template <std::size_t N>
constexpr fixed_text<N> frozen_text(const char* characters) {
  fixed_text<N> frozen;
  for (std::size_t i = 0; i < N; ++i) frozen.characters[i] = characters[i];
  return frozen;
}

/// The text that `Maker::make()` makes, as a constant.
template <class Maker>
inline constexpr auto text_of = [] {
  constexpr std::size_t size = first_text<Maker>.size;
  if constexpr (size <= room_for<Maker>) return frozen_text<size>(first_text<Maker>.characters);
  else return frozen_text<size>(Maker::make().data());
}();

}  // namespace detail
}  // namespace tapeless
