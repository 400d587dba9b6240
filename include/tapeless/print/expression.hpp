// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tapeless/graph/program.hpp>
#include <tapeless/print/text.hpp>

namespace tapeless::detail {

/// Text up to this length is one expression; beyond it, operations that are used more than once get names.
inline constexpr std::size_t longest_expression = 4000;

/// What is still to be written: a word, or an operand.
struct piece {
  const char* word = nullptr;
  std::int32_t node = -1;
  int binding = 0;          // it stands in parentheses unless it binds at least as tightly
  bool after_sign = false;  // it also does if it starts with a sign
  bool typed = false;       // the text has to show whether it is real or a whole number
};

/// Data in arithmetic: the text of a conversion is that of its operand.
constexpr bool is_conversion(const node& n) { return n.is<op::as_real>() || n.is<op::as_integer>(); }

/// Writes a program in some notation, without recursion: expressions may be thousands of operations deep.
///
/// A notation has
///   write(w, x)      for an operand x: appends leaves to w.out(), and adds the pieces of an operation to w in their
///   order; name(out, k)     for the name of the k-th operation that has one.
template <class Notation>
class expression_writer {
 public:
  constexpr expression_writer(const program_view& p, const Notation& notation) : p_(p), notation_(notation) {}

  /// All results, (a, b) if there are several. Should that be longer than `limit`, the operations used more than once
  /// come first, each under a name:
  ///
  ///     t0 = sin(x); t1 = t0 * t0; (t1 + x, t1)
  ///
  /// which is as long as the program.
  constexpr text written(std::size_t limit) {
    if (write_results(limit)) return static_cast<text&&>(out_);
    out_ = text();
    buffer<std::int32_t> uses(p_.size);
    for (std::int32_t o = 0; o < p_.output_count; ++o) ++uses[p_.outputs[o]];
    for (std::int32_t i = p_.size; i-- > 0;)  // each occurrence of a conversion is one of its operand
      for (int k = 0; uses[i] > 0 && k < p_[i].op->arity; ++k)
        uses[p_[i].operand[k]] += is_conversion(p_[i]) ? uses[i] : 1;
    name_ = buffer<std::int32_t>(p_.size);
    std::int32_t names = 0;
    for (std::int32_t i = 0; i < p_.size; ++i) {
      if (uses[i] < 2 || p_[i].op->arity == 0 || is_conversion(p_[i])) continue;
      notation_.name(out_, names);
      out_.append(" = ");
      write_expression({.node = i}, no_limit);
      out_.append("; ");
      name_[i] = ++names;
    }
    write_results(no_limit);
    return static_cast<text&&>(out_);
  }

  // For the notation.
  constexpr text& out() { return out_; }
  constexpr const node& operator[](std::int32_t i) const { return p_[i]; }
  constexpr bool has_name(std::int32_t i) const { return name_.size() != 0 && name_[i] > 0; }
  constexpr piece meant(piece x) const {
    while (is_conversion(p_[x.node]) && !x.typed) x.node = p_[x.node].operand[0];
    return x;
  }
  constexpr void add(const char* word) { add(piece{.word = word}); }
  constexpr void add(const piece& x) {
    if (depth_ == stack_.size()) stack_.push_back(x);
    else stack_[depth_] = x;
    ++depth_;
  }

 private:
  static constexpr std::size_t no_limit = ~std::size_t{0};

  constexpr bool write_results(std::size_t limit) {
    const bool several = p_.output_count != 1;
    if (several) out_.append('(');
    for (std::int32_t o = 0; o < p_.output_count; ++o) {
      if (o > 0) out_.append(", ");
      if (!write_expression({.node = p_.outputs[o], .typed = !p_[p_.outputs[o]].is_constant()}, limit)) return false;
    }
    if (several) out_.append(')');
    return out_.size() <= limit;
  }

  constexpr bool write_expression(const piece& all, std::size_t limit) {
    depth_ = 0;
    add(all);
    while (depth_ > 0) {
      if (out_.size() > limit) return false;
      piece x = stack_[--depth_];
      if (x.word) {
        out_.append(x.word);
        continue;
      }
      x = meant(x);
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
    return true;
  }

  program_view p_;
  const Notation& notation_;
  text out_;
  buffer<piece> stack_;
  std::size_t depth_ = 0;
  buffer<std::int32_t> name_;  // of each node 0, or one more than the number of its name; empty before there are any
};

}  // namespace tapeless::detail
