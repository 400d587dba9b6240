// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/replay.hpp>

// What a formula is as a type: a digest of its structure, with a text for those who read messages. The structure itself
// hangs on a friend function that only this digest finds. So a type's name has one size, however large the formula; a
// subterm that is used twice is one type; and making a term costs the same whatever is below it. Nested templates would
// spell a shared subterm out each time: fifteen levels of h = sin(h) * h fill ten megabytes with one message.
namespace tapeless::detail {

inline constexpr std::size_t key_text_size = 48;

struct formula_key {
  std::uint64_t digest = 0;
  std::int32_t carried = 0;    // run-time numbers in the formula, once for each time they are written
  char text[key_text_size]{};  // empty for a formula that is too long to be read anyway
  constexpr bool operator==(const formula_key&) const = default;
};

constexpr std::uint64_t mixed(std::uint64_t h, std::uint64_t x) {
  h = (h ^ x ^ (x >> 29)) * 0xbf58476d1ce4e5b9u;
  return (h ^ (h >> 32)) * 0x94d049bb133111ebu;
}

/// A number for a type: equal within a translation unit for equal types only.
template <class T>
constexpr std::uint64_t digest_of_type() {
  return hash_of(__PRETTY_FUNCTION__);
}

/// Text that is put together and dropped as soon as it does not fit.
class key_text {
 public:
  constexpr key_text& operator<<(const char* s) {
    for (; *s; ++s) *this << *s;
    return *this;
  }
  constexpr key_text& operator<<(char c) {
    if (size_ + 1 < key_text_size) text_[size_] = c;
    ++size_;
    return *this;
  }
  /// An operand; unreadable ones make the whole unreadable.
  constexpr key_text& operand(const formula_key& k, bool parentheses) {
    if (!k.text[0]) size_ = key_text_size;
    return parentheses ? *this << '(' << k.text << ')' : *this << k.text;
  }
  constexpr void into(formula_key& k) const {
    if (size_ < key_text_size)
      for (std::size_t i = 0; i < size_; ++i) k.text[i] = text_[i];
  }

 private:
  char text_[key_text_size]{};
  std::size_t size_ = 0;
};

/// One node of a formula as constant data. All that is not an operation on other nodes is a leaf.
struct formula_node {
  enum class leaf : std::uint8_t { none, variable, number, carried, block };
  leaf kind = leaf::none;
  element of = element::real;  // the kind of a number
  std::uint64_t digest = 0;
  std::int32_t carried = 0;
  const operation_info* op = nullptr;
  const formula_node* operand[3] = {};
  const char* name = nullptr;  // of a variable
  long double number = 0;
  const struct formula_block* block = nullptr;
};

/// A program that stands for a formula: what a derivative or a substitution makes.
struct formula_block {
  program_view graph;
  const char* const* names;  // of the inputs that are variables; the carried numbers follow them
  std::int32_t variables;
};

// The way from a key to its structure, as from an operation's description to its type in graph/operation.hpp.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wnon-template-friend"
template <formula_key K>
struct formula_place {
  friend constexpr const formula_node* node_behind(formula_place);
};
#pragma GCC diagnostic pop

template <formula_key K, class Structure>
struct formula_definition {
  static constexpr formula_key key = K;
  static constexpr formula_node node = Structure::template node<K>();
  friend constexpr const formula_node* node_behind(formula_place<K>) { return &node; }
};

}  // namespace tapeless::detail
