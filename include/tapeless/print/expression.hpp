// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/graph/rule.hpp>
#include <tapeless/print/tensor_text.hpp>

namespace tapeless::detail {

/// Up to so many operations, names and numbers are written as one expression, of some 4000 characters; if there are
/// more, operations that are used more than once get names.
inline constexpr std::size_t longest_expression = 1000;

/// What is still to be written: a word, then an operand.
struct piece {
  const char* word = nullptr;
  std::int32_t node = -1;   // none if negative
  int binding = 0;          // the operand stands in parentheses unless it binds at least as tightly
  bool spaced = false;      // around the word
  bool after_sign = false;  // then the operand stands in parentheses if it starts with a sign, too
  bool typed = false;       // the text has to show whether the operand is real or a whole number
};

/// Data in arithmetic: the text of a conversion is that of its operand.
constexpr bool is_conversion(const node& n) { return n.is<op::as_real>() || n.is<op::as_integer>(); }

/// Writes a program in some notation, without recursion: expressions may be thousands of operations deep.
///
/// A notation has
///   write(w, x)      for an operand x: appends what comes first to w.out(), and adds the rest to w, piece by piece;
///   name(out, k)     for the name of the k-th operation that has one.
template <class Notation>
class expression_writer {
 public:
  constexpr expression_writer(const program_view& p, const Notation& notation) : p_(p), notation_(notation) {}
  constexpr ~expression_writer() {
    for (const char* word : words_) delete[] word;
  }

  /// All results, (a, b) if there are several. Where the expression would be longer than `limit`, the operations used
  /// more than once come first, each under a name:
  ///
  ///     t0 = sin(x); t1 = t0 * t0; (t1 + x, t1)
  ///
  /// which is as long as the program.
  constexpr text written(std::size_t limit) {
    if (expanded_size(limit) > limit) write_definitions();
    const bool several = p_.output_count != 1;
    if (several) out_.append('(');
    for (std::int32_t o = 0; o < p_.output_count; ++o) {
      if (o > 0) out_.append(", ");
      write_expression({.node = p_.outputs[o], .typed = !p_[p_.outputs[o]].is_constant()});
    }
    if (several) out_.append(')');
    return static_cast<text&&>(out_);
  }

  // For the notation.
  constexpr text& out() { return out_; }
  constexpr const node& operator[](std::int32_t i) const { return p_[i]; }
  constexpr bool has_name(std::int32_t i) const { return name_.size() != 0 && name_[i] > 0; }
  constexpr std::int32_t meant(std::int32_t i, bool typed = false) const {
    while ((!typed && is_conversion(p_[i])) || is_form(i)) i = p_[i].operand[0];
    return i;
  }
  /// A word that is made up for this text, kept as long as that is written.
  constexpr const char* kept(const text& word) {
    char* const copy = new char[word.size() + 1]{};
    for (std::size_t i = 0; i < word.size(); ++i) copy[i] = word.data()[i];
    words_.push_back(copy);
    return copy;
  }
  constexpr void add(const char* word) { add(piece{.word = word}); }
  constexpr void add(const piece& x) {
    if (depth_ == stack_.size()) stack_.push_back(x);
    else stack_[depth_] = x;
    ++depth_;
  }

 private:
  /// A vector as a column or the like, which is written as what it is made of.
  constexpr bool is_form(std::int32_t i) const {
    return p_[i].op->arity > 0 && is_line_form(p_[i], p_[p_[i].operand[0]].shape);
  }
  constexpr bool is_unwritten(std::int32_t i) const { return is_conversion(p_[i]) || is_form(i); }

  /// How many operations, names and numbers one expression has; anything above the limit once that is passed.
  constexpr std::size_t expanded_size(std::size_t limit) const {
    buffer<std::size_t> times(p_.size);
    for (std::int32_t o = 0; o < p_.output_count; ++o) ++times[p_.outputs[o]];
    std::size_t size = 0;
    for (std::int32_t i = p_.size; i-- > 0 && size <= limit;) {
      if (!is_unwritten(i)) size += times[i];
      for (int k = 0; k < p_[i].op->arity; ++k) times[p_[i].operand[k]] += times[i];
    }
    return size;
  }

  constexpr void write_definitions() {
    buffer<std::int32_t> uses(p_.size);
    for (std::int32_t o = 0; o < p_.output_count; ++o) ++uses[p_.outputs[o]];
    for (std::int32_t i = p_.size; i-- > 0;)  // each occurrence of a conversion is one of its operand
      for (int k = 0; uses[i] > 0 && k < p_[i].op->arity; ++k) uses[p_[i].operand[k]] += is_unwritten(i) ? uses[i] : 1;
    name_ = buffer<std::int32_t>(p_.size);
    std::int32_t names = 0;
    for (std::int32_t i = 0; i < p_.size; ++i) {
      if (uses[i] < 2 || p_[i].op->arity == 0 || is_unwritten(i)) continue;
      notation_.name(out_, names);
      out_.append(" = ");
      write_expression({.node = i});
      out_.append("; ");
      name_[i] = ++names;
    }
  }

  constexpr void write_expression(const piece& all) {
    depth_ = 0;
    add(all);
    while (depth_ > 0) {
      piece x = stack_[--depth_];
      if (x.spaced) out_.append(' ');
      if (x.word) out_.append(x.word);
      if (x.spaced) out_.append(' ');
      if (x.node < 0) continue;
      x.node = meant(x.node, x.typed);
      if (has_name(x.node)) {
        notation_.name(out_, name_[x.node] - 1);
        continue;
      }
      const std::size_t first = depth_;
      notation_.write(*this, x);
      for (std::size_t i = first, j = depth_; i + 1 < j; ++i) {  // the first piece has to come up first
        const piece last = stack_[--j];
        stack_[j] = stack_[i], stack_[i] = last;
      }
    }
  }

  program_view p_;
  const Notation& notation_;
  text out_;
  buffer<piece> stack_;
  std::size_t depth_ = 0;
  buffer<const char*> words_;
  buffer<std::int32_t> name_;  // of each node 0, or one more than the number of its name; empty before there are any
};

}  // namespace tapeless::detail
